"""What can be chosen when something is promised in a unit: people, groups, roles, challenges."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from collegium.base import time
from collegium.intend.enums import NodeKind, Standing
from collegium.intend.models import Challenge, Point, WorkRole
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Group, Person, Post, Unit
from collegium.people.models.dated import holds_on
from collegium.people.places import Place
from collegium.people.queries import persons, structure

PEOPLE_LIMIT, GROUPS_LIMIT, CHALLENGES_LIMIT = 400, 200, 100
_WITH_TEAMS = frozenset({UnitKind.TEAM, UnitKind.SCHOOL})


@dataclass(frozen=True, slots=True)
class Choices:
    """Everybody and everything that a promise in a unit can name, by id."""

    people: dict[uuid.UUID, Person]
    groups: dict[uuid.UUID, Group]
    own_groups: frozenset[uuid.UUID]
    roles: dict[uuid.UUID, WorkRole]
    challenges: dict[uuid.UUID, Challenge]
    goals: dict[uuid.UUID, Point]
    uppers: dict[uuid.UUID, Unit]

    @property
    def served(self) -> dict[uuid.UUID, Any]:
        """Everything that a promise can serve."""
        return {**self.challenges, **self.goals}


def list_choices(actor: Actor, place: Place) -> Choices:
    """Return what can be chosen in a unit today: its people and groups, the actor's own groups, what is above it."""
    today = time.today()
    is_near = place.kind in _WITH_TEAMS
    school = {place.unit_id} | (place.above if place.kind == UnitKind.TEAM else frozenset())
    units = structure.inside(place.unit_id, today) if is_near else [place.unit_id]
    posts = Post.objects.on(today).filter(person_id=OuterRef("id"), unit_id__in=units)
    people = Person.objects.filter(Exists(posts), community_id=actor.community_id, erased_at__isnull=True)
    own = persons.list_own_group_ids(actor, today)
    groups = Group.objects.on(today).filter(Q(unit_id__in=units) | Q(unit_id__in=school) | Q(id__in=own))
    groups = groups.filter(community_id=actor.community_id).order_by("name", "id")[:GROUPS_LIMIT]
    found = {group.id: group for group in groups}
    roles = WorkRole.objects.on(today).filter(holds_on(today, "group__"), group_id__in=found)
    above = Unit.objects.on(today).filter(id__in=place.above).exclude(kind=UnitKind.SCHOOL)
    return Choices(
        people={row.id: row for row in people.order_by("family_name", "given_name", "id")[:PEOPLE_LIMIT]},
        groups=found,
        own_groups=own,
        roles={row.id: row for row in roles.select_related("group").order_by("title", "id")},
        challenges={row.id: row for row in list_challenges(place)},
        goals={row.id: row for row in list_goals(place)},
        uppers={row.id: row for row in above.order_by("name", "id")},
    )


def list_served(place: Place, now: Any = None) -> dict[uuid.UUID, Any]:
    """Return the challenges and goals that something in a unit can serve, and the one that it serves `now`."""
    found = {row.id: row for row in (*list_challenges(place), *list_goals(place))}
    return found if now is None else {now.id: now, **found}


def list_goals(place: Place) -> list[Point]:
    """Return the goals that a promise or a role in a unit can serve: those of it and of units above."""
    rows = Point.objects.filter(
        unit_id__in={place.unit_id, *place.above},
        community_id=place.community_id,
        kind=NodeKind.GOAL,
        standing=Standing.PUBLISHED,
    )
    return list(rows.order_by("title", "id")[:CHALLENGES_LIMIT])


def list_challenges(place: Place) -> list[Challenge]:
    """Return the challenges that a promise in a unit can serve: published ones of it and of units above, not closed."""
    rows = Challenge.objects.filter(
        unit_id__in={place.unit_id, *place.above},
        community_id=place.community_id,
        standing=Standing.PUBLISHED,
        closed_at__isnull=True,
    )
    return list(rows.order_by("title", "id")[:CHALLENGES_LIMIT])
