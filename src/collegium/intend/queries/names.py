"""Whose names somebody may read beside what is promised and intended."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from collegium.base import time
from collegium.people.actors import Actor
from collegium.people.enums import Role, UnitKind
from collegium.people.models import GroupMembership, Person, Post, Unit
from collegium.people.places import Place
from collegium.people.queries import structure

_INSIDE = frozenset({Role.STEWARD, Role.LEAD, Role.MEMBER, Role.SUPPORTER, Role.GUEST})
_FROM_ABOVE = frozenset({Role.STEWARD, Role.LEAD, Role.SUPPORTER})


def get_names_for(actor: Actor, person_ids: Collection[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """Return the names that the actor may read among these people, in a number of questions that does not grow.

    They are the actor's own, those of the people of the units they are inside of, of units under ones they look after,
    and of those they share a group with: whom `people` lets them see.
    """
    wanted = {each for each in person_ids if each is not None}
    if not wanted:
        return {}
    if not actor.is_operator:
        wanted &= _list_seen(actor) | {actor.person_id}
    persons = Person.objects.filter(id__in=wanted, community_id=actor.community_id, erased_at__isnull=True)
    return {person.id: person.full_name for person in persons.only("id", "given_name", "family_name")}


def list_colleagues_for(actor: Actor, place: Place) -> dict[uuid.UUID, str]:
    """Return the people of a unit whose names the actor may read, for mentions."""
    posts = Post.objects.on(place.as_of).filter(unit_id__in=structure.inside(place.unit_id, place.as_of))
    return get_names_for(actor, set(posts.values_list("person_id", flat=True)))


def _list_seen(actor: Actor) -> set[uuid.UUID]:
    today = time.today()
    inside = {unit_id for unit_id, roles in actor.given.items() if _INSIDE & roles}
    above = {unit_id for unit_id, roles in actor.given.items() if _FROM_ABOVE & roles}
    kinds = Unit.objects.filter(id__in=inside | actor.member_of).values_list("id", "kind")
    open_inside = {unit_id for unit_id, kind in kinds if kind in (UnitKind.TEAM, UnitKind.SCHOOL)}
    # Of a district only its own office is seen by those who belong to it through a school.
    units = inside | actor.member_of | structure.ids_within(open_inside | above, today)
    seen = set(Post.objects.on(today).filter(unit_id__in=units).values_list("person_id", flat=True))
    own_groups = GroupMembership.objects.on(today).filter(person_id=actor.person_id).values("group_id")
    seen |= set(GroupMembership.objects.on(today).filter(group_id__in=own_groups).values_list("person_id", flat=True))
    return seen
