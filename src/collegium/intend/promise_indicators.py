"""What can be measured about the promises of a unit."""

from __future__ import annotations

import datetime as dt
import statistics
import uuid
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from collegium.base import time
from collegium.base.indicators import Indicator, Meaning, Reading
from collegium.intend import promise_policies as policies
from collegium.intend.queries import standing

NOT_SAID = Reading(value=None)
YEAR = dt.timedelta(days=365)


def read_kept(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    """Return the share of promises settled within a year that were kept, of those that somebody could speak of."""
    states = standing.list_settled(unit_id, as_of - YEAR, as_of)
    return Reading.share(sum(state == "kept" for state in states), len(states))


def read_carried(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    """Return the share of open promises that more than one person could carry."""
    if as_of != time.today():
        return NOT_SAID
    found = standing.list_open(unit_id)
    return Reading.share(sum(each.is_carried_by_more for each in found), len(found))


def read_losing(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    """Return how many open promises have lost whoever made them, or are about to."""
    if as_of != time.today():
        return NOT_SAID
    found = standing.list_open(unit_id)
    if not found:
        return NOT_SAID
    return Reading(value=float(sum(each.loses_owner for each in found)), n=len(found))


def read_quiet(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    """Return the days since the last check-in of an open promise, in the middle of all."""
    if as_of != time.today():
        return NOT_SAID
    heard_on = standing.list_heard_of(unit_id)
    if not heard_on:
        return NOT_SAID
    return Reading(value=float(statistics.median((as_of - day).days for day in heard_on)), n=len(heard_on))


Reader = Callable[[uuid.UUID, dt.date], Reading]
_ROWS: tuple[tuple[str, object, str, Reader, Meaning], ...] = (
    (
        "promises_kept",
        _("Promises kept, say those they were made to"),
        "percent",
        read_kept,
        Meaning(
            definition=_("Of the promises settled within a year, the part that those they were made to call kept."),
            formula=_("Kept, divided by kept, partly kept and not kept. Released promises are left out."),
            how_to_read=_("Together with how many there are, and with what became of the others."),
            how_not_to_read=_("Not as a target: a unit that only promises what is easy keeps everything."),
        ),
    ),
    (
        "promises_carried",
        _("Promises that more than one person could carry"),
        "percent",
        read_carried,
        Meaning(
            definition=_("Of the open promises, the part that more than one person could carry on."),
            formula=_("Open promises with two or more who could carry them, divided by all open promises."),
            how_to_read=_("The rest would stop if one person left."),
            how_not_to_read=_("Not as a judgement of those who promise alone: ask who could stand beside them."),
        ),
    ),
    (
        "promises_quiet",
        _("Days since the last word on a promise"),
        "count",
        read_quiet,
        Meaning(
            definition=_("How long ago somebody last checked in on an open promise, or made it: the middle of all."),
            formula=_("The median of days between the last check-in, or the day it was made, and today."),
            how_to_read=_("Small means that promises are talked about while something can still be done."),
            how_not_to_read=_("Not as diligence: a promise for next year needs fewer words than one for next week."),
        ),
    ),
    (
        "promises_losing_owner",
        _("Promises whose owner has left or is leaving"),
        "count",
        read_losing,
        Meaning(
            definition=_("Open promises of the unit and within it whose owner is gone, or goes within six weeks."),
            formula=_("Open promises of which nobody who promised has a post or role there on a day six weeks ahead."),
            how_to_read=_("Each asks for somebody who carries it on, or for a word to those it was made to."),
            how_not_to_read=_(
                "Not as a promise broken: it can be handed on. Days of leaving that nobody wrote down are not in it."
            ),
        ),
    ),
)

INDICATORS = tuple(
    Indicator(
        key=f"intend.{key}",
        title=title,
        unit_of_measure=unit,
        read=read,
        order=320 + place,
        page="intend:promises",
        visible=policies.can_view_promises,
        at_home=False,  # they stand in the panel there
        meaning=meaning,
    )
    for place, (key, title, unit, read, meaning) in enumerate(_ROWS)
)
