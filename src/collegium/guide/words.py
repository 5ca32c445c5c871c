"""Numbers as this room writes them in sentences and tables."""

from __future__ import annotations

import math

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from collegium.base.indicators import Indicator, Reading

PLACES = {"score": 1, "measure": 2, "count": 0}


def write_value(value: float, unit_of_measure: str) -> str:
    """Return a value in its unit: whole percentages, whole counts, scores with one decimal."""
    if unit_of_measure == "percent":
        # Halves go up, as in the figures of every page.
        return _("%(n)s%%") % {"n": number_format(math.floor(100 * value + 0.5), 0)}
    places = PLACES.get(unit_of_measure, 2)
    return str(number_format(round(value, places), places, force_grouping=True))


def write_range(interval: tuple[float, float] | None, unit_of_measure: str) -> str:
    """Return an interval in the unit of its value, or nothing."""
    if interval is None:
        return ""
    low, high = (write_value(end, unit_of_measure) for end in interval)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def write_n(n: int) -> str:
    """Return how many a number rests on."""
    return _("n = %(n)s") % {"n": number_format(n, 0, force_grouping=True)}


def write_reading(indicator: Indicator, reading: Reading) -> str:
    """Return a reading with all that it rests on: value, interval, how many; or that it is not known."""
    if reading.value is None:
        return reading.note or _("not known yet")
    value = write_value(reading.value, indicator.unit_of_measure)
    beside = [write_range(reading.interval, indicator.unit_of_measure)]
    if reading.n is not None:
        beside.append(write_n(reading.n))
    said = "; ".join(part for part in beside if part)
    return f"{value} ({said})" if said else value
