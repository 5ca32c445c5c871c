"""Who supports whom (L1): partners, supporters from elsewhere, critical friends of groups."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping

from collegium.people.enums import GroupRole, Role, TieKind, UnitKind
from collegium.people.models import GroupMembership, Post, UnitRole, UnitTie
from collegium.people.models.dated import holds_on


def list_partners(unit_ids: Collection[uuid.UUID], as_of: dt.date) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Return which of these units are partners on the day."""
    ties = UnitTie.objects.on(as_of).filter(kind=TieKind.PARTNER, upper_id__in=unit_ids)
    pairs = ties.order_by("upper_id", "lower_id").values_list("upper_id", "lower_id")
    return [pair for pair in pairs if pair[1] in unit_ids]


def list_supporters(unit_ids: Collection[uuid.UUID], as_of: dt.date) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Return unit and person for everybody who was given to these units as a supporter, or to their groups as a
    critical friend."""
    given = UnitRole.objects.on(as_of).filter(unit_id__in=unit_ids, role=Role.SUPPORTER)
    friends = GroupMembership.objects.on(as_of).filter(
        holds_on(as_of, "group__"), group__unit_id__in=unit_ids, role=GroupRole.CRITICAL_FRIEND
    )
    found = set(given.values_list("unit_id", "person_id")) | set(friends.values_list("group__unit_id", "person_id"))
    return sorted(found)


def list_schools_of(person_ids: Collection[uuid.UUID], as_of: dt.date) -> Mapping[uuid.UUID, frozenset[uuid.UUID]]:
    """Return, for each of these people, the schools that they hold a post in on the day, or in a team of which."""
    posts = Post.objects.on(as_of).filter(person_id__in=person_ids)
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    teams: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for person_id, unit_id, kind in posts.values_list("person_id", "unit_id", "unit__kind"):
        (found if kind == UnitKind.SCHOOL else teams)[person_id].add(unit_id)
    upper: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    ties = UnitTie.objects.on(as_of).filter(
        kind=TieKind.CONTAINS,
        lower_id__in=set().union(*teams.values()),
        upper__kind=UnitKind.SCHOOL,
    )
    for lower_id, upper_id in ties.values_list("lower_id", "upper_id"):
        upper[lower_id].add(upper_id)
    for person_id, units in teams.items():
        found[person_id].update(*(upper[unit_id] for unit_id in units))
    return {person_id: frozenset(schools) for person_id, schools in found.items()}
