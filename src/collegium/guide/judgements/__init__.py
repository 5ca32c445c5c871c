"""Judgements of an open review: the only module of the house that handles them, and never one by itself.

They lie together in sealed boxes (`base.boxes`) until the review closes. Then they are counted, claim by claim, and
gone: where too few judged nothing is counted, and in no case is what one person said of two claims kept together.
"""

from __future__ import annotations

from collections.abc import Mapping

from collegium.base.boxes import Boxes, BoxesClosed
from collegium.guide.models.reviews import JudgementBox, Review
from collegium.guide.reviews import Definition

__all__ = ["BOXES", "FEWEST", "BoxesClosed", "count", "put"]

FEWEST = 6  # five beside whoever looks, who knows their own
CANNOT_TELL = "-"
BOXES = Boxes(model=JudgementBox, owner="review", folder="review-keys", allowance=128)


def put(review: Review, definition: Definition, levels: Mapping[str, str]) -> None:
    """Put what somebody judged into a box: a sign for each claim, as many whatever they said.

    A claim without a level is one of which they cannot tell. `BoxesClosed` where this machine cannot open it.
    """
    signs = [
        str(claim.place(levels[claim.key])) if levels.get(claim.key) else CANNOT_TELL for claim in definition.claims
    ]
    BOXES.put(review, ("".join(signs),))


def count(review: Review, definition: Definition) -> dict[str, object]:
    """Empty the boxes and return how many chose each level of each claim of which enough could tell."""
    try:
        slips = BOXES.empty(review)
    except BoxesClosed:
        BOXES.destroy(review)
        return {"lost": True}
    if len(slips) < FEWEST:
        return {"withheld": True}
    counts = {claim.key: [0] * len(claim.descriptors) for claim in definition.claims}
    for (signs,) in slips:
        for claim, sign in zip(definition.claims, signs, strict=True):
            if sign != CANNOT_TELL:
                counts[claim.key][int(sign)] += 1
    return {"n": len(slips), "counts": {key: levels for key, levels in counts.items() if sum(levels) >= FEWEST}}
