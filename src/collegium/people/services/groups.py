"""Groups and who is in them."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q

from collegium.base import time
from collegium.people import policies
from collegium.people.actors import Actor
from collegium.people.enums import GroupKind, GroupRole
from collegium.people.errors import Conflict
from collegium.people.models import Group, GroupMembership, Person, Unit
from collegium.people.services.writing import (
    check_open,
    check_same_community,
    end_open,
    end_row,
    locate,
    record,
    tidy,
)

NAME_LIMIT = 160
PURPOSE_LIMIT = 1000


@transaction.atomic
def add_group(
    *, actor: Actor, unit: Unit, kind: str, name: str, purpose: str = "", starts_on: dt.date | None = None
) -> Group:
    """Start a group whose home is the unit."""
    check_same_community(actor, unit)
    policies.check_can_lead(actor, locate(unit))
    day = starts_on or time.today()
    check_open(unit, day)
    name = tidy(name, limit=NAME_LIMIT)
    _check_name_free(unit.id, name)
    group = Group.objects.create(
        community_id=actor.community_id,
        unit=unit,
        kind=GroupKind(kind),
        name=name,
        purpose=tidy(purpose, limit=PURPOSE_LIMIT, required=False),
        starts_on=day,
    )
    record(actor, "group.added", group, unit_id=unit.id, name=name, kind=group.kind)
    return group


@transaction.atomic
def change_group(*, actor: Actor, group: Group, kind: str, name: str, purpose: str) -> Group:
    """Change what a group is called, what kind it is and what it is for."""
    policies.check_can_lead(actor, locate(group.unit))
    name = tidy(name, limit=NAME_LIMIT)
    if name != group.name:
        _check_name_free(group.unit_id, name)
    was, group.name, group.kind = group.name, name, GroupKind(kind)
    group.purpose = tidy(purpose, limit=PURPOSE_LIMIT, required=False)
    group.save(update_fields=["name", "kind", "purpose"])
    record(actor, "group.changed", group, unit_id=group.unit_id, was=was, name=name)
    return group


@transaction.atomic
def end_group(*, actor: Actor, group: Group, on: dt.date | None = None) -> Group:
    """End a group and the memberships in it."""
    policies.check_can_lead(actor, locate(group.unit))
    data = end_row(group, on)
    together = end_open(GroupMembership.objects.filter(group=group), on or time.today())
    record(
        actor,
        "group.ended",
        group,
        unit_id=group.unit_id,
        name=group.name,
        **data,
        together={"membership": [str(row_id) for row_id in together]},
    )
    return group


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    group: Group,
    person: Person,
    role: str = GroupRole.MEMBER,
    starts_on: dt.date | None = None,
) -> GroupMembership:
    """Put a person of any unit into a group, from a day on (today by default)."""
    check_same_community(actor, group, person)
    policies.check_can_lead(actor, locate(group.unit))
    day = starts_on or time.today()
    if group.ends_on is not None and group.ends_on <= day:
        raise Conflict("group_ended", ends_on=group.ends_on)
    if person.erased_at is not None:
        raise Conflict("person_erased")
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    if GroupMembership.objects.filter(still, group=group, person=person).exists():
        raise Conflict("member_already")
    membership = GroupMembership.objects.create(
        community_id=actor.community_id, group=group, person=person, role=GroupRole(role), starts_on=day
    )
    _record_membership(actor, "membership.added", membership)
    return membership


@transaction.atomic
def change_member_role(*, actor: Actor, membership: GroupMembership, role: str) -> GroupMembership:
    """Give a member another role in the group from today on; the old one stays on record."""
    group, today = membership.group, time.today()
    policies.check_can_lead(actor, locate(group.unit))
    if membership.role == GroupRole(role):
        return membership
    if membership.starts_on == today:
        membership.role = GroupRole(role)
        membership.save(update_fields=["role"])
    else:
        end_row(membership, today)
        membership = GroupMembership.objects.create(
            community_id=group.community_id,
            group=group,
            person_id=membership.person_id,
            role=GroupRole(role),
            starts_on=today,
        )
    _record_membership(actor, "membership.changed", membership)
    return membership


@transaction.atomic
def end_membership(*, actor: Actor, membership: GroupMembership, on: dt.date | None = None) -> GroupMembership:
    """Take a person out of a group; members may leave by themselves."""
    policies.check_can_end_membership(actor, locate(membership.group.unit), membership.person_id)
    data = end_row(membership, on)
    _record_membership(actor, "membership.ended", membership, **data)
    return membership


def _record_membership(actor: Actor, verb: str, membership: GroupMembership, **data: str | None) -> None:
    group = membership.group
    record(
        actor,
        verb,
        membership,
        unit_id=group.unit_id,
        person_id=membership.person_id,
        group_id=group.id,
        name=group.name,
        role=membership.role,
        **data,
    )


def _check_name_free(unit_id: uuid.UUID, name: str) -> None:
    if Group.objects.filter(unit_id=unit_id, name=name, ends_on__isnull=True).exists():
        raise Conflict("group_name_taken", name=name)
