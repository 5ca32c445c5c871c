"""From the points of a measure to its charts, as far as whoever looks may see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from collegium.enquire.charting.making import Asked, Charted, Series, Shape, make_chart
from collegium.enquire.enums import Frequency, Numbers
from collegium.enquire.models import Measure, Point, Segment
from collegium.enquire.periods import first_day_of
from collegium.enquire.queries.measures import Measured
from collegium.science.improvement.special_causes import Good

K = 5  # shares of fewer are for the team alone
MOST_GAPS = 200


Notes = Sequence[tuple[dt.date, str]]


def make_charts(measured: Measured, *, sees_all: bool, notes: Notes = ()) -> list[Charted]:
    """Return the charts of a measure, one a group; shares of few are in them only for those who see all.

    Each of `notes` stands at the first point that is shown of its day or later.
    """
    row = measured.measure
    asked = Asked(
        shape=Shape(row.numbers),
        good=Good(row.direction),
        baseline=row.baseline_points,
        target=row.target,
        per=row.per,
    )
    return [make_chart(_series(row, one, measured.points[one.id], sees_all, notes), asked) for one in measured.segments]


def _series(measure: Measure, segment: Segment, points: Sequence[Point], sees_all: bool, more: Notes) -> Series:
    """Return the points of a group with its gaps; those of few are left out for readers who are not in the team."""
    known = {point.on: point for point in points}
    days = _days(sorted(known), measure.frequency)
    values: list[float | None] = []
    unders: list[float | None] = []
    notes: dict[int, str] = {}
    said: dict[int, str] = {}
    for place, day in enumerate(days):
        point = known.get(day)
        hidden = point is not None and not sees_all and is_of_few(measure, point)
        values.append(point.value if point and not hidden else None)
        unders.append(point.denominator if point and not hidden else None)
        if point and point.note and point.value is not None:
            notes[place] = point.note
        if hidden:
            said[place] = _("Not shown (fewer than %(k)s)") % {"k": K}
        elif point and point.value is None:
            said[place] = point.note
    _add_notes(notes, more, [(day, value is not None) for day, value in zip(days, values, strict=True)], measure)
    is_of_something = measure.numbers in {Numbers.PROPORTION, Numbers.RATE}
    return Series(
        title=segment.title or measure.title,
        labels=tuple(label_of(day, measure.frequency) for day in days),
        values=tuple(values),
        denominators=tuple(unders) if is_of_something else (),
        notes=notes,
        words=said,
    )


def _add_notes(notes: dict[int, str], more: Notes, days: Sequence[tuple[dt.date, bool]], measure: Measure) -> None:
    for on, text in more:
        since = first_day_of(on, measure.frequency)
        place = next((place for place, (day, is_known) in enumerate(days) if is_known and day >= since), None)
        if place is not None and on >= days[0][0]:
            notes[place] = f"{notes[place]}; {text}" if place in notes else text


def is_of_few(measure: Measure, point: Point) -> bool:
    """Say whether a share is of so few that the team alone may see it."""
    return measure.numbers == Numbers.PROPORTION and point.denominator is not None and point.denominator < K


def _days(known: Sequence[dt.date], frequency: str) -> list[dt.date]:
    """Return the periods from the first to the last; those of weeks and months that nobody reported are among them."""
    if frequency not in {Frequency.WEEK, Frequency.MONTH} or len(known) < 2:
        return list(known)
    days, day = [], known[0]
    while day <= known[-1]:
        days.append(day)
        day = _next(day, frequency)
    return days if len(days) - len(known) <= MOST_GAPS else list(known)


def _next(day: dt.date, frequency: str) -> dt.date:
    return first_day_of(day + dt.timedelta(days=7 if frequency == Frequency.WEEK else 31), frequency)


def label_of(day: dt.date, frequency: str) -> str:
    """Return what a period is called."""
    return date_format(day, "YEAR_MONTH_FORMAT" if frequency == Frequency.MONTH else "SHORT_DATE_FORMAT")
