"""Asking those a promise was made to whether it was kept, and saying what came of it.

In an anonymous round no event is recorded and nothing is logged when somebody answers: when that was is nobody's
business. What they say is added to three sealed counts; the round's row and the mark that they have answered become
durable in one step, and the state before it can be opened by nobody.
"""

from __future__ import annotations

import datetime as dt
import struct
import uuid
from functools import partial

from django.db import transaction

from collegium.base import jobs, sealing, time
from collegium.base.jobs import Report
from collegium.intend import promise_policies as policies
from collegium.intend.confirming import ASKED_AT_LEAST, Counts, Told, tell, tell_named
from collegium.intend.errors import Conflict
from collegium.intend.models import Commitment, Confirmation, ConfirmationRound, NamedAnswer, PromiseStep
from collegium.intend.promise_enums import Kept, PromiseState, RoundState, StepKind
from collegium.intend.queries import promises as promise_queries
from collegium.intend.queries.carriers import list_carriers
from collegium.people.actors import Actor, operator_of
from collegium.people.services.writing import record

CLOSE_JOB = "intend.close_round"
OPEN_DAYS = 10
AGAIN_AFTER = dt.timedelta(days=28)
_COUNTS = struct.Struct(">III")
BATCH = 1000


@transaction.atomic
def ask_whether_kept(*, actor: Actor, promise: Commitment, claim: str) -> ConfirmationRound:
    """Ask those a promise was made to whether it was kept, for ten days; `claim` is how those who promised see it."""
    promise.refresh_from_db(from_queryset=Commitment.objects.select_for_update())
    carriers = list_carriers([promise])[promise.id]
    policies.check_can_carry(actor, carriers.ids)
    if promise.state == PromiseState.PROPOSED:
        raise Conflict("promise_not_made")
    if promise.state != PromiseState.MADE:
        raise Conflict("promise_settled", state=PromiseState(promise.state).label)
    check_none_open(promise)
    _check_not_lately(promise)
    asked = promise_queries.list_confirmers(promise, carriers)
    if not asked:
        raise Conflict("nobody_to_confirm")
    now = time.now()
    made = ConfirmationRound(
        community_id=promise.community_id,
        commitment=promise,
        claim=Kept(claim),
        is_by_name=len(asked) < ASKED_AT_LEAST,
        opened_at=now,
        closes_at=now + dt.timedelta(days=OPEN_DAYS),
        asked=len(asked),
    )
    if not made.is_by_name:
        made.sealed = _seal(made, 0, Counts())
    made.save(force_insert=True)
    Confirmation.objects.bulk_create(
        (Confirmation(community_id=made.community_id, round=made, person_id=person_id) for person_id in asked),
        batch_size=BATCH,
    )
    _step(promise, StepKind.ASKED, actor.recorded_id)
    record(actor, "promise.asked", promise, unit_id=promise.unit_id, claim=made.claim, asked=len(asked))
    return made


@transaction.atomic
def answer(*, actor: Actor, confirmation: Confirmation, said: str) -> None:
    """Take what somebody says of a promise that was made to them: once, and in an anonymous round without a trace."""
    policies.check_can_confirm(actor, confirmation.person_id)
    asking = ConfirmationRound.objects.select_for_update().get(id=confirmation.round_id)
    if asking.state != RoundState.OPEN or asking.closes_at <= time.now():
        raise Conflict("round_over")
    mine = Confirmation.objects.filter(id=confirmation.id, answered=False)
    if not mine.update(answered=True):
        raise Conflict("confirmed_already")
    if asking.is_by_name:
        NamedAnswer.objects.create(
            community_id=asking.community_id, round=asking, person_id=actor.person_id, said=Kept(said)
        )
        return
    try:
        counts = _unseal(asking)
    except sealing.KeyMissing as error:
        raise Conflict("round_lost") from error
    before, asking.number = asking.number, asking.number + 1
    asking.sealed = _seal(asking, asking.number, counts.plus(Kept(said)))
    asking.save(update_fields=["number", "sealed"])
    transaction.on_commit(partial(sealing.forget, asking.id, before))


def close_later(asking: ConfirmationRound) -> None:
    """Let the worker say what came of a round whose time is over."""
    jobs.enqueue(CLOSE_JOB, community_id=asking.community_id, started_by=None, round_id=str(asking.id))


def close(*, report: Report, round_id: str) -> dict[str, bool]:
    """Close a round and settle the promise by what is said of it; run twice, the second finds it closed."""
    with transaction.atomic():
        found = ConfirmationRound.objects.select_for_update(of=("self",)).filter(id=round_id, state=RoundState.OPEN)
        asking = found.select_related("commitment").first()
        if asking is None or asking.closes_at > time.now():
            return {"closed": False}
        if is_lost(asking):
            _begin_again(asking)
            return {"closed": False}
        _close(asking)
    report(1, 1, "")
    return {"closed": True}


