"""The promises that serve a challenge, as far as somebody may read them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import F, Q

from collegium.base import time
from collegium.intend import policies, promise_policies
from collegium.intend.enums import NodeKind, Standing
from collegium.intend.models import Challenge, Commitment, Point, PointServes
from collegium.intend.promise_enums import PromiseState
from collegium.intend.queries.promises import with_names
from collegium.people import policies as people_policies
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from collegium.people.places import Place
from collegium.people.queries import places, structure

LIMIT = 50
OWN_LIMIT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """The first promises for a challenge, how many there are, and whether the actor reads all of them."""

    promises: list[Commitment]
    count: int
    reads_all: bool


def list_serving_for(actor: Actor, place: Place, served: Challenge | Point) -> Serving:
    """Return the promises for a challenge or a goal that the actor may read, open ones first, without released ones.

    Those for a challenge are also those for the goals on the way to it.

    Schools promise things for challenges of their district: each of these is read by those who may read that school's.
    """
    rows = Commitment.objects.filter(_for(served), community_id=actor.community_id)
    rows = rows.exclude(state=PromiseState.RELEASED)
    reads_all = actor.is_operator or people_policies.can_view_people_below(actor, place)
    if not actor.is_operator:
        readable = Q(unit_id__in=list_units_with_promises(actor))
        readable |= Q(by_person_id=actor.person_id) | Q(second_id=actor.person_id) | Q(to_person_id=actor.person_id)
        if reads_all:
            readable |= Q(unit_id__in=structure.inside(place.unit_id, time.today()))
        rows = rows.filter(readable)
    ordered = with_names(rows).order_by(F("settled_on").desc(nulls_first=True), "due_on", "id")
    return Serving(promises=list(ordered[:LIMIT]), count=rows.count(), reads_all=reads_all)


def _for(served: Challenge | Point) -> Q:
    if isinstance(served, Point):
        return Q(goal=served)
    goals = PointServes.objects.filter(challenge=served, lower__kind=NodeKind.GOAL).values("lower_id")
    return Q(challenge=served) | Q(goal__in=goals)


def list_units_with_promises(actor: Actor) -> set[uuid.UUID]:
    """Return the units whose promises the actor reads: their own, and what is within their teams and schools."""
    own = set(actor.given) | actor.member_of
    kinds = Unit.objects.filter(id__in=own, kind__in=(UnitKind.TEAM, UnitKind.SCHOOL)).values_list("id", flat=True)
    return own | structure.ids_within(list(kinds), time.today())


def list_places_to_promise(actor: Actor, place: Place, served: Challenge | Point) -> list[Place]:
    """Return where the actor can promise something for a challenge or a goal; for one of a district at their school."""
    is_closed = isinstance(served, Challenge) and served.closed_at is not None
    if served.standing != Standing.PUBLISHED or is_closed:
        return []
    here = [place] if promise_policies.can_propose(actor, place) else []
    if place.kind in (UnitKind.TEAM, UnitKind.SCHOOL):
        return here
    today = time.today()
    within = structure.ids_within([place.unit_id], today) & (actor.member_of | set(actor.given))
    schools = Unit.objects.on(today).filter(id__in=within, kind=UnitKind.SCHOOL, community_id=actor.community_id)
    found = [places.locate(unit, today) for unit in schools.order_by("name", "id")[:OWN_LIMIT]]
    found = [each for each in found if promise_policies.can_propose(actor, each)]
    return [*here, *found] if not found or policies.can_keep(actor, place) else found
