"""Judging alone, and counting when the time has come.

A judgement and the mark that somebody has judged become durable in one step; no event is recorded, nothing is logged,
and nothing leads from the one to the other.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from collegium.base import events, indicators, jobs, tenancy, time
from collegium.base.jobs import Report
from collegium.guide import judgements, policies
from collegium.guide.enums import ReviewState
from collegium.guide.errors import Conflict, Invalid
from collegium.guide.models import Review, Seat
from collegium.guide.queries import reviews as queries
from collegium.guide.queries.reviews import FoundReview
from collegium.guide.reviews import Definition
from collegium.people.actors import Actor

CLOSE_JOB = "guide.close_review"
KEYS_KEPT = dt.timedelta(days=1)


class BoxClosed(Conflict):
    """This machine cannot open the box; nothing was marked and nothing was lost."""

    status = 503
    code = "review_closed_box"


@transaction.atomic
def judge(*, actor: Actor, found: FoundReview, levels: Mapping[str, str]) -> None:
    """Take what somebody judged, once; a claim without a level is one of which they cannot tell."""
    policies.check_can_judge(actor, found.seat.person_id if found.seat else None)
    review: Review = Review.objects.select_for_update().get(id=found.review.id)
    if review.state != ReviewState.JUDGING or review.closes_at <= time.now():
        raise Conflict("review_over")
    for claim in found.definition.claims:
        if levels.get(claim.key) and claim.find(levels[claim.key]) is None:
            raise Invalid("review_level_unknown")
    seats = Seat.objects.filter(review=review, person_id=actor.person_id, has_judged=False)
    if not seats.update(has_judged=True):
        raise Conflict("review_judged_already")
    try:
        judgements.put(review, found.definition, levels)
    except judgements.BoxesClosed as error:
        raise BoxClosed from error


def close_later(review: Review) -> None:
    """Have a review closed whose time has come."""
    jobs.enqueue(CLOSE_JOB, community_id=review.community_id, started_by=None, review_id=str(review.id))


def close(*, report: Report, review_id: str) -> dict[str, int]:
    """Close a review if its time has come; run twice, the second finds it closed."""
    with transaction.atomic():
        rows = Review.objects.select_for_update(of=("self",)).select_related("file", "unit")
        review = rows.filter(id=uuid.UUID(review_id), state=ReviewState.JUDGING).first()
        if review is None or time.now() < review.closes_at:
            return {"closed": 0}
        report(1, 3, "")
        definition = queries.read_file(review.file)
        review.result = judgements.count(review, definition)
        review.evidence = read_evidence(review, definition)
        report(2, 3, "")
        review.state, review.closed_at = ReviewState.TALKING, time.now()
        review.save(update_fields=["state", "closed_at", "result", "evidence"])
        events.record(
            "review.closed",
            community_id=review.community_id,
            actor_id=None,
            object_kind="review",
            object_id=review.id,
            unit_id=review.unit_id,
            data={"title": definition.title},
        )
    report(3, 3, "")
    return {"closed": 1}


def read_evidence(review: Review, definition: Definition) -> list[dict[str, Any]]:
    """Read what stands beside the claims on the day; what is shown of it is for the reader's eyes to decide."""
    known = {each.key for each in indicators.list_indicators()}
    keys = dict.fromkeys(key for claim in definition.claims for key in claim.indicators if key in known)
    rows = []
    with indicators.sharing():
        for key in keys:
            found = indicators.read(key, review.unit_id, time.today())
            low, high = found.interval or (None, None)
            rows.append(
                {"key": key, "value": found.value, "low": low, "high": high, "n": found.n, "source": found.source}
            )
    return rows


def do_what_is_due() -> None:
    """Start closing every review whose time has come, and overwrite keys that are no longer a box's."""
    with tenancy.across_communities():
        for review in Review.objects.filter(state=ReviewState.JUDGING, closes_at__lte=time.now()):
            if jobs.is_wanted(CLOSE_JOB, community_id=review.community_id, review_id=str(review.id)):
                close_later(review)
        judgements.BOXES.forget_old_keys(time.now() - KEYS_KEPT)
