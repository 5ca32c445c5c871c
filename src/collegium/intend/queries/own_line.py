"""What the line holds of one person, for that person."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from collegium.intend.models import Challenge, Dissent, Point, SignOn, TextVersion
from collegium.intend.queries import texts


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """Titles and counts of what is somebody's own on the line."""

    owned: list[str]
    signed: list[str]
    dissent: list[str]
    wordings: int


def get_own(person_id: uuid.UUID) -> OwnLine:
    """Return what somebody owns, signed on to, sees otherwise, and worded."""
    owns = Q(owner_id=person_id) | Q(second_owner_id=person_id)
    owned = list(Challenge.objects.filter(owns).order_by("by_on", "id").values_list("title", flat=True))
    owned += list(Point.objects.filter(owns).order_by("created_at", "id").values_list("title", flat=True))
    signed = SignOn.objects.filter(person_id=person_id).order_by("signed_at", "id")
    dissent = Dissent.objects.filter(person_id=person_id).order_by("said_at", "id")
    return OwnLine(
        owned=owned,
        signed=list(signed.values_list("challenge__title", flat=True)),
        dissent=list(dissent.values_list("intent__title", flat=True)),
        wordings=TextVersion.objects.filter(written_by_id=person_id).count(),
    )


def dump(person_id: uuid.UUID) -> dict[str, Any]:
    """Return the same as plain values, with what was written, for the file they take away."""
    own = get_own(person_id)
    dissent = Dissent.objects.filter(person_id=person_id).order_by("said_at", "id").select_related("intent")
    return {
        "owned": own.owned,
        "signed_on": own.signed,
        "seen_otherwise": [
            {"intent": row.intent.title, "said": row.body, "at": row.said_at.isoformat(), "answer": row.answer}
            for row in dissent
        ],
        "worded": texts.dump_own(person_id),
    }
