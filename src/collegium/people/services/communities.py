"""Communities: only whoever runs the server begins one, so there is no actor to ask for."""

from __future__ import annotations

from django.db import transaction

from collegium.base import events
from collegium.people.errors import Conflict
from collegium.people.models import Community
from collegium.people.services.writing import tidy

NAME_LIMIT = 200


@transaction.atomic
def add_community(*, name: str) -> Community:
    """Begin a community: a tenant of its own, without units or people yet."""
    name = tidy(name, limit=NAME_LIMIT)
    if Community.objects.filter(name=name).exists():
        raise Conflict("community_exists", name=name)
    community = Community.objects.create(name=name)
    events.record(
        "community.added",
        community_id=community.id,
        actor_id=None,
        object_kind="community",
        object_id=community.id,
        data={"name": name},
    )
    return community
