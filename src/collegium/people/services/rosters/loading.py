"""What is there before an import: read in a few passes over the community's tables, whatever their size."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable, Collection, Iterator
from sys import intern
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from collegium.people.enums import RosterState, TieKind
from collegium.people.models import ExternalId, Person, Post, RosterImport, Unit, UnitRole, UnitTie
from collegium.people.models.dated import holds_on
from collegium.people.queries import structure
from collegium.people.services.rosters.planning.known import (
    Known,
    KnownPerson,
    KnownPost,
    KnownUnit,
    Link,
    Links,
)
from collegium.people.services.rosters.tombstones import is_tombstone, tombstone

CHUNK = 2000
Ids = Collection[uuid.UUID]


def load_known(*, unit: Unit, source: str, emails: Collection[str], today: dt.date) -> Known:
    """Read all that a roster may meet: the scope, what the source knows, and whoever has these addresses."""
    links = {kind: _load_links(unit, source, kind) for kind in ("unit", "person", "post")}
    units = _load_units(unit, {link.target_id for link in links["unit"].values()}, today)
    linked_posts = {link.target_id for link in links["post"].values()}
    posts, elsewhere = _load_posts(unit, units, linked_posts)
    linked_persons = {link.target_id for link in links["person"].values()}
    here = linked_persons | {post.person_id for post in posts.values()}
    shared = elsewhere | _with_roles_elsewhere(unit, units) | _of_other_sources(unit, source)
    return Known(
        scope_id=unit.id,
        today=today,
        units=units,
        persons=_load_persons(unit, here, shared, emails),
        posts=posts,
        unit_links=links["unit"],
        person_links={key: link for key, link in links["person"].items() if not is_tombstone(key)},
        post_links={key: link for key, link in links["post"].items() if not is_tombstone(key)},
        is_forgotten=_forgotten(source, links["person"]),
    )


def _forgotten(source: str, links: Links) -> Callable[[str], bool]:
    tombstones = {key for key in links if is_tombstone(key)}
    if not tombstones:
        return lambda _source_id: False
    return lambda source_id: tombstone(source, source_id) in tombstones


def _load_links(unit: Unit, source: str, kind: str) -> Links:
    rows = ExternalId.objects.filter(
        community_id=unit.community_id, source=source, **{f"{kind}__isnull": False}
    ).values_list("source_id", f"{kind}_id", "imported")
    links = {}
    for source_id, target_id, imported in rows.iterator(CHUNK):
        links[source_id] = Link(target_id, {intern(name): _same(value) for name, value in imported.items()})
    return links


def _same(value: Any) -> Any:
    """One copy of a text that thousands of rows repeat."""
    return intern(value) if type(value) is str else value


def _load_units(unit: Unit, linked: Ids, today: dt.date) -> dict[uuid.UUID, KnownUnit]:
    """The units within the scope, and those that this source brought and that have ended since."""
    inside = structure.ids_within([unit.id], today) | {unit.id}
    parents: dict[uuid.UUID, list[uuid.UUID]] = {}
    ties = UnitTie.objects.filter(holds_on(today), community_id=unit.community_id, kind=TieKind.CONTAINS)
    for upper_id, lower_id in ties.values_list("upper_id", "lower_id"):
        if upper_id in inside and lower_id in inside:
            parents.setdefault(lower_id, []).append(upper_id)
    rows = Unit.objects.filter(community_id=unit.community_id).values_list(
        "id", "kind", "name", "identifier", "ends_on"
    )
    units = {}
    for unit_id, kind, name, identifier, ends_on in rows.order_by("name", "id").iterator(CHUNK):
        has_ended = ends_on is not None and ends_on <= today
        if unit_id in inside or (has_ended and unit_id in linked):
            day = ends_on.isoformat() if ends_on else None
            units[unit_id] = KnownUnit(unit_id, kind, name, identifier, day, tuple(parents.get(unit_id, ())))
    return units


def _load_posts(
    unit: Unit, units: Collection[uuid.UUID], linked: Ids
) -> tuple[dict[uuid.UUID, KnownPost], set[uuid.UUID]]:
    """The posts in the scope or of this source; and who holds or held one outside."""
    posts, elsewhere = {}, set()
    for row in _post_rows(unit):
        post_id, person_id, unit_id, title, level, is_primary, starts_on, ends_on = row
        if unit_id not in units:
            elsewhere.add(person_id)
            if post_id not in linked:
                continue
        days = [day.isoformat() if day else None for day in (starts_on, ends_on)]
        posts[post_id] = KnownPost(
            post_id, person_id, unit_id, intern(title), intern(level), is_primary, *(_same(day) for day in days)
        )
    return posts, elsewhere


def _post_rows(unit: Unit) -> Iterator[tuple[Any, ...]]:
    fields = ("id", "person_id", "unit_id", "title", "level", "is_primary", "starts_on", "ends_on")
    return Post.objects.filter(community_id=unit.community_id).order_by("id").values_list(*fields).iterator(CHUNK)


def _with_roles_elsewhere(unit: Unit, units: Collection[uuid.UUID]) -> set[uuid.UUID]:
    roles = UnitRole.objects.filter(community_id=unit.community_id).values_list("person_id", "unit_id")
    return {person_id for person_id, unit_id in roles.iterator(CHUNK) if unit_id not in units}


def _of_other_sources(unit: Unit, source: str) -> set[uuid.UUID]:
    others = ExternalId.objects.filter(community_id=unit.community_id, person__isnull=False).exclude(source=source)
    return set(others.values_list("person_id", flat=True).iterator(CHUNK))


def _load_persons(unit: Unit, here: Ids, shared: Ids, emails: Collection[str]) -> dict[uuid.UUID, KnownPerson]:
    rows = Person.objects.filter(community_id=unit.community_id, erased_at__isnull=True).values_list(
        "id", "given_name", "family_name", "email"
    )
    persons = {}
    for person_id, given_name, family_name, email in rows.order_by("id").iterator(CHUNK):
        if person_id in here or (email and email in emails):
            is_shared = person_id in shared or person_id not in here
            persons[person_id] = KnownPerson(person_id, given_name, family_name, email, is_shared)
    return persons


def fingerprint(*, unit: Unit, source: str, today: dt.date) -> str:
    """Return a text that changes whenever something that an import for the unit builds on has changed."""
    digest = hashlib.blake2b(digest_size=32)
    for row in _state_rows(unit, source, today):
        digest.update(repr(row).encode())
    return digest.hexdigest()


def _ties_of_persons_elsewhere(persons: QuerySet[Person], scope: RawSQL, source: str) -> Iterator[Any]:
    """What makes people shared: whoever has become more than the scope's own since must not be taken over by it."""
    ids = persons.order_by().values("id")
    roles = UnitRole.objects.filter(person__in=ids).exclude(unit__in=scope)
    yield from roles.order_by("id").values_list("person_id", "unit_id").iterator(CHUNK)
    posts = Post.objects.filter(person__in=ids).exclude(unit__in=scope)
    yield from posts.order_by("id").values_list("person_id", "unit_id").iterator(CHUNK)
    others = ExternalId.objects.filter(person__in=ids).exclude(source=source)
    yield from others.order_by("id").values_list("person_id", "source").iterator(CHUNK)


