"""Somebody's own dates: a room registers what it knows of, and one calendar holds them all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

from collegium import __version__
from collegium.base import time
from collegium.base.registries import Registry

if TYPE_CHECKING:
    from icalendar import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something on a day, or from a time to a time; `path` is the page that says more."""

    uid: str
    summary: str
    starts: dt.date | dt.datetime
    ends: dt.date | dt.datetime
    path: str
    where: str = ""
    is_busy: bool = False
    is_called_off: bool = False


List = Callable[[Any], Iterable[Entry]]
_lists: Registry[str, List] = Registry("the dates")


def register(key: str, list_entries: List) -> None:
    """Add a room's dates of an actor; a key can be registered once."""
    _lists.add(key, list_entries)


def list_entries(actor: Any) -> list[Entry]:
    """Return the actor's own dates of all rooms."""
    return [entry for key in sorted(_lists) for entry in _lists[key](actor)]


def write(name: str, entries: Iterable[Entry]) -> bytes:
    """Return the dates as an iCalendar file."""
    from icalendar import Calendar  # slow to load, and only needed here

    calendar = Calendar()
    calendar.add("prodid", f"-//Collegium//{__version__}//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{entry.uid}@collegium")
    event.add("dtstamp", time.now())
    event.add("url", f"{settings.BASE_URL}{entry.path}")
    event.add("summary", entry.summary)
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends)
    event.add("transp", "OPAQUE" if entry.is_busy and not entry.is_called_off else "TRANSPARENT")
    if entry.where:
        event.add("location", entry.where)
    if entry.is_called_off:
        event.add("status", "CANCELLED")
    return event
