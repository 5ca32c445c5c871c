"""The rules and icons of NHS England's *Making Data Count*: four rules, and what a target can expect."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.improvement._table import pack, run_lengths, sides, unpack
from collegium.science.improvement.charts import Chart
from collegium.science.results import BoolArray, FloatArray, IntArray, Locked


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """How many points make a shift (on one side of the mean) and a trend (all rising or all falling)."""

    name: str
    shift: int = 7
    trend: int = 7

    def __post_init__(self) -> None:
        UnusableInput.unless(self.shift >= 2 and self.trend >= 3, "rules", "A shift or a trend needs more points.")


MAKING_DATA_COUNT = RuleSet(name="NHS Making Data Count")


@unique
class Good(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


@unique
class Variation(StrEnum):
    """The variation icon: what the newest point says."""

    COMMON = "common cause"
    IMPROVEMENT_HIGH = "special cause: improving, higher"
    IMPROVEMENT_LOW = "special cause: improving, lower"
    CONCERN_HIGH = "special cause: of concern, higher"
    CONCERN_LOW = "special cause: of concern, lower"
    NEITHER_HIGH = "special cause: higher"
    NEITHER_LOW = "special cause: lower"
    UNKNOWN = "no limits to judge by"


@unique
class Assurance(StrEnum):
    """The assurance icon: whether the process, as it is, meets its target."""

    NO_TARGET = "no target"
    PASSING = "consistently passing"
    FAILING = "consistently failing"
    HIT_OR_MISS = "hit or miss"
    UNKNOWN = "no limits to judge by"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Signals(Locked):
    """Special causes: 1 for high or rising points, -1 for low or falling ones, 0 for none; tables like the chart's."""

    rules: RuleSet
    outside: npt.NDArray[np.int8]
    near_limit: npt.NDArray[np.int8]
    shift: npt.NDArray[np.int8]
    trend: npt.NDArray[np.int8]
    has_limits: BoolArray
    counted: BoolArray

    @property
    def any(self) -> BoolArray:
        """The points at which any rule speaks."""
        marks: BoolArray = (self.outside != 0) | (self.near_limit != 0) | (self.shift != 0) | (self.trend != 0)
        return marks

    @property
    def direction(self) -> npt.NDArray[np.int8]:
        """Which way each point points: that of the first rule that speaks (outside, near a limit, shift, trend)."""
        found = np.where(self.shift != 0, self.shift, self.trend)
        found = np.where(self.near_limit != 0, self.near_limit, found)
        return np.where(self.outside != 0, self.outside, found).astype(np.int8)


def judge_points(chart: Chart, *, rules: RuleSet = MAKING_DATA_COUNT) -> Signals:
    """Return where each rule speaks.

    Parameters
    ----------
    chart : Chart
        With limits. Missing and excluded points are passed over; a point on the centre ends a shift, and two equal
        neighbours end a trend.
    rules : RuleSet
        How long a shift and a trend are.

    Returns
    -------
    Signals
        `outside`: beyond three sigma. `near_limit`: those beyond two sigma on one side where at least two of three
        neighbours are. `shift` and `trend`: all points of the run.

    Raises
    ------
    UnusableInput
        If the chart is a run chart, which has no limits.

    References
    ----------
    NHS England, Making Data Count (2019), Strengthening your decisions. Montgomery (2009), section 5.3.

    Examples
    --------
    >>> from collegium.science.improvement.charts import xmr_chart
    >>> found = judge_points(xmr_chart([5, 6, 5, 4, 5, 6, 5, 4, 6, 12], baseline=9))
    >>> found.outside[0].tolist()
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    """
    UnusableInput.unless(chart.kind != "run", "limits", "A run chart has no limits; judge its runs.")
    points = chart.counted
    packed, order = pack(points)
    side = np.take_along_axis(chart.side, order, axis=1)
    beyond_near = np.maximum(sides(points, chart.near_high), 0) + np.minimum(sides(points, chart.near_low), 0)
    near = np.take_along_axis(beyond_near, order, axis=1)
    return Signals(
        rules=rules,
        outside=chart.outside.astype(np.int8),
        near_limit=_signed(unpack(_two_of_three(near > 0), order), unpack(_two_of_three(near < 0), order)),
        shift=_shift(side, order, rules.shift),
        trend=_trend(packed, order, rules.trend),
        has_limits=np.asarray((~np.isnan(chart.low)).any(axis=1)),
        counted=~np.isnan(points),
    )


