"""How often each rule speaks though nothing has changed: `python -m bench.improvement.false_signals`.

Series of independent normal values (and, for the charts of counts, of their own chance), charted whole. The tables on
the method pages were made with this, seed and all. The second table shifts the level after a baseline of 12 points: how
often the change is found.
"""

from __future__ import annotations

import argparse

import numpy as np

from collegium.science.improvement.charts import Chart, c_chart, p_chart, run_chart, xmr_chart
from collegium.science.improvement.runs import judge_runs
from collegium.science.improvement.special_causes import judge_points

LENGTHS = (12, 24, 36, 60, 120)
SHIFTS = (0.0, 0.5, 1.0, 1.5, 2.0)


def main() -> None:
    """Simulate and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=20140)
    given = parser.parse_args()
    draw = np.random.default_rng(given.seed)
    print("series in which a rule speaks though nothing has changed, in percent")
    print("points  Anhøj/median  Anhøj/mean   XmR: any  outside  2 of 3   shift   trend    c: any   p: any")
    for n in LENGTHS:
        noise = draw.normal(size=(given.series, n))
        counts = draw.poisson(8, size=noise.shape)
        parts = draw.binomial(30, 0.3, size=noise.shape)
        chart = xmr_chart(noise)
        points = judge_points(chart)
        rules = [_any(marks != 0) for marks in (points.outside, points.near_limit, points.shift, points.trend)]
        others = [c_chart(counts), p_chart(parts, np.full(noise.shape, 30.0))]
        found = [
            _any(judge_runs(run_chart(noise)).is_signal[:, None]),
            _any(judge_runs(chart).is_signal[:, None]),
            _any(points.any),
            *rules,
            *(_any(judge_points(other).any) for other in others),
        ]
        print(f"{n:>6}" + "".join(f"{share:>11.1f}" for share in found))
    print("\nseries in which a change of so many sigma after 12 points is found within 12 more, in percent")
    print(" shift  Anhøj/median  Making Data Count")
    for shift in SHIFTS:
        series = draw.normal(size=(given.series, 24))
        series[:, 12:] += shift
        found = [_any(judge_runs(_frozen(series)).is_signal[:, None]), _any(_points(series))]
        print(f"{shift:>6}" + "".join(f"{share:>14.1f}" for share in found))


def _frozen(series: np.ndarray) -> Chart:
    return run_chart(series, baseline=12)


def _points(series: np.ndarray) -> np.ndarray:
    return judge_points(xmr_chart(series, baseline=12)).any[:, 12:]


def _any(marks: np.ndarray) -> float:
    return 100 * float(marks.any(axis=1).mean())


if __name__ == "__main__":
    main()
