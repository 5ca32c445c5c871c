"""Taking the trail away is itself part of the trail."""

from __future__ import annotations

from django.db import transaction

from collegium.base import events
from collegium.people import policies
from collegium.people.actors import Actor
from collegium.people.places import Place


@transaction.atomic
def record_export(*, actor: Actor, place: Place) -> None:
    """Note that somebody took the trail of a unit away."""
    policies.check_can_view_trail(actor, place)
    events.record(
        "trail.exported",
        community_id=actor.community_id,
        actor_id=actor.recorded_id,
        object_kind="trail",
        object_id=place.unit_id,
        unit_id=place.unit_id,
    )
