"""Challenges: who owns them, what the change check says, and what else asks the same people in the same months."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from collegium.base import time
from collegium.intend import policies
from collegium.intend.enums import Standing
from collegium.intend.models import Challenge, ChallengeAsk, ChangeCheck, SignOn
from collegium.people.actors import Actor
from collegium.people.enums import TieKind
from collegium.people.models import Post, Unit, UnitTie
from collegium.people.places import Place
from collegium.people.queries import structure

UNITS_LIMIT = 100
CONFLICTS_LIMIT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Another challenge that asks some of the same people in some of the same months."""

    challenge: Challenge
    people: int
    from_on: dt.date
    until_on: dt.date


def list_units_to_ask(place: Place) -> list[Unit]:
    """Return the units within a place that a challenge can ask; none where there are too many to tick."""
    rows = Unit.objects.on(place.as_of).filter(id__in=structure.inside(place.unit_id, place.as_of))
    units = list(rows.exclude(id=place.unit_id).order_by("name", "id")[: UNITS_LIMIT + 1])
    return units if len(units) <= UNITS_LIMIT else []


def list_asked(challenge: Challenge) -> list[Unit]:
    """Return the units whose people a challenge asks; the unit itself when none were named."""
    asked = Unit.objects.filter(id__in=ChallengeAsk.objects.filter(challenge=challenge).values("unit_id"))
    return list(asked.order_by("name", "id")) or [challenge.unit]


def list_named_units(challenge: Challenge) -> list[Unit]:
    """Return the units that a challenge names as asked; none where it asks everybody of its unit."""
    return list(Unit.objects.filter(id__in=ChallengeAsk.objects.filter(challenge=challenge).values("unit_id")))


def list_checks(challenge: Challenge) -> list[ChangeCheck]:
    """Return the change checks of a challenge, the latest first."""
    return list(ChangeCheck.objects.filter(challenge=challenge).order_by("-checked_at", "id"))


def count_signed(challenge: Challenge) -> int:
    """Return how many have signed on."""
    return SignOn.objects.filter(challenge=challenge, person__erased_at__isnull=True).count()


def list_signed_ids(challenge: Challenge) -> list[uuid.UUID]:
    """Return who has signed on, the first first; names are for those who may read them."""
    rows = SignOn.objects.filter(challenge=challenge, person__erased_at__isnull=True)
    return list(rows.order_by("signed_at", "id").values_list("person_id", flat=True))


def has_signed(actor: Actor, challenge: Challenge) -> bool:
    """Say whether the actor has signed on."""
    return SignOn.objects.filter(challenge=challenge, person_id=actor.person_id).exists()


def list_conflicts_for(actor: Actor, place: Place, challenge: Challenge) -> list[Conflict]:
    """Return the other challenges that ask the same people in the same months, those that ask most of them first.

    Challenges of the unit, within it and above it are looked at; drafts only where the actor may see them.
    """
    within = structure.ids_within([place.unit_id], time.today())
    around = {place.unit_id} | within | place.above
    rows = Challenge.objects.filter(
        community_id=actor.community_id,
        unit_id__in=around,
        closed_at__isnull=True,
        starts_on__lte=challenge.by_on,
        by_on__gte=challenge.starts_on,
    ).exclude(Q(standing=Standing.WITHDRAWN) | Q(id=challenge.id))
    drafts_of = {unit_id for unit_id in around if policies.can_view_drafts_of(actor, unit_id)}
    others = [row for row in rows.select_related("unit") if row.is_public or row.unit_id in drafts_of]
    reach = _Reach([challenge, *others])
    own = reach.units_of(challenge)
    people = _people_in(own)
    found = []
    for other in others:
        asked = set().union(*(people[unit_id] for unit_id in own & reach.units_of(other) if unit_id in people))
        if asked:
            found.append(
                Conflict(
                    challenge=other,
                    people=len(asked),
                    from_on=max(challenge.starts_on, other.starts_on),
                    until_on=min(challenge.by_on, other.by_on),
                )
            )
    return sorted(found, key=lambda each: (-each.people, each.challenge.by_on, str(each.challenge.id)))[
        :CONFLICTS_LIMIT
    ]


class _Reach:
    """The units, with all within them, that each of these challenges asks."""

    def __init__(self, challenges: Collection[Challenge]) -> None:
        self._asks: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
        rows = ChallengeAsk.objects.filter(challenge__in=[each.id for each in challenges])
        for challenge_id, unit_id in rows.values_list("challenge_id", "unit_id"):
            self._asks[challenge_id].add(unit_id)
        self._within: dict[uuid.UUID, set[uuid.UUID]] = {}
        self._lowers: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
        today = time.today()
        roots = {each.unit_id for each in challenges} | set().union(*self._asks.values())
        inside = roots | structure.ids_within(roots, today)
        ties = UnitTie.objects.on(today).filter(kind=TieKind.CONTAINS, upper_id__in=inside)
        for upper_id, lower_id in ties.values_list("upper_id", "lower_id"):
            self._lowers[upper_id].add(lower_id)

    def units_of(self, challenge: Challenge) -> set[uuid.UUID]:
        """Return every unit whose people a challenge asks."""
        roots = self._asks.get(challenge.id) or {challenge.unit_id}
        return set().union(*(self._walk(root) for root in roots))

    def _walk(self, root: uuid.UUID) -> set[uuid.UUID]:
        if root not in self._within:
            found, front = {root}, [root]
            while front:
                new = self._lowers[front.pop()] - found
                found |= new
                front.extend(new)
            self._within[root] = found
        return self._within[root]


def _people_in(unit_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    people: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for unit_id, person_id in (
        Post.objects.on(time.today()).filter(unit_id__in=unit_ids).values_list("unit_id", "person_id")
    ):
        people[unit_id].add(person_id)
    return people


def has_any(place: Place) -> bool:
    """Say whether a unit has agreed a challenge, or is writing one."""
    return Challenge.objects.filter(unit_id=place.unit_id).exists()
