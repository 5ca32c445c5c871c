"""From the points of a measure to its charts, as far as whoever looks may see them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from collegium.enquire.charting.making import Asked, Charted, Series, Shape, make_chart
from collegium.enquire.enums import Frequency, Numbers
from collegium.enquire.models import Measure, Point, Segment
from collegium.enquire.periods import ALL_YEAR, SchoolCalendar
from collegium.enquire.queries.measures import Measured
from collegium.science.improvement.special_causes import Good

K = 5  # shares of fewer are for the team alone
MOST_GAPS = 200


Notes = Sequence[tuple[dt.date, str]]


def make_charts(
    measured: Measured, *, sees_all: bool, notes: Notes = (), calendar: SchoolCalendar = ALL_YEAR
) -> list[Charted]:
    """Return the charts of a measure, one a group; shares of few are in them only for those who see all.

    Each of `notes` stands at the first point that is shown of its day or later. What falls into a holiday of the
    calendar is a break and not missing.
    """
    row = measured.measure
    asked = Asked(
        shape=Shape(row.numbers),
        good=Good(row.direction),
        baseline=row.baseline_points,
        target=row.target,
        per=row.per,
    )
    axis = _make_axis(measured, calendar)
    return [
        make_chart(
            _series(row, one, measured.points[one.id], axis, sees_all, notes),
            replace(asked, baseline=_reach(row.baseline_points, measured.points[one.id], axis, one)),
        )
        for one in measured.segments
    ]


@dataclass(frozen=True, slots=True)
class _Axis:
    """The periods of each group, and why school was closed in those in which it was."""

    calendar: SchoolCalendar
    days: dict[uuid.UUID, list[dt.date]]
    off: dict[dt.date, str]


def _make_axis(measured: Measured, calendar: SchoolCalendar) -> _Axis:
    frequency = measured.measure.frequency
    days = {
        one.id: _days([point.on for point in measured.points[one.id]], frequency, calendar) for one in measured.segments
    }
    every = {day for each in days.values() for day in each} if calendar.holidays or calendar.terms else set()
    why = {day: calendar.why_off(day, frequency) for day in every}
    return _Axis(calendar, days, {day: said for day, said in why.items() if said is not None})


def _reach(baseline: int, points: Sequence[Point], axis: _Axis, segment: Segment) -> int:
    """Return how many places of the chart so many points of a baseline reach over: weeks without school are none."""
    known = {point.on for point in points}
    counted = [place for place, day in enumerate(axis.days[segment.id]) if day in known or day not in axis.off]
    return counted[baseline - 1] + 1 if 0 < baseline <= len(counted) else baseline


def _series(
    measure: Measure, segment: Segment, points: Sequence[Point], axis: _Axis, sees_all: bool, more: Notes
) -> Series:
    """Return the points of a group with its gaps; those of few are left out for readers who are not in the team."""
    known = {point.on: point for point in points}
    days = axis.days[segment.id]
    shown = {day: point for day, point in known.items() if sees_all or not is_of_few(measure, point)}
    notes: dict[int, str] = {}
    said: dict[int, str] = {}
    for place, day in enumerate(days):
        point = known.get(day)
        if point is None:
            said[place] = axis.off.get(day) or (_("Between terms") if day in axis.off else _("Missing"))
        elif day not in shown:
            said[place] = _("Not shown (fewer than %(k)s)") % {"k": K}
        elif point.value is None:
            said[place] = point.note
        elif point.note:
            notes[place] = point.note
    values = [shown[day].value if day in shown else None for day in days]
    _add_notes(notes, more, [(day, value is not None) for day, value in zip(days, values, strict=True)], measure, axis)
    is_of_something = measure.numbers in {Numbers.PROPORTION, Numbers.RATE}
    unders = tuple(shown[day].denominator if day in shown else None for day in days)
    return Series(
        title=segment.title or measure.title,
        labels=tuple(label_of(day, measure.frequency) for day in days),
        values=tuple(values),
        denominators=unders if is_of_something else (),
        notes=notes,
        words=said,
        off=frozenset(place for place, day in enumerate(days) if day in axis.off),
    )


def _add_notes(
    notes: dict[int, str], more: Notes, days: Sequence[tuple[dt.date, bool]], measure: Measure, axis: _Axis
) -> None:
    for on, text in more:
        since = axis.calendar.first_day_of(on, measure.frequency)
        place = next((place for place, (day, is_known) in enumerate(days) if is_known and day >= since), None)
        if place is not None and on >= days[0][0]:
            notes[place] = f"{notes[place]}; {text}" if place in notes else text


def is_of_few(measure: Measure, point: Point) -> bool:
    """Say whether a number is a share of so few that only the team may see it."""
    return measure.numbers == Numbers.PROPORTION and point.denominator is not None and point.denominator < K


def _days(known: Sequence[dt.date], frequency: str, calendar: SchoolCalendar) -> list[dt.date]:
    """Return the periods from the first to the last; those that nobody reported are among them where one can tell."""
    if len(known) < 2:
        return list(known)
    between = calendar.list_between(known[0], known[-1], frequency)
    if frequency == Frequency.YEAR:
        between = _list_years(known)
    days = sorted({*known, *between})
    return days if len(days) - len(known) <= MOST_GAPS else list(known)


def _list_years(known: Sequence[dt.date]) -> list[dt.date]:
    """Return the same day of every year from the first to the last, where all are of the same; else nothing."""
    if len({(day.month, day.day) for day in known}) > 1 or (known[0].month, known[0].day) == (2, 29):
        return []
    return [known[0].replace(year=year) for year in range(known[0].year, known[-1].year + 1)]


def label_of(day: dt.date, frequency: str) -> str:
    """Return what a period is called."""
    if frequency == Frequency.YEAR and day.day == 1 and day.month in (1, 9):
        return str(day.year) if day.month == 1 else f"{day.year}/{(day.year + 1) % 100:02}"
    return date_format(day, "YEAR_MONTH_FORMAT" if frequency == Frequency.MONTH else "SHORT_DATE_FORMAT")
