"""Where people stand in the organisation on a day, and which of its units a word in a file means."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from collegium.connect.queries import roster
from collegium.people.enums import UnitKind
from collegium.people.models import ExternalId, Person, Unit
from collegium.people.queries import structure, units
from collegium.people.rosters.cells import key


@dataclass(frozen=True, slots=True)
class Standing:
    """The school and team of somebody, None where they are in none, and the level of their post."""

    school_id: uuid.UUID | None = None
    team_id: uuid.UUID | None = None
    level: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A unit and all in it on a day, by what files may call them."""

    unit_id: uuid.UUID
    kind: str
    school_of: Mapping[uuid.UUID, uuid.UUID]  # of the unit itself and of every unit within a school
    schools: Mapping[str, uuid.UUID]
    teams: Mapping[tuple[uuid.UUID | None, str], uuid.UUID]

    @property
    def is_one_school(self) -> bool:
        """Whether everybody in it is of one school."""
        return self.kind in (UnitKind.SCHOOL, UnitKind.TEAM)

    def find_team(self, school_id: uuid.UUID | None, word: str) -> uuid.UUID | None:
        """Return the team of a school that a word means."""
        return self.teams.get((school_id, key(word)))


def get_organisation(unit: Unit, as_of: dt.date) -> Organisation:
    """Return a unit and all in it as it was on the day."""
    within = units.get_within(unit.id, as_of)
    school_of = roster.list_schools_of_units(unit.id, as_of)
    known = Unit.objects.filter(id__in=structure.inside(unit.id, as_of)).exclude(identifier="")
    identifiers = dict(known.values_list("id", "identifier"))
    schools: dict[str, uuid.UUID] = {}
    teams: dict[tuple[uuid.UUID | None, str], uuid.UUID] = {}
    for unit_id, name in within.units.items():
        words = [key(name.name), key(identifiers.get(unit_id, "")), key(name.slug), str(unit_id).replace("-", "")]
        for word in filter(None, words):
            if name.kind == UnitKind.TEAM:
                teams.setdefault((school_of.get(unit_id), word), unit_id)
            elif name.kind == UnitKind.SCHOOL:
                schools.setdefault(word, unit_id)
    return Organisation(unit.id, unit.kind, school_of, schools, teams)


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works in a unit on a day, by the ids and addresses that a file may know them by."""

    standing: Mapping[uuid.UUID, Standing]
    by_id: Mapping[str, uuid.UUID | None] = field(default_factory=dict)  # None where an id means several people
    by_email: Mapping[str, uuid.UUID] = field(default_factory=dict)


def get_staff(organisation: Organisation, as_of: dt.date) -> Staff:
    """Return who worked in the unit on the day. Nobody else is ever recognised: a file must not find out people."""
    standing = {
        each.person_id: Standing(each.school_id, each.team_id, each.level)
        for each in roster.list_standings(organisation.unit_id, as_of)
    }
    by_id: dict[str, uuid.UUID | None] = {str(person_id): person_id for person_id in standing}
    inside = structure.inside(organisation.unit_id, as_of)
    known = ExternalId.objects.filter(person__posts__unit_id__in=inside).distinct()
    for source_id, person_id in known.values_list("source_id", "person_id"):
        if person_id in standing:
            by_id[source_id] = person_id if by_id.get(source_id, person_id) == person_id else None
    addresses = Person.objects.filter(posts__unit_id__in=inside).exclude(email="").distinct()
    by_email = {email: each for email, each in addresses.values_list("email", "id") if each in standing}
    return Staff(standing, by_id, by_email)
