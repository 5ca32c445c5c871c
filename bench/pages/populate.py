"""Fills an empty database with a district of any size: schools, teams, people, posts, groups, roles.

Seeded, so that two runs measure the same thing. It writes in bulk and knows nothing of rosters or services.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from collegium.people.enums import GroupKind, GroupRole, Level, Role, TieKind, UnitKind
from collegium.people.models import (
    Account,
    Community,
    Group,
    GroupMembership,
    Person,
    Post,
    Strength,
    Unit,
    UnitRole,
    UnitTie,
)

TEAMS_PER_SCHOOL = 4
GROUPS_PER_SCHOOL = 2
STARTED = dt.date(2024, 9, 1)
BATCH = 5_000


@dataclass(slots=True)
class _Rows:
    units: list[Unit] = field(default_factory=list)
    ties: list[UnitTie] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    strengths: list[Strength] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    memberships: list[GroupMembership] = field(default_factory=list)
    roles: list[UnitRole] = field(default_factory=list)

    def write(self) -> None:
        for rows in (
            self.units,
            self.ties,
            self.persons,
            self.posts,
            self.strengths,
            self.groups,
            self.memberships,
            self.roles,
        ):
            if rows:
                type(rows[0]).objects.bulk_create(rows, batch_size=BATCH)


@dataclass(frozen=True, slots=True)
class District:
    """What was made, for those who want to look at it."""

    community: Community
    account: Account
    person: Person
    alliance: Unit
    school: Unit
    team: Unit
    group: Group


def populate(*, staff: int, schools: int, seed: int = 1) -> District:
    """Make a community of `staff` people in `schools` schools, under one district and one alliance."""
    rng = random.Random(seed)
    community = Community.objects.create(name=f"Bench of {staff}")
    rows = _Rows()
    district = _unit(rows, community, UnitKind.DISTRICT, "Bench district")
    alliance = _unit(rows, community, UnitKind.ALLIANCE, "Bench alliance")
    sizes = [staff // schools + (1 if number < staff % schools else 0) for number in range(schools)]
    for number, size in enumerate(sizes):
        _school(rows, community, (district, alliance), number, size, rng)
    account = Account.objects.create_user("bench@example.invalid")
    person = rows.persons[0]
    person.account, person.email = account, account.email
    school = next(unit for unit in rows.units if unit.kind == UnitKind.SCHOOL)
    team = next(unit for unit in rows.units if unit.kind == UnitKind.TEAM)
    rows.roles += [
        UnitRole(community=community, unit=unit, person=person, role=Role.STEWARD) for unit in (school, alliance)
    ]
    rows.write()
    return District(community, account, person, alliance, school, team, rows.groups[0])


def _unit(rows: _Rows, community: Community, kind: UnitKind, name: str) -> Unit:
    slug = name.lower().replace(" ", "-")
    unit = Unit(community=community, kind=kind, name=name, slug=slug, starts_on=STARTED)
    rows.units.append(unit)
    return unit


def _tie(rows: _Rows, upper: Unit, lower: Unit, governance: int | None = None) -> None:
    rows.ties.append(
        UnitTie(
            community=upper.community,
            upper=upper,
            lower=lower,
            kind=TieKind.CONTAINS,
            governance=governance,
            starts_on=STARTED,
        )
    )


def _school(
    rows: _Rows, community: Community, above: tuple[Unit, Unit], number: int, size: int, rng: random.Random
) -> None:
    school = _unit(rows, community, UnitKind.SCHOOL, f"School {number:04}")
    _tie(rows, above[0], school)
    _tie(rows, above[1], school, governance=3)
    teams = [_unit(rows, community, UnitKind.TEAM, f"Team {number:04} {letter}") for letter in range(TEAMS_PER_SCHOOL)]
    for team in teams:
        _tie(rows, school, team)
    staff = list(_staff(rows, community, school, teams, number, size, rng))
    rows.roles += [
        UnitRole(community=community, unit=school, person=person, role=Role.STEWARD) for person in staff[1:3]
    ]
    for place in range(GROUPS_PER_SCHOOL):
        group = Group(community=community, unit=school, kind=GroupKind.PLC, name=f"Circle {place}", starts_on=STARTED)
        rows.groups.append(group)
        rows.memberships += [
            GroupMembership(
                community=community,
                group=group,
                person=person,
                role=GroupRole.FACILITATOR if first == 0 else GroupRole.MEMBER,
                starts_on=STARTED,
            )
            for first, person in enumerate(rng.sample(staff, min(8, len(staff))))
        ]


def _staff(
    rows: _Rows,
    community: Community,
    school: Unit,
    teams: list[Unit],
    number: int,
    size: int,
    rng: random.Random,
) -> Iterator[Person]:
    for place in range(size):
        person = Person(
            community=community,
            given_name=f"Given{rng.randrange(400)}",
            family_name=f"Family{rng.randrange(4000)}",
            email=f"p{number}-{place}@example.invalid",
        )
        rows.persons.append(person)
        head = place == 0
        rows.posts.append(
            Post(
                community=community,
                person=person,
                unit=school if head else teams[place % len(teams)],
                title="Headteacher" if head else "Teacher",
                level=Level.SENIOR if head else Level.CLASSROOM,
                starts_on=STARTED - dt.timedelta(days=rng.randrange(3000)),
            )
        )
        if place % 3 == 0:
            rows.strengths.append(Strength(community=community, person=person, text="Reading aloud"))
        yield person
