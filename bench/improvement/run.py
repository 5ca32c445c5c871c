"""Measures charts of many series, and prints a table: `python -m bench.improvement.run`.

1,000 series of 120 points, a tenth of them with a change in the middle: run charts with the Anhøj rules, XmR charts
with the rules and icons of Making Data Count, and the reading of each. Processor seconds (user and system), median of
several runs. Where R is there the statistics are also worked out in R, on the same series: in plain R, and once by
qicharts2, where R finds it (`R_LIBS` says where else to look). What qicharts2 finds must be what we find: every centre
line and limit to a relative 1e-9, every number of a run, every signal. It ends with 1 when an aim is missed.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from collegium.science.improvement.charts import Chart, run_chart, xmr_chart
from collegium.science.improvement.reading import read_series
from collegium.science.improvement.runs import judge_runs
from collegium.science.improvement.special_causes import Good, assurance, judge_points, variation

HERE = Path(__file__).parent
MOST_SECONDS, LEAST_FASTER = 3.0, 20


def main() -> int:
    """Measure and tell; 1 when an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=1000)
    parser.add_argument("--points", type=int, default=120)
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    table = make(given.series, given.points)
    statistics_of(table[:2])  # what is loaded late is loaded
    ours = statistics.median(_clock(statistics_of, table) for _ in range(given.repeat))
    everything = statistics.median(_clock(everything_of, table) for _ in range(given.repeat))
    is_kept = everything <= MOST_SECONDS
    print(f"{given.series:,} series of {given.points}: everything {everything:.3f} s, statistics {ours:.3f} s")
    print(f"    everything in at most {MOST_SECONDS} s: {_told(is_kept)}", flush=True)
    return int(not (is_kept and _compare(table, ours)))


def make(series: int, points: int) -> np.ndarray:
    """Return series of noise; every tenth changes its level in the middle."""
    table = np.random.default_rng(8).normal(20, 3, size=(series, points))
    table[::10, points // 2 :] += 4
    return np.round(table, 3)


def statistics_of(table: np.ndarray) -> int:
    """Work out what R works out: both centre lines, runs, limits, four rules."""
    runs = judge_runs(run_chart(table))
    chart = xmr_chart(table)
    judge_runs(chart)
    judge_points(chart)
    return int(runs.is_signal.sum())


def everything_of(table: np.ndarray) -> int:
    """Work out the same, with icons and readings."""
    plain, chart = run_chart(table), xmr_chart(table, screen_ranges=True)
    runs, points = judge_runs(plain), judge_points(chart)
    read_series(plain, good=Good.UP, runs=runs)
    read_series(chart, good=Good.UP)
    variation(points, good=Good.UP)
    assurance(chart, target=18.0, good=Good.UP)
    return int(runs.is_signal.sum())


def _clock(work, table: np.ndarray) -> float:  # type: ignore[no-untyped-def]
    began = time.process_time()
    work(table)
    return time.process_time() - began


def _told(is_kept: bool) -> str:
    return "kept" if is_kept else "MISSED"


def _compare(table: np.ndarray, ours: float) -> bool:
    """Tell how long R takes for the statistics, and whether qicharts2, where R has it, finds the same and is slower."""
    if not shutil.which("Rscript"):
        print("    R is not there: nothing to compare with")
        return True
    with tempfile.TemporaryDirectory(prefix="collegium-bench-") as folder:
        with (Path(folder) / "series.csv").open("w") as out:
            out.write("site,x,y\n")
            for site, row in enumerate(table):
                out.writelines(f"{site},{x},{y}\n" for x, y in enumerate(row))
        call = ["Rscript", str(HERE / "peer.R"), folder]
        told = subprocess.run(call, stdout=subprocess.PIPE, text=True, check=True).stdout
        found = {name: (version, float(seconds)) for name, version, seconds in map(str.split, told.splitlines())}
        for name, (version, seconds) in found.items():
            print(f"    {name} {version}: {seconds:.2f} s for the statistics, {seconds / ours:,.0f} times ours")
        if "qicharts2" not in found:
            print('    R finds no qicharts2: install.packages("qicharts2") in R brings it')
            return True
        differing = [*_differing(run_chart(table), Path(folder) / "run.csv")]
        differing += _differing(xmr_chart(table), Path(folder) / "i.csv")
    is_kept = found["qicharts2"][1] >= LEAST_FASTER * ours
    print(f"    at least {LEAST_FASTER} times as fast as qicharts2: {_told(is_kept)}")
    print(f"    what differs from qicharts2: {', '.join(differing) or 'nothing'}")
    return is_kept and not differing


def _differing(chart: Chart, file: Path) -> list[str]:
    """Return the columns of a file of qicharts2 in which a point has something else than the chart."""
    runs = judge_runs(chart)
    ours = {
        "cl": chart.centre,
        "lcl": chart.low,
        "ucl": chart.high,
        "n.useful": runs.n_useful,
        "longest.run": runs.longest_run,
        "longest.run.max": runs.longest_allowed,
        "n.crossings": runs.crossings,
        "n.crossings.min": runs.fewest_expected,
        "runs.signal": runs.is_signal,
        "sigma.signal": chart.outside != 0,
    }
    theirs = np.genfromtxt(file, delimiter=",", names=True, deletechars="", missing_values="NA")
    assert theirs.size == chart.value.size
    theirs = theirs[np.lexsort((theirs["x"], theirs["facet1"]))]
    shape = (chart.value.shape[0], -1)
    return [
        f"{name} of {file.stem}"
        for name, values in ours.items()
        if not np.allclose(values.reshape(shape), theirs[name].reshape(chart.value.shape), 1e-9, 0, equal_nan=True)
    ]


if __name__ == "__main__":
    sys.exit(main())
