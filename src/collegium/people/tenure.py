"""How a staff changes over time, worked out from spans: pure, no database, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

SCHOOL_YEAR_STARTS = (9, 1)
LENGTHS = (1, 3, 10)  # upper bounds in years; the last group is open


class Span(Protocol):
    """So many people were first here on one day and last on another."""

    @property
    def first_on(self) -> dt.date | None: ...
    @property
    def last_on(self) -> dt.date | None: ...
    @property
    def people(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Year:
    """A school year: who started, who left, and how many there were on its last day (or the day asked about)."""

    starts_on: dt.date
    ends_on: dt.date
    started: int
    left: int
    people: int


def start_of_school_year(day: dt.date) -> dt.date:
    """Return the first day of the school year that the day lies in."""
    start = dt.date(day.year, *SCHOOL_YEAR_STARTS)
    return start if day >= start else start.replace(year=day.year - 1)


def years_before(day: dt.date, years: int) -> dt.date:
    """Return the same day so many years earlier; the last of February stands in for the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def count_on(spans: Sequence[Span], day: dt.date) -> int:
    """Return how many were here on the day."""
    return sum(
        span.people
        for span in spans
        if (span.first_on is None or span.first_on <= day) and (span.last_on is None or day < span.last_on)
    )


def count_started(spans: Sequence[Span], since: dt.date, until: dt.date) -> int:
    """Return how many had their first day from `since` up to, not on, `until`."""
    return sum(span.people for span in spans if span.first_on is not None and since <= span.first_on < until)


def count_left(spans: Sequence[Span], since: dt.date, until: dt.date) -> int:
    """Return how many were gone from a day in that time on."""
    return sum(span.people for span in spans if span.last_on is not None and since <= span.last_on < until)


def tell_years(spans: Sequence[Span], day: dt.date, count: int) -> list[Year]:
    """Return the last school years up to the day, the latest first; the present one ends with the day."""
    years, start = [], start_of_school_year(day)
    until = day + dt.timedelta(days=1)
    for _ in range(count):
        years.append(
            Year(
                starts_on=start,
                ends_on=until - dt.timedelta(days=1),
                started=count_started(spans, start, until),
                left=count_left(spans, start, until),
                people=count_on(spans, until - dt.timedelta(days=1)),
            )
        )
        start, until = years_before(start, 1), start
    return years


def count_lengths(spans: Sequence[Span], day: dt.date) -> tuple[list[int], int]:
    """Return how many of those here on the day have been so for less than 1, 3, 10 years or longer, and unknown."""
    bounds = [years_before(day, years) for years in LENGTHS]
    counts, unknown = [0] * (len(LENGTHS) + 1), 0
    for span in spans:
        if (span.first_on is not None and span.first_on > day) or (span.last_on is not None and span.last_on <= day):
            continue
        if span.first_on is None:
            unknown += span.people
        else:
            counts[sum(span.first_on <= bound for bound in bounds)] += span.people
    return counts, unknown
