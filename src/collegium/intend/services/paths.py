"""Choosing a path, planning its steps, and taking them one after the other."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import asdict

from django.db import IntegrityError, transaction

from collegium.base import prose, time
from collegium.intend import policies
from collegium.intend.enums import Path, StepKind
from collegium.intend.errors import Conflict, Invalid
from collegium.intend.models import Revisit, Text, TrustPath, TrustStep
from collegium.intend.models.paths import WHY_LIMIT
from collegium.intend.queries import paths
from collegium.intend.trusting import RULE, Suggested
from collegium.people.actors import Actor
from collegium.people.models import Unit
from collegium.people.services.writing import check_open, check_same_community, locate, record, tidy

LEARNED_LIMIT = 2000

STEPS: dict[Path, tuple[StepKind, ...]] = {
    Path.TRUST_FIRST: (
        StepKind.TRUST,
        StepKind.VISION,
        StepKind.STRATEGY,
        StepKind.ACTION,
        StepKind.REVISIT,
        StepKind.USE,
    ),
    Path.VISION_FIRST: (
        StepKind.VISION,
        StepKind.STRATEGY,
        StepKind.ACTION,
        StepKind.TRUST,
        StepKind.REVISIT,
        StepKind.USE,
    ),
}


@transaction.atomic
def choose_path(*, actor: Actor, unit: Unit, path: str, why: str = "") -> TrustPath:
    """Put a unit on a path. Choosing otherwise than the guidance suggests needs a reason, which stays beside it."""
    place = locate(unit)
    policies.check_can_keep(actor, place)
    check_same_community(actor, unit)
    check_open(unit, time.today())
    if path not in Path.values:
        raise Invalid("path_missing")
    because = tidy(why, limit=WHY_LIMIT, required=False)
    guidance = paths.read_guidance(actor, place)
    suggested = guidance.suggestion.path
    if suggested is not Suggested.UNKNOWN and suggested.value != path and not because:
        raise Invalid("path_why_missing")
    try:
        with transaction.atomic():
            chosen = TrustPath.objects.create(
                community_id=actor.community_id,
                unit=unit,
                path=path,
                suggested=suggested.value,
                evidence=_snapshot(guidance),
                why=because,
                chosen_at=time.now(),
                chosen_by_id=actor.recorded_id,
            )
    except IntegrityError:  # the unit is on one already
        raise Conflict("path_chosen_already") from None
    TrustStep.objects.bulk_create(
        TrustStep(community_id=actor.community_id, path=chosen, place=place_, kind=kind)
        for place_, kind in enumerate(STEPS[Path(path)], start=1)
    )
    record(actor, "trust_path.chosen", chosen, unit_id=unit.id, path=path)
    return chosen


def _snapshot(guidance: paths.Guidance) -> dict[str, object]:
    """Keep what was published that day, so that a later reader sees what the choice rested on."""
    kept: dict[str, object] = {"rule": RULE, "reason": guidance.suggestion.reason.value, "source": guidance.source}
    if guidance.evidence is not None:
        kept |= {
            key: value.isoformat() if isinstance(value, dt.date) else value
            for key, value in asdict(guidance.evidence).items()
        }
    return kept


@transaction.atomic
def leave_path(*, actor: Actor, path: TrustPath, because: str) -> TrustPath:
    """Leave a path, to choose again; it stays on record with its steps and the reason."""
    policies.check_can_keep(actor, locate(path.unit))
    reason = tidy(because, limit=WHY_LIMIT)
    path.refresh_from_db(from_queryset=TrustPath.objects.select_for_update())
    if path.left_at is not None:
        raise Conflict("path_left_already")
    path.left_at, path.left_because = time.now(), reason
    path.save(update_fields=["left_at", "left_because"])
    record(actor, "trust_path.left", path, unit_id=path.unit_id, path=path.path)
    return path


@transaction.atomic
def plan_step(
    *, actor: Actor, step: TrustStep, owner_id: uuid.UUID, second_id: uuid.UUID | None, due_on: dt.date
) -> TrustStep:
    """Say who sees to a step, who could in their place, and by when."""
    place = locate(step.path.unit)
    policies.check_can_keep(actor, place)
    _lock(step)
    if step.done_on is not None:
        raise Conflict("step_done_already", done_on=step.done_on)
    if owner_id == second_id:
        raise Invalid("step_two_people")
    if due_on < time.today():
        raise Invalid("step_due_in_past")
    named = {owner_id} | ({second_id} if second_id else set())
    if paths.list_here(place, named) != named:
        raise Invalid("step_of_others")
    step.owner_id, step.second_id, step.due_on = owner_id, second_id, due_on
    step.save(update_fields=["owner", "second", "due_on"])
    record(actor, "trust_step.planned", step, unit_id=place.unit_id, step=step.kind)
    return step


@transaction.atomic
def finish_step(*, actor: Actor, step: TrustStep, learned: str) -> TrustStep:
    """Say that a step is done and what was learned. Steps come one after the other, each carried by somebody."""
    place = locate(step.path.unit)
    policies.check_can_do_step(actor, place, (step.owner_id, step.second_id))
    _lock(step)
    if step.done_on is not None:
        raise Conflict("step_done_already", done_on=step.done_on)
    if TrustStep.objects.filter(path=step.path, place__lt=step.place, done_on__isnull=True).exists():
        raise Conflict("step_too_early")
    if step.kind == StepKind.REVISIT:
        _check_revisited(step)
    step.learned, step.done_on = _long(learned), time.today()
    step.save(update_fields=["learned", "done_on"])
    record(actor, "trust_step.done", step, unit_id=place.unit_id, step=step.kind)
    return step


def _check_revisited(step: TrustStep) -> None:
    found = paths.list_revisited(step)
    if not found:
        raise Conflict("nothing_to_revisit")
    if not all(each.is_settled for each in found):
        raise Conflict("revisit_not_settled")


@transaction.atomic
def undo_step(*, actor: Actor, step: TrustStep) -> TrustStep:
    """Say that the step done last is not done after all. What was written stays, to be written on."""
    place = locate(step.path.unit)
    policies.check_can_do_step(actor, place, (step.owner_id, step.second_id))
    _lock(step)
    later = TrustStep.objects.filter(path=step.path, place__gt=step.place, done_on__isnull=False)
    if step.done_on is None or later.exists():
        raise Conflict("step_not_last")
    step.done_on = None
    step.save(update_fields=["done_on"])
    record(actor, "trust_step.undone", step, unit_id=place.unit_id, step=step.kind)
    return step


@transaction.atomic
def reopen_text(*, actor: Actor, step: TrustStep, text: Text, learned: str, stands_because: str = "") -> Revisit:
    """Open a published text again with what was learned: to be reworded, or to say why it stands as it is."""
    place = locate(step.path.unit)
    policies.check_can_keep(actor, place)
    _lock(step)
    if step.done_on is not None:
        raise Conflict("step_done_already", done_on=step.done_on)
    paths.get_to_revisit(step, text.id)
    what = tidy(learned, limit=WHY_LIMIT)
    stands = tidy(stands_because, limit=WHY_LIMIT, required=False)
    revisit, is_new = Revisit.objects.get_or_create(
        step=step,
        text=text,
        defaults={
            "community_id": actor.community_id,
            "from_version": text.version,
            "learned": what,
            "stands_because": stands,
            "opened_at": time.now(),
            "opened_by_id": actor.recorded_id,
        },
    )
    if not is_new:
        revisit.learned, revisit.stands_because = what, stands
        revisit.save(update_fields=["learned", "stands_because"])
    record(actor, "trust_step.reopened", revisit, unit_id=place.unit_id, stands=bool(stands))
    return revisit


def forget_person(person_id: uuid.UUID) -> None:
    """Forget an erased person: the steps they saw to ask for somebody else."""
    TrustStep.objects.filter(owner_id=person_id).update(owner=None)
    TrustStep.objects.filter(second_id=person_id).update(second=None)


def _lock(step: TrustStep) -> None:
    """Let nobody else change the path meanwhile; one that was left is not gone on with."""
    path = TrustPath.objects.select_for_update().get(id=step.path_id)
    if path.left_at is not None:
        raise Conflict("path_left_already")
    step.refresh_from_db(fields=["owner", "second", "due_on", "done_on", "learned"])


def _long(text: str) -> str:
    written = prose.tidy(text, limit=LEARNED_LIMIT)
    if not written:
        raise Invalid("step_learned_missing")
    return written
