"""Roles in groups, and who holds them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from collegium.base import time
from collegium.intend.errors import NotFound
from collegium.intend.models import RoleHolding, WorkRole
from collegium.people.actors import Actor
from collegium.people.enums import GroupRole
from collegium.people.models import Group, GroupMembership
from collegium.people.places import Place
from collegium.people.queries import groups


@dataclass(frozen=True, slots=True)
class RoleFound:
    """A role with who holds it today."""

    role: WorkRole
    holdings: tuple[RoleHolding, ...]


def list_facilitator_ids(group: Group) -> frozenset[uuid.UUID]:
    """Return who facilitates a group today."""
    rows = GroupMembership.objects.on(time.today()).filter(group=group, role=GroupRole.FACILITATOR)
    return frozenset(rows.values_list("person_id", flat=True))


def list_facilitators_of(rows: Sequence[Group]) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """Return who facilitates each of these groups today."""
    found: dict[uuid.UUID, set[uuid.UUID]] = {group.id: set() for group in rows}
    memberships = GroupMembership.objects.on(time.today()).filter(group__in=rows, role=GroupRole.FACILITATOR)
    for group_id, person_id in memberships.values_list("group_id", "person_id"):
        found[group_id].add(person_id)
    return {group_id: frozenset(ids) for group_id, ids in found.items()}


def list_roles_of(groups_shown: Sequence[Group]) -> dict[uuid.UUID, list[RoleFound]]:
    """Return the roles of each of these groups today, with who holds them."""
    today = time.today()
    rows = list(
        WorkRole.objects.on(today)
        .filter(group__in=groups_shown)
        .select_related("challenge", "goal")
        .order_by("title", "id")
    )
    held: dict[uuid.UUID, list[RoleHolding]] = {row.id: [] for row in rows}
    holdings = RoleHolding.objects.on(today).filter(role__in=rows, person__erased_at__isnull=True)
    for holding in holdings.select_related("person").order_by("person__family_name", "id"):
        held[holding.role_id].append(holding)
    found: dict[uuid.UUID, list[RoleFound]] = {group.id: [] for group in groups_shown}
    for row in rows:
        found[row.group_id].append(RoleFound(row, tuple(held[row.id])))
    return found


def get_role_for(actor: Actor, role_id: uuid.UUID) -> tuple[WorkRole, Place]:
    """Return a role of a group that the actor may see, with the place of its unit; NotFound to all others."""
    role = (
        WorkRole.objects.filter(id=role_id, community_id=actor.community_id)
        .select_related("group__unit", "challenge", "goal")
        .first()
    )
    if role is None:
        raise NotFound
    _group, place = groups.get_group_for(actor, role.group_id)
    return role, place


def get_holding_for(actor: Actor, role: WorkRole, holding_id: uuid.UUID) -> RoleHolding:
    """Return that somebody holds a role; NotFound when it is of another role."""
    rows = RoleHolding.objects.filter(id=holding_id, role=role, community_id=actor.community_id)
    found: RoleHolding | None = rows.select_related("person", "role__group__unit").first()
    if found is None:
        raise NotFound
    return found
