"""What this room holds of one person, for that person."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Q

from collegium.enquire.models import (
    Cycle,
    DriverVersion,
    Enquiry,
    EnquiryMember,
    Evidence,
    Idea,
    Point,
    PointImport,
    PracticeDraft,
    StageNote,
    Trial,
)


def list_own(person_id: uuid.UUID) -> list[Enquiry]:
    """Return the enquiries that somebody owns, works on or looks at as a critical friend."""
    team = EnquiryMember.objects.filter(person_id=person_id).values("enquiry_id")
    own = Q(owner_id=person_id) | Q(second_owner_id=person_id) | Q(critical_friend_id=person_id) | Q(id__in=team)
    return list(Enquiry.objects.filter(own).order_by("-created_at", "id"))


def dump(person_id: uuid.UUID) -> dict[str, Any]:
    """Return what is kept of a person, as plain values for the file they take away."""
    notes = StageNote.objects.filter(written_by_id=person_id).select_related("enquiry").order_by("written_at", "id")
    points = (
        Point.objects.filter(entered_by_id=person_id).select_related("segment__measure").order_by("entered_at", "id")
    )
    written = Q(begun_by_id=person_id) | Q(studied_by_id=person_id)
    cycles = Cycle.objects.filter(written).select_related("enquiry").order_by("begun_at", "id")
    return {
        "numbers_entered": [
            {"measure": point.segment.measure.title, "on": point.on.isoformat(), "at": point.entered_at.isoformat()}
            for point in points
        ],
        "imports": [
            {"enquiry": row.enquiry.title, "at": row.made_at.isoformat(), "numbers": row.new + row.changed}
            for row in PointImport.objects.filter(made_by_id=person_id).select_related("enquiry").order_by("made_at")
        ],
        "cycles": [
            {
                "enquiry": row.enquiry.title,
                "number": row.number,
                "at": row.begun_at.isoformat(),
                "plan": row.plan,
                "prediction": row.prediction,
                "found": row.found,
                "surprise": row.surprise,
            }
            for row in cycles
        ],
        "in": [
            {"title": row.title, "since": row.created_at.isoformat(), "as": _as(row, person_id)}
            for row in list_own(person_id)
        ],
        **_dump_learning(person_id),
        "notes": [
            {"enquiry": note.enquiry.title, "at": note.written_at.isoformat(), "stage": note.stage, "text": note.text}
            for note in notes
        ],
    }


def _dump_learning(person_id: uuid.UUID) -> dict[str, Any]:
    """Return what somebody drew, kept and told for others."""
    return {
        "driver_diagrams_changed": [
            {"enquiry": row.enquiry.title, "at": row.made_at.isoformat(), "what": row.what, "about": row.about}
            for row in DriverVersion.objects.filter(made_by_id=person_id).select_related("enquiry").order_by("made_at")
        ],
        "evidence_added": [
            {"enquiry": row.enquiry.title, "at": row.added_at.isoformat(), "title": row.title, "note": row.note}
            for row in Evidence.objects.filter(added_by_id=person_id).select_related("enquiry").order_by("added_at")
        ],
        "practices_told": [
            {"title": row.title, "at": row.changed_at.isoformat()}
            for row in PracticeDraft.objects.filter(changed_by_id=person_id).order_by("changed_at")
        ],
        "ideas": [
            {"title": row.title, "at": row.created_at.isoformat(), "how": row.how, "why": row.why}
            for row in Idea.objects.filter(created_by_id=person_id).order_by("created_at", "id")
        ],
        "ideas_tried": [
            {
                "title": row.idea.title,
                "at": row.added_at.isoformat(),
                "context": row.context,
                "adaptation": row.adaptation,
            }
            for row in Trial.objects.filter(added_by_id=person_id).select_related("idea").order_by("added_at", "id")
        ],
    }


def _as(enquiry: Enquiry, person_id: uuid.UUID) -> str:
    if person_id in {enquiry.owner_id, enquiry.second_owner_id}:
        return "owner"
    return "critical friend" if person_id == enquiry.critical_friend_id else "member"
