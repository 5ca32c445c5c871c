"""Finding a unit for somebody, with what a policy needs to judge."""

from __future__ import annotations

import datetime as dt

from collegium.base import time
from collegium.people import policies
from collegium.people.actors import Actor
from collegium.people.errors import NotFound
from collegium.people.models import Unit
from collegium.people.places import Place
from collegium.people.queries import structure


def locate(unit: Unit, as_of: dt.date) -> Place:
    """Return the place of a unit already loaded, as of a day to read.

    What is above it is always as of today, because power follows from it: looking back at a day when a unit was part of
    another gives nobody back what they may do there. A unit that has ended stays with whoever held it on its last day.
    """
    today = time.today()
    last_day = unit.ends_on - dt.timedelta(days=1) if unit.ends_on else today
    return Place(
        unit_id=unit.id,
        community_id=unit.community_id,
        kind=unit.kind,
        name=unit.name,
        slug=unit.slug,
        above=structure.ids_above([unit.id], min(today, last_day)),
        as_of=as_of,
        starts_on=unit.starts_on,
        ends_on=unit.ends_on,
    )


def get_place_for(actor: Actor, slug: str, as_of: dt.date | None = None) -> Place:
    """Return the place with this slug in the actor's community; NotFound when absent or not theirs."""
    unit = Unit.objects.filter(community_id=actor.community_id, slug=slug).first()
    if unit is None:
        raise NotFound
    place = locate(unit, as_of or time.today())
    if not policies.can_view_unit(actor, place):
        raise NotFound
    return place
