"""What a chart says, in one finding a series: the sentence under it is put together from this."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique

import numpy as np

from collegium.science.improvement.charts import Chart
from collegium.science.improvement.runs import Runs, judge_runs
from collegium.science.improvement.special_causes import Good
from collegium.science.results import BoolArray, FloatArray, IntArray


@unique
class Finding(StrEnum):
    """What there is to say, the most important first."""

    SHIFT = "a run on one side of the line that is longer than chance would give"
    RARELY_CROSSES = "the points cross the line more rarely than chance would have them"
    OUTSIDE = "a point beyond the limits"
    STEADY = "nothing but the usual ups and downs"
    TOO_FEW = "too few points to tell"
    FLAT = "every point lies on the line"
    EMPTY = "no points"


@unique
class Judgement(StrEnum):
    """What a change means to those who measure."""

    BETTER = "better"
    WORSE = "worse"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The finding of one series.

    `first` and `last` are the places of the points it rests on (of the newest long run, or the newest point beyond the
    limits), counted from 0, and `length` how many points that are; `is_above` says on which side of the line, and
    `is_current` whether it reaches the newest point. `judgement` says what this means, None where nothing changed or
    the finding has no side.
    """

    finding: Finding
    n_points: int
    first: int | None = None
    last: int | None = None
    length: int = 0
    is_above: bool | None = None
    is_current: bool = False
    judgement: Judgement | None = None


def read_series(chart: Chart, *, good: Good, runs: Runs | None = None) -> tuple[Reading, ...]:
    """Return what each series of a chart says, by the Anhøj rules and, where there are any, the limits.

    Parameters
    ----------
    chart : Chart
        Of any kind.
    good : Good
        Which way is better.
    runs : Runs, optional
        From `judge_runs`, when it is there already.

    Returns
    -------
    tuple of Reading
        One a series. A long run is told before rare crossings, and these before a point beyond the limits. Fewer than
        10 useful points without a signal are too few to tell.

    Raises
    ------
    UnusableInput
        Never: `Chart` holds what can be read.

    References
    ----------
    Anhøj and Olesen (2014), PLoS ONE 9, e113825.

    Examples
    --------
    >>> from collegium.science.improvement.charts import run_chart
    >>> months = [4, 6, 5, 7, 4, 6, 5, 6, 9, 9, 8, 9, 10, 9, 8, 9]
    >>> found = read_series(run_chart(months, baseline=8), good=Good.UP)[0]
    >>> found.finding.name, found.first, found.length, found.judgement.value
    ('SHIFT', 7, 9, 'better')
    """
    found = judge_runs(chart) if runs is None else runs
    points, side = chart.counted, chart.side
    above, useful, beyond = side > 0, side != 0, chart.outside != 0
    return tuple(
        _read(points[row], above[row], beyond[row], useful[row], found, row, good) for row in range(len(chart))
    )


def _read(
    points: FloatArray, above: BoolArray, beyond: BoolArray, useful: BoolArray, runs: Runs, row: int, good: Good
) -> Reading:
    places = np.flatnonzero(~np.isnan(points))
    n = len(places)
    if not n:
        return Reading(finding=Finding.EMPTY, n_points=0)
    if runs.has_long_run[row]:
        members = _newest_run(runs.in_long_run[row], above, np.flatnonzero(useful))
        return _told(Finding.SHIFT, members, above, np.flatnonzero(useful), n, good)
    if runs.has_few_crossings[row]:
        return Reading(finding=Finding.RARELY_CROSSES, n_points=n)
    if beyond.any():
        return _told(Finding.OUTSIDE, np.flatnonzero(beyond)[-1:].tolist(), above, places, n, good)
    if not runs.n_useful[row]:
        return Reading(finding=Finding.FLAT if n > 1 else Finding.TOO_FEW, n_points=n)
    return Reading(finding=Finding.TOO_FEW if runs.is_short[row] else Finding.STEADY, n_points=n)


def _newest_run(marked: BoolArray, above: BoolArray, useful: IntArray) -> list[int]:
    """Return the places of the newest marked run: its neighbours on the same side, points on the line passed over."""
    members: list[int] = []
    for place in useful[::-1].tolist():
        if marked[place] and (not members or above[place] == above[members[0]]):
            members.append(place)
        elif members:
            break
    return members[::-1]


def _told(finding: Finding, members: list[int], above: BoolArray, places: IntArray, n: int, good: Good) -> Reading:
    is_above = bool(above[members[-1]])
    judgement = Judgement.DIFFERENT
    if good is not Good.NEITHER:
        judgement = Judgement.BETTER if is_above == (good is Good.UP) else Judgement.WORSE
    return Reading(
        finding=finding,
        n_points=n,
        first=members[0],
        last=members[-1],
        length=len(members),
        is_above=is_above,
        is_current=members[-1] == int(places[-1]),
        judgement=judgement,
    )
