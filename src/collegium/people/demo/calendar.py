"""The days of the story: school years from September, ending on the day it is built."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

STORY_MONTHS = 18  # The story is at least this old, so that all that happens in it has happened.
SEPTEMBER = 9
FRIDAY = 4


def weekday(day: dt.date) -> dt.date:
    """Return the day, or the Friday before it."""
    return day - dt.timedelta(days=max(0, day.weekday() - FRIDAY))


@dataclass(frozen=True, slots=True)
class Calendar:
    """School years counted from the first of the story: year 1, year 2, and often the start of year 3."""

    first_day: dt.date
    today: dt.date

    @classmethod
    def ending(cls, today: dt.date) -> Calendar:
        """Begin on the last first of September that lies eighteen months or more before `today`."""
        month = today.year * 12 + today.month - 1 - STORY_MONTHS
        year, month_of_year = divmod(month, 12)
        return cls(dt.date(year if month_of_year + 1 >= SEPTEMBER else year - 1, SEPTEMBER, 1), today)

    def year(self, number: int) -> dt.date:
        """Return the first day of school year 1, 2, ...; 0 and below lie before the story."""
        return self.first_day.replace(year=self.first_day.year + number - 1)

    def day(self, year: int, days: int) -> dt.date:
        """Return the day so many days into a school year, but no later than today."""
        return min(self.year(year) + dt.timedelta(days=days), self.today)

    def lately(self, days: int) -> dt.date:
        """Return a weekday so many days, or a few more, before today."""
        return weekday(self.today - dt.timedelta(days=days))

    @property
    def years(self) -> int:
        """How many school years have begun by today."""
        begun = 1
        while self.year(begun + 1) <= self.today:
            begun += 1
        return begun
