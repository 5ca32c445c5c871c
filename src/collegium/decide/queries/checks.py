"""Flat when deciding, vertical when carrying out: what the decisions of a unit over a year say about that (C5)."""

from __future__ import annotations

import datetime as dt
import statistics
import uuid
from dataclasses import dataclass

from django.db.models import Count, Q

from collegium.base import time
from collegium.decide.enums import Voice
from collegium.decide.models import Carrying, Outcome, Part
from collegium.intend.models import Commitment
from collegium.intend.promise_enums import PromiseState
from collegium.people.queries import structure

YEAR = dt.timedelta(days=365)
GRACE = dt.timedelta(weeks=2)  # a meeting later is in time


@dataclass(frozen=True, slots=True)
class Portion:
    """So many of so many."""

    some: int
    all: int


def _published(unit_id: uuid.UUID, as_of: dt.date) -> list[Outcome]:
    inside = structure.inside(unit_id, as_of)
    until = time.start_of(as_of + dt.timedelta(days=1))
    found = Outcome.objects.filter(matter__unit_id__in=inside, published_at__lt=until, published_at__gte=until - YEAR)
    return list(found.select_related("matter").order_by("published_at", "id"))


def count_involved(unit_id: uuid.UUID, as_of: dt.date) -> Portion:
    """Count the decisions of a year in which everybody affected, not only named people, had a vote."""
    rows = _published(unit_id, as_of)
    whole = Part.objects.filter(matter__in=[row.matter_id for row in rows], voice=Voice.VOTE, person__isnull=True)
    involved = set(whole.values_list("matter_id", flat=True))
    return Portion(sum(row.matter_id in involved for row in rows), len(rows))


def get_median_days(unit_id: uuid.UUID, as_of: dt.date) -> tuple[float | None, int]:
    """Return the median days from the first proposal of a matter to its outcome, and of how many decisions."""
    days = [
        (row.published_at - row.matter.proposed_at).total_seconds() / 86400
        for row in _published(unit_id, as_of)
        if row.number == 1 and row.matter.proposed_at is not None
    ]
    return (statistics.median(days) if days else None), len(days)


def count_reviewed(unit_id: uuid.UUID, as_of: dt.date) -> Portion:
    """Count the decisions of a year whose day of review has come, and those of them that were reviewed."""
    due = [row for row in _published(unit_id, as_of) if row.review_on <= as_of]
    return Portion(sum(row.reviewed_at is not None and row.reviewed_at.date() <= as_of for row in due), len(due))


def count_review_past(unit_id: uuid.UUID, as_of: dt.date) -> Portion:
    """Count the decisions that wait to be looked at again, and those whose day passed more than two weeks ago."""
    until = time.start_of(as_of + dt.timedelta(days=1))
    published = Outcome.objects.filter(matter__unit_id__in=structure.inside(unit_id, as_of), published_at__lt=until)
    waiting = published.filter(Q(reviewed_at__isnull=True) | Q(reviewed_at__gte=until))
    past = Count("id", filter=Q(review_on__lt=as_of - GRACE))
    found = waiting.aggregate(all=Count("id"), past=past)
    return Portion(found["past"], found["all"])


def count_carried_out(unit_id: uuid.UUID, as_of: dt.date) -> Portion:
    """Count the steps of a year's decisions that are due, and those of them whose promise was kept."""
    outcomes = _published(unit_id, as_of)
    ids = Carrying.objects.filter(outcome__in=outcomes).values("commitment_id")
    due = Commitment.objects.filter(id__in=ids, due_on__lte=as_of)
    found = due.aggregate(all=Count("id"), kept=Count("id", filter=Q(state=PromiseState.KEPT)))
    return Portion(found["kept"], found["all"])
