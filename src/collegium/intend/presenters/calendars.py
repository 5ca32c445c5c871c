"""Somebody's own dates as a calendar: when their promises are due, and until when they can say whether one was kept."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from collegium import __version__
from collegium.base import time
from collegium.intend.models import Commitment
from collegium.intend.presenters import promise_words as words
from collegium.intend.promise_enums import PromiseState
from collegium.intend.queries import promises
from collegium.people.actors import Actor


def write_calendar(actor: Actor) -> bytes:
    """Return the calendar. It names nobody: only what is the reader's own, and where to read on."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Collegium//{__version__}//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("My promises"))
    for promise in promises.list_own(actor):
        if promise.state == PromiseState.MADE:
            calendar.add_component(_due(promise))
    for asked in promises.list_asked(actor):
        calendar.add_component(_asked(asked.round.commitment, asked.round.closes_at))
    return bytes(calendar.to_ical())


def _due(promise: Commitment) -> Event:
    event = _event(f"due-{promise.id}", reverse("intend:promise", args=[promise.id]))
    event.add("summary", _("Promised: %(what)s") % {"what": words.write_line(promise.what)})
    event.add("dtstart", promise.due_on)
    event.add("dtend", promise.due_on + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _asked(promise: Commitment, until: dt.datetime) -> Event:
    event = _event(f"asked-{promise.id}", reverse("intend:promise_confirm", args=[promise.id]))
    event.add("summary", _("Last hour to say whether a promise was kept"))
    event.add("dtstart", until - dt.timedelta(hours=1))
    event.add("dtend", until)
    event.add("transp", "TRANSPARENT")
    return event


def _event(uid: str, path: str) -> Event:
    event = Event()
    event.add("uid", f"{uid}@collegium")
    event.add("dtstamp", time.now())
    event.add("url", f"{settings.BASE_URL}{path}")
    return event
