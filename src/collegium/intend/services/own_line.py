"""Forgetting somebody: what they said and signed goes, what they worded stays without a name."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from collegium.intend.models import (
    Challenge,
    ChangeCheck,
    Citation,
    Conversation,
    Dissent,
    Intent,
    IntentLink,
    LineImport,
    Point,
    SignOn,
    TextVersion,
    Vision,
)


def forget_person(person_id: uuid.UUID) -> None:
    """Delete what somebody said and signed, and take them off what they owned or wrote; inside the erasure."""
    Dissent.objects.filter(person_id=person_id).delete()
    Dissent.objects.filter(answered_by_id=person_id).update(answered_by=None)
    SignOn.objects.filter(person_id=person_id).delete()
    owned: tuple[type[Challenge] | type[Point], ...] = (Challenge, Point)
    for model in owned:
        # The second becomes the owner, so that a challenge is not left without one.
        rows = model._default_manager.filter(owner_id=person_id)  # noqa: SLF001 Django's own name
        rows.filter(second_owner__isnull=False).update(owner=F("second_owner"), second_owner=None)
        model._default_manager.filter(owner_id=person_id).update(owner=None)  # noqa: SLF001
        model._default_manager.filter(second_owner_id=person_id).update(second_owner=None)  # noqa: SLF001
    written: tuple[tuple[type[models.Model], str], ...] = (
        (Vision, "created_by"),
        (Intent, "created_by"),
        (Challenge, "created_by"),
        (Point, "created_by"),
        (IntentLink, "created_by"),
        (TextVersion, "written_by"),
        (Citation, "cited_by"),
        (ChangeCheck, "checked_by"),
        (Conversation, "recorded_by"),
        (LineImport, "created_by"),
    )
    for table, field in written:
        table._default_manager.filter(Q(**{f"{field}_id": person_id})).update(**{field: None})  # noqa: SLF001
