"""What trying an idea changed in each place, and what all of them add up to; in the unit that people read."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

from collegium.enquire.charting.series import is_of_few
from collegium.enquire.enums import Numbers
from collegium.enquire.models import IdeaOutcome, Point
from collegium.enquire.periods import ALL_YEAR
from collegium.enquire.queries.measures import Measured
from collegium.science.improvement.before_after import Effect, Scale, before_after
from collegium.science.improvement.pooling import Pooled, pool

RATIOS = frozenset({Numbers.COUNT, Numbers.RATE})
QUANTILE = 1.959963984540054  # of the normal distribution, for the interval of one place


@unique
class Apart(StrEnum):
    """Why the numbers of a place cannot be laid beside those of the others."""

    NOT_MEASURED = "not measured"
    OTHER_NUMBERS = "other numbers"
    OTHER_DIRECTION = "other direction"
    SEVERAL_AVERAGES = "several averages"
    TOO_FEW = "too few periods"


@dataclass(frozen=True, slots=True)
class Found:
    """The effect in one place, or why there is none that could be laid beside others."""

    effect: Effect | None
    apart: Apart | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An effect as people read it: percentage points, percent more or less, or the unit that was measured in."""

    value: float
    low: float
    high: float


def find_effect(measured: Measured | None, since: dt.date, outcome: IdeaOutcome) -> Found:
    """Return what changed in one place from the day an idea was tried; only numbers that everybody may see count."""
    if measured is None:
        return Found(None, Apart.NOT_MEASURED)
    row = measured.measure
    if row.numbers != outcome.numbers:
        return Found(None, Apart.OTHER_NUMBERS)
    if row.direction != outcome.direction:
        return Found(None, Apart.OTHER_DIRECTION)
    if row.numbers == Numbers.AVERAGE and len(measured.segments) > 1:
        return Found(None, Apart.SEVERAL_AVERAGES)
    days, values, unders = _add_up(measured)
    begun = ALL_YEAR.first_day_of(since, row.frequency)
    effect = before_after(
        values,
        unders if row.numbers in {Numbers.PROPORTION, Numbers.RATE} else None,
        changed=sum(day < begun for day in days),
        scale=scale_of(Numbers(row.numbers)),
        counts=row.numbers in RATIOS,
    )
    return Found(effect, None if effect.value is not None else Apart.TOO_FEW)


def scale_of(numbers: Numbers) -> Scale:
    """Return how effects of such numbers are compared: schools differ in size, so counts are compared as ratios."""
    return Scale.LOG_RATIO if numbers in RATIOS else Scale.DIFFERENCE


def add_up(found: Sequence[Found]) -> Pooled:
    """Return what the effects of several places add up to; places that stand apart have no weight."""
    effects = [each.effect for each in found]
    values = [math.nan if one is None or one.value is None else one.value for one in effects]
    variances = [math.nan if one is None or one.variance is None else one.variance for one in effects]
    return pool(values, variances)


def show_effect(effect: Effect, numbers: Numbers) -> Shown | None:
    """Return one effect with its interval as people read it."""
    if effect.value is None or effect.variance is None:
        return None
    half = QUANTILE * math.sqrt(effect.variance)
    return show(effect.value, effect.value - half, effect.value + half, numbers)


def show(value: float, low: float, high: float, numbers: Numbers) -> Shown:
    """Return an effect of the scale that it was added up on as people read it."""
    if numbers in RATIOS:
        return Shown(*((math.exp(one) - 1) * 100 for one in (value, low, high)))
    return Shown(*(one * (100 if numbers == Numbers.PROPORTION else 1) for one in (value, low, high)))


def _add_up(measured: Measured) -> tuple[list[dt.date], list[float], list[float]]:
    """Return the numbers of all groups together, period by period; a period without any number is left out."""
    by_day: dict[dt.date, list[Point]] = defaultdict(list)
    for points in measured.points.values():
        for point in points:
            if point.value is not None and not is_of_few(measured.measure, point):
                by_day[point.on].append(point)
    # Events of which a group did not tell would look like fewer events.
    least = len(measured.segments) if measured.measure.numbers == Numbers.COUNT else 1
    days = sorted(day for day, points in by_day.items() if len(points) >= least)
    values = [math.fsum(point.value or 0.0 for point in by_day[day]) for day in days]
    unders = [math.fsum(point.denominator or 0.0 for point in by_day[day]) for day in days]
    return days, values, unders
