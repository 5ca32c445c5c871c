"""The centre line and the limits of a chart: run, XmR, p, p', u, u', c, and the charts of rare events g and t.

Every function takes one series or a table of many (a row a series, a column a point, NaN for a missing point) and
answers for all of them at once. Limits rest on the baseline alone and are drawn through every point; nothing ever
moves a baseline but the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.improvement._table import Baseline, as_mask, as_table, divide, mean_where, median_where, sides
from collegium.science.results import BoolArray, FloatArray, IntArray, Locked

RANGE_TO_SIGMA = 1.128  # d2 of two points, as tables print it; 2 / sqrt(pi) is 1.128379...
LARGEST_RANGE = 3.267  # D4 of two points: a moving range above this many mean ranges is screened
WIDE, NEAR = 3.0, 2.0
LEAST_POINTS = 12  # limits from fewer points are provisional
POWER_OF_TIMES = 3.6  # Nelson (1994): times between events to the power 1/3.6 are nearly normal


@unique
class Kind(StrEnum):
    """The kinds of chart."""

    RUN = "run"
    XMR = "xmr"
    P = "p"
    P_PRIME = "p-prime"
    U = "u"
    U_PRIME = "u-prime"
    C = "c"
    G = "g"
    T = "t"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chart(Locked):
    """Series with their centre lines and limits, each a table of a row a series.

    `value` is what is plotted (a share, a rate); NaN for a point that is missing or left out of the chart. `low` and
    `high` are three standard deviations from the mean, `near_low` and `near_high` two; a run chart has none (NaN).
    `centre` is what runs are counted about. `excluded` marks points that are plotted but counted nowhere.
    `n_baseline` says how many points the lines rest on, `is_provisional` whether these are fewer than 12,
    `n_screened` how many moving ranges were left out of them.
    """

    kind: Kind
    value: FloatArray
    centre: FloatArray
    low: FloatArray
    high: FloatArray
    near_low: FloatArray
    near_high: FloatArray
    excluded: BoolArray
    n_baseline: IntArray
    is_provisional: BoolArray
    n_screened: IntArray

    def __len__(self) -> int:
        return len(self.value)

    @property
    def counted(self) -> FloatArray:
        """What rules look at: the points, without those that are excluded."""
        return np.where(self.excluded, np.nan, self.value)

    @property
    def side(self) -> IntArray:
        """Where each counted point lies: 1 above the centre line, -1 below it, 0 on it or missing."""
        return sides(self.counted, self.centre)

    @property
    def outside(self) -> IntArray:
        """Which counted points lie beyond the limits: 1 above, -1 below, 0 for all others."""
        points = self.counted
        return np.maximum(sides(points, self.high), 0) + np.minimum(sides(points, self.low), 0)


def run_chart(values: npt.ArrayLike, *, baseline: Baseline = None, exclude: npt.ArrayLike | None = None) -> Chart:
    """Return series with their medians.

    Parameters
    ----------
    values : array_like
        One series (points), or a table (series, points); in the measure's own unit, NaN where a point is missing.
    baseline : int or array_like of bool, optional
        The first so many points, or marks as long as a series (or as the table), on which the median rests. All points
        without it.
    exclude : array_like of bool, optional
        Points that are plotted and counted nowhere.

    Returns
    -------
    Chart
        Of kind `RUN`, without limits.

    Raises
    ------
    UnusableInput
        If a point is infinite or a mark does not fit.

    References
    ----------
    Perla, Provost and Murray (2011), BMJ Quality and Safety 20, 46-51.

    Examples
    --------
    >>> run_chart([3, 5, 4, 8, 6]).centre[0].tolist()
    [5.0, 5.0, 5.0, 5.0, 5.0]
    """
    value = as_table(values)
    left_out, base = _marks(value, baseline, exclude)
    nothing = np.full(value.shape, np.nan)
    middle = _across(median_where(value, base), value)
    return _chart(Kind.RUN, value, middle, (nothing, nothing, nothing, nothing), base, left_out)


def xmr_chart(
    values: npt.ArrayLike,
    *,
    baseline: Baseline = None,
    exclude: npt.ArrayLike | None = None,
    screen_ranges: bool = False,
) -> Chart:
    """Return series with limits from their moving ranges: mean ± 3 mean(range) / 1.128.

    Parameters
    ----------
    values : array_like
        One series (points), or a table (series, points); NaN where a point is missing. A range counts between points
        that are neighbours, so a gap has none.
    baseline : int or array_like of bool, optional
        The points on which mean and ranges rest; all without it.
    exclude : array_like of bool, optional
        Points that are plotted and counted nowhere.
    screen_ranges : bool
        Leave out, once, ranges above 3.267 times their mean.

    Returns
    -------
    Chart
        Of kind `XMR`. No limits where the baseline has no two neighbours. A constant series has limits on its centre.

    Raises
    ------
    UnusableInput
        If a point is infinite or a mark does not fit.

    References
    ----------
    Montgomery (2009), Introduction to Statistical Quality Control, section 6.4. Nelson (1982), Journal of Quality
    Technology 14, 172-173 (screening).

    Examples
    --------
    >>> found = xmr_chart([9, 11, 10, 12, 9, 10])
    >>> round(float(found.low[0, 0]), 3), round(float(found.centre[0, 0]), 3), round(float(found.high[0, 0]), 3)
    (5.379, 10.167, 14.954)
    """
    value = as_table(values)
    left_out, base = _marks(value, baseline, exclude)
    middle = mean_where(value, base)
    sigma, screened = _sigma_of_ranges(value, base, screen=screen_ranges)
    lines = _about(_across(middle, value), _across(sigma, value))
    return _chart(Kind.XMR, value, _across(middle, value), lines, base, left_out, screened)


def p_chart(
    counts: npt.ArrayLike,
    denominators: npt.ArrayLike,
    *,
    baseline: Baseline = None,
    exclude: npt.ArrayLike | None = None,
    prime: bool = False,
) -> Chart:
    """Return shares with limits from their denominators, and with `prime` also from how they really vary.

    Parameters
    ----------
    counts, denominators : array_like
        How many of how many, same shape: one series or a table. NaN in either, or a denominator of 0, is a missing
        point.
    baseline : int or array_like of bool, optional
        The points on which the lines rest; all without it.
    exclude : array_like of bool, optional
        Points that are plotted and counted nowhere.
    prime : bool
        Laney's p': limits times the sigma of the standardised points.

    Returns
    -------
    Chart
        Of kind `P` or `P_PRIME`; values and limits between 0 and 1. Centre: all counts over all denominators.

    Raises
    ------
    UnusableInput
        If a count is negative or above its denominator, a point is infinite, or a mark does not fit.

    References
    ----------
    Montgomery (2009), section 7.2. Laney (2002), Quality Engineering 14, 531-537.

    Examples
    --------
    >>> found = p_chart([2, 4, 3], [20, 20, 20])
    >>> found.value[0].tolist(), round(float(found.centre[0, 0]), 3), round(float(found.high[0, 0]), 3)
    ([0.1, 0.2, 0.15], 0.15, 0.39)
    """
    count, under = _pair(counts, denominators)
    UnusableInput.unless(not (count > under).any(), "above", "A count is larger than its denominator.")
    left_out, base = _marks(count, baseline, exclude)
    middle = _across(_pooled(count, under, base), count)
    value = divide(count, under)
    sigma = np.sqrt(np.maximum(divide(middle * (1 - middle), under), 0.0))
    sigma = sigma * _between(value, middle, sigma, base) if prime else sigma
    low, high, near_low, near_high = _about(middle, sigma)
    lines = (np.maximum(low, 0), np.minimum(high, 1), np.maximum(near_low, 0), np.minimum(near_high, 1))
    return _chart(Kind.P_PRIME if prime else Kind.P, value, middle, lines, base, left_out)


def u_chart(
    events: npt.ArrayLike,
    exposures: npt.ArrayLike,
    *,
    per: float = 1.0,
    baseline: Baseline = None,
    exclude: npt.ArrayLike | None = None,
    prime: bool = False,
) -> Chart:
    """Return rates of events with limits from their exposures, and with `prime` also from how they really vary.

    Parameters
    ----------
    events, exposures : array_like
        How many events in how much (lessons, pupil days), same shape: one series or a table. NaN in either, or an
        exposure of 0, is a missing point.
    per : float
        The rate is given for so much exposure, such as 100; above 0.
    baseline : int or array_like of bool, optional
        The points on which the lines rest; all without it.
    exclude : array_like of bool, optional
        Points that are plotted and counted nowhere.
    prime : bool
        Laney's u': limits times the sigma of the standardised points.

    Returns
    -------
    Chart
        Of kind `U` or `U_PRIME`; lower limits are at least 0. Centre: all events over all exposure.

    Raises
    ------
    UnusableInput
        If a number is negative or infinite, `per` is not above 0, or a mark does not fit.

    References
    ----------
    Montgomery (2009), section 7.3. Laney (2002), Quality Engineering 14, 531-537.

    Examples
    --------
    >>> found = u_chart([4, 6, 5], [100, 100, 100], per=100)
    >>> found.value[0].tolist(), round(float(found.high[0, 0]), 3)
    ([4.0, 6.0, 5.0], 11.708)
    """
    UnusableInput.unless(per > 0, "per", "A rate is given for some exposure.", per=per)
    count, under = _pair(events, exposures)
    left_out, base = _marks(count, baseline, exclude)
    middle = _across(_pooled(count, under, base), count)
    value = divide(count, under)
    sigma = np.sqrt(divide(middle, under))
    sigma = sigma * _between(value, middle, sigma, base) if prime else sigma
    low, high, near_low, near_high = _about(middle, sigma)
    lines = (np.maximum(low, 0) * per, high * per, np.maximum(near_low, 0) * per, near_high * per)
    return _chart(Kind.U_PRIME if prime else Kind.U, value * per, middle * per, lines, base, left_out)


def c_chart(events: npt.ArrayLike, *, baseline: Baseline = None, exclude: npt.ArrayLike | None = None) -> Chart:
    """Return counts of events, in periods that are alike, with limits mean ± 3 sqrt(mean).

    Parameters
    ----------
    events : array_like
        How many, in one series (points) or a table; NaN where a point is missing.
    baseline : int or array_like of bool, optional
        The points on which the mean rests; all without it.
    exclude : array_like of bool, optional
        Points that are plotted and counted nowhere.

    Returns
    -------
    Chart
        Of kind `C`; lower limits are at least 0.

    Raises
    ------
    UnusableInput
        If a count is negative or infinite, or a mark does not fit.

    References
    ----------
    Montgomery (2009), section 7.3.

    Examples
    --------
    >>> found = c_chart([4, 6, 5, 5])
    >>> round(float(found.low[0, 0]), 3), round(float(found.high[0, 0]), 3)
    (0.0, 11.708)
    """
    value = _not_negative(as_table(events, "events"))
    left_out, base = _marks(value, baseline, exclude)
    middle = _across(mean_where(value, base), value)
    low, high, near_low, near_high = _about(middle, np.sqrt(middle))
    lines = (np.maximum(low, 0), high, np.maximum(near_low, 0), near_high)
    return _chart(Kind.C, value, middle, lines, base, left_out)


def g_chart(gaps: npt.ArrayLike, *, baseline: Baseline = None, exclude: npt.ArrayLike | None = None) -> Chart:
    """Return how many chances passed between rare events, with geometric limits.

    Parameters
    ----------
    gaps : array_like
        Cases (or days) from one event to the next, at least 0: one series or a table, NaN where a point is missing.
    baseline : int or array_like of bool, optional
        The points on which the lines rest; all without it.
    exclude : array_like of bool, optional
        Points that are plotted and counted nowhere.

    Returns
    -------
    Chart
        Of kind `G`. Limits are mean ± 3 sqrt(mean (mean + 1)), at least 0; the centre is the median, because half of
        the gaps must lie on either side of it for runs to mean anything.

    Raises
    ------
    UnusableInput
        If a gap is negative or infinite, or a mark does not fit.

    References
    ----------
    Benneyan (2001), Health Care Management Science 4, 305-318. Provost and Murray (2011), The Health Care Data Guide,
    page 228.

    Examples
    --------
    >>> found = g_chart([3, 9, 4, 12, 7])
    >>> found.centre[0, 0].item(), round(float(found.high[0, 0]), 3)
    (7.0, 29.45)
    """
    value = _not_negative(as_table(gaps, "gaps"))
    left_out, base = _marks(value, baseline, exclude)
    mean = _across(mean_where(value, base), value)
    low, high, near_low, near_high = _about(mean, np.sqrt(mean * (mean + 1)))
    lines = (np.maximum(low, 0), high, np.maximum(near_low, 0), near_high)
    return _chart(Kind.G, value, _across(median_where(value, base), value), lines, base, left_out)


def t_chart(times: npt.ArrayLike, *, baseline: Baseline = None, exclude: npt.ArrayLike | None = None) -> Chart:
    """Return times between rare events, with limits worked out where such times are nearly normal.

    Parameters
    ----------
    times : array_like
        From one event to the next, at least 0: one series or a table, NaN where a point is missing.
    baseline : int or array_like of bool, optional
        The points on which the lines rest; all without it.
    exclude : array_like of bool, optional
        Points that are plotted and counted nowhere.

    Returns
    -------
    Chart
        Of kind `T`: times to the power 1/3.6, as in `xmr_chart`, and the lines back to the power 3.6; those below 0
        are 0.

    Raises
    ------
    UnusableInput
        If a time is negative or infinite, or a mark does not fit.

    References
    ----------
    Nelson (1994), Journal of Quality Technology 26, 12-16. Montgomery (2009), section 7.3.5.

    Examples
    --------
    >>> found = t_chart([286, 948, 536, 124, 816, 729])
    >>> round(float(found.centre[0, 0]), 1), round(float(found.low[0, 0]), 1)
    (501.6, 5.1)
    """
    value = _not_negative(as_table(times, "times"))
    root = value ** (1 / POWER_OF_TIMES)
    left_out, base = _marks(value, baseline, exclude)
    middle = _across(mean_where(root, base), value)
    sigma, screened = _sigma_of_ranges(root, base, screen=False)
    low, high, near_low, near_high = (
        np.maximum(line, 0) ** POWER_OF_TIMES for line in _about(middle, _across(sigma, value))
    )
    lines = (low, high, near_low, near_high)
    return _chart(Kind.T, value, middle**POWER_OF_TIMES, lines, base, left_out, screened)


# --- what they share --------------------------------------------------------------------------------------------------
Lines = tuple[FloatArray, FloatArray, FloatArray, FloatArray]


def _chart(
    kind: Kind,
    value: FloatArray,
    centre: FloatArray,
    lines: Lines,
    base: BoolArray,
    left_out: BoolArray,
    screened: IntArray | None = None,
) -> Chart:
    low, high, near_low, near_high = lines
    used: IntArray = (base & ~np.isnan(value)).sum(axis=1)
    return Chart(
        kind=kind,
        value=value,
        centre=centre,
        low=low,
        high=high,
        near_low=near_low,
        near_high=near_high,
        excluded=left_out,
        n_baseline=used,
        is_provisional=used < LEAST_POINTS,
        n_screened=np.zeros(len(value), dtype=np.int64) if screened is None else screened,
    )


def _marks(value: FloatArray, baseline: Baseline, exclude: npt.ArrayLike | None) -> tuple[BoolArray, BoolArray]:
    left_out = np.zeros(value.shape, dtype=bool) if exclude is None else as_mask(exclude, value.shape)
    return left_out, as_mask(baseline, value.shape) & ~left_out


def _pair(counts: npt.ArrayLike, denominators: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return counts with what they are of; a point is missing in both or in neither."""
    count, under = _not_negative(as_table(counts, "counts")), _not_negative(as_table(denominators, "denominators"))
    UnusableInput.unless(count.shape == under.shape, "shape", "Every count has its denominator.", given=under.shape)
    missing = np.isnan(count) | np.isnan(under) | (under == 0)
    return np.where(missing, np.nan, count), np.where(missing, np.nan, under)