def _state_rows(unit: Unit, source: str, today: dt.date) -> Iterator[Any]:
    yield today.isoformat()
    scope = structure.inside(unit.id, today)
    linked = ExternalId.objects.filter(community_id=unit.community_id, source=source)
    imports = RosterImport.objects.filter(unit=unit, state__in=(RosterState.APPLIED, RosterState.UNDONE))
    yield from imports.order_by("id").values_list("id", "applied_at", "undone_at")
    units = Unit.objects.filter(id__in=scope).order_by("id")
    yield from units.values_list("id", "kind", "name", "identifier", "ends_on").iterator(CHUNK)
    ties = UnitTie.objects.filter(lower__in=scope, kind=TieKind.CONTAINS).order_by("id")
    yield from ties.values_list("id", "upper_id", "lower_id", "starts_on", "ends_on").iterator(CHUNK)
    posts = Post.objects.filter(Q(unit__in=scope) | Q(id__in=linked.filter(post__isnull=False).values("post_id")))
    fields = ("id", "person_id", "unit_id", "title", "level", "is_primary", "starts_on", "ends_on")
    yield from posts.order_by("id").values_list(*fields).iterator(CHUNK)
    persons = Person.objects.filter(
        Q(id__in=Post.objects.filter(unit__in=scope).values("person_id"))
        | Q(id__in=linked.filter(person__isnull=False).values("person_id"))
    )
    yield from (
        persons.order_by("id").values_list("id", "given_name", "family_name", "email", "erased_at").iterator(CHUNK)
    )
    yield from _ties_of_persons_elsewhere(persons, scope, source)
    yield from linked.order_by("id").values_list("source_id", "unit_id", "person_id", "post_id").iterator(CHUNK)