def _close(asking: ConfirmationRound) -> None:
    told = _count(asking)
    asking.state, asking.sealed = RoundState.CLOSED, b""
    asking.outcome, asking.answered_at_least = told.outcome or "", told.answered_at_least
    asking.save(update_fields=["state", "sealed", "outcome", "answered_at_least"])
    _forget(asking)
    promise = asking.commitment
    if told.outcome is not None and promise.state == PromiseState.MADE:
        promise.state, promise.settled_on = PromiseState(told.outcome), time.today()
        promise.save(update_fields=["state", "settled_on"])
    _step(promise, StepKind.SETTLED, None, asking.outcome)
    operator = operator_of(promise.community_id)
    record(operator, "promise.settled", promise, unit_id=promise.unit_id, outcome=asking.outcome)


def check_none_open(promise: Commitment) -> None:
    """Raise while those a promise was made to are being asked about it."""
    asking = ConfirmationRound.objects.filter(commitment=promise, state=RoundState.OPEN).first()
    if asking is not None:
        raise Conflict("round_open_already", closes_at=asking.closes_at)


def stop_open(promise: Commitment) -> None:
    """End an open round of a promise that is renewed or released; what was said in it is destroyed unread."""
    asking = ConfirmationRound.objects.select_for_update().filter(commitment=promise, state=RoundState.OPEN).first()
    if asking is None:
        return
    asking.state, asking.sealed = RoundState.STOPPED, b""
    asking.save(update_fields=["state", "sealed"])
    NamedAnswer.objects.filter(round=asking).delete()
    _forget(asking)


def begin_again_where_lost() -> int:
    """Empty the rounds whose counts no key opens any more (after a restore), and ask anew; return how many."""
    lost = 0
    for asking in ConfirmationRound.objects.filter(state=RoundState.OPEN, is_by_name=False):
        if is_lost(asking):
            with transaction.atomic():
                asking.refresh_from_db(from_queryset=ConfirmationRound.objects.select_for_update())
                if asking.state == RoundState.OPEN and is_lost(asking):
                    _begin_again(asking)
                    lost += 1
    return lost


def _begin_again(asking: ConfirmationRound) -> None:
    asking.number += 1
    asking.sealed = _seal(asking, asking.number, Counts())
    asking.closes_at = max(asking.closes_at, time.now() + dt.timedelta(days=OPEN_DAYS))
    asking.save(update_fields=["number", "sealed", "closes_at"])
    Confirmation.objects.filter(round=asking).update(answered=False)


def forget_old_keys(unused_since: dt.datetime) -> None:
    """Overwrite keys that a killed process could not, and those of rounds that have been gone for so long."""
    for box_id, touched_at in sealing.list_boxes().items():
        asking = ConfirmationRound.objects.filter(id=box_id, state=RoundState.OPEN).first()
        if asking is not None and asking.number:
            sealing.forget(asking.id, asking.number - 1)
        elif asking is None and touched_at < unused_since:
            sealing.destroy(box_id)


def is_lost(asking: ConfirmationRound) -> bool:
    """Say whether this machine cannot open the counts of an anonymous round."""
    if asking.is_by_name:
        return False
    try:
        _unseal(asking)
    except sealing.KeyMissing:
        return True
    return False


def _forget(asking: ConfirmationRound) -> None:
    """Who was asked, and whether they answered, is of no use after the round."""
    Confirmation.objects.filter(round=asking).delete()
    transaction.on_commit(partial(sealing.destroy, asking.id))


def _count(asking: ConfirmationRound) -> Told:
    if not asking.is_by_name:
        return tell(_unseal(asking))
    counts = Counts()
    for said in NamedAnswer.objects.filter(round=asking).values_list("said", flat=True):
        counts = counts.plus(Kept(said))
    return tell_named(counts)


def _seal(asking: ConfirmationRound, number: int, counts: Counts) -> bytes:
    return sealing.seal(asking.id, number, _COUNTS.pack(counts.kept, counts.partly, counts.not_kept))


def _unseal(asking: ConfirmationRound) -> Counts:
    return Counts(*_COUNTS.unpack(sealing.unseal(asking.id, asking.number, bytes(asking.sealed))))


def _check_not_lately(promise: Commitment) -> None:
    """Two rounds soon after each other, with one person more or less, would tell more than either."""
    last = ConfirmationRound.objects.filter(commitment=promise, state=RoundState.CLOSED).order_by("-closes_at").first()
    if last is not None and last.closes_at + AGAIN_AFTER > time.now():
        raise Conflict("asked_lately", again_on=(last.closes_at + AGAIN_AFTER).date())


def _step(promise: Commitment, kind: StepKind, by_id: uuid.UUID | None, text: str = "") -> None:
    PromiseStep.objects.create(
        community_id=promise.community_id, commitment=promise, kind=kind, at=time.now(), by_id=by_id, text=text
    )
