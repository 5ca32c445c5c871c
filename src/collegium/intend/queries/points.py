"""The plain points of a unit's line, and what they may serve."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Q

from collegium.base import time
from collegium.intend import policies
from collegium.intend.enums import Standing
from collegium.intend.errors import NotFound
from collegium.intend.models import Challenge, Intent, Point, PointServes, Vision
from collegium.intend.throughline.graph import may_serve
from collegium.people import policies as people_policies
from collegium.people.actors import Actor
from collegium.people.models import Person, Post, UnitRole
from collegium.people.places import Place
from collegium.people.queries import structure

OFFERED_LIMIT = 300


def get_point_for(actor: Actor, place: Place, point_id: uuid.UUID) -> Point:
    """Return a point of a unit's line for somebody inside; NotFound for everybody else."""
    rows = Point.objects.filter(id=point_id, unit_id=place.unit_id, community_id=actor.community_id)
    point = rows.select_related("unit", "owner", "second_owner").first()
    if point is None or not policies.can_view_throughline(actor, place):
        raise NotFound
    return point


def list_uppers(community_id: uuid.UUID, unit_id: uuid.UUID, kind: str) -> list[Any]:
    """Return what a point of a kind may serve: all of its unit that stands before it, and what is published above."""
    above = structure.ids_above([unit_id], time.today())
    here = Q(unit_id=unit_id) & ~Q(standing=Standing.WITHDRAWN)
    reachable = {"community_id": community_id}
    published = Q(unit_id__in=above, standing=Standing.PUBLISHED)
    found: list[Any] = []
    for model, of in ((Vision, "vision"), (Intent, "intent"), (Challenge, "challenge")):
        if may_serve(kind, of):
            found += model._default_manager.filter(here | published, **reachable).order_by("created_at", "id")  # noqa: SLF001
    points = Point.objects.filter(here | published, **reachable).order_by("created_at", "id")
    return found + [point for point in points if may_serve(kind, point.kind)]


def list_served(point: Point) -> list[tuple[str, Any]]:
    """Return what a point serves, each with its kind."""
    kinds = ("vision", "intent", "challenge", "point")
    rows = PointServes.objects.filter(lower=point).select_related(*(f"{kind}__unit" for kind in kinds))
    served = [(kind, getattr(row, kind)) for row in rows for kind in kinds]
    return [(upper.kind if kind == "point" else kind, upper) for kind, upper in served if upper is not None]


def list_offered_for(actor: Actor, place: Place, kind: str) -> dict[str, list[Any]]:
    """Return what a form about a point offers: what it may serve, and who could carry it."""
    policies.check_can_draft(actor, place)
    posts = Post.objects.on(place.as_of).filter(unit_id__in=structure.inside(place.unit_id, place.as_of))
    roles = UnitRole.objects.on(place.as_of).filter(unit_id=place.unit_id)
    inside = Q(id__in=posts.values("person_id")) | Q(id__in=roles.values("person_id"))
    people = Person.objects.filter(inside, community_id=actor.community_id, erased_at__isnull=True)
    named = people.order_by("family_name", "given_name", "id")[: OFFERED_LIMIT + 1]
    listed = list(named) if people_policies.can_view_people_below(actor, place) else []
    if len(listed) > OFFERED_LIMIT or not listed:
        listed = list(people.filter(id=actor.person_id))
    return {"uppers": list_uppers(actor.community_id, place.unit_id, kind)[:OFFERED_LIMIT], "people": listed}
