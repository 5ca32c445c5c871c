"""What an enquiry measures in the last periods, as a table to enter numbers into."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Min

from collegium.base import time
from collegium.enquire.models import Point, Segment
from collegium.enquire.periods import SchoolCalendar
from collegium.enquire.queries.calendars import get_calendar_at
from collegium.enquire.queries.enquiries import FoundEnquiry

MOST_CELLS = 240  # each sends three fields, and a request is taken with a thousand
PERIODS = (4, 8, 12)


@dataclass(frozen=True, slots=True)
class Grid:
    """Groups of measures page by page, the periods shown by frequency, what stands there, and since when each runs."""

    calendar: SchoolCalendar
    today: dt.date
    page: Page[Segment]
    days: dict[str, list[dt.date]]
    points: dict[tuple[uuid.UUID, dt.date], Point]
    begun: dict[uuid.UUID, dt.date]


def get_grid(found: FoundEnquiry, *, periods: int, number: int) -> Grid:
    """Return the grid of an enquiry that was found for somebody who works on it."""
    calendar, today = get_calendar_at(found.place), time.today()
    rows = Segment.objects.filter(measure__enquiry=found.enquiry).select_related("measure")
    ordered = rows.order_by("measure__position", "measure__created_at", "measure_id", "position", "id")
    page = Paginator(ordered, MOST_CELLS // periods).get_page(number)
    segments = list(page.object_list)
    standing = Point.objects.filter(segment__in=segments, replaced_at__isnull=True)
    begun = dict(standing.values_list("segment_id").annotate(Min("on")))
    frequencies = {segment.measure.frequency for segment in segments}
    days = {frequency: calendar.list_last(today, frequency, periods) for frequency in frequencies}
    by_day = [frequency for frequency in frequencies if not days[frequency]]
    known = standing.filter(segment__measure__frequency__in=by_day).values_list("segment__measure__frequency", "on")
    days |= _days_known(by_day, known.distinct() if by_day else [], today, periods)
    first = min((day for each in days.values() for day in each), default=today)
    points = {(point.segment_id, point.on): point for point in standing.filter(on__gte=first)}
    return Grid(calendar, today, page, days, points, begun)


def _days_known(
    frequencies: list[str],
    known: Iterable[tuple[str, dt.date]],
    today: dt.date,
    periods: int,
) -> dict[str, list[dt.date]]:
    """Return today and the days numbers were entered for, where periods do not follow one another by rule."""
    rows = list(known)
    return {
        frequency: sorted({today, *(day for name, day in rows if name == frequency and day <= today)})[-periods:]
        for frequency in frequencies
    }
