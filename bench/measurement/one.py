"""One measurement in a process of its own: `python -m bench.measurement.one WHAT ENGINE FILE`. Prints JSON.

WHAT is `analyse` (all that a report rests on), `moments` (counting alone) or `scan` (the engine merely adds up every
column). Libraries are loaded and, for Spark, the session is started before the clock is.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from bench.measurement.generate import SCHOOLS_PER_DISTRICT, layout, write
from collegium.science.disclosure.atoms import form_atoms
from collegium.science.measurement.agreement import rwg_j
from collegium.science.measurement.engines import moments_of_table
from collegium.science.measurement.estimates import group_estimates
from collegium.science.measurement.icc import group_reliability
from collegium.science.measurement.moments import Moments
from collegium.science.measurement.reliability import alpha, omega_total

K = 5


def analyse(source: Any, engine: str, spark: Any = None) -> dict[str, Any]:
    """Everything: moments, alpha, omega, ICC, rwg(j), estimates of all schools and scales, atoms."""
    asked = layout()
    moments = moments_of_table(source, asked, atom="school", engine=engine, spark=spark)
    found: dict[str, Any] = {"sheets": int(moments.sheets.sum()), "scales": {}}
    for facet in asked.facets:
        cross, scores = moments.cross(facet.key), moments.facet_scores(facet.key)
        reliability, estimates = group_reliability(scores), group_estimates(scores)
        agreement = rwg_j(moments.option_counts(facet.items))
        found["scales"][facet.key] = {
            "alpha": alpha(cross).value,
            "omega": omega_total(cross).value,
            "icc1": reliability.icc1.value,
            "rwg_j": float(np.nanmean(agreement.value)),
            "within": estimates.within,
            "between": estimates.between,
            "grand_mean": estimates.grand_mean.value,
            "first_schools": estimates.groups.value[:5].tolist(),
        }
    found["atoms"] = len(_atoms(moments).atoms)
    return found


def _atoms(moments: Moments) -> Any:
    """Schools may be merged along their district; the views are every school, every district, and all."""
    schools = moments.atoms
    size = SCHOOLS_PER_DISTRICT
    districts = [schools[first : first + size] for first in range(0, len(schools), size)]
    pairs = [pair for district in districts for pair in pairwise(district)]
    views: dict[str, Any] = {school: (school,) for school in schools}
    views |= {f"district {number}": district for number, district in enumerate(districts)} | {"all": schools}
    counts = dict(zip(schools, moments.sheets.tolist(), strict=True))
    return form_atoms(counts, [pairs], views, k=K)


def scan(path: Path, engine: str, spark: Any = None) -> Any:
    """Add up every column, and no more."""
    names = [item.key for item in layout().items]
    if engine == "duckdb":
        import duckdb

        return duckdb.read_parquet(str(path)).aggregate(", ".join(f"sum({name})" for name in names)).fetchall()
    if engine == "spark":
        return spark.read.parquet(path.resolve().as_uri()).agg(dict.fromkeys(names, "sum")).collect()
    from pyarrow import compute, parquet

    sums = dict.fromkeys(names, 0)
    for batch in parquet.ParquetFile(path).iter_batches(1 << 17, columns=names):
        for name in names:
            sums[name] += compute.sum(batch[name]).as_py()
    return sums


def _spark() -> Any:
    from pyspark.sql import SparkSession

    quiet = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false")
    session = quiet.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    session.range(10).count()
    return session


def main() -> None:
    """Measure."""
    what, engine, path = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    more: dict[str, Any] = {"spark": _spark()} if engine == "spark" else {}
    # What is loaded at first use is no part of the work.
    with tempfile.TemporaryDirectory() as folder:
        few = write(Path(folder) / "few.parquet", 200)
        analyse(few, engine, **more)
        scan(few, engine, **more)
    gc.collect()  # nor is looking through what that left behind
    do: Callable[..., Any] = {"analyse": analyse, "moments": _moments, "scan": scan}[what]
    before, began = _cpu(), time.perf_counter()
    found = do(path, engine, **more)
    wall, cpu = time.perf_counter() - began, _cpu() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"wall_s": wall, "cpu_s": cpu, "peak_mib": peak, "found": found if what == "analyse" else None}))


def _moments(path: Path, engine: str, spark: Any = None) -> None:
    moments_of_table(path, layout(), atom="school", engine=engine, spark=spark)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
