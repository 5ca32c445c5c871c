"""The school calendar of a unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from collegium.base import time
from collegium.enquire import policies
from collegium.enquire.enums import SpanKind
from collegium.enquire.models import CalendarSpan
from collegium.enquire.queries import calendars
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanRow:
    """A term or a holiday."""

    title: str
    kind: str
    first_day: dt.date
    last_day: dt.date
    is_now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage:
    """The terms and holidays that hold in a unit, and whose they are."""

    unit: UnitFrame
    keeper: str
    rows: tuple[SpanRow, ...]
    change_url: str


def present_calendar(actor: Actor, place: Place) -> CalendarPage:
    """Return the calendar that holds in a unit, the newest term or holiday first."""
    kept, today = calendars.get_kept(place), time.today()
    may_change = policies.can_keep_calendar(actor, place)
    return CalendarPage(
        unit=frame_of(actor, place),
        keeper=kept.unit.name if kept.unit and kept.unit.id != place.unit_id else "",
        rows=tuple(_row(row, today) for row in reversed(kept.rows)),
        change_url=reverse("enquire:calendar_change", args=[place.slug]) if may_change else "",
    )


def _row(row: CalendarSpan, today: dt.date) -> SpanRow:
    return SpanRow(
        title=row.title,
        kind=str(SpanKind(row.kind).label),
        first_day=row.first_day,
        last_day=row.last_day,
        is_now=row.first_day <= today <= row.last_day,
    )
