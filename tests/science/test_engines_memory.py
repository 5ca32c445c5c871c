"""Reading is streamed: four times the rows need no more memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.science.tables import answers, write_parquet

COUNT = """
import resource, sys
from collegium.science.measurement.engines import moments_of_table
from tests.science.tables import LAYOUT
found = moments_of_table(sys.argv[1], LAYOUT, atom="school", engine=sys.argv[2])
print(int(found.sheets.sum()), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
ROWS = 200_000
FEW_MIB = 24  # the arrays of the longer table alone would be more, and its words much more


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "kind"), [("numpy", "parquet"), ("duckdb", "csv")])
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, engine: str, kind: str) -> None:
    schools, table = answers(ROWS)
    small, large = tmp_path / f"small.{kind}", tmp_path / f"large.{kind}"
    if kind == "parquet":
        write_parquet(small, schools, table)
        write_parquet(large, schools * 4, table.repeat(4, axis=0))
    else:
        text = "".join(
            f"{school},{a},{b},{c},{yes}\n" for school, (a, b, c, yes) in zip(schools, table.tolist(), strict=True)
        )
        small.write_text("school,a,b,c,yes\n" + text, encoding="utf-8")
        large.write_text("school,a,b,c,yes\n" + text * 4, encoding="utf-8")
    (few_rows, few_kib), (many_rows, many_kib) = peak(small, engine), peak(large, engine)
    assert (few_rows, many_rows) == (ROWS, 4 * ROWS)
    assert many_kib - few_kib < FEW_MIB * 1024


def peak(path: Path, engine: str) -> tuple[int, int]:
    run = subprocess.run([sys.executable, "-c", COUNT, str(path), engine], capture_output=True, text=True, check=True)
    rows, kib = run.stdout.split()
    return int(rows), int(kib)
