"""Posts of a unit beside what rests on whoever holds them: for the unit's own stewards, never with names."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q

from collegium.connect import policies
from collegium.connect.models import WaveMember
from collegium.connect.queries import analyses
from collegium.connect.queries.analyses import Analysis
from collegium.people.actors import Actor
from collegium.people.enums import LEADERSHIP, GroupRole, Role
from collegium.people.models import GroupMembership, Post, UnitRole
from collegium.people.places import Place
from collegium.people.queries import persons, structure


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPost:
    """A post, and the number in a wave of whoever holds it. `alike` is how many of the unit have the same title."""

    id: uuid.UUID
    person_id: uuid.UUID
    number: int
    title: str
    unit: str
    level: str
    alike: int


def list_held_posts(analysis: Analysis, numbers: Collection[int] | None = None) -> list[HeldPost]:
    """Return the main posts of members who may be drawn and still work in the unit; of some numbers, or of all."""
    place = analysis.place
    members = WaveMember.objects.filter(wave_id=analysis.wave.id, shown=True, asked=True, person__isnull=False)
    if numbers is not None:
        members = members.filter(number__in=numbers)
    number_of = dict(members.values_list("person_id", "number"))
    inside = structure.inside(place.unit_id, place.as_of)
    posts = Post.objects.on(place.as_of).filter(unit_id__in=inside, person__erased_at__isnull=True)
    rows = list(
        posts.order_by("-is_primary", "unit__name", "title", "id").values_list(
            "id", "person_id", "title", "unit__name", "level", "unit_id"
        )
    )
    alike = Counter((title, unit_id) for _id, _person, title, _unit, _level, unit_id in rows)
    found: dict[uuid.UUID, HeldPost] = {}
    for post_id, person_id, title, unit, level, unit_id in rows:
        if person_id in number_of and person_id not in found:
            found[person_id] = HeldPost(
                id=post_id,
                person_id=person_id,
                number=number_of[person_id],
                title=title,
                unit=unit,
                level=level,
                alike=alike[title, unit_id],
            )
    return sorted(found.values(), key=lambda post: (post.unit, post.title, str(post.id)))


def list_choices_for(actor: Actor, analysis: Analysis) -> list[HeldPost]:
    """Return the posts that a scenario may empty: those of leadership that one person holds under that title."""
    policies.check_can_name_posts(actor, analysis.place)
    return [post for post in list_held_posts(analysis) if post.alike == 1 and post.level in LEADERSHIP]


def list_resting_for(actor: Actor, analysis: Analysis, layer: str) -> list[tuple[HeldPost, Mapping[str, int]]]:
    """Return the posts on which at least k depend in one kind of tie, the most first."""
    policies.check_can_name_posts(actor, analysis.place)
    k = analysis.report.k
    rests = {number: each[layer] for number, each in analyses.read_leaving(analysis).items() if layer in each}
    numbers = {number: each for number, each in rests.items() if max(each.values(), default=0) >= k}
    posts = list_held_posts(analysis, numbers)
    found = [(post, numbers[post.number]) for post in posts]
    return sorted(found, key=lambda each: (-max(each[1].values()), each[0].unit, each[0].title))


# --- what would stand without an owner --------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class LeftGroup:
    """A group that nobody would facilitate, and how many others are in it."""

    id: uuid.UUID
    name: str
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftRole:
    """A role that nobody would have in a unit."""

    role: str
    unit: str
    slug: str


def list_left_groups(actor: Actor, place: Place, leavers: Collection[uuid.UUID]) -> list[LeftGroup]:
    """Return the groups of the unit, and the actor's own of elsewhere, whose every facilitator would be gone."""
    theirs = Q(group__unit_id__in=structure.inside(place.unit_id, place.as_of)) | Q(
        group_id__in=persons.list_own_group_ids(actor, place.as_of)
    )
    on = GroupMembership.objects.on(place.as_of).filter(theirs, community_id=place.community_id)
    led = on.filter(person_id__in=leavers, role=GroupRole.FACILITATOR, group__ends_on__isnull=True)
    rows = on.filter(group_id__in=led.values("group_id")).select_related("group").order_by("group__name", "id")
    groups: dict[uuid.UUID, list[GroupMembership]] = {}
    for row in rows:
        groups.setdefault(row.group_id, []).append(row)
    found = []
    for members in groups.values():
        staying = {row.person_id for row in members if row.person_id not in leavers}
        led_by = {row.person_id for row in members if row.role == GroupRole.FACILITATOR}
        if not led_by & staying:
            group = members[0].group
            found.append(LeftGroup(id=group.id, name=group.name, others=len(staying)))
    return found


def list_left_roles(place: Place, leavers: Collection[uuid.UUID]) -> list[LeftRole]:
    """Return the roles of steward and lead, in the unit and within it, that nobody else would have."""
    on = UnitRole.objects.on(place.as_of).filter(
        unit_id__in=structure.inside(place.unit_id, place.as_of), role__in=(Role.STEWARD, Role.LEAD)
    )
    rows = on.select_related("unit").order_by("unit__name", "role", "id")
    by_role: dict[tuple[uuid.UUID, str], list[UnitRole]] = {}
    for row in rows:
        by_role.setdefault((row.unit_id, row.role), []).append(row)
    return [
        LeftRole(role=role, unit=rows[0].unit.name, slug=rows[0].unit.slug)
        for (_unit_id, role), rows in by_role.items()
        if all(row.person_id in leavers for row in rows)
    ]
