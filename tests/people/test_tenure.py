"""How a staff changes over time, against counting person by person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.people import tenure

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2030, 12, 31))


@dataclass(frozen=True)
class Span:
    """As the query returns them."""

    first_on: dt.date | None
    last_on: dt.date | None
    people: int = 1


def span(pair: tuple[dt.date | None, dt.date | None]) -> Span:
    first_on, last_on = pair
    if first_on and last_on and last_on < first_on:
        first_on, last_on = last_on, first_on
    return Span(first_on, last_on)


SPANS = st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS).map(span), max_size=12)


def test_a_school_year_starts_in_september() -> None:
    assert tenure.start_of_school_year(dt.date(2026, 8, 31)) == dt.date(2025, 9, 1)
    assert tenure.start_of_school_year(dt.date(2026, 9, 1)) == dt.date(2026, 9, 1)


def test_a_year_before_a_leap_day_is_the_day_before_march() -> None:
    assert tenure.years_before(dt.date(2024, 2, 29), 1) == dt.date(2023, 2, 28)
    assert tenure.years_before(dt.date(2024, 2, 29), 4) == dt.date(2020, 2, 29)


def test_the_years_are_told_latest_first_and_the_present_one_up_to_the_day() -> None:
    spans = [Span(dt.date(2024, 9, 1), None, 3), Span(None, dt.date(2025, 1, 1), 2), Span(dt.date(2026, 1, 1), None)]
    years = tenure.tell_years(spans, dt.date(2025, 11, 23), 2)
    assert years == [
        tenure.Year(dt.date(2025, 9, 1), dt.date(2025, 11, 23), started=0, left=0, people=3),
        tenure.Year(dt.date(2024, 9, 1), dt.date(2025, 8, 31), started=3, left=2, people=3),
    ]


@given(spans=SPANS, day=DAYS)
def test_years_follow_from_each_other(spans: list[Span], day: dt.date) -> None:
    """Who was there at the end of a year is who was there before, and started, less who left."""
    years = tenure.tell_years(spans, day, 4)
    for year, before in pairwise(years):
        assert before.ends_on + dt.timedelta(days=1) == year.starts_on
        assert year.people == before.people + year.started - year.left


@given(spans=SPANS, day=DAYS)
def test_lengths_sum_to_those_who_are_there(spans: list[Span], day: dt.date) -> None:
    counts, unknown = tenure.count_lengths(spans, day)
    assert sum(counts) + unknown == tenure.count_on(spans, day)
    new = sum(s.first_on is not None and tenure.years_before(day, 1) < s.first_on <= day for s in spans if here(s, day))
    assert counts[0] == new


def here(one: Span, day: dt.date) -> bool:
    return (one.first_on is None or one.first_on <= day) and (one.last_on is None or day < one.last_on)


@given(spans=SPANS, day=DAYS)
def test_counting_by_equal_dates_is_counting_people(spans: list[Span], day: dt.date) -> None:
    together = [Span(s.first_on, s.last_on, 2) for s in spans]
    assert tenure.count_on(together, day) == 2 * sum(here(one, day) for one in spans)


@pytest.mark.parametrize(("years", "group"), [(0, 0), (1, 1), (2, 1), (3, 2), (9, 2), (10, 3), (30, 3)])
def test_whole_years_belong_to_the_longer_group(years: int, group: int) -> None:
    day = dt.date(2026, 9, 1)
    counts, _unknown = tenure.count_lengths([Span(tenure.years_before(day, years), None)], day)
    assert counts.index(1) == group
