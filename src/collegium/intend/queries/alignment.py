"""How the intents of units within a place stand to those above: alignment, which is not agreement (I4)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Count

from collegium.base import time
from collegium.intend import policies
from collegium.intend.enums import Standing
from collegium.intend.models import Dissent, Intent, IntentLink
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from collegium.people.places import Place
from collegium.people.queries import structure

UNITS_LIMIT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The published intents of a place and of the units within it, and how they stand to each other.

    `links` holds, by the intent above and the unit below, the links between them.
    """

    uppers: list[Intent]
    units: list[Unit]
    links: dict[tuple[uuid.UUID, uuid.UUID], list[IntentLink]]
    loose: dict[uuid.UUID, int]
    dissent: dict[uuid.UUID, int]


def read_alignment_for(actor: Actor, place: Place) -> Alignment:
    """Return how the units within a place stand to its intents. A school is shown beside what stands above it."""
    policies.check_can_view_line(actor, place)
    today = time.today()
    is_school = place.kind in (UnitKind.TEAM, UnitKind.SCHOOL)
    above = place.above if is_school else frozenset({place.unit_id})
    published = Intent.objects.filter(community_id=actor.community_id, standing=Standing.PUBLISHED)
    uppers = list(published.filter(unit_id__in=above).select_related("unit").order_by("unit__name", "created_at", "id"))
    units = Unit.objects.on(today).filter(community_id=actor.community_id)
    if is_school:
        units = units.filter(id=place.unit_id)
    else:
        units = units.filter(id__in=structure.inside(place.unit_id, today), kind=UnitKind.SCHOOL)
    listed = list(units.order_by("name", "id")[:UNITS_LIMIT])
    ids = [unit.id for unit in listed]
    rows = IntentLink.objects.filter(
        upper__in=[upper.id for upper in uppers],
        lower__unit_id__in=ids,
        lower__standing=Standing.PUBLISHED,
        withdrawn_at__isnull=True,
    ).select_related("lower__unit")
    links: dict[tuple[uuid.UUID, uuid.UUID], list[IntentLink]] = {}
    for row in rows.order_by("created_at", "id"):
        links.setdefault((row.upper_id, row.lower.unit_id), []).append(row)
    serving = IntentLink.objects.filter(withdrawn_at__isnull=True, upper__standing=Standing.PUBLISHED).values(
        "lower_id"
    )
    loose = published.filter(unit_id__in=ids).exclude(id__in=serving).order_by()
    dissent = Dissent.objects.filter(intent__in=[upper.id for upper in uppers], withdrawn_at__isnull=True).order_by()
    return Alignment(
        uppers=uppers,
        units=listed,
        links=links,
        loose=dict(loose.values_list("unit_id").annotate(Count("id"))),
        dissent=dict(dissent.values_list("intent_id").annotate(Count("id"))),
    )
