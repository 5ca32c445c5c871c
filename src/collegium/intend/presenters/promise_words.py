"""How promises read: who promises, to whom, how it stands. The same words on every page."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from collegium.base.sentences import join
from collegium.intend.models import Commitment
from collegium.intend.promise_enums import Audience, Going, PromiseState
from collegium.intend.queries.carriers import Carriers
from collegium.people.models import Person

LINE = 140


def write_person(person: Person | None) -> str:
    """Return a name, or what stands for one that was erased."""
    return (person.full_name if person is not None else "") or _("somebody whose name was erased")


def write_who(promise: Commitment) -> str:
    """Return who promises."""
    if promise.by_group is not None:
        return promise.by_group.name
    if promise.by_role is not None:
        return promise.by_role.title
    return write_person(promise.by_person)


def write_whom(promise: Commitment) -> str:
    """Return to whom."""
    if promise.to_group is not None:
        return promise.to_group.name
    if promise.to_unit is None:
        return write_person(promise.to_person)
    words = {
        Audience.COLLEAGUES: _("colleagues at %(unit)s"),
        Audience.PUPILS: _("pupils of %(unit)s"),
        Audience.PARENTS: _("parents and carers of %(unit)s"),
        Audience.SCHOOL: _("all of %(unit)s"),
    }
    return words.get(Audience(promise.audience), "%(unit)s") % {"unit": promise.to_unit.name}


def write_line(text: str, limit: int = LINE) -> str:
    """Return the beginning of a promise on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + "…"


def is_overdue(promise: Commitment, today: dt.date) -> bool:
    """Say whether the day of a promise has passed and nothing was said of it yet."""
    return promise.state == PromiseState.MADE and promise.due_on < today


def write_state(promise: Commitment, today: dt.date) -> str:
    """Return how a promise stands, as people say it."""
    if is_overdue(promise, today):
        return _("its day has passed")
    if promise.state == PromiseState.MADE:
        return str(Going(promise.going).label) if promise.going else _("made")
    return str(PromiseState(promise.state).label)


def state_key(promise: Commitment, today: dt.date) -> str:
    """Return the same as one word that templates know."""
    return "overdue" if is_overdue(promise, today) else str(promise.state)


def write_carriers(carriers: Carriers) -> str:
    """Return who carries a promise today, by name."""
    return join([each.name for each in carriers.owners])


def write_day(day: dt.date) -> str:
    """Return a day as people write it."""
    return date_format(day)
