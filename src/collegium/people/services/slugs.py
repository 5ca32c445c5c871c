"""Addresses of units: readable, unique in a community, kept when the unit is renamed."""

from __future__ import annotations

import secrets
import uuid

from django.utils.text import slugify

from collegium.people.models import Unit

_ROOM_FOR_NUMBER = 70
# These would stand where an address of a page stands.
_RESERVED = frozenset({"add", "new", "all"})


def make_slug(name: str, kind: str, taken: set[str]) -> str:
    """Return a slug for the name that is not taken, and take it. Names in other scripts get the kind and chance."""
    stem = slugify(name)[:_ROOM_FOR_NUMBER].strip("-") or f"{kind}-{secrets.token_hex(3)}"
    slug, number = stem, 1
    while slug in taken or slug in _RESERVED:
        number += 1
        slug = f"{stem}-{number}"
    taken.add(slug)
    return slug


def choose_slug(name: str, kind: str, community_id: uuid.UUID) -> str:
    """Return a slug for a new unit of the community."""
    stem = slugify(name)[:_ROOM_FOR_NUMBER].strip("-")
    taken = Unit.objects.filter(community_id=community_id, slug__startswith=stem).values_list("slug", flat=True)
    return make_slug(name, kind, set(taken))
