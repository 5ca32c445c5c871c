"""What follows from the levels that were agreed: a phase or a stage, by the rule that the file of the review states."""

from __future__ import annotations

from collections.abc import Mapping

from collegium.guide.reviews.model import Definition


def work_out(definition: Definition, agreed: Mapping[str, str], weights: Mapping[str, int]) -> str:
    """Return the furthest phase or stage whose condition holds; nothing where less than half of the weight is agreed.

    `agreed` holds the level of each claim on which people agree, `weights` those that are not 1. A claim without an
    agreed level counts for nothing, and dials never count.
    """
    weight_of = {claim.key: weights.get(claim.key, 1) for claim in definition.weighed}
    settled = [claim for claim in definition.weighed if agreed.get(claim.key)]
    weight = sum(weight_of[claim.key] for claim in settled)
    if not definition.outcomes or not weight or 2 * weight < sum(weight_of.values()):
        return ""
    reached = definition.outcomes[0].key
    for outcome in definition.outcomes[1:]:
        far = sum(
            weight_of[claim.key]
            for claim in settled
            if claim.place(agreed[claim.key]) >= claim.place(outcome.level)
        )  # fmt: skip
        if 100 * far >= outcome.percent * weight:
            reached = outcome.key
    return reached
