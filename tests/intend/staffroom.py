"""A school whose people say what they value, for the tests of this part of the room."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from collegium.base import time
from collegium.intend.enums import Side
from collegium.intend.models import Circle, Mindscape
from collegium.intend.queries import circles
from collegium.intend.queries.circles import Gathering
from collegium.intend.services import mindscapes, values
from collegium.people.actors import Actor
from collegium.people.enums import Role
from collegium.people.models import Community, Group, Person, Unit
from tests import factories as make
from tests.listen import published
from tests.listen.published import Told


@dataclass
class Staffroom:
    """A school of seven teachers, a group of three of them, a lead, and a steward who does not work there."""

    community: Community
    school: Unit
    group: Group
    people: list[Person]
    lead: Person
    steward: Person
    outsider: Person
    actors: dict[Person, Actor] = field(default_factory=dict)

    def actor(self, number: int) -> Actor:
        """Return one of the teachers as an actor."""
        return make.actor_of(self.people[number])

    @property
    def keeper(self) -> Actor:
        """Whoever leads the school."""
        return make.actor_of(self.lead)

    def gather(self, row: Unit | Group) -> Gathering:
        """Return the circle of the school or group, begun if need be."""
        of = {"unit": row} if isinstance(row, Unit) else {"group": row}
        circle, _ = Circle.objects.get_or_create(community=self.community, **of)
        return circles.gather(Circle.objects.select_related("unit", "group__unit").get(id=circle.id))


def build(*, teachers: int = 7, accounts: bool = False, name: str = "") -> Staffroom:
    """Make the school."""
    community = make.make_community()
    school = make.make_unit(community, name)
    people = [make.make_person(community, account=accounts) for _number in range(teachers)]
    for person in people:
        make.make_post(person, school)
    group = make.make_group(school, "Reading circle")
    for person in people[:3]:
        make.make_membership(person, group)
    lead = make.make_person(community, account=accounts)
    make.make_role(lead, school, Role.LEAD)
    outsider = make.make_person(community, account=accounts)
    make.make_post(outsider, make.make_unit(community))
    return Staffroom(community, school, group, people, lead, make.steward_of(school), outsider)


def write(actor: Actor, body: str = "Every child can learn", side: str = Side.HEART) -> Mindscape:
    """Let somebody write a statement."""
    return mindscapes.write(actor=actor, side=side, body=body)


def share(
    actor: Actor, row: Unit | Group, body: str = "Every child can learn", *, side: str = Side.HEART, named: bool = False
) -> Mindscape:
    """Let somebody write a statement and share it."""
    key = f"{'unit' if isinstance(row, Unit) else 'group'}:{row.id}"
    written = write(actor, body, side)
    mindscapes.share(actor=actor, mindscape=written, choice=key, is_named=named)
    return written


def sign(room: Staffroom, row: Unit | Group, *numbers: int, wording: int = 1) -> None:
    """Let some of the teachers sign."""
    for number in numbers:
        values.sign(actor=room.actor(number), gathering=room.gather(row), number=wording)


def tell_trust(unit: Unit, mean: float, *, before: float | None = None, days_ago: int = 30) -> None:
    """Publish a heartbeat of the unit with this mean for trust, and one of half a year before it."""
    at = time.now() - dt.timedelta(days=days_ago)
    earlier = None
    if before is not None:
        then = Told(means={"trust": before})
        earlier = (published.make_pulse(unit, at=at - dt.timedelta(days=180)), then)
        published.tell(earlier[0], unit, then)
    pulse = published.make_pulse(unit, at=at, title="Heartbeat of autumn")
    published.tell(pulse, unit, Told(means={"trust": mean}), before=earlier)
