"""Who looks after units."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection

from django.db.models import QuerySet

from collegium.people.actors import Actor
from collegium.people.enums import Role
from collegium.people.errors import NotFound
from collegium.people.models import UnitRole
from collegium.people.places import Place


def list_roles(unit_id: uuid.UUID, as_of: dt.date) -> QuerySet[UnitRole]:
    """Return the roles given in a unit that hold on the day, with their people, by name."""
    roles = UnitRole.objects.on(as_of).filter(unit_id=unit_id, person__erased_at__isnull=True)
    return roles.select_related("person").order_by("person__family_name", "person__given_name", "id")


def list_stewards_and_leads(
    unit_ids: Collection[uuid.UUID], as_of: dt.date
) -> dict[uuid.UUID, dict[Role, list[tuple[uuid.UUID, str]]]]:
    """Return id and name of the stewards and leads of each of these units on the day."""
    found: dict[uuid.UUID, dict[Role, list[tuple[uuid.UUID, str]]]] = defaultdict(lambda: defaultdict(list))
    roles = (
        UnitRole.objects.on(as_of)
        .filter(unit_id__in=unit_ids, role__in=(Role.STEWARD, Role.LEAD), person__erased_at__isnull=True)
        .select_related("person")
        .order_by("person__family_name", "person__given_name", "id")
    )
    for role in roles:
        found[role.unit_id][Role(role.role)].append((role.person_id, role.person.full_name))
    return found


def count_stewards(unit_id: uuid.UUID, as_of: dt.date) -> int:
    """Return how many people look after the unit."""
    stewards = UnitRole.objects.on(as_of).filter(unit_id=unit_id, role=Role.STEWARD)
    return stewards.values("person_id").distinct().count()


def get_role_for(actor: Actor, place: Place, role_id: uuid.UUID) -> UnitRole:
    """Return a role given in the unit; NotFound when it is of another one."""
    roles = UnitRole.objects.filter(id=role_id, unit_id=place.unit_id, community_id=actor.community_id)
    role: UnitRole | None = roles.select_related("person", "unit").first()
    if role is None:
        raise NotFound
    return role
