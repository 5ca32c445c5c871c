"""The periods that numbers are taken for, and the school calendar that says which of them are expected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from collegium.enquire.enums import Frequency

DAY, SCHOOL_DAYS = dt.timedelta(days=1), 5
MOST_PERIODS = 600  # walked over in search of expected ones


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A term or a holiday, from its first day to its last."""

    first: dt.date
    last: dt.date
    title: str = ""

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """When school is: terms and holidays, each in order. Without any, every period of the year is expected."""

    terms: tuple[Span, ...] = ()
    holidays: tuple[Span, ...] = ()

    def first_day_of(self, day: dt.date, frequency: str) -> dt.date:
        """Return the first day of the week, month or term that a day is in; other periods begin on the day itself."""
        if frequency == Frequency.WEEK:
            return day - dt.timedelta(days=day.weekday())
        if frequency == Frequency.TERM:
            return next((term.first for term in self.terms if day in term), day)
        return day.replace(day=1) if frequency == Frequency.MONTH else day

    def last_day_of(self, first: dt.date, frequency: str) -> dt.date:
        """Return the last day of the period that begins on a day."""
        if frequency == Frequency.WEEK:
            return first + dt.timedelta(days=6)
        if frequency == Frequency.MONTH:
            return self.first_day_of(first + dt.timedelta(days=31), frequency) - DAY
        return next((term.last for term in self.terms if term.first == first), first)

    def has_steps(self, frequency: str) -> bool:
        """Whether periods follow one another by rule, so that one can be missing."""
        return frequency in {Frequency.WEEK, Frequency.MONTH} or (frequency == Frequency.TERM and bool(self.terms))

    def before(self, first: dt.date, frequency: str) -> dt.date | None:
        """Return the period before the one that begins on a day; None where there is none by rule."""
        if frequency == Frequency.TERM:
            return max((term.first for term in self.terms if term.first < first), default=None)
        return self.first_day_of(first - DAY, frequency) if self.has_steps(frequency) else None

    def after(self, first: dt.date, frequency: str) -> dt.date | None:
        """Return the period after the one that begins on a day; None where there is none by rule."""
        if frequency == Frequency.TERM:
            return min((term.first for term in self.terms if term.first > first), default=None)
        return self.last_day_of(first, frequency) + DAY if self.has_steps(frequency) else None

    def why_off(self, first: dt.date, frequency: str) -> str | None:
        """Return what keeps school closed in all of a period ("" for between terms), None where it is open."""
        if frequency not in {Frequency.WEEK, Frequency.MONTH}:
            return None
        days = (self.last_day_of(first, frequency) - first).days + 1
        return self._closed([day for n in range(days) if (day := first + n * DAY).weekday() < SCHOOL_DAYS])

    def list_between(self, first: dt.date, last: dt.date, frequency: str) -> list[dt.date]:
        """Return every period from one to another, those without school too."""
        found: list[dt.date] = []
        for day in islice(_walk(first, lambda day: self.after(day, frequency)), MOST_PERIODS):
            if day > last:
                break
            found.append(day)
        return found

    def list_last(self, until: dt.date, frequency: str, count: int) -> list[dt.date]:
        """Return the last so many periods up to the one of a day in which school is open, oldest first."""
        if frequency == Frequency.DAY:
            week = 7 * count + 7 * len(self.holidays) * SCHOOL_DAYS
            days = [day for n in range(week) if (day := until - n * DAY).weekday() < SCHOOL_DAYS]
            return sorted([day for day in days if self._closed([day]) is None][:count])
        if not self.has_steps(frequency):
            return []
        begin = self.first_day_of(until, frequency)
        walk = islice(_walk(begin, lambda day: self.before(day, frequency)), MOST_PERIODS)
        begun = {term.first for term in self.terms}
        known = (day for day in walk if frequency != Frequency.TERM or day in begun)
        return sorted(islice((day for day in known if self.why_off(day, frequency) is None), count))

    def last_due(self, today: dt.date, frequency: str) -> dt.date | None:
        """Return the last expected period that has passed; None where periods do not follow by rule."""
        if frequency == Frequency.DAY:
            return None
        periods = self.list_last(today, frequency, 2)
        return next((day for day in reversed(periods) if self.last_day_of(day, frequency) < today), None)

    def _closed(self, days: list[dt.date]) -> str | None:
        reasons: list[str] = []
        for day in days:
            holiday = next((span.title for span in self.holidays if day in span), None)
            if holiday is None and not self._is_between_terms(day):
                return None
            reasons.append(holiday or "")
        return next(filter(None, reasons), "") if reasons else None

    def _is_between_terms(self, day: dt.date) -> bool:
        """Whether a day lies between two known terms; of days before and after all of them nothing is known."""
        if not self.terms or not self.terms[0].first <= day <= self.terms[-1].last:
            return False
        return not any(day in term for term in self.terms)


ALL_YEAR = SchoolCalendar()


def _walk(first: dt.date, step: Callable[[dt.date], dt.date | None]) -> Iterator[dt.date]:
    day: dt.date | None = first
    while day is not None:
        yield day
        day = step(day)
