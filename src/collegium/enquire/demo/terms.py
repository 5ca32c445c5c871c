"""When school is in the demo: the district keeps terms and holidays, and the schools inside it take them over."""

from __future__ import annotations

import datetime as dt

from collegium.base import time
from collegium.enquire.enums import SpanKind
from collegium.enquire.periods import SchoolCalendar
from collegium.enquire.queries.calendars import get_calendar
from collegium.enquire.services.calendars import SpanSaid, keep_calendar
from collegium.people.actors import operator_of
from collegium.people.demo.book import instant
from collegium.people.demo.calendar import Calendar
from collegium.people.demo.story import DISTRICT
from collegium.people.models import Community, Unit

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


def keep(community: Community, calendar: Calendar) -> SchoolCalendar:
    """Let the district say, as the story begins, when terms and holidays of its years are; return what it says."""
    unit = Unit.objects.get(community=community, slug=DISTRICT)
    spans = [span for number in range(1, calendar.years + 1) for span in list_spans(calendar.year(number))]
    with time.at(instant(calendar.first_day)):
        keep_calendar(actor=operator_of(community.id), unit=unit, spans=spans)
    return get_calendar(unit)


def list_spans(first: dt.date) -> list[SpanSaid]:
    """Return three terms and six holidays of the school year that begins on a day of September."""
    year = first.year + 1
    half_terms = [_monday(first.year, 10, 28), _monday(year, 2, 18), _monday(year, 5, 30)]
    christmas, spring, summer = _monday(first.year, 12, 24), _monday(year, 4, 6), _monday(year, 7, 24)
    return [
        _say(SpanKind.TERM, "Autumn term", first, christmas - DAY),
        _say(SpanKind.TERM, "Spring term", christmas + 2 * WEEK, spring - DAY),
        _say(SpanKind.TERM, "Summer term", spring + 2 * WEEK, summer - DAY),
        *(_say(SpanKind.HOLIDAY, "Half term", monday, monday + WEEK - DAY) for monday in half_terms),
        _say(SpanKind.HOLIDAY, "Christmas holiday", christmas, christmas + 2 * WEEK - DAY),
        _say(SpanKind.HOLIDAY, "Spring holiday", spring, spring + 2 * WEEK - DAY),
        _say(SpanKind.HOLIDAY, "Summer holiday", summer, first.replace(year=year) - DAY),
    ]


def _monday(year: int, month: int, day: int) -> dt.date:
    on = dt.date(year, month, day)
    return on - dt.timedelta(days=on.weekday())


def _say(kind: SpanKind, title: str, first_day: dt.date, last_day: dt.date) -> SpanSaid:
    return SpanSaid(kind=kind, title=title, first_day=first_day, last_day=last_day)
