"""The pulses of the story as plans: what was asked in which unit, and when. No database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from collegium.listen.demo import story
from collegium.listen.enums import ReportingLevel
from collegium.people.demo.calendar import Calendar

EVERYBODY = tuple(level.value for level in ReportingLevel)
HEARTBEAT_WHY = "Twelve questions every term, so that we notice early what gets better and what does not."
STAFF = tuple(level for level in EVERYBODY if level != ReportingLevel.GOVERNANCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A pulse that has closed: it was open from the morning of a day to the afternoon of another."""

    unit: str
    instrument: str
    title: str
    why: str
    opens_on: dt.date
    closes_on: dt.date
    results_on: dt.date
    referent: str = ""
    levels: tuple[str, ...] = EVERYBODY
    part: int | None = None  # of a series


def list_rounds(calendar: Calendar) -> list[Round]:
    """Return every pulse that has closed by the last day of the story, the first first."""
    rounds = [*_terms(calendar), *_trust(calendar), _district(calendar), *_series(calendar), _coming(calendar)]
    return sorted(rounds, key=lambda one: (one.closes_on, one.unit, one.title))


def school_year(calendar: Calendar, day: dt.date) -> int:
    """Return the number of the school year that a day lies in."""
    year = 1
    while calendar.year(year + 1) <= day:
        year += 1
    return year


def _round(opens_on: dt.date, **more: object) -> Round:
    closes_on = opens_on + dt.timedelta(days=story.WINDOW_DAYS)
    results_on = closes_on + dt.timedelta(days=story.RESULTS_AFTER_DAYS)
    return Round(opens_on=opens_on, closes_on=closes_on, results_on=results_on, **more)  # type: ignore[arg-type]


def _days(calendar: Calendar, days: int) -> Iterator[dt.date]:
    """Yield the day so far into each school year, as long as all that began then is long over."""
    for year in range(1, calendar.years + 1):
        day = calendar.year(year) + dt.timedelta(days=days)
        ends = day + dt.timedelta(days=story.WINDOW_DAYS + story.RESULTS_AFTER_DAYS)
        if ends <= calendar.today - dt.timedelta(days=story.FREE_DAYS):
            yield day


def _terms(calendar: Calendar) -> Iterator[Round]:
    for days in story.HEARTBEAT_DAYS:
        for day in _days(calendar, days):
            yield _round(
                day,
                unit=story.ALLIANCE,
                instrument=story.HEARTBEAT,
                title=heartbeat_title(day),
                why=HEARTBEAT_WHY,
                referent="teachers",
            )


def heartbeat_title(day: dt.date) -> str:
    """Return what the alliance's pulse of a term is called."""
    return f"Heartbeat, {day:%B %Y}"


def _trust(calendar: Calendar) -> Iterator[Round]:
    for day in _days(calendar, story.TRUST_DAY):
        yield _round(
            day,
            unit=story.ALLIANCE,
            instrument=story.TRUST,
            title=f"Trust, {day.year}",
            why="Once a year we look at trust from eight sides, before the heads plan the next year.",
            referent="teachers",
            levels=STAFF,
        )


def _district(calendar: Calendar) -> Round:
    return _round(
        calendar.year(story.DISTRICT_YEAR) + dt.timedelta(days=story.DISTRICT_DAY),
        unit=story.DISTRICT,
        instrument=story.LEADERSHIP,
        title="How the district leads learning",
        why="The district asks what it should do more of, and what it should leave to the schools.",
        referent="district",
        levels=STAFF,
    )


def _series(calendar: Calendar) -> Iterator[Round]:
    for turn in range(story.SERIES_ROUNDS):
        before = story.SERIES_ROUNDS - 1 - turn
        opens_on = series_last_on(calendar) - before * dt.timedelta(weeks=story.SERIES_WEEKS)
        yield Round(
            unit=story.SERIES_SCHOOL,
            instrument=story.CHANGE,
            title=series_title(),
            why="Half of us each time, so that nobody is asked more often than every eight weeks.",
            opens_on=opens_on,
            closes_on=opens_on + dt.timedelta(days=7),
            results_on=opens_on + dt.timedelta(days=9),
            levels=STAFF,
            part=turn % story.SERIES_PARTS,
        )


def series_title() -> str:
    """Return what the recurring pulse is called."""
    return "The new school day: how is it going?"


def series_last_on(calendar: Calendar) -> dt.date:
    """Return the day on which the last round of the series opened."""
    return calendar.today - dt.timedelta(days=story.SERIES_LAST_DAYS)


def _coming(calendar: Calendar) -> Round:
    """Return the one that closed yesterday and whose results come out tomorrow."""
    day = dt.timedelta(days=1)
    return Round(
        unit=story.COMING_SCHOOL,
        instrument=story.SHARED,
        title="Who decides what",
        why="Before a new principal is appointed we want to know how decisions are made here, and how they should be.",
        opens_on=calendar.today - 8 * day,
        closes_on=calendar.today - day,
        results_on=calendar.today + day,
        levels=STAFF,
    )
