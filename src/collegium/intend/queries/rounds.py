"""Rounds in which those a promise was made to are asked whether it was kept; never what anybody said in one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from collegium.base import time
from collegium.intend.errors import NotFound
from collegium.intend.models import Commitment, Confirmation, ConfirmationRound, NamedAnswer
from collegium.intend.promise_enums import RoundState
from collegium.people.actors import Actor


@dataclass(frozen=True, slots=True)
class Rounds:
    """The round that is open, the latest that has closed, and what was said in it by name."""

    open: ConfirmationRound | None
    closed: ConfirmationRound | None
    named: tuple[NamedAnswer, ...]


def list_rounds(promise: Commitment) -> Rounds:
    """Return the rounds of a promise that its page tells of."""
    rows = list(ConfirmationRound.objects.filter(commitment=promise).defer("sealed").order_by("-opened_at", "id"))
    closed = next((row for row in rows if row.state == RoundState.CLOSED), None)
    named: list[NamedAnswer] = []
    if closed is not None and closed.is_by_name:
        answers = NamedAnswer.objects.filter(round=closed).select_related("person")
        named = list(answers.order_by("person__family_name", "id"))
    return Rounds(next((row for row in rows if row.state == RoundState.OPEN), None), closed, tuple(named))


def find_own(actor: Actor, promise: Commitment) -> Confirmation | None:
    """Return where the actor is asked about a promise now, answered or not."""
    rows = Confirmation.objects.filter(
        round__commitment=promise,
        round__state=RoundState.OPEN,
        round__closes_at__gt=time.now(),
        person_id=actor.person_id,
    )
    return rows.select_related("round").defer("round__sealed").first()


def get_own(actor: Actor, promise_id: uuid.UUID) -> Confirmation:
    """Return where the actor is asked about a promise now; NotFound when they are not."""
    rows = Confirmation.objects.filter(
        round__commitment_id=promise_id,
        round__state=RoundState.OPEN,
        person_id=actor.person_id,
        community_id=actor.community_id,
    )
    found: Confirmation | None = rows.select_related("round__commitment").defer("round__sealed").first()
    if found is None:
        raise NotFound
    return found
