"""Drawing people by lot: announced with a closed list, done once the seed is known, and places passed on."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from collegium.base import time
from collegium.decide import policies
from collegium.decide.enums import DrawBy, Stage, Voice
from collegium.decide.errors import Conflict, Invalid
from collegium.decide.models import Draw, DrawEntry, Matter
from collegium.decide.policies import Standing
from collegium.decide.queries import draws as queries
from collegium.decide.queries import standing as standings
from collegium.people.actors import Actor
from collegium.people.queries import persons
from collegium.people.services.writing import locate, record, tidy
from collegium.science.choices import sortition

PURPOSE_LIMIT = 160
SEED_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What is said before a draw: what for, how many, by which groups, and where the seed will come from."""

    purpose: str
    places: int
    by: DrawBy
    seed_from: str


@transaction.atomic
def announce(*, actor: Actor, matter: Matter, standing: Standing, announced: Announced) -> Draw:
    """Announce a draw, and close and number its list: everybody who has a vote in the matter today."""
    policies.check_can_facilitate(actor, locate(matter.unit), standing)
    if Matter.objects.select_for_update().get(id=matter.id).stage == Stage.CLOSED:
        raise Conflict("matter_closed")
    today = time.today()
    people = [each.person_id for each in standings.list_taking_part(matter, today) if each.voice == Voice.VOTE]
    if not 1 <= announced.places <= len(people):
        raise Invalid("draw_too_many_places", count=len(people), given=announced.places)
    last = Draw.objects.filter(matter=matter).aggregate(last=Max("number"))["last"] or 0
    draw = Draw.objects.create(
        community_id=matter.community_id,
        matter=matter,
        number=last + 1,
        purpose=tidy(announced.purpose, limit=PURPOSE_LIMIT),
        places=announced.places,
        by=announced.by,
        seed_from=tidy(announced.seed_from, limit=SEED_LIMIT),
        announced_by_id=actor.recorded_id,
    )
    part_of = queries.groups_of(matter.unit_id, people, announced.by, today)
    DrawEntry.objects.bulk_create(
        DrawEntry(
            community_id=matter.community_id, draw=draw, number=number, person_id=person_id, part_of=part_of[person_id]
        )
        for number, person_id in enumerate(_by_name(people), start=1)
    )
    record(actor, "draw.announced", draw, unit_id=matter.unit_id, title=draw.purpose)
    return draw


def _by_name(people: list[uuid.UUID]) -> list[uuid.UUID]:
    names = persons.get_names(people)
    return sorted(people, key=lambda person_id: (names.get(person_id, "").casefold(), str(person_id)))


@transaction.atomic
def do(*, actor: Actor, draw: Draw, standing: Standing, seed: str) -> Draw:
    """Do a draw with the seed that was waited for. It is done once; anybody can do it again and finds the same."""
    policies.check_can_facilitate(actor, locate(draw.matter.unit), standing)
    draw.refresh_from_db(from_queryset=Draw.objects.select_for_update())
    if draw.drawn_at is not None:
        raise Conflict("draw_done")
    draw.seed, draw.drawn_at = tidy(seed, limit=SEED_LIMIT), time.now()
    draw.save(update_fields=["seed", "drawn_at"])
    entries = {str(entry.number): entry for entry in DrawEntry.objects.filter(draw=draw)}
    drawn = sortition.draw({number: entry.part_of for number, entry in entries.items()}, draw.places, draw.seed)
    positions: Counter[str] = Counter()
    for number in drawn.drawn:
        entries[number].has_place = True
    for number in (*drawn.drawn, *(each for rest in drawn.substitutes.values() for each in rest)):
        entry = entries[number]
        positions[entry.part_of] += 1
        entry.position = positions[entry.part_of]
    DrawEntry.objects.bulk_update(entries.values(), ["position", "has_place"], batch_size=500)
    record(actor, "draw.done", draw, unit_id=draw.matter.unit_id, title=draw.purpose)
    return draw


@transaction.atomic
def pass_on(*, actor: Actor, draw: Draw, standing: Standing, entry: DrawEntry) -> DrawEntry | None:
    """Pass the place of somebody who declines on to the next of their group; None where there is nobody."""
    policies.check_can_facilitate(actor, locate(draw.matter.unit), standing)
    draw.refresh_from_db(from_queryset=Draw.objects.select_for_update())
    if draw.drawn_at is None:
        raise Conflict("draw_not_done")
    entry.refresh_from_db()
    if not entry.has_place:
        raise Conflict("draw_no_place")
    entry.has_place, entry.has_declined = False, True
    entry.save(update_fields=["has_place", "has_declined"])
    waiting = DrawEntry.objects.filter(draw=draw, part_of=entry.part_of, has_place=False, has_declined=False)
    following = waiting.order_by("position").first()
    if following is not None:
        following.has_place = True
        following.save(update_fields=["has_place"])
    record(actor, "draw.passed_on", draw, unit_id=draw.matter.unit_id, title=draw.purpose)
    return following
