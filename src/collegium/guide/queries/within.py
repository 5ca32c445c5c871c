"""The units within one, as places, without walking up from each of them."""

from __future__ import annotations

from collegium.guide import policies
from collegium.people.actors import Actor
from collegium.people.models import Unit
from collegium.people.places import Place
from collegium.people.queries import units


def place_below(place: Place, unit: Unit) -> Place:
    """Return a unit held by another as a place; what else may be above it is left out, which gives nobody more."""
    return Place(
        unit_id=unit.id,
        community_id=unit.community_id,
        kind=unit.kind,
        name=unit.name,
        slug=unit.slug,
        above=place.above | {place.unit_id},
        as_of=place.as_of,
        starts_on=unit.starts_on,
        ends_on=unit.ends_on,
    )


def list_places_for(actor: Actor, place: Place) -> list[Place]:
    """Return a unit and those it holds itself whose guide the actor may read, by name."""
    held = [place_below(place, unit) for unit in units.list_contained(place.unit_id, place.as_of)]
    return [each for each in (place, *held) if policies.can_view_guide(actor, each)]
