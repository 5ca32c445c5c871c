"""What an enquiry measures: measures added, baselines frozen by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from collegium.base import time
from collegium.enquire.enums import Direction, Frequency, Numbers, Role
from collegium.enquire.errors import Invalid
from collegium.enquire.models import Enquiry, Measure, Segment
from collegium.enquire.models.enquiries import TITLE_LIMIT
from collegium.enquire.models.measures import GROUP_LIMIT
from collegium.enquire.policies import Standing
from collegium.enquire.services.enquiries import check_work, tidy_text, touch
from collegium.enquire.services.outcomes import keep_signal
from collegium.people.actors import Actor
from collegium.people.services.writing import record, tidy

MOST_SEGMENTS = 500


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
    titles = [tidy(title, limit=GROUP_LIMIT) for title in defined.segments] or [""]
    if len(set(titles)) < len(titles):
        raise Invalid("measure_segment_twice")
    if len(titles) > MOST_SEGMENTS:
        raise Invalid("measure_too_many_segments", limit=MOST_SEGMENTS)
    measure = make_measure(enquiry, defined, Measure.objects.filter(enquiry=enquiry).count())
    measure.save(force_insert=True)
    Segment.objects.bulk_create(
        Segment(community_id=enquiry.community_id, measure=measure, title=title, position=place)
        for place, title in enumerate(titles)
    )
    touch(enquiry)
    record(actor, "enquiry.measure_added", enquiry, unit_id=enquiry.unit_id, title=enquiry.title)
    return measure


def make_measure(enquiry: Enquiry, defined: Defined, position: int) -> Measure:
    """Return a measure as it is defined, not written yet."""
    return Measure(
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
        position=position,
    )


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
    keep_signal(enquiry)
    touch(enquiry)
    record(actor, "enquiry.baseline_set", enquiry, unit_id=enquiry.unit_id, title=enquiry.title, points=points)
    return measure
