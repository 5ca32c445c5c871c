"""Taking a suggested move up, putting it off, declining it, and saying what came of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from collegium.base import prose, time
from collegium.guide import policies
from collegium.guide.enums import MoveAnswer
from collegium.guide.errors import Conflict, Invalid
from collegium.guide.models import Dissenting, MoveRecord, Review
from collegium.guide.moves import Move
from collegium.guide.queries import moves as queries
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.services.writing import record

REASON_LIMIT = 2000
LATEST = dt.timedelta(days=366)


@transaction.atomic
def answer_move(
    *, actor: Actor, place: Place, key: str, answer: str, reason: str = "", until: dt.date | None = None
) -> MoveRecord:
    """Keep what a unit makes of a move that is suggested to it now, with the numbers that led to it."""
    policies.check_can_answer_moves(actor, place)
    move, found = queries.get_suggested_for(actor, place, key)
    reason = prose.tidy(reason, limit=REASON_LIMIT)
    if answer != MoveAnswer.TAKEN and not reason:
        raise Invalid("move_needs_reason")
    today = time.today()
    if answer == MoveAnswer.PUT_OFF and (until is None or not today < until <= today + LATEST):
        raise Invalid("move_needs_day")
    MoveRecord.objects.filter(unit_id=place.unit_id, move_key=key, finished_at__isnull=True).update(
        finished_at=time.now()
    )
    kept = MoveRecord.objects.create(
        community_id=actor.community_id,
        unit_id=place.unit_id,
        move_key=move.key,
        title=move.title,
        answer=answer,
        reason=reason,
        until=until if answer == MoveAnswer.PUT_OFF else None,
        asks=move.asks,
        weeks=move.weeks,
        evidence=_evidence(move, found),
        answered_by_id=actor.recorded_id,
    )
    record(actor, f"move.{answer}", kept, unit_id=place.unit_id, title=move.title)
    return kept


def _evidence(move: Move, found: queries.Suggestions) -> list[dict[str, Any]]:
    rows = []
    for key in move.indicators:
        reading = found.readings[key]
        low, high = reading.interval or (None, None)
        rows.append(
            {"key": key, "value": reading.value, "low": low, "high": high, "n": reading.n, "source": reading.source}
        )
    return rows


@transaction.atomic
def finish_move(*, actor: Actor, place: Place, kept: MoveRecord, came_of_it: str) -> None:
    """Say what came of a move that was taken up; it may be suggested again from then on."""
    policies.check_can_answer_moves(actor, place)
    text = prose.tidy(came_of_it, limit=REASON_LIMIT)
    locked = MoveRecord.objects.select_for_update().get(id=kept.id)
    if locked.finished_at is not None or locked.answer != MoveAnswer.TAKEN:
        raise Conflict
    if not text:
        raise Invalid("text_missing")
    locked.finished_at, locked.came_of_it = time.now(), text
    locked.save(update_fields=["finished_at", "came_of_it"])
    record(actor, "move.finished", locked, unit_id=place.unit_id, title=locked.title)


@transaction.atomic
def take_back(*, actor: Actor, place: Place, kept: MoveRecord) -> None:
    """Take an answer back: the move may be suggested again at once."""
    policies.check_can_answer_moves(actor, place)
    open_ones = MoveRecord.objects.filter(id=kept.id, finished_at__isnull=True)
    if not open_ones.update(finished_at=time.now()):
        raise Conflict
    record(actor, "move.taken_back", kept, unit_id=place.unit_id, title=kept.title)


def forget_person(person_id: Any) -> None:
    """Take an erased person off the answers they gave, which are the unit's; their dissent in reviews is deleted."""
    Dissenting.objects.filter(person_id=person_id).delete()
    Review.objects.filter(friend_id=person_id).update(friend=None)
    MoveRecord.objects.filter(answered_by_id=person_id).update(answered_by=None)
