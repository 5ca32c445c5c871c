"""After people have talked: what they agree on, who dissents, and what follows for the unit."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from collegium.base import prose, time
from collegium.guide import policies, reviews
from collegium.guide.enums import ReviewState
from collegium.guide.errors import Conflict, Invalid
from collegium.guide.models import Agreement, Dissenting, Review, Weights
from collegium.guide.queries import reviews as queries
from collegium.guide.queries.reviews import FoundReview
from collegium.guide.reviews import Claim, Definition
from collegium.people.actors import Actor
from collegium.people.models import Unit
from collegium.people.services.writing import locate, record

TEXT_LIMIT = 2000
LOWEST_WEIGHT, HIGHEST_WEIGHT = 1, 5


def _hold(review: Review) -> Review:
    held: Review = Review.objects.select_for_update().get(id=review.id)
    if held.state == ReviewState.JUDGING:
        raise Conflict("review_not_closed")
    if held.state != ReviewState.TALKING:
        raise Conflict("review_finished")
    return held


@transaction.atomic
def agree(*, actor: Actor, found: FoundReview, claim: Claim, level: str, why: str = "") -> Agreement:
    """Write down the level on which people agreed, or with an empty one that they could not, and why."""
    policies.check_can_record_review(actor, found.place)
    review, said = _hold(found.review), prose.tidy(why, limit=TEXT_LIMIT)
    if level and claim.find(level) is None:
        raise Invalid("review_level_unknown")
    if not level and not said:
        raise Invalid("review_say_why")
    kept, _is_new = Agreement.objects.update_or_create(
        review=review,
        claim=claim.key,
        defaults={
            "community_id": review.community_id,
            "level": level,
            "why": said,
            "recorded_by_id": actor.recorded_id,
            "recorded_at": time.now(),
        },
    )
    record(actor, "review.agreed", review, unit_id=review.unit_id, title=f"{found.definition.title}: {claim.title}")
    return kept


@transaction.atomic
def dissent(*, actor: Actor, found: FoundReview, claim: Claim, text: str) -> None:
    """Put one's own dissent on record, under one's name; an empty text takes it back."""
    policies.check_can_judge(actor, found.seat.person_id if found.seat else None)
    review, said = _hold(found.review), prose.tidy(text, limit=TEXT_LIMIT)
    if not said:
        Dissenting.objects.filter(review=review, claim=claim.key, person_id=actor.person_id).delete()
        return
    Dissenting.objects.update_or_create(
        review=review,
        claim=claim.key,
        person_id=actor.person_id,
        defaults={"community_id": review.community_id, "text": said, "written_at": time.now()},
    )


@transaction.atomic
def finish(*, actor: Actor, found: FoundReview, is_shared: bool = False) -> Review:
    """Finish a review: from today its phase or stage is the unit's, worked out by the weights that hold now."""
    policies.check_can_record_review(actor, found.place)
    review = _hold(found.review)
    agreed = {claim: each.level for claim, each in queries.list_agreements(review).items()}
    if missing := [claim.title for claim in found.definition.claims if claim.key not in agreed]:
        raise Conflict("review_claims_open", titles=", ".join(missing))
    weights = queries.find_weights(queries.weighing_unit(found.review), review.key)
    review.weights = weights.weights if weights else {}
    review.outcome = reviews.work_out(found.definition, agreed, review.weights)
    review.is_shared = is_shared and review.part_of_id is not None
    review.state, review.finished_at = ReviewState.AGREED, time.now()
    review.save(update_fields=["weights", "outcome", "is_shared", "state", "finished_at"])
    record(
        actor, "review.finished", review, unit_id=review.unit_id, title=found.definition.title, outcome=review.outcome
    )
    return review


@transaction.atomic
def set_weights(
    *, actor: Actor, unit: Unit, definition: Definition, weights: Mapping[str, int], reason: str
) -> Weights:
    """Say what the claims of a review weigh in a unit from now on, and why; finished reviews keep what they had."""
    policies.check_can_open_review(actor, locate(unit))
    said = prose.tidy(reason, limit=TEXT_LIMIT)
    if not said:
        raise Invalid("weights_say_why")
    kept = {claim.key: weights.get(claim.key, 1) for claim in definition.weighed}
    if any(not LOWEST_WEIGHT <= weight <= HIGHEST_WEIGHT for weight in kept.values()):
        raise Invalid("weights_range", lowest=LOWEST_WEIGHT, highest=HIGHEST_WEIGHT)
    row = Weights.objects.create(
        community_id=unit.community_id,
        unit=unit,
        key=definition.key,
        weights=kept,
        reason=said,
        set_by_id=actor.recorded_id,
        set_at=time.now(),
    )
    record(actor, "weights.set", row, unit_id=unit.id, title=definition.title)
    return row
