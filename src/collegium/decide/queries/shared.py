"""Matters in which several units take part."""

from __future__ import annotations

import uuid
from collections import defaultdict

from collegium.decide.models import Matter, Part
from collegium.decide.queries.matters import list_open_for
from collegium.people.actors import Actor
from collegium.people.places import Place


def list_open_with_units_for(actor: Actor, place: Place) -> list[tuple[Matter, frozenset[uuid.UUID]]]:
    """Return the open matters of a unit and within it that the actor may read, each with the units that take part."""
    matters = list_open_for(actor, place)
    units: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    parts = Part.objects.filter(matter__in=[matter.id for matter in matters], unit__isnull=False)
    for matter_id, unit_id in parts.values_list("matter_id", "unit_id"):
        units[matter_id].add(unit_id)
    return [(matter, frozenset(units[matter.id])) for matter in matters]
