"""A school that is going somewhere, for the tests of this room."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from collegium.intend.models import Challenge, Intent, Vision
from collegium.intend.services import challenges, line
from collegium.people.enums import Role, UnitKind
from collegium.people.models import Community, Person, Unit
from tests import factories as make

TODAY = dt.date(2026, 3, 2)
LATER = dt.date(2026, 12, 1)


@dataclass
class Line:
    """A school in a district, with who leads it and two of its staff."""

    community: Community
    district: Unit
    school: Unit
    lead: Person
    staff: list[Person]


def build(community: Community | None = None, *, staff: int = 2, accounts: bool = True) -> Line:
    """Make a school with a lead and staff."""
    community = community or make.make_community()
    district = make.make_unit(community, kind=UnitKind.DISTRICT)
    school = make.make_unit(community, within=district)
    lead = make.make_person(community, "Lena", account=accounts)
    make.make_role(lead, school, Role.LEAD)
    members = [make.make_person(community, account=accounts) for _each in range(staff)]
    for person in members:
        make.make_post(person, school)
    return Line(community, district, school, lead, members)


def lead_of(unit: Unit) -> Person:
    """Make somebody who leads a unit."""
    person = make.make_person(unit.community, account=True)
    make.make_role(person, unit, Role.LEAD)
    return person


def write_vision(unit: Unit, lead: Person, title: str = "A school of readers", *, publish: bool = True) -> Vision:
    """Write a vision."""
    actor = make.actor_of(lead)
    vision = line.write_vision(actor=actor, unit=unit, parts={"title": title, "body": "Everybody reads."})
    return line.publish(actor=actor, thing=vision) if publish else vision


def write_intent(
    unit: Unit, lead: Person, title: str = "Read together", *, vision: Vision | None = None, publish: bool = True
) -> Intent:
    """Write an intent."""
    actor = make.actor_of(lead)
    parts = {"title": title, "direction": "We read aloud.", "discovery": "", "destiny": "", "belief": "We can."}
    intent = line.write_intent(actor=actor, unit=unit, parts=parts, vision=vision)
    return line.publish(actor=actor, thing=intent) if publish else intent


def write_challenge(
    unit: Unit,
    lead: Person,
    title: str = "Every pupil reads",
    *,
    intent: Intent | None = None,
    publish: bool = True,
    **place: object,
) -> Challenge:
    """Write a challenge that begins today and takes three months."""
    from collegium.base import time

    actor, today = make.actor_of(lead), time.today()
    place = {"starts_on": today, "by_on": today + dt.timedelta(days=90), **place}
    parts = {"title": title, "what": "Pupils read.", "how_known": "We hear it.", "why": "", "why_now": ""}
    challenge = challenges.write_challenge(actor=actor, unit=unit, parts=parts, intent=intent, **place)  # type: ignore[arg-type]
    return line.publish(actor=actor, thing=challenge) if publish else challenge
