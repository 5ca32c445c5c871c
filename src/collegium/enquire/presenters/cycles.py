"""The cycles of an enquiry: from small to large, and as notes on its charts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from collegium.enquire.enums import Decision
from collegium.enquire.models import Cycle, Enquiry
from collegium.enquire.presenters.frame import address_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleShown:
    """One cycle, with what was expected and what came of it."""

    number: int
    plan: str
    prediction: str
    is_locked: bool
    begun_at: dt.datetime
    found: str
    surprise: str
    decision: str
    studied_at: dt.datetime | None
    change_url: str
    study_url: str


def present_cycles(enquiry: Enquiry, rows: Sequence[Cycle], *, can_work: bool) -> tuple[CycleShown, ...]:
    """Return the cycles of an enquiry, the first first."""
    return tuple(
        CycleShown(
            number=row.number,
            plan=row.plan,
            prediction=row.prediction,
            is_locked=row.locked_at is not None,
            begun_at=row.begun_at,
            found=row.found,
            surprise=row.surprise,
            decision=str(Decision(row.decision).label) if row.decision else "",
            studied_at=row.studied_at,
            change_url=address_of(enquiry, "cycle_change", row.id) if can_work and row.locked_at is None else "",
            study_url=address_of(enquiry, "cycle_study", row.id) if can_work and not row.decision else "",
        )
        for row in rows
    )


def list_notes(rows: Sequence[Cycle]) -> list[tuple[dt.date, str]]:
    """Return what the charts say of cycles, and when: that one began, and what was decided."""
    notes = []
    for row in rows:
        notes.append((timezone.localdate(row.begun_at), _("Cycle %(number)s begins") % {"number": row.number}))
        if row.studied_at is not None:
            said = {"number": row.number, "decision": Decision(row.decision).label}
            notes.append((timezone.localdate(row.studied_at), _("Cycle %(number)s: %(decision)s") % said))
    return notes
