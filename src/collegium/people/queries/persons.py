"""Persons, found for somebody, and where they work."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from collegium.base import time
from collegium.people import policies
from collegium.people.actors import Actor
from collegium.people.enums import Role, UnitKind
from collegium.people.errors import NotFound
from collegium.people.models import GroupMembership, Person, Post, Unit, UnitRole
from collegium.people.places import Place, Whereabouts
from collegium.people.queries import structure

CANDIDATES_LIMIT = 20


def get_whereabouts(person: Person) -> Whereabouts:
    """Return where a person is found today: a colleague of the same school counts as near, whatever the team."""
    today = time.today()
    posts = set(Post.objects.on(today).filter(person=person).values_list("unit_id", flat=True))
    roles = set(UnitRole.objects.on(today).filter(person=person).values_list("unit_id", flat=True))
    groups = GroupMembership.objects.on(today).filter(person=person).values_list("group_id", flat=True)
    above_posts = structure.ids_above(posts, today)
    above = above_posts | structure.ids_above(roles - posts, today)
    units = Unit.objects.filter(Q(id__in=posts | roles) | Q(id__in=above, kind=UnitKind.SCHOOL)).order_by("name", "id")
    return Whereabouts(
        person_id=person.id,
        community_id=person.community_id,
        # What is above a unit that somebody only visits or supports must not look after them.
        works_in=tuple(_place(unit, above_posts, today) for unit in units if unit.id in posts),
        near=tuple(_place(unit, above, today) for unit in units),
        group_ids=frozenset(groups),
    )


def _place(unit: Unit, above: frozenset[uuid.UUID], day: dt.date) -> Place:
    return Place(
        unit_id=unit.id,
        community_id=unit.community_id,
        kind=unit.kind,
        name=unit.name,
        slug=unit.slug,
        above=above - {unit.id},
        as_of=day,
    )


def list_own_group_ids(actor: Actor, as_of: dt.date) -> frozenset[uuid.UUID]:
    """Return the groups the actor is in on the day."""
    memberships = GroupMembership.objects.on(as_of).filter(person_id=actor.person_id)
    return frozenset(memberships.values_list("group_id", flat=True))


def get_own_person(actor: Actor) -> Person:
    """Return the actor's own row."""
    person = Person.objects.filter(id=actor.person_id, community_id=actor.community_id).first()
    if person is None:
        raise NotFound
    return person


def list_strengths(person: Person) -> list[str]:
    """Return what a person has declared, in the order they did."""
    return list(person.strengths.order_by("declared_at", "text").values_list("text", flat=True))


def get_person_for(actor: Actor, person_id: uuid.UUID) -> tuple[Person, Whereabouts]:
    """Return a person the actor may see, and where they work; NotFound when absent, erased or not theirs to see."""
    person = Person.objects.filter(id=person_id, community_id=actor.community_id, erased_at__isnull=True).first()
    if person is None:
        raise NotFound
    whereabouts = get_whereabouts(person)
    if not policies.can_view_person(actor, whereabouts, list_own_group_ids(actor, time.today())):
        raise NotFound
    return person, whereabouts


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be chosen, told apart from others of the same name by what they do."""

    person: Person
    label: str


def list_candidates(actor: Actor, place: Place, text: str) -> list[Candidate]:
    """Return who can be chosen for something in the unit: people inside it by name, anybody by full email address.

    The whole address is asked for so that a search by name does not list the staff of other schools.
    """
    text = text.strip()
    persons = Person.objects.filter(community_id=actor.community_id, erased_at__isnull=True)
    if "@" in text:
        return [
            Candidate(person, f"{person.full_name} ({person.email})") for person in persons.filter(email=text.lower())
        ]
    inside = structure.inside(place.unit_id, place.as_of)
    # Whether somebody works there is looked up for those of the name, not for tens of thousands.
    posts = Post.objects.on(place.as_of).filter(person_id=OuterRef("id"), unit_id__in=inside)
    roles = UnitRole.objects.on(place.as_of).filter(person_id=OuterRef("id"), unit_id=place.unit_id)
    near = persons.filter(Exists(posts) | Exists(roles))
    for word in text.split():
        near = near.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word))
    return _with_posts(list(near.order_by("family_name", "given_name", "id")[:CANDIDATES_LIMIT]), place.as_of)


def _with_posts(persons: list[Person], day: dt.date) -> list[Candidate]:
    posts = Post.objects.on(day).filter(person__in=persons).order_by("-is_primary", "title")
    titles: dict[uuid.UUID, list[str]] = defaultdict(list)
    for person_id, title, unit_name in posts.values_list("person_id", "title", "unit__name"):
        titles[person_id].append(f"{title}, {unit_name}")
    return [
        Candidate(
            person, f"{person.full_name} ({'; '.join(titles[person.id])})" if titles[person.id] else person.full_name
        )
        for person in persons
    ]


def get_names(person_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what persons are called; the erased and the unknown are left out."""
    persons = Person.objects.filter(id__in=set(person_ids), erased_at__isnull=True)
    return {person.id: person.full_name for person in persons.only("id", "given_name", "family_name")}


def list_units_kept_alone(person_id: uuid.UUID) -> list[str]:
    """Return the names of the units whose only steward the person is today."""
    today = time.today()
    own = UnitRole.objects.on(today).filter(person_id=person_id, role=Role.STEWARD).values("unit_id")
    others = UnitRole.objects.on(today).filter(role=Role.STEWARD).exclude(person_id=person_id).values("unit_id")
    units = Unit.objects.on(today).filter(id__in=own).exclude(id__in=others)
    return list(units.order_by("name").values_list("name", flat=True))
