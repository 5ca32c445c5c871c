"""The periods that numbers are taken in."""

from __future__ import annotations

import datetime as dt

from collegium.enquire.enums import Frequency


def first_day_of(day: dt.date, frequency: str) -> dt.date:
    """Return the first day of the week or month that a day is in; other periods begin on the day that is given."""
    if frequency == Frequency.WEEK:
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=1) if frequency == Frequency.MONTH else day
