"""When somebody's promises are due, and until when they can say whether one was kept: for their calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.base.calendars import Entry
from collegium.intend.models import Commitment
from collegium.intend.presenters import promise_words as words
from collegium.intend.promise_enums import PromiseState
from collegium.intend.queries import promises
from collegium.people.actors import Actor


def list_dates(actor: Actor) -> Iterator[Entry]:
    """Yield the dates. They name nobody: only what is the reader's own, and where to read on."""
    for promise in promises.list_own(actor):
        if promise.state == PromiseState.MADE:
            yield _due(promise)
    for asked in promises.list_asked(actor):
        yield _asked(asked.round.commitment, asked.round.closes_at)


def _due(promise: Commitment) -> Entry:
    return Entry(
        uid=f"due-{promise.id}",
        summary=_("Promised: %(what)s") % {"what": words.write_line(promise.what)},
        starts=promise.due_on,
        ends=promise.due_on + dt.timedelta(days=1),
        path=reverse("intend:promise", args=[promise.id]),
    )


def _asked(promise: Commitment, until: dt.datetime) -> Entry:
    return Entry(
        uid=f"asked-{promise.id}",
        summary=_("Last hour to say whether a promise was kept"),
        starts=until - dt.timedelta(hours=1),
        ends=until,
        path=reverse("intend:promise_confirm", args=[promise.id]),
    )
