"""What an enquiry measures: measures added, numbers entered and corrected, baselines frozen by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from collegium.base import time
from collegium.enquire.enums import Direction, Frequency, Numbers, Role
from collegium.enquire.errors import Invalid
from collegium.enquire.models import Enquiry, Measure, Point, Segment
from collegium.enquire.models.enquiries import TITLE_LIMIT
from collegium.enquire.periods import first_day_of
from collegium.enquire.policies import Standing
from collegium.enquire.services.cycles import lock_prediction
from collegium.enquire.services.enquiries import check_work, tidy_text, touch
from collegium.people.actors import Actor
from collegium.people.services.writing import record, tidy

MOST_SEGMENTS = 60
OF_SOMETHING = frozenset({Numbers.PROPORTION, Numbers.RATE})
WHOLE = frozenset({Numbers.PROPORTION, Numbers.COUNT, Numbers.RATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Defined:
    """What is measured, how, and in which groups apart; no groups is all together."""

    title: str
    definition: str
    numbers: Numbers
    role: Role = Role.OUTCOME
    direction: Direction = Direction.UP
    frequency: Frequency = Frequency.WEEK
    source: str = ""
    target: float | None = None
    per: float = 1.0
    segments: Sequence[str] = ()


@transaction.atomic
def add_measure(*, actor: Actor, enquiry: Enquiry, standing: Standing, defined: Defined) -> Measure:
    """Add a measure to an enquiry."""
    check_work(actor, enquiry, standing)
    titles = [tidy(title, limit=80) for title in defined.segments] or [""]
    if len(set(titles)) < len(titles):
        raise Invalid("measure_segment_twice")
    if len(titles) > MOST_SEGMENTS:
        raise Invalid("measure_too_many_segments", limit=MOST_SEGMENTS)
    measure = Measure.objects.create(
        community_id=enquiry.community_id,
        enquiry=enquiry,
        title=tidy(defined.title, limit=TITLE_LIMIT),
        definition=tidy_text(defined.definition, required=True),
        role=defined.role,
        numbers=defined.numbers,
        direction=defined.direction,
        frequency=defined.frequency,
        source=tidy(defined.source, limit=200, required=False),
        target=defined.target,
        per=defined.per if defined.numbers == Numbers.RATE else 1.0,
        position=Measure.objects.filter(enquiry=enquiry).count(),
    )
    Segment.objects.bulk_create(
        Segment(community_id=enquiry.community_id, measure=measure, title=title, position=place)
        for place, title in enumerate(titles)
    )
    touch(enquiry)
    record(actor, "enquiry.measure_added", enquiry, unit_id=enquiry.unit_id, title=enquiry.title)
    return measure


@transaction.atomic
def enter_point(
    *,
    actor: Actor,
    enquiry: Enquiry,
    standing: Standing,
    segment: Segment,
    on: dt.date,
    value: float | None,
    denominator: float | None = None,
    note: str = "",
) -> Point:
    """Enter the number of a period, or correct it: what stood there is kept as replaced."""
    check_work(actor, enquiry, standing)
    if segment.measure.enquiry_id != enquiry.id:
        raise Invalid("enquiry_text_missing")
    note = tidy(note, limit=200, required=False)
    numbers = Numbers(segment.measure.numbers)
    _check_number(numbers, value, denominator, note)
    if on > time.today():
        raise Invalid("point_later")
    day, now = first_day_of(on, segment.measure.frequency), time.now()
    Point.objects.filter(segment=segment, on=day, replaced_at__isnull=True).update(replaced_at=now)
    point = Point.objects.create(
        community_id=enquiry.community_id,
        segment=segment,
        on=day,
        value=value,
        denominator=denominator if numbers in OF_SOMETHING and value is not None else None,
        note=note,
        entered_at=now,
        entered_by_id=actor.recorded_id,
    )
    lock_prediction(enquiry)
    touch(enquiry)
    record(actor, "enquiry.measured", enquiry, unit_id=enquiry.unit_id, title=enquiry.title)
    return point


@transaction.atomic
def set_baseline(
    *, actor: Actor, enquiry: Enquiry, standing: Standing, measure: Measure, points: int, reason: str
) -> Measure:
    """Say on how many points, from the first, the lines of a measure rest; 0 for all. A reason is always asked for."""
    check_work(actor, enquiry, standing)
    said = tidy(reason, limit=300, required=False)
    if not said:
        raise Invalid("baseline_reason")
    measure.baseline_points, measure.baseline_reason = points, said
    measure.baseline_at, measure.baseline_by_id = time.now(), actor.recorded_id
    measure.save(update_fields=["baseline_points", "baseline_reason", "baseline_at", "baseline_by"])
    touch(enquiry)
    record(actor, "enquiry.baseline_set", enquiry, unit_id=enquiry.unit_id, title=enquiry.title, points=points)
    return measure


def _check_number(numbers: Numbers, value: float | None, denominator: float | None, note: str) -> None:
    if value is None:
        if not note:
            raise Invalid("point_absent")
        return
    if numbers in WHOLE and (value < 0 or value != round(value)):
        raise Invalid("point_not_whole")
    if numbers in OF_SOMETHING:
        if denominator is None or denominator <= 0:
            raise Invalid("point_denominator")
        if numbers == Numbers.PROPORTION and value > denominator:
            raise Invalid("point_above")
