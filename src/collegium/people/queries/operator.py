"""What the operator of a site asks, by names that a person types; call it across communities."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from collegium.people.actors import Actor, operator_of
from collegium.people.enums import Role
from collegium.people.errors import Invalid, NotFound
from collegium.people.models import Community, Person, Post, Unit, UnitRole


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as a list for the operator shows them."""

    id: uuid.UUID
    name: str
    email: str
    posts: tuple[str, ...]
    roles: tuple[str, ...]


def list_communities() -> list[Community]:
    """Return every community of this site."""
    return list(Community.objects.order_by("name", "id"))


def get_operator(name: str | None) -> Actor:
    """Return the operator of the named community, or of the only one there is."""
    communities = list_communities()
    known = ", ".join(community.name for community in communities)
    if not communities:
        raise NotFound("community_none")
    if name is None:
        if len(communities) > 1:
            raise Invalid("community_not_said", known=known)
        return operator_of(communities[0].id)
    for community in communities:
        if name in {community.name, str(community.id)}:
            return operator_of(community.id)
    raise NotFound("community_unknown", name=name, known=known)


def list_units(actor: Actor, as_of: dt.date) -> list[Unit]:
    """Return the units of the community that are there on the day."""
    return list(Unit.objects.on(as_of).filter(community_id=actor.community_id).order_by("kind", "name", "id"))


def get_unit(actor: Actor, slug: str) -> Unit:
    """Return a unit by its slug."""
    unit: Unit | None = Unit.objects.filter(community_id=actor.community_id, slug=slug).first()
    if unit is None:
        raise NotFound("unit_unknown", slug=slug)
    return unit


def get_person(actor: Actor, email: str) -> Person:
    """Return a person by their email address."""
    person = Person.objects.filter(community_id=actor.community_id, email=email.strip().lower()).first()
    if person is None or not person.email:
        raise NotFound("person_unknown", email=email)
    return person


def get_role(person: Person, unit: Unit, role: Role, as_of: dt.date) -> UnitRole:
    """Return the role that a person holds in a unit on the day."""
    held: UnitRole | None = UnitRole.objects.on(as_of).filter(person=person, unit=unit, role=role).first()
    if held is None:
        raise NotFound("role_not_held")
    return held


def list_persons(actor: Actor, as_of: dt.date, unit_ids: frozenset[uuid.UUID] | None = None) -> list[PersonLine]:
    """Return the people with their posts and roles on the day; of some units only when ids are given."""
    posts = Post.objects.on(as_of).filter(community_id=actor.community_id).select_related("unit")
    roles = UnitRole.objects.on(as_of).filter(community_id=actor.community_id).select_related("unit")
    if unit_ids is not None:
        posts, roles = posts.filter(unit__in=unit_ids), roles.filter(unit__in=unit_ids)
    held: dict[uuid.UUID, list[str]] = {}
    given: dict[uuid.UUID, list[str]] = {}
    for post in posts.order_by("-is_primary", "unit__slug", "title"):
        held.setdefault(post.person_id, []).append(f"{post.title} ({post.unit.slug})")
    for role in roles.order_by("unit__slug", "role"):
        given.setdefault(role.person_id, []).append(f"{role.role} of {role.unit.slug}")
    persons = Person.objects.filter(community_id=actor.community_id, erased_at__isnull=True)
    return [
        PersonLine(
            person.id,
            person.full_name,
            person.email,
            tuple(held.get(person.id, ())),
            tuple(given.get(person.id, ())),
        )
        for person in persons.order_by("family_name", "given_name", "id")
        if unit_ids is None or person.id in held or person.id in given
    ]
