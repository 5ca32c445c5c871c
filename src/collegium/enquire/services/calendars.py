"""School calendars: what a steward says about terms and holidays takes the place of what was said before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db import transaction

from collegium.enquire import policies
from collegium.enquire.enums import SpanKind
from collegium.enquire.errors import Invalid
from collegium.enquire.models import CalendarSpan
from collegium.people.actors import Actor
from collegium.people.models import Unit
from collegium.people.services.writing import locate, record, tidy

MOST_SPANS = 150
LONGEST = dt.timedelta(days=366)
TITLE_LIMIT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanSaid:
    """A term or a holiday as somebody said it."""

    kind: SpanKind
    title: str
    first_day: dt.date
    last_day: dt.date


@transaction.atomic
def keep_calendar(*, actor: Actor, unit: Unit, spans: Sequence[SpanSaid]) -> None:
    """Make these the terms and holidays of a unit; without any it takes over the calendar above it again."""
    policies.check_can_keep_calendar(actor, locate(unit))
    _check(spans)
    CalendarSpan.objects.filter(unit=unit).delete()
    CalendarSpan.objects.bulk_create(
        CalendarSpan(
            community_id=unit.community_id,
            unit=unit,
            kind=span.kind,
            title=tidy(span.title, limit=TITLE_LIMIT),
            first_day=span.first_day,
            last_day=span.last_day,
        )
        for span in spans
    )
    record(actor, "calendar.changed", unit, unit_id=unit.id, title=unit.name, count=len(spans))


def read_holidays(data: bytes) -> list[SpanSaid]:
    """Return the all-day events of an iCalendar file as holidays. Raises Invalid for what is none."""
    from icalendar import Calendar  # slow to load, and only needed here

    try:
        calendar = Calendar.from_ical(data)
    except (ValueError, IndexError, KeyError) as error:
        raise Invalid("calendar_unreadable") from error
    found = []
    for event in calendar.walk("VEVENT"):
        start, end = event.get("dtstart"), event.get("dtend")
        if start is None or isinstance(start.dt, dt.datetime):
            continue
        # The end of an all-day event is the day after it.
        last = end.dt - dt.timedelta(days=1) if end is not None and not isinstance(end.dt, dt.datetime) else start.dt
        title = " ".join(str(event.get("summary", "")).split())[:TITLE_LIMIT]
        if title:
            span = SpanSaid(kind=SpanKind.HOLIDAY, title=title, first_day=start.dt, last_day=max(start.dt, last))
            found.append(span)
    if not found:
        raise Invalid("calendar_unreadable")
    return sorted(found, key=lambda span: span.first_day)[-MOST_SPANS:]


def _check(spans: Sequence[SpanSaid]) -> None:
    if len(spans) > MOST_SPANS:
        raise Invalid("calendar_too_many", limit=MOST_SPANS)
    for span in spans:
        if span.last_day < span.first_day:
            raise Invalid("calendar_order", title=span.title)
        if span.last_day - span.first_day > LONGEST:
            raise Invalid("calendar_too_long", title=span.title)
    terms = sorted((span for span in spans if span.kind == SpanKind.TERM), key=lambda span: span.first_day)
    for before, after in pairwise(terms):
        if after.first_day <= before.last_day:
            raise Invalid("calendar_overlap", title=after.title)
