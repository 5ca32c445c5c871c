"""What this room holds of one person, for that person."""

from __future__ import annotations

import uuid
from typing import Any

from collegium.guide.models import MoveRecord


def list_own_answers(person_id: uuid.UUID) -> list[MoveRecord]:
    """Return the answers that somebody gave to what was suggested, the latest first."""
    rows = MoveRecord.objects.filter(answered_by_id=person_id).select_related("unit")
    return list(rows.order_by("-answered_at", "id"))


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
