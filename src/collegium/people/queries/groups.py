"""Groups and who is in them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from collegium.base import time
from collegium.people import policies
from collegium.people.actors import Actor
from collegium.people.enums import GroupRole, UnitKind
from collegium.people.errors import NotFound
from collegium.people.models import Group, GroupMembership, Post
from collegium.people.models.dated import holds_on
from collegium.people.places import Place
from collegium.people.queries import persons, places, structure, units
from collegium.people.queries.units import UnitName


def list_groups(actor: Actor, place: Place, *, kind: str = "", text: str = "") -> QuerySet[Group]:
    """Return the groups of a unit and within it on the day, with their unit and `people`, how many are in each.

    Who belongs to the unit through one of its schools sees the groups of the unit itself and of that school.
    """
    groups: QuerySet[Group] = Group.objects.on(place.as_of).filter(
        unit_id__in=structure.inside(place.unit_id, place.as_of)
    )
    if not policies.can_view_people_below(actor, place):
        own = {place.unit_id} | actor.member_of | set(actor.given)
        groups = groups.filter(Q(unit_id__in=own) | Q(id__in=persons.list_own_group_ids(actor, place.as_of)))
    if kind:
        groups = groups.filter(kind=kind)
    if text:
        groups = groups.filter(Q(name__icontains=text) | Q(purpose__icontains=text))
    members = Count("memberships__person_id", filter=holds_on(place.as_of, "memberships__"), distinct=True)
    return groups.select_related("unit").annotate(people=members).order_by("name", "id")


def count_groups(unit_id: uuid.UUID, as_of: dt.date) -> int:
    """Return how many groups there are in the unit and within it."""
    return Group.objects.on(as_of).filter(unit_id__in=structure.inside(unit_id, as_of)).count()


def list_facilitators(group_ids: Collection[uuid.UUID], as_of: dt.date) -> dict[uuid.UUID, list[str]]:
    """Return the names of who facilitates each of these groups on the day."""
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    memberships = (
        GroupMembership.objects.on(as_of)
        .filter(group_id__in=group_ids, role=GroupRole.FACILITATOR, person__erased_at__isnull=True)
        .select_related("person")
        .order_by("person__family_name", "id")
    )
    for membership in memberships:
        found[membership.group_id].append(membership.person.full_name)
    return found


def get_group_for(actor: Actor, group_id: uuid.UUID, as_of: dt.date | None = None) -> tuple[Group, Place]:
    """Return a group the actor may see and the place of its unit; NotFound when absent or not theirs to see."""
    groups = Group.objects.filter(id=group_id, community_id=actor.community_id).select_related("unit")
    group = groups.first()
    if group is None:
        raise NotFound
    day = as_of or time.today()
    place = places.locate(group.unit, day)
    if not policies.can_view_group(actor, place, group.id, persons.list_own_group_ids(actor, time.today())):
        raise NotFound
    return group, place


def list_memberships(group_id: uuid.UUID, as_of: dt.date) -> list[GroupMembership]:
    """Return who is in a group on the day, facilitators first; the erased are left out."""
    memberships = GroupMembership.objects.on(as_of).filter(group_id=group_id, person__erased_at__isnull=True)
    rows = memberships.select_related("person").order_by("person__family_name", "person__given_name", "id")
    order = [GroupRole.FACILITATOR, GroupRole.CRITICAL_FRIEND, GroupRole.MEMBER]
    return sorted(rows, key=lambda row: order.index(GroupRole(row.role)))


def list_past_memberships(group_id: uuid.UUID, as_of: dt.date, limit: int) -> list[GroupMembership]:
    """Return who has left a group by the day, the latest first."""
    memberships = GroupMembership.objects.filter(group_id=group_id, ends_on__lte=as_of, person__erased_at__isnull=True)
    return list(memberships.select_related("person").order_by("-ends_on", "id")[:limit])


def list_schools_of(person_ids: Collection[uuid.UUID], as_of: dt.date) -> dict[uuid.UUID, list[UnitName]]:
    """Return, for each person, where they work: the school of their post, or the unit itself where there is none."""
    posts = list(
        Post.objects.on(as_of)
        .filter(person_id__in=person_ids)
        .order_by("-is_primary", "unit__name")
        .values_list("person_id", "unit_id", "unit__slug", "unit__name", "unit__kind")
    )
    teams = {unit_id for _person, unit_id, _slug, _name, kind in posts if kind == UnitKind.TEAM}
    parents = units.list_parents(teams, as_of)
    found: dict[uuid.UUID, dict[uuid.UUID, UnitName]] = defaultdict(dict)
    for person_id, unit_id, slug, name, kind in posts:
        for unit in parents.get(unit_id) or [UnitName(unit_id, slug, name, kind)]:
            found[person_id][unit.id] = unit
    return {person_id: list(by_id.values()) for person_id, by_id in found.items()}


def get_membership_for(actor: Actor, group: Group, membership_id: uuid.UUID) -> GroupMembership:
    """Return a membership of the group; NotFound when it is of another one."""
    memberships = GroupMembership.objects.filter(id=membership_id, group_id=group.id, community_id=actor.community_id)
    membership: GroupMembership | None = memberships.select_related("person", "group__unit").first()
    if membership is None:
        raise NotFound
    return membership
