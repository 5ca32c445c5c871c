"""Cycles: planned with a prediction, locked by the first number, studied with a decision."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction

from collegium.base import time
from collegium.enquire.enums import Decision
from collegium.enquire.errors import Conflict
from collegium.enquire.models import Cycle, Enquiry
from collegium.enquire.policies import Standing
from collegium.enquire.services.enquiries import check_work, tidy_text, touch
from collegium.people.actors import Actor
from collegium.people.services.writing import record


@transaction.atomic
def begin(*, actor: Actor, enquiry: Enquiry, standing: Standing, plan: str, prediction: str) -> Cycle:
    """Begin the next cycle, when the last one has been studied."""
    check_work(actor, enquiry, standing)
    cycles = Cycle.objects.filter(enquiry=enquiry)
    if cycles.filter(decision="").exists():
        raise Conflict("cycle_open")
    cycle = Cycle.objects.create(
        community_id=enquiry.community_id,
        enquiry=enquiry,
        number=cycles.count() + 1,
        plan=tidy_text(plan, required=True),
        prediction=tidy_text(prediction, required=True),
        begun_by_id=actor.recorded_id,
    )
    touch(enquiry)
    record(actor, "enquiry.cycle_begun", enquiry, unit_id=enquiry.unit_id, title=enquiry.title)
    return cycle


@transaction.atomic
def change(*, actor: Actor, enquiry: Enquiry, standing: Standing, cycle: Cycle, plan: str, prediction: str) -> Cycle:
    """Change what is planned and predicted, as long as no number has come in."""
    check_work(actor, enquiry, standing)
    cycle = _reload(cycle)
    if cycle.locked_at is not None:
        raise Conflict("cycle_locked")
    cycle.plan, cycle.prediction = tidy_text(plan, required=True), tidy_text(prediction, required=True)
    cycle.save(update_fields=["plan", "prediction"])
    touch(enquiry)
    record(actor, "enquiry.cycle_changed", enquiry, unit_id=enquiry.unit_id, title=enquiry.title)
    return cycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Studied:
    """What came of a cycle, and what follows from it."""

    found: str
    decision: Decision
    surprise: str = ""


@transaction.atomic
def study(*, actor: Actor, enquiry: Enquiry, standing: Standing, cycle: Cycle, studied: Studied) -> Cycle:
    """Say what came of a cycle and what follows; it stays as it is then."""
    check_work(actor, enquiry, standing)
    cycle = _reload(cycle)
    if cycle.decision:
        raise Conflict("cycle_studied")
    cycle.found, cycle.surprise = tidy_text(studied.found, required=True), tidy_text(studied.surprise)
    cycle.decision, cycle.studied_at, cycle.studied_by_id = studied.decision, time.now(), actor.recorded_id
    cycle.locked_at = cycle.locked_at or cycle.studied_at
    cycle.save()
    touch(enquiry)
    record(actor, "enquiry.cycle_studied", enquiry, unit_id=enquiry.unit_id, title=enquiry.title)
    return cycle


def lock_prediction(enquiry: Enquiry) -> None:
    """Let what was predicted stay as it is, for a number has come in."""
    Cycle.objects.filter(enquiry=enquiry, locked_at__isnull=True).update(locked_at=time.now())


def forget_person(person_id: uuid.UUID) -> None:
    """Take a name off the cycles; what was written stays with the team."""
    Cycle.objects.filter(begun_by_id=person_id).update(begun_by=None)
    Cycle.objects.filter(studied_by_id=person_id).update(studied_by=None)


def _reload(cycle: Cycle) -> Cycle:
    """Return the cycle as it stands now that its enquiry is locked."""
    return Cycle.objects.get(id=cycle.id)
