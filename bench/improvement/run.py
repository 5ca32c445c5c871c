"""Measures charts of many series, and prints a table: `python -m bench.improvement.run`.

1,000 series of 120 points, a tenth of them with a change in the middle: run charts with the Anhøj rules, XmR charts
with the rules and icons of Making Data Count, and the reading of each. Processor seconds, median of several runs. Where
`Rscript` is there the same statistics in R are measured on the same file; qicharts2 too, where it is installed.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from collegium.science.improvement.charts import run_chart, xmr_chart
from collegium.science.improvement.reading import read_series
from collegium.science.improvement.runs import judge_runs
from collegium.science.improvement.special_causes import Good, assurance, judge_points, variation

HERE = Path(__file__).parent
MOST_SECONDS, LEAST_FASTER = 3.0, 20


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=1000)
    parser.add_argument("--points", type=int, default=120)
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    table = make(given.series, given.points)
    statistics_of(table[:2])  # what is loaded late is loaded
    ours = statistics.median(_clock(statistics_of, table) for _ in range(given.repeat))
    everything = statistics.median(_clock(everything_of, table) for _ in range(given.repeat))
    kept = "kept" if everything <= MOST_SECONDS else "MISSED"
    print(f"{given.series:,} series of {given.points}: everything {everything:.3f} s, statistics {ours:.3f} s")
    print(f"    at most {MOST_SECONDS} s: {kept}", flush=True)
    for name, seconds in _peers(table, given.repeat).items():
        ratio = seconds / ours
        ratio = seconds / ours
        aim = f"; at least {LEAST_FASTER}: {'kept' if ratio >= LEAST_FASTER else 'MISSED'}"
        print(
            f"    {name:<12} {seconds:8.3f} s, {ratio:6.1f} times ours{aim if name == 'qicharts2' else ''}", flush=True
        )


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


def _peers(table: np.ndarray, repeat: int) -> dict[str, float]:
    if not shutil.which("Rscript"):
        print("    R is not there: nothing to compare with")
        return {}
    with tempfile.TemporaryDirectory(prefix="collegium-bench-") as folder:
        file = Path(folder) / "series.csv"
        with file.open("w") as out:
            out.write("site,x,y\n")
            for site, row in enumerate(table):
                out.writelines(f"{site},{x},{y}\n" for x, y in enumerate(row))
        runs = [
            subprocess.run(
                ["Rscript", str(HERE / "peer.R"), str(file)], capture_output=True, text=True, check=True
            ).stdout.split("\n")
            for _ in range(repeat)
        ]
    found: dict[str, list[float]] = {}
    for line in (line for run in runs for line in run if line):
        name, seconds, *signals = line.split()
        found.setdefault("R" if name == "plain" else name, []).append(float(seconds))
        if signals and int(signals[0]) != statistics_of(table):
            print(f"    R finds {signals[0]} signals, we {statistics_of(table)}")
    return {name: statistics.median(seconds) for name, seconds in found.items()}


if __name__ == "__main__":
    main()
