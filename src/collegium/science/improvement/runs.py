"""The Anhøj rules: whether points lie about their centre line as chance would have them, for charts of any kind."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from collegium.science.errors import UnusableInput
from collegium.science.improvement._table import pack, run_lengths, unpack
from collegium.science.improvement.charts import Chart
from collegium.science.results import BoolArray, IntArray, Locked

LEAST_USEFUL = 10  # below this the two rules find next to nothing


@dataclass(frozen=True, slots=True)
class RunLimits:
    """The longest run and the fewest crossings that chance would give `n_useful` points."""

    n_useful: int
    longest_run: int
    fewest_crossings: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Runs(Locked):
    """What the two rules say of each series; arrays as long as there are series.

    `n_useful` are the points that do not lie on the centre line. `longest_run` and `crossings` are what was found, and
    `longest_allowed` and `fewest_expected` what chance would give; all four are -1 where there are no useful points.
    `has_long_run` and `has_few_crossings` are the two signals, `is_signal` either of them. `in_long_run` marks the
    points of runs longer than allowed. `is_short` marks series of fewer than 10 useful points, for which a missing
    signal means little.
    """

    n_points: IntArray
    n_useful: IntArray
    longest_run: IntArray
    longest_allowed: IntArray
    crossings: IntArray
    fewest_expected: IntArray
    has_long_run: BoolArray
    has_few_crossings: BoolArray
    is_signal: BoolArray
    is_short: BoolArray
    in_long_run: BoolArray

    def __len__(self) -> int:
        return len(self.n_points)


@lru_cache(maxsize=4096)
def run_limits(n_useful: int) -> RunLimits:
    """Return what chance would give so many points: round(log2 n) + 3, and the 5th percentile of crossings.

    Parameters
    ----------
    n_useful : int
        Points that do not lie on the centre line, at least 1.

    Returns
    -------
    RunLimits
        A run longer than `longest_run` is a signal, and so are crossings below `fewest_crossings`.

    Raises
    ------
    UnusableInput
        If n is below 1.

    References
    ----------
    Anhøj and Olesen (2014), PLoS ONE 9, e113825. Schilling (2012), Mathematics Magazine 85, 141-149.

    Examples
    --------
    >>> run_limits(24)
    RunLimits(n_useful=24, longest_run=8, fewest_crossings=8)
    """
    UnusableInput.unless(n_useful >= 1, "points", "At least one point.", n=n_useful)
    # Whole numbers throughout: the smallest c with P(crossings <= c) >= 1/20, crossings binomial with n - 1 and 1/2.
    tries, crossings, ways, so_far = n_useful - 1, 0, 1, 1
    while 20 * so_far < 2**tries:
        ways = ways * (tries - crossings) // (crossings + 1)
        crossings += 1
        so_far += ways
    return RunLimits(n_useful, round(math.log2(n_useful)) + 3, crossings)


def judge_runs(chart: Chart) -> Runs:
    """Return what the Anhøj rules say of each series of a chart.

    Parameters
    ----------
    chart : Chart
        Of any kind. Missing and excluded points are passed over; points on the centre line are not useful and neither
        break a run nor count in it.

    Returns
    -------
    Runs
        No signal for a series whose points all lie on the centre line.

    Raises
    ------
    UnusableInput
        Never: `Chart` holds what can be judged.

    References
    ----------
    Anhøj and Olesen (2014), PLoS ONE 9, e113825. Anhøj (2015), PLoS ONE 10, e0121349.

    Examples
    --------
    >>> from collegium.science.improvement.charts import run_chart
    >>> found = judge_runs(run_chart([4, 6, 5, 7, 4, 6, 12, 13, 11, 12, 14, 13], baseline=6))
    >>> found.n_useful.tolist(), found.longest_run.tolist(), found.longest_allowed.tolist(), found.is_signal.tolist()
    ([12], [7], [7], [False])
    """
    points = chart.counted
    side = chart.side
    packed, order = pack(np.where(side == 0, np.nan, side))
    known = np.nan_to_num(packed).astype(np.int64)
    lengths = run_lengths(known)
    n_useful: IntArray = (known != 0).sum(axis=1)
    crossings = ((known[:, 1:] * known[:, :-1]) < 0).sum(axis=1)
    limits = [run_limits(int(n)) if n else None for n in n_useful]
    allowed = np.array([limit.longest_run if limit else -1 for limit in limits], dtype=np.int64)
    expected = np.array([limit.fewest_crossings if limit else -1 for limit in limits], dtype=np.int64)
    longest = np.where(n_useful > 0, lengths.max(axis=1, initial=0), -1)
    crossings = np.where(n_useful > 0, crossings, -1)
    long, few = longest > allowed, crossings < expected
    return Runs(
        n_points=(~np.isnan(points)).sum(axis=1),
        n_useful=n_useful,
        longest_run=longest,
        longest_allowed=allowed,
        crossings=crossings,
        fewest_expected=expected,
        has_long_run=long,
        has_few_crossings=few,
        is_signal=long | few,
        is_short=n_useful < LEAST_USEFUL,
        in_long_run=unpack((lengths > allowed[:, None]) & (known != 0), order),
    )
