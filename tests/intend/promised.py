"""A school in which people promise things to each other, for the tests of promises, roles and boards."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from collegium.base import time
from collegium.intend.models import Commitment, Confirmation, ConfirmationRound
from collegium.intend.promise_enums import Audience, Kept
from collegium.intend.services import confirming, promising
from collegium.intend.services.promising import By, To, Words
from collegium.people.enums import GroupRole, UnitKind
from collegium.people.models import Community, Group, Person, Unit
from tests import factories as make

TODAY = dt.date(2026, 3, 2)
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
DUE = dt.date(2026, 6, 1)


@dataclass
class School:
    """A school of a district with its head, its staff, and a group of them."""

    community: Community
    district: Unit
    unit: Unit
    head: Person
    staff: list[Person]
    group: Group


def build_school(staff: int = 8, *, accounts: bool = False, community: Community | None = None) -> School:
    """Make a school of so many people besides its head, who is its steward; three of them are a group."""
    community = community or make.make_community()
    district = make.make_unit(community, kind=UnitKind.DISTRICT)
    unit = make.make_unit(community, within=district)
    head = make.make_person(community, "Imogen", account=accounts)
    make.make_post(head, unit, "Head")
    make.make_role(head, unit)
    people = [make.make_person(community, account=accounts) for _number in range(staff)]
    for person in people:
        make.make_post(person, unit)
    group = make.make_group(unit)
    for number, person in enumerate(people[:3]):
        make.make_membership(person, group, GroupRole.FACILITATOR if not number else GroupRole.MEMBER)
    return School(community, district, unit, head, people, group)


def promise(school: School, actor: Person | None = None, **given: Any) -> Commitment:
    """Let the head promise something to all colleagues, or let what is given be different."""
    actor = actor or school.head
    words = Words(what=given.pop("what", "We answer every question within two days."), **given.pop("words", {}))
    by = given.pop("by", By(person=actor))
    to = given.pop("to", To(audience=Audience.COLLEAGUES, unit=school.unit))
    with time.at(given.pop("at", NOON)):
        return promising.propose_promise(
            actor=make.actor_of(actor),
            unit=given.pop("unit", school.unit),
            words=words,
            by=by,
            to=to,
            due_on=given.pop("due_on", DUE),
            **given,
        )


def ask(promised: Commitment, actor: Person, *, claim: str = Kept.KEPT, at: dt.datetime = NOON) -> ConfirmationRound:
    """Ask those a promise was made to whether it was kept."""
    with time.at(at):
        return confirming.ask_whether_kept(actor=make.actor_of(actor), promise=promised, claim=claim)


def answer(asking: ConfirmationRound, person: Person, said: str = Kept.KEPT, *, at: dt.datetime = NOON) -> None:
    """Let somebody say how they see it."""
    with time.at(at):
        row = Confirmation.objects.get(round=asking, person=person)
        confirming.answer(actor=make.actor_of(person), confirmation=row, said=said)


def close(asking: ConfirmationRound) -> Commitment:
    """Let the worker close a round at its time; return the promise as it is then."""
    with time.at(asking.closes_at + dt.timedelta(minutes=1)):
        confirming.close(report=lambda _done, _total, _step="": None, round_id=str(asking.id))
    asking.refresh_from_db()
    return Commitment.objects.get(id=asking.commitment_id)
