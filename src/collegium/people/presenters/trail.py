"""The trail of changes in a unit, on the page and as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from collegium.base import sheets
from collegium.base.models import Event
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of
from collegium.people.presenters.happenings import Happening, tell
from collegium.people.queries import trail
from collegium.people.services import undo

PAGE_SIZE = 50
EXPORT_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailRow:
    """One event, and how to take it back where that is possible."""

    happening: Happening
    undo_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailDay:
    """What happened on one day."""

    on: dt.date
    rows: tuple[TrailRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailPage:
    """The page."""

    unit: UnitFrame
    days: tuple[TrailDay, ...]
    pages: Page[Event]
    total: int
    is_narrowed: bool
    export_url: str


def present_trail(actor: Actor, place: Place, narrow: trail.TrailFilter, *, page: str, query: str) -> TrailPage:
    """Show what happened, a page at a time."""
    frame = frame_of(actor, place)
    pages = Paginator(trail.list_events(place, narrow), PAGE_SIZE).get_page(page)
    events = list(pages.object_list)
    here = {event.id for event in events if frame.is_today and undo.can_undo(actor, place, event)}
    rows = [
        TrailRow(happening=happening, undo_url=_undo_url(happening) if happening.id in here else "")
        for happening in tell(events)
    ]
    return TrailPage(
        unit=frame,
        days=tuple(
            TrailDay(on=day, rows=tuple(some))
            for day, some in groupby(rows, key=lambda row: timezone.localdate(row.happening.at))
        ),
        pages=pages,
        total=pages.paginator.count,
        is_narrowed=narrow != trail.TrailFilter(),
        export_url=reverse("people:unit_audit_export", args=[place.slug]) + (f"?{query}" if query else ""),
    )


def _undo_url(happening: Happening) -> str:
    return reverse("people:ending_undo", args=[happening.where_slug, happening.id]) if happening.where_slug else ""


def write_trail(place: Place, narrow: trail.TrailFilter) -> Iterator[str]:
    """Write the trail as CSV, line by line; no cell can be taken for a formula."""
    yield sheets.write_line([_("When"), _("What happened"), _("Where"), _("Kind of change"), _("Id")])
    for events in batched(trail.list_events(place, narrow).iterator(EXPORT_CHUNK), EXPORT_CHUNK):
        for row in tell(events):
            yield sheets.write_line([_instant(row.at), row.text, row.where, row.verb, str(row.id)])


def batched(events: Iterator[Event], size: int) -> Iterator[list[Event]]:
    """Return the events in lists, so that names are looked up for many at once."""
    while chunk := list(islice(events, size)):
        yield chunk


def _instant(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
