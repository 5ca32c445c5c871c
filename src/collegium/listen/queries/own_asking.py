"""What this room knows of one person, for that person: that they were asked, never what they answered."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from collegium.listen.enums import PulseState
from collegium.listen.models import AskingLimit, Invitation, SenseNote


@dataclass(frozen=True, slots=True)
class OwnAsking:
    """The rows about a person, the latest first; `weeks_between` is None while they have set no limit."""

    invitations: list[Invitation]
    notes: list[SenseNote]
    weeks_between: int | None


def get_own_asking(person_id: uuid.UUID) -> OwnAsking:
    """Return all rows about a person; the caller has checked that they are the person's own to see."""
    asked = Invitation.objects.filter(person_id=person_id).exclude(pulse__state=PulseState.DRAFT)
    notes = SenseNote.objects.filter(written_by_id=person_id).select_related("pulse__unit", "unit")
    return OwnAsking(
        invitations=list(asked.select_related("pulse__unit").order_by("-pulse__opens_at", "id")),
        notes=list(notes.order_by("-written_at", "id")),
        weeks_between=AskingLimit.objects.filter(person_id=person_id).values_list("weeks_between", flat=True).first(),
    )


def dump(person_id: uuid.UUID) -> dict[str, Any]:
    """Return the rows as plain values, for a file that the person takes away."""
    own = get_own_asking(person_id)
    return {
        "asked_in": [
            {
                "pulse": row.pulse.title,
                "unit": row.pulse.unit.name,
                "opened": row.pulse.opens_at.isoformat(),
                "closed": row.pulse.closes_at.isoformat(),
                "answered": row.answered,
            }
            for row in own.invitations
        ],
        "weeks_between_recurring_pulses": own.weeks_between,
        "notes_on_results": [
            {
                "pulse": row.pulse.title,
                "unit": row.unit.name,
                "question": row.question,
                "text": row.text,
                "written_at": row.written_at.isoformat(),
            }
            for row in own.notes
        ],
    }
