"""A school that decides together, for the tests of this room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from collegium.decide.enums import Readers, Voice
from collegium.decide.models import Matter, Proposal
from collegium.decide.queries import matters as queries
from collegium.decide.queries.matters import FoundMatter
from collegium.decide.services import matters, proposals
from collegium.decide.services.matters import Asked, Whom
from collegium.people.actors import Actor
from collegium.people.models import Community, Group, Person, Unit
from tests import factories as make

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@dataclass
class World:
    """A school with a matter that two of its teachers facilitate, a guest with a voice, and somebody next door."""

    unit: Unit
    steward: Person
    staff: list[Person]
    guest: Person
    colleague: Person
    group: Group
    matter: Matter

    @property
    def ada(self) -> Person:
        """Whoever asked, and facilitates."""
        return self.staff[0]

    @property
    def ben(self) -> Person:
        """The second facilitator."""
        return self.staff[1]

    @property
    def cleo(self) -> Person:
        """Somebody with a vote and nothing else."""
        return self.staff[2]

    def found(self, person: Person) -> FoundMatter:
        """Return the matter as somebody finds it."""
        return queries.get_matter_for(make.actor_of(person), self.matter.id)

    def propose(self, person: Person, title: str = "Friday", text: str = "We meet on Fridays.") -> Proposal:
        """Let somebody propose."""
        return proposals.propose(**self.by(person), matter=self.matter, title=title, text=text)

    def by(self, person: Person) -> dict[str, Any]:
        """Return who acts, and what they are to the matter."""
        return {"actor": make.actor_of(person), "standing": self.found(person).standing}


NAMES = ("Ada", "Ben", "Cleo", "Dag", "Ebo", "Fay", "Gus", "Hal", "Ina", "Jon", "Kit", "Lea")


def build(people: int = 4, *, community: Community | None = None, readers: str = Readers.UNIT) -> World:
    """Make the school and its matter."""
    community = community or make.make_community()
    unit = make.make_unit(community)
    staff = [make.make_person(community, NAMES[n % 12], f"Teacher{n}", account=True) for n in range(people)]
    for person in staff:
        make.make_post(person, unit)
    guest, colleague = (make.make_person(community, name, account=True) for name in ("Pat", "Quin"))
    make.make_post(colleague, make.make_unit(community))
    matter = ask(make.actor_of(staff[0]), unit, guest, second=staff[1], readers=readers)
    return World(unit, make.steward_of(unit), staff, guest, colleague, make.make_group(unit), matter)


def ask(actor: Actor, unit: Unit, *guests: Person, question: str = "When do we meet?", **more: Any) -> Matter:
    """Ask a question of a unit, with guests who have a voice."""
    whom: Sequence[Whom] = [Whom(unit=unit), *(Whom(person=guest, voice=Voice.VOICE) for guest in guests)]
    return matters.ask(actor=actor, unit=unit, asked=Asked(question=question, **more), whom=whom)