def _not_negative(table: FloatArray) -> FloatArray:
    UnusableInput.unless(not (table < 0).any(), "negative", "A number that counts something is below 0.")
    return table


def _pooled(count: FloatArray, under: FloatArray, base: BoolArray) -> FloatArray:
    meant = base & ~np.isnan(count)
    return divide(np.where(meant, count, 0.0).sum(axis=1), np.where(meant, under, 0.0).sum(axis=1))


def _across(of_each: FloatArray, table: FloatArray) -> FloatArray:
    """Return a number of each series at each of its points."""
    return np.repeat(of_each[:, None], table.shape[1], axis=1)


def _about(middle: FloatArray, sigma: FloatArray) -> Lines:
    return middle - WIDE * sigma, middle + WIDE * sigma, middle - NEAR * sigma, middle + NEAR * sigma


def _sigma_of_ranges(table: FloatArray, base: BoolArray, *, screen: bool) -> tuple[FloatArray, IntArray]:
    ranges = np.abs(np.diff(table, axis=1))
    meant = base[:, 1:] & base[:, :-1] & ~np.isnan(ranges)
    mean = mean_where(ranges, meant)
    screened = np.zeros(len(table), dtype=np.int64)
    if screen:
        # Ranges that are all 0 stay: nothing is left of a constant series otherwise.
        kept = meant & (ranges <= (LARGEST_RANGE * mean)[:, None])
        screened = meant.sum(axis=1) - kept.sum(axis=1)
        mean = mean_where(ranges, kept)
    return mean / RANGE_TO_SIGMA, screened


def _between(value: FloatArray, middle: FloatArray, sigma: FloatArray, base: BoolArray) -> FloatArray:
    """Return how many times as widely as chance alone the points vary from one to the next."""
    standard = divide(value - middle, sigma)
    spread, _screened = _sigma_of_ranges(standard, base, screen=False)
    return _across(spread, value)
