"""Whether data allow a kind of chart, why not, and which one fits instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.improvement._table import as_table, divide
from collegium.science.improvement.charts import Kind
from collegium.science.results import FloatArray

NEEDS_DENOMINATOR = {Kind.P, Kind.P_PRIME, Kind.U, Kind.U_PRIME}
COUNTS = {*NEEDS_DENOMINATOR, Kind.C, Kind.G}
MOSTLY_NONE = 0.5  # share of zeros above which counts are of rare events
FAR_WIDER = 1.5  # points that vary so many times as widely as chance alone need Laney's limits
ENOUGH_TO_TELL = 12
WIDER = {Kind.P: (Kind.P_PRIME,), Kind.U: (Kind.U_PRIME,)}


@unique
class Unfit(StrEnum):
    """Why data do not allow a kind of chart."""

    NO_POINTS = "there are no points"
    NO_DENOMINATOR = "a share or a rate needs its denominators"
    NEGATIVE = "a number that counts something is below 0"
    NOT_WHOLE = "counts are whole numbers"
    ABOVE_DENOMINATOR = "a count is larger than its denominator"
    NO_NEIGHBOURS = "no two neighbouring points are known, so nothing says how much they vary"
    MOSTLY_ZERO = "most periods have no event at all"
    VARIES_MORE = "the points vary far more than chance alone would have them, so limits would be too narrow"


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a kind of chart fits; if not, the reasons, the most important first, and the kind that does."""

    kind: Kind
    reasons: tuple[Unfit, ...] = ()
    instead: Kind | None = None

    @property
    def is_fit(self) -> bool:
        """Whether nothing stands against it."""
        return not self.reasons


def check_fit(kind: Kind, values: npt.ArrayLike, denominators: npt.ArrayLike | None = None) -> Fit:
    """Return whether one series allows a kind of chart.

    Parameters
    ----------
    kind : Kind
        The chart that is wanted.
    values : array_like
        Measurements, counts, gaps or times; NaN where a point is missing.
    denominators : array_like, optional
        What counts are of, as long as the values.

    Returns
    -------
    Fit
        Reasons and the kind that fits instead: the nearest one first (u for p with counts above their denominators,
        p' for p that varies too widely, t or g where most counts are 0), XmR for measurements, and a run chart where
        nothing else is left. A run chart needs nothing but points.

    Raises
    ------
    UnusableInput
        If a value is infinite or the denominators are not as many.

    References
    ----------
    Mohammed, Worthington and Woodall (2008), Quality and Safety in Health Care 17, 137-145 (choice of chart). Laney
    (2002), Quality Engineering 14, 531-537.

    Examples
    --------
    >>> found = check_fit(Kind.P, [3, 5, 4])
    >>> found.is_fit, found.reasons[0].name, found.instead.value
    (False, 'NO_DENOMINATOR', 'c')
    """
    value = as_table(values)[0]
    under = None if denominators is None else as_table(denominators)[0]
    UnusableInput.unless(under is None or under.shape == value.shape, "shape", "Every count has its denominator.")
    reasons = tuple(_reasons(kind, value, under))
    return Fit(kind, reasons, _instead(kind, reasons, value, under) if reasons else None)


def _reasons(kind: Kind, value: FloatArray, under: FloatArray | None) -> list[Unfit]:
    known = value[~np.isnan(value)]
    if not len(known):
        return [Unfit.NO_POINTS]
    if kind is Kind.RUN:
        return []
    if kind is Kind.XMR:
        return [] if _has_neighbours(value) else [Unfit.NO_NEIGHBOURS]
    found = []
    if kind in NEEDS_DENOMINATOR and (under is None or not (np.nan_to_num(under) > 0).any()):
        found.append(Unfit.NO_DENOMINATOR)
    if (known < 0).any() or (under is not None and kind in NEEDS_DENOMINATOR and (under < 0).any()):
        found.append(Unfit.NEGATIVE)
    elif kind in COUNTS and (known != np.round(known)).any():
        found.append(Unfit.NOT_WHOLE)
    elif kind in {Kind.P, Kind.P_PRIME} and under is not None and (value > under).any():
        found.append(Unfit.ABOVE_DENOMINATOR)
    if kind in {Kind.P_PRIME, Kind.U_PRIME, Kind.T} and not _has_neighbours(value):
        found.append(Unfit.NO_NEIGHBOURS)
    return found or _doubts(kind, value, under)


def _doubts(kind: Kind, value: FloatArray, under: FloatArray | None) -> list[Unfit]:
    """Return why a chart that can be drawn would mislead."""
    known = value[~np.isnan(value)]
    if kind in {Kind.C, Kind.U} and np.mean(known == 0) > MOSTLY_NONE:
        return [Unfit.MOSTLY_ZERO]
    if kind is Kind.C:
        under = np.ones(len(value))
    if kind in {Kind.P, Kind.U, Kind.C} and under is not None and len(known) >= ENOUGH_TO_TELL:
        return [Unfit.VARIES_MORE] if _times_as_wide(kind, value, under) > FAR_WIDER else []
    return []


def _has_neighbours(value: FloatArray) -> bool:
    return bool((~np.isnan(np.diff(value))).any())


def _times_as_wide(kind: Kind, value: FloatArray, under: FloatArray) -> float:
    known = ~np.isnan(value) & ~np.isnan(under) & (under > 0)
    if not known.any():
        return 0.0
    middle = value[known].sum() / under[known].sum()
    spread = middle * (1 - middle) if kind is Kind.P else middle
    standard = divide(value / np.where(known, under, np.nan) - middle, np.sqrt(divide(spread, under)))
    ranges = np.abs(np.diff(standard))
    return float(np.nanmean(ranges)) / 1.128 if (~np.isnan(ranges)).any() else 0.0


def _instead(kind: Kind, reasons: tuple[Unfit, ...], value: FloatArray, under: FloatArray | None) -> Kind | None:
    nearest: dict[Unfit, tuple[Kind, ...]] = {
        Unfit.NO_POINTS: (),
        Unfit.NO_DENOMINATOR: (Kind.C, Kind.XMR, Kind.RUN),
        Unfit.ABOVE_DENOMINATOR: (Kind.U, Kind.U_PRIME, Kind.XMR, Kind.RUN),
        Unfit.VARIES_MORE: (*WIDER.get(kind, ()), Kind.XMR, Kind.RUN),
        Unfit.MOSTLY_ZERO: (),
    }
    if reasons[0] is Unfit.MOSTLY_ZERO:
        return Kind.T  # of the times between its events, which these counts do not hold
    for each in nearest.get(reasons[0], (Kind.XMR, Kind.RUN)):
        if each is not kind and not _reasons(each, value, under if each in NEEDS_DENOMINATOR else None):
            return each
    return None
