"""Circles: those who put their statements side by side, found for one of them."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from collegium.base import time
from collegium.intend import policies
from collegium.intend.errors import NotFound
from collegium.intend.models import Circle
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Group, GroupMembership, Post, Unit
from collegium.people.models.dated import holds_on
from collegium.people.places import Place
from collegium.people.queries import persons, places, structure

KINDS = (UnitKind.TEAM, UnitKind.SCHOOL)
OTHERS = 5  # so many others have to be able to have written a statement, or its writer is easily guessed


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """A circle with its name, the place of its unit, and how many people it has today."""

    circle: Circle
    name: str
    place: Place
    people: int

    @property
    def is_recognisable(self) -> bool:
        """Whether fewer than k others could have written a statement, so that its writer is easily guessed."""
        return self.people - 1 < OTHERS


@dataclass(frozen=True, slots=True)
class Choice:
    """A group, team or school of so many people that somebody could share with; `key` is what a form sends."""

    key: str
    name: str
    row: Group | Unit
    people: int

    @property
    def is_recognisable(self) -> bool:
        """Whether fewer than k others could have written a statement, so that its writer is easily guessed."""
        return self.people - 1 < OTHERS


def name_of(circle: Circle) -> str:
    """Return what the people of a circle call themselves."""
    row = circle.group or circle.unit
    return row.name if row is not None else ""


def list_choices(actor: Actor) -> list[Choice]:
    """Return the groups, teams and schools of the actor's own, groups first."""
    today = time.today()
    own = persons.list_own_group_ids(actor, today)
    members = Count("memberships__person_id", filter=holds_on(today, "memberships__"), distinct=True)
    groups = Group.objects.on(today).filter(id__in=own, community_id=actor.community_id).annotate(people=members)
    units = Unit.objects.filter(id__in=actor.member_of, kind__in=KINDS, community_id=actor.community_id)
    rows = list(units.order_by("name", "id"))
    sizes = structure.count_people_by_unit([unit.id for unit in rows], today)
    return [
        *(Choice(f"group:{group.id}", group.name, group, group.people) for group in groups.order_by("name", "id")),
        *(Choice(f"unit:{unit.id}", unit.name, unit, sizes.get(unit.id, 0)) for unit in rows),
    ]


def list_own_circles(actor: Actor) -> list[Circle]:
    """Return the circles of the actor's own that somebody has begun."""
    own = Q(group_id__in=persons.list_own_group_ids(actor, time.today())) | Q(
        unit_id__in=actor.member_of, unit__kind__in=KINDS
    )
    rows = Circle.objects.filter(own, community_id=actor.community_id).select_related("unit", "group")
    return sorted(rows, key=lambda circle: (name_of(circle).casefold(), str(circle.id)))


def get_circle_for(actor: Actor, circle_id: uuid.UUID) -> Gathering:
    """Return a circle to one of its people; to everybody else it is not there."""
    rows = Circle.objects.filter(id=circle_id, community_id=actor.community_id)
    circle = rows.select_related("unit", "group__unit").first()
    own_groups = persons.list_own_group_ids(actor, time.today()) if circle is not None else frozenset()
    if circle is None or not policies.can_view_circle(actor, circle.unit_id, circle.group_id, own_groups):
        raise NotFound
    return gather(circle)


def gather(circle: Circle) -> Gathering:
    """Return a circle with what its pages need; whoever asks has checked who may."""
    home = circle.unit or (circle.group.unit if circle.group is not None else None)
    if home is None:
        raise NotFound
    today = time.today()
    people = members(circle, today).count()
    return Gathering(circle=circle, name=name_of(circle), place=places.locate(home, today), people=people)


def members(circle: Circle, day: dt.date) -> QuerySet[GroupMembership, uuid.UUID] | QuerySet[Post, uuid.UUID]:
    """Return the ids of the people of a circle on a day, each once."""
    living = {"person__erased_at__isnull": True}
    if circle.group_id is not None:
        rows = GroupMembership.objects.filter(holds_on(day), group_id=circle.group_id, **living)
        return rows.order_by().values_list("person_id", flat=True).distinct()
    if circle.unit_id is None:
        raise NotFound
    posts = Post.objects.filter(holds_on(day), unit_id__in=structure.inside(circle.unit_id, day), **living)
    return posts.order_by().values_list("person_id", flat=True).distinct()
