"""Numbers of indicators inside a sentence or a choice; figures of their own are drawn by the components."""

from __future__ import annotations

import math

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from collegium.base.indicators import Reading


def write_number(unit: str, value: float | None, note: str = "") -> str:
    """Return a number in its unit of measure as people write it, or why there is none."""
    if value is None:
        return note or _("not shown")
    if unit == "percent":
        return _("%(number)s%%") % {"number": number_format(math.floor(value * 100 + 0.5))}
    if unit == "count":
        return number_format(round(value), force_grouping=True)
    if unit == "score" or abs(value) >= 100:
        return number_format(round(value, 1), 1 if unit == "score" else 0)
    return number_format(value, 2 if abs(value) < 10 else 1)


def write_beside(unit: str, reading: Reading) -> str:
    """Return the interval and the n of a reading, where it has them."""
    if reading.value is None:
        return ""
    found = []
    if reading.interval:
        low, high = (write_number(unit, end) for end in reading.interval)
        found.append(_("%(low)s to %(high)s") % {"low": low, "high": high})
    if reading.n is not None:
        found.append(_("n = %(n)s") % {"n": number_format(reading.n, force_grouping=True)})
    return ", ".join(found)
