"""Outcomes, found for somebody; who knows of them, and where nobody has said anything."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from collegium.base import time
from collegium.decide.enums import Heard, Stage
from collegium.decide.errors import NotFound
from collegium.decide.models import Carrying, Matter, Outcome, Told
from collegium.decide.queries import matters
from collegium.decide.queries.matters import FoundMatter
from collegium.intend.models import Commitment
from collegium.people.actors import Actor

K = 5


def list_outcomes(matter: Matter) -> list[Outcome]:
    """Return the outcomes of a matter that was found for somebody, the latest first."""
    return list(Outcome.objects.filter(matter=matter).select_related("published_by", "poll").order_by("-number"))


def get_latest(matter: Matter) -> Outcome:
    """Return the outcome that holds; NotFound when there is none."""
    outcome = Outcome.objects.filter(matter=matter).order_by("-number").first()
    if outcome is None:
        raise NotFound
    return outcome


def get_told_for(actor: Actor, matter_id: uuid.UUID) -> tuple[FoundMatter, Told]:
    """Return what the actor was sent of the latest outcome of a matter; NotFound when they were not."""
    found = matters.get_matter_for(actor, matter_id)
    told = Told.objects.filter(outcome=get_latest(found.matter), person_id=actor.person_id).first()
    if told is None:
        raise NotFound
    return found, told


def list_promises(outcome: Outcome) -> list[Commitment]:
    """Return who carries an outcome out, by the day it is due."""
    ids = Carrying.objects.filter(outcome=outcome).values("commitment_id")
    rows = Commitment.objects.filter(id__in=ids).select_related("by_person", "by_group", "by_role")
    return list(rows.order_by("due_on", "id"))


def list_questions(outcome: Outcome) -> list[Told]:
    """Return what those who do not understand an outcome ask."""
    asks = Told.objects.filter(outcome=outcome, state=Heard.ASKS).select_related("person")
    return list(asks.order_by("id"))


@dataclass(frozen=True, slots=True)
class Reach:
    """How many were sent an outcome, and how many have said anything."""

    unit_id: uuid.UUID | None  # None for all units together that are too small to be shown by themselves
    sent: int
    understood: int
    asks: int

    @property
    def silent(self) -> int:
        """How many have said nothing."""
        return self.sent - self.understood - self.asks


def get_reach(outcome: Outcome) -> tuple[Reach, list[Reach]]:
    """Return how far an outcome has reached: in all, and by where people work; no unit of fewer than `K` is shown."""
    counts: dict[uuid.UUID | None, Counter[str]] = defaultdict(Counter)
    for unit_id, state in Told.objects.filter(outcome=outcome).values_list("unit_id", "state"):
        counts[unit_id][state] += 1
    everybody: Counter[str] = Counter()
    for each in counts.values():
        everybody.update(each)
    return _reach(None, everybody), [_reach(key, found) for key, found in _merge_small(counts).items()]


def _reach(unit_id: uuid.UUID | None, found: Mapping[str, int]) -> Reach:
    return Reach(
        unit_id,
        sum(found.values()),
        found.get(Heard.UNDERSTOOD.value, 0),
        found.get(Heard.ASKS.value, 0),
    )


def _merge_small(counts: Mapping[uuid.UUID | None, Counter[str]]) -> dict[uuid.UUID | None, Counter[str]]:
    """Put units of fewer than K together; where these are still fewer, the smallest other joins them.

    So what is left when the units that are shown are taken from all is never fewer than K people.
    """
    shown: dict[uuid.UUID | None, Counter[str]] = {
        unit_id: found for unit_id, found in counts.items() if unit_id is not None and found.total() >= K
    }
    rest: Counter[str] = Counter()
    for unit_id, found in counts.items():
        if unit_id not in shown:
            rest.update(found)
    while rest and rest.total() < K and shown:
        smallest = min(shown, key=lambda unit_id: (shown[unit_id].total(), str(unit_id)))
        rest.update(shown.pop(smallest))
    if rest and rest.total() >= K:
        shown[None] = rest
    return shown


def list_waiting(actor: Actor) -> list[Told]:
    """Return the outcomes that were sent to the actor and of which they have said nothing, the latest first."""
    rows = Told.objects.filter(person_id=actor.person_id, community_id=actor.community_id, state=Heard.SENT)
    return list(rows.select_related("outcome__matter__unit").order_by("-outcome__published_at", "id")[:20])


def list_to_review(actor: Actor) -> list[Matter]:
    """Return the matters that the actor facilitates and whose review is due."""
    rows = Matter.objects.filter(community_id=actor.community_id, stage=Stage.REVIEW)
    mine = rows.filter(facilitator_id=actor.person_id) | rows.filter(second_id=actor.person_id)
    return list(mine.select_related("unit").order_by("created_at", "id"))


def list_due_for_review() -> list[Outcome]:
    """Return the outcomes whose day of review has come, of every community in scope."""
    due = Outcome.objects.filter(review_on__lte=time.today(), reopened_at__isnull=True, reviewed_at__isnull=True)
    return list(due.select_related("matter"))
