"""Which units take up the intents of one above them."""

from __future__ import annotations

import uuid
from collections import defaultdict

from collegium.intend import policies
from collegium.intend.enums import Standing
from collegium.intend.models import Intent, IntentLink
from collegium.people.actors import Actor
from collegium.people.places import Place


def list_taken_up_for(actor: Actor, place: Place) -> list[tuple[Intent, frozenset[uuid.UUID]]]:
    """Return the published intents of a unit, each with the units whose published intents adopt or serve it."""
    policies.check_can_view_line(actor, place)
    intents = Intent.objects.filter(
        unit_id=place.unit_id, community_id=actor.community_id, standing=Standing.PUBLISHED
    ).order_by("created_at", "id")
    rows = IntentLink.objects.filter(
        upper__in=[intent.id for intent in intents], lower__standing=Standing.PUBLISHED, withdrawn_at__isnull=True
    )
    units: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for upper_id, unit_id in rows.values_list("upper_id", "lower__unit_id"):
        units[upper_id].add(unit_id)
    return [(intent, frozenset(units[intent.id])) for intent in intents]
