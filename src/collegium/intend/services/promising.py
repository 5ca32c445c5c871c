"""Promises: proposing, making, rewording, renewing, releasing and handing them on, and answering one by another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from collegium.base import prose, time
from collegium.intend import promise_policies as policies
from collegium.intend.errors import Conflict, Invalid
from collegium.intend.models import Challenge, Commitment, Point, PromiseStep, WorkRole
from collegium.intend.promise_enums import Audience, PromiseState, StepKind
from collegium.intend.queries.carriers import Carriers, list_carriers
from collegium.intend.services import confirming, serving
from collegium.people.actors import Actor
from collegium.people.models import Group, Person, Unit
from collegium.people.services.writing import check_open, check_same_community, locate, record

WHAT_LIMIT, DETAIL_LIMIT, REASON_LIMIT, NOTE_LIMIT = 600, 2000, 1000, 2000
LONGEST_YEARS = 10
_TO_UNIT = frozenset({Audience.COLLEAGUES, Audience.PUPILS, Audience.PARENTS, Audience.SCHOOL, Audience.DISTRICT})
WORDS = ("what", "standard", "strategy", "pathway")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a promise says: only `what` is needed."""

    what: str
    standard: str = ""
    strategy: str = ""
    pathway: str = ""
    serves: Challenge | Point | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who promises: one of the three."""

    person: Person | None = None
    group: Group | None = None
    role: WorkRole | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class To:
    """Whom it is made to: a unit (for all audiences but two), a group or a person; and who speaks for the audience."""

    audience: str
    unit: Unit | None = None
    group: Group | None = None
    person: Person | None = None
    speaks_for: Group | None = None


@transaction.atomic
def propose_promise(
    *,
    actor: Actor,
    unit: Unit,
    words: Words,
    by: By,
    to: To,
    due_on: dt.date,
    second: Person | None = None,
    answers: Commitment | None = None,
) -> Commitment:
    """Write a promise down. It is made at once where the actor is who promises, and else waits until they make it."""
    policies.check_can_propose(actor, locate(unit))
    _check_near(actor, unit, by, to, second, words.serves)
    check_open(unit, time.today())
    _check_day(due_on)
    if answers is not None:
        _check_can_answer(answers)
    promise = Commitment(
        community_id=actor.community_id,
        unit=unit,
        by_person=by.person,
        by_group=by.group,
        by_role=by.role,
        second=_checked_second(second, by.person),
        audience=Audience(to.audience),
        to_unit=to.unit or unit if to.audience in _TO_UNIT else None,
        to_group=to.group if to.audience == Audience.GROUP else None,
        to_person=to.person if to.audience == Audience.PERSON else None,
        speaks_for=to.speaks_for,
        **serving.as_fields(words.serves),
        due_on=due_on,
        pair=answers,
        proposed_by_id=actor.recorded_id,
        **_written(words),
    )
    _check_two_sides(promise)
    promise.save(force_insert=True)
    if answers is not None:
        _step(actor, answers, StepKind.PAIRED)
    if policies.can_carry(actor, list_carriers([promise])[promise.id].owner_ids):
        _make(actor, promise)
    else:
        _step(actor, promise, StepKind.PROPOSED)
        record(actor, "promise.proposed", promise, unit_id=unit.id)
    return promise


@transaction.atomic
def make_promise(*, actor: Actor, promise: Commitment, due_on: dt.date | None = None) -> Commitment:
    """Make a promise that was proposed, for the day proposed or another: those who promise do, nobody for them."""
    policies.check_can_carry(actor, _lock(promise).owner_ids)
    if promise.state != PromiseState.PROPOSED:
        raise Conflict("promise_made_already")
    promise.due_on = due_on or promise.due_on
    _check_day(promise.due_on)
    _make(actor, promise)
    return promise


def _make(actor: Actor, promise: Commitment) -> None:
    promise.state, promise.made_on = PromiseState.MADE, time.today()
    promise.save(update_fields=["state", "made_on", "due_on"])
    _step(actor, promise, StepKind.MADE)
    record(actor, "promise.made", promise, unit_id=promise.unit_id)


@transaction.atomic
def reword_promise(
    *, actor: Actor, promise: Commitment, words: Words, seen: int, reason: str, speaks_for: Group | None = None
) -> Commitment:
    """Say a promise in other words; `seen` is the version that was on the page. The former words stay with it."""
    policies.check_can_carry(actor, _lock(promise).ids)
    _check_not_settled(promise)
    confirming.check_none_open(promise)
    if promise.version != seen:
        raise Conflict("promise_reworded_since")
    check_same_community(actor, *(row for row in (words.serves, speaks_for) if row is not None))
    new = _written(words)
    before = {field: getattr(promise, field) for field in WORDS if getattr(promise, field) != new[field]}
    if before and promise.state == PromiseState.MADE:
        reason = _reason(reason)
    for field, text in new.items():
        setattr(promise, field, text)
    serving.serve(promise, words.serves)
    promise.speaks_for = speaks_for
    promise.version += 1
    promise.save(update_fields=[*WORDS, *serving.FIELDS, "speaks_for", "version"])
    if before:
        _step(actor, promise, StepKind.REWORDED, prose.tidy(reason, limit=REASON_LIMIT), before)
        record(actor, "promise.reworded", promise, unit_id=promise.unit_id)
    return promise


@transaction.atomic
def renew_promise(*, actor: Actor, promise: Commitment, due_on: dt.date, reason: str) -> Commitment:
    """Give a promise a new day, with the reason that those concerned read; one that was not kept goes on."""
    policies.check_can_carry(actor, _lock(promise).ids)
    if promise.state == PromiseState.PROPOSED:
        raise Conflict("promise_not_made")
    if promise.state in (PromiseState.KEPT, PromiseState.RELEASED):
        _check_not_settled(promise)
    _check_day(due_on)
    text = _reason(reason)
    confirming.stop_open(promise)
    before = {"due_on": promise.due_on.isoformat()}
    promise.due_on, promise.state, promise.settled_on = due_on, PromiseState.MADE, None
    promise.save(update_fields=["due_on", "state", "settled_on"])
    _step(actor, promise, StepKind.RENEWED, text, before)
    record(actor, "promise.renewed", promise, unit_id=promise.unit_id, due_on=due_on)
    return promise


@transaction.atomic
def release_promise(*, actor: Actor, promise: Commitment, reason: str) -> Commitment:
    """Let go of a promise, with the reason that those concerned read; where its owner has left, anybody there may."""
    carriers = _lock(promise)
    place = locate(promise.unit)
    policies.check_can_take_over(actor, place, carriers.ids, asks_for_owner=carriers.asks_for_owner)
    _check_not_settled(promise)
    text = _reason(reason)
    confirming.stop_open(promise)
    promise.state, promise.settled_on = PromiseState.RELEASED, time.today()
    promise.save(update_fields=["state", "settled_on"])
    _step(actor, promise, StepKind.RELEASED, text)
    record(actor, "promise.released", promise, unit_id=promise.unit_id)
    return promise


@transaction.atomic
def hand_over(*, actor: Actor, promise: Commitment, by: By) -> Commitment:
    """Give a promise to another owner, or take over one whose owner has left. It waits until a new owner makes it."""
    carriers = _lock(promise)
    place = locate(promise.unit)
    policies.check_can_take_over(actor, place, carriers.ids, asks_for_owner=carriers.asks_for_owner)
    _check_not_settled(promise)
    confirming.check_none_open(promise)
    _check_near(actor, promise.unit, by, None, None, None)
    owner = (by.person, by.group, by.role)
    if owner == (promise.by_person, promise.by_group, promise.by_role):
        raise Conflict("owner_already")
    promise.by_person, promise.by_group, promise.by_role = owner
    if by.person is not None and promise.second_id == by.person.id:
        promise.second = None
    _check_two_sides(promise)
    promise.state, promise.made_on = PromiseState.PROPOSED, None
    promise.save(update_fields=["by_person", "by_group", "by_role", "second", "state", "made_on"])
    _step(actor, promise, StepKind.HANDED)
    record(actor, "promise.handed", promise, unit_id=promise.unit_id)
    is_own = policies.can_carry(actor, list_carriers([promise])[promise.id].owner_ids)
    if is_own and promise.due_on >= time.today():
        _make(actor, promise)
    return promise


@transaction.atomic
def name_second(*, actor: Actor, promise: Commitment, second: Person | None) -> Commitment:
    """Say who could carry a promise on, or that nobody could."""
    policies.check_can_carry(actor, _lock(promise).ids)
    _check_not_settled(promise)
    if second is not None:
        check_same_community(actor, second)
    promise.second = _checked_second(second, promise.by_person)
    promise.save(update_fields=["second"])
    _step(actor, promise, StepKind.SECOND)
    record(actor, "promise.second", promise, unit_id=promise.unit_id)
    return promise


@transaction.atomic
def write_note(*, actor: Actor, promise: Commitment, text: str) -> PromiseStep:
    """Say something about a promise to all who see it; the caller has found it for the actor."""
    check_same_community(actor, promise)
    text = prose.tidy(text, limit=NOTE_LIMIT)
    if not text:
        raise Invalid("promise_reason_missing")
    return _step(actor, promise, StepKind.NOTE, text)


# --- what they share --------------------------------------------------------------------------------------------------
def _lock(promise: Commitment) -> Carriers:
    """Hold the promise until the transaction ends, as it is now; return who carries it."""
    promise.refresh_from_db(from_queryset=Commitment.objects.select_for_update())
    return list_carriers([promise])[promise.id]


def _step(
    actor: Actor, promise: Commitment, kind: StepKind, text: str = "", before: dict[str, str] | None = None
) -> PromiseStep:
    return PromiseStep.objects.create(
        community_id=promise.community_id,
        commitment=promise,
        kind=kind,
        at=time.now(),
        by_id=actor.recorded_id,
        text=text,
        before=before or {},
    )


def _written(words: Words) -> dict[str, str]:
    limits = {"what": WHAT_LIMIT}
    found = {field: prose.tidy(getattr(words, field), limit=limits.get(field, DETAIL_LIMIT)) for field in WORDS}
    if not found["what"]:
        raise Invalid("text_missing")
    return found


def _reason(text: str) -> str:
    text = prose.tidy(text, limit=REASON_LIMIT)
    if not text:
        raise Invalid("promise_reason_missing")
    return text


def _check_day(due_on: dt.date) -> None:
    today = time.today()
    if due_on < today:
        raise Invalid("promise_due_past", due_on=due_on)
    if due_on > today + dt.timedelta(days=366 * LONGEST_YEARS):
        raise Invalid("promise_due_far", due_on=due_on, years=LONGEST_YEARS)


def _check_not_settled(promise: Commitment) -> None:
    if promise.settled_on is not None:
        raise Conflict("promise_settled", state=PromiseState(promise.state).label)


def _check_can_answer(promise: Commitment) -> None:
    Commitment.objects.select_for_update().get(id=promise.id)
    if promise.pair_id or Commitment.objects.filter(pair=promise).exists():
        raise Conflict("paired_already")


def _checked_second(second: Person | None, promiser: Person | None) -> Person | None:
    if second is not None and second.erased_at is not None:
        raise Conflict("person_erased")
    if second is not None and promiser is not None and second.id == promiser.id:
        raise Invalid("second_is_promiser")
    return second


def _check_near(
    actor: Actor, unit: Unit, by: By, to: To | None, second: Person | None, served: Challenge | Point | None
) -> None:
    """Raise unless one promiser is named, and all that is named is of this community and has not ended."""
    named = [row for row in (by.person, by.group, by.role) if row is not None]
    if len(named) != 1:
        raise Invalid("promise_not_near")
    others = (second, served, *((to.unit, to.group, to.person, to.speaks_for) if to else ()))
    check_same_community(actor, unit, *named, *(row for row in others if row is not None))
    if by.person is not None and by.person.erased_at is not None:
        raise Conflict("person_erased")
    today = time.today()
    for row in (by.group, by.role, by.role.group if by.role else None):
        if row is not None and not row.holds_on(today):
            raise Conflict("promise_by_ended")


def _check_two_sides(promise: Commitment) -> None:
    if (promise.audience == Audience.GROUP and promise.to_group_id is None) or (
        promise.audience == Audience.PERSON and promise.to_person_id is None
    ):
        raise Invalid("promise_to_whom")
    if (promise.by_person_id and promise.by_person_id == promise.to_person_id) or (
        promise.by_group_id and promise.by_group_id == promise.to_group_id
    ):
        raise Invalid("promise_to_itself")
