"""What this room holds of one person, for that person."""

from __future__ import annotations

import uuid
from typing import Any

from collegium.guide.models import DigestChoice, MoveRecord
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
