"""Everything that is known of one person, for that person."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from collegium.base.registries import Registry
from collegium.people.models import ExternalId, GroupMembership, Person, Post, Strength, UnitRole
from collegium.people.queries.rosters import source_name

IMPORTED_FIELDS = ("given_name", "family_name", "email")


Dump = Callable[[uuid.UUID], Any]
_parts: Registry[str, Dump] = Registry("the part of the own data")


def register(key: str, part: Dump) -> None:
    """Let a room add what it holds of a person to the file they take away: plain values, under a key of its own."""
    _parts.add(key, part)


@dataclass(frozen=True, slots=True)
class OwnData:
    """The rows about a person, past ones too."""

    person: Person
    posts: list[Post]
    roles: list[UnitRole]
    memberships: list[GroupMembership]
    strengths: list[Strength]
    external_ids: list[ExternalId]

    def source_of(self, field: str) -> str:
        """Return the roster that last gave a field its present value, or an empty text when it was set by hand."""
        value = getattr(self.person, field)
        for external_id in self.external_ids:
            if external_id.person_id and external_id.imported.get(field) == value:
                return source_name(external_id.source)
        return ""


def get_own_data(person: Person) -> OwnData:
    """Return all rows about a person; the caller has checked that they are the person's own to see."""
    posts = list(Post.objects.filter(person=person).select_related("unit").order_by("-starts_on", "id"))
    return OwnData(
        person=person,
        posts=posts,
        roles=list(UnitRole.objects.filter(person=person).select_related("unit").order_by("-starts_on", "id")),
        memberships=list(
            GroupMembership.objects.filter(person=person).select_related("group__unit").order_by("-starts_on", "id")
        ),
        strengths=list(Strength.objects.filter(person=person).order_by("declared_at", "text")),
        external_ids=list(ExternalId.objects.filter(person=person).order_by("source", "source_id"))
        + list(ExternalId.objects.filter(post__in=[post.id for post in posts]).order_by("source", "source_id")),
    )


def dump(data: OwnData) -> dict[str, Any]:
    """Return the rows as plain values, for a file that the person takes away."""
    person, account = data.person, data.person.account
    return {
        "person": {
            "id": str(person.id),
            "given_name": person.given_name,
            "family_name": person.family_name,
            "email": person.email,
            "known_since": person.created_at.isoformat(),
        },
        "sign_in": {
            "email": account.email,
            "since": account.date_joined.isoformat(),
            "last_signed_in": account.last_login.isoformat() if account.last_login else None,
        }
        if account
        else None,
        "posts": [
            {"unit": post.unit.name, "title": post.title, "level": post.level, **_dates(post)} for post in data.posts
        ],
        "roles": [{"unit": role.unit.name, "role": role.role, **_dates(role)} for role in data.roles],
        "groups": [
            {"group": row.group.name, "unit": row.group.unit.name, "role": row.role, **_dates(row)}
            for row in data.memberships
        ],
        "strengths": [{"text": row.text, "declared_at": row.declared_at.isoformat()} for row in data.strengths],
        "ids_in_other_systems": [
            {"source": row.source, "id": row.source_id, "last_imported": row.imported} for row in data.external_ids
        ],
        **{key: part(person.id) for key, part in _parts.items()},
    }


def _dates(row: Post | UnitRole | GroupMembership) -> dict[str, str | None]:
    def write(day: dt.date | None) -> str | None:
        return day.isoformat() if day else None

    return {"starts_on": write(row.starts_on), "ends_on": write(row.ends_on)}