def variation(signals: Signals, *, good: Good) -> tuple[Variation, ...]:
    """Return the variation icon of each series: what the rules say of its newest point.

    Parameters
    ----------
    signals : Signals
        From `judge_points`.
    good : Good
        Which way is better.

    Returns
    -------
    tuple of Variation
        `UNKNOWN` for a series without limits or points.

    Raises
    ------
    UnusableInput
        Never.

    References
    ----------
    NHS England, Making Data Count (2019), Strengthening your decisions, icons.

    Examples
    --------
    >>> from collegium.science.improvement.charts import xmr_chart
    >>> found = judge_points(xmr_chart([5, 6, 5, 4, 5, 6, 5, 4, 6, 12], baseline=9))
    >>> variation(found, good=Good.DOWN)[0].value
    'special cause: of concern, higher'
    """
    icons = {
        (Good.UP, 1): Variation.IMPROVEMENT_HIGH,
        (Good.UP, -1): Variation.CONCERN_LOW,
        (Good.DOWN, 1): Variation.CONCERN_HIGH,
        (Good.DOWN, -1): Variation.IMPROVEMENT_LOW,
        (Good.NEITHER, 1): Variation.NEITHER_HIGH,
        (Good.NEITHER, -1): Variation.NEITHER_LOW,
    }
    way, found = signals.direction, []
    for row, counted in enumerate(signals.counted):
        places = np.flatnonzero(counted)
        if not len(places) or not signals.has_limits[row]:
            found.append(Variation.UNKNOWN)
        else:
            found.append(icons.get((good, int(way[row, places[-1]])), Variation.COMMON))
    return tuple(found)


def assurance(chart: Chart, *, target: float | None, good: Good) -> tuple[Assurance, ...]:
    """Return the assurance icon of each series: whether its limits, at the newest point, lie on the good side.

    Parameters
    ----------
    chart : Chart
        With limits.
    target : float or None
        In the unit of the plotted values.
    good : Good
        Which way is better; with `NEITHER` no target can be met.

    Returns
    -------
    tuple of Assurance
        `PASSING` where both limits meet the target, `FAILING` where neither does, `HIT_OR_MISS` between.

    Raises
    ------
    UnusableInput
        If the chart is a run chart.

    References
    ----------
    NHS England, Making Data Count (2019), Strengthening your decisions, icons.

    Examples
    --------
    >>> from collegium.science.improvement.charts import xmr_chart
    >>> assurance(xmr_chart([9, 11, 10, 12, 9, 10]), target=3, good=Good.UP)[0].value
    'consistently passing'
    """
    UnusableInput.unless(chart.kind != "run", "limits", "A run chart has no limits to compare a target with.")
    if target is None or good is Good.NEITHER:
        return (Assurance.NO_TARGET,) * len(chart)
    found = []
    for row in range(len(chart)):
        places = np.flatnonzero(~np.isnan(chart.counted[row]) & ~np.isnan(chart.low[row]))
        if not len(places):
            found.append(Assurance.UNKNOWN)
            continue
        low, high = float(chart.low[row, places[-1]]), float(chart.high[row, places[-1]])
        worst, best = (low, high) if good is Good.UP else (-high, -low)
        aim = target if good is Good.UP else -target
        met = Assurance.PASSING if worst >= aim else Assurance.HIT_OR_MISS
        found.append(Assurance.FAILING if best < aim else met)
    return tuple(found)


# --- the rules --------------------------------------------------------------------------------------------------------
def _signed(up: BoolArray, down: BoolArray) -> npt.NDArray[np.int8]:
    return up.astype(np.int8) - down.astype(np.int8)


def _shift(side: IntArray, order: IntArray, least: int) -> npt.NDArray[np.int8]:
    long = run_lengths(side) >= least
    return _signed(unpack(long & (side > 0), order), unpack(long & (side < 0), order))


def _trend(packed: FloatArray, order: IntArray, least: int) -> npt.NDArray[np.int8]:
    steps = sides(packed[:, 1:], packed[:, :-1])
    long = run_lengths(steps) >= least - 1
    up, down = (_with_first(long & (steps == way)) for way in (1, -1))
    # Where a rise turns into a fall, the point at the top belongs to both: it says nothing of its own.
    return _signed(unpack(up, order), unpack(down, order))


def _with_first(steps: BoolArray) -> BoolArray:
    """Return the points at either end of marked steps."""
    return np.pad(steps, ((0, 0), (0, 1))) | np.pad(steps, ((0, 0), (1, 0)))


def _two_of_three(marked: BoolArray) -> BoolArray:
    """Mark those that are marked and stand in a window of three with another one."""
    wide = np.pad(marked, ((0, 0), (2, 2))).astype(np.int8)
    # A point has company within its windows of three: one of the two before it, or one of the two after.
    company = (wide[:, :-4] + wide[:, 1:-3] + wide[:, 3:-1] + wide[:, 4:]) > 0
    return marked & company
