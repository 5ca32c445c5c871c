"""What this room holds of one person, for that person."""

from __future__ import annotations

import uuid
from typing import Any

from collegium.guide.models import Agreement, DigestChoice, Dissenting, MoveRecord, Review, Seat
from collegium.guide.queries import digests


def list_own_answers(person_id: uuid.UUID) -> list[MoveRecord]:
    """Return the answers that somebody gave to what was suggested, the latest first."""
    rows = MoveRecord.objects.filter(answered_by_id=person_id).select_related("unit")
    return list(rows.order_by("-answered_at", "id"))


def dump_digest(person_id: uuid.UUID) -> dict[str, str | None]:
    """Return how often somebody gets the digest and when one was made last, as plain values."""
    row = DigestChoice.objects.filter(person_id=person_id).first()
    made_on = row.made_on.isoformat() if row and row.made_on else None
    return {"often": digests.get_often(person_id).value, "made_on": made_on}


def dump(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """Return them as plain values, for a file that the person takes away."""
    return [
        {
            "unit": row.unit.name,
            "move": row.title,
            "answer": row.answer,
            "reason": row.reason,
            "answered_at": row.answered_at.isoformat(),
            "came_of_it": row.came_of_it,
        }
        for row in list_own_answers(person_id)
    ]


def list_own_reviews(person_id: uuid.UUID) -> list[Seat]:
    """Return the reviews that asked somebody, the latest first."""
    rows = Seat.objects.filter(person_id=person_id).select_related("review__unit", "review__file")
    return list(rows.order_by("-review__opened_at", "id"))


def dump_reviews(person_id: uuid.UUID) -> dict[str, Any]:
    """Return what a person had to do with reviews, as plain values.

    That they judged is in it; what, nobody can tell, so it is not.
    """
    dissents = Dissenting.objects.filter(person_id=person_id).select_related("review__file")
    agreed = Agreement.objects.filter(recorded_by_id=person_id).select_related("review__file")
    friend = Review.objects.filter(friend_id=person_id).select_related("unit", "file")
    return {
        "asked": [
            {"unit": row.review.unit.name, "review": row.review.file.title, "has_judged": row.has_judged}
            for row in list_own_reviews(person_id)
        ],
        "dissent": [
            {
                "review": row.review.file.title,
                "claim": row.claim,
                "text": row.text,
                "written_at": row.written_at.isoformat(),
            }
            for row in dissents.order_by("written_at", "id")
        ],
        "recorded": [
            {"review": row.review.file.title, "claim": row.claim, "level": row.level, "why": row.why}
            for row in agreed.order_by("recorded_at", "id")
        ],
        "critical_friend_of": [f"{row.file.title} ({row.unit.name})" for row in friend.order_by("opened_at", "id")],
    }
