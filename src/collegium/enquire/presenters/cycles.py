"""The cycles of an enquiry: from small to large, and as notes on its charts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.enquire.enums import Decision
from collegium.enquire.models import Cycle, Enquiry
from collegium.enquire.presenters.frame import address_of

SHORT = {
    Decision.ADOPT: gettext_lazy("adopt"),
    Decision.ADAPT: gettext_lazy("adapt"),
    Decision.ABANDON: gettext_lazy("abandon"),
    Decision.SCALE: gettext_lazy("larger"),
}


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


RISE, STEP, EDGE = 26, 96, 52


@dataclass(frozen=True, slots=True, kw_only=True)
class RampStep:
    """A cycle on the ramp: where it stands, and what came of it."""

    number: int
    x: int
    y: int
    text_y: int
    words_y: int
    turn: str
    decision: str
    words: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramp:
    """The cycles as a way up, each a little higher; the table under it says the same and more."""

    width: int
    height: int
    slope: str
    words: str
    steps: tuple[RampStep, ...]


def draw_ramp(rows: Sequence[Cycle]) -> Ramp | None:
    """Return the cycles of an enquiry as a ramp; None before there are two."""
    if len(rows) < 2:
        return None
    height = EDGE * 2 + RISE * (len(rows) - 1) + 12
    places = [(EDGE + STEP * place, height - EDGE - RISE * place - 12) for place in range(len(rows))]
    (x1, y1), (x2, y2) = places[0], places[-1]
    return Ramp(
        width=EDGE * 2 + STEP * (len(rows) - 1),
        height=height,
        slope=f"M{x1 - 40} {y1 + 30}L{x2 + 40} {y2 + 14}",
        words=_("Cycles one after another: %(steps)s") % {"steps": "; ".join(_say_step(row) for row in rows)},
        steps=tuple(_step(row, x, y) for row, (x, y) in zip(rows, places, strict=True)),
    )


def _step(row: Cycle, x: int, y: int) -> RampStep:
    return RampStep(
        number=row.number,
        x=x,
        y=y,
        text_y=y + 5,
        words_y=y + 36,
        turn=f"M{x + 13} {y - 19}l6 4 -7 4",
        decision=str(SHORT[Decision(row.decision)]) if row.decision else _("running"),
        words=_say_step(row),
        is_open=not row.decision,
    )


def _say_step(row: Cycle) -> str:
    said = {"number": row.number, "decision": Decision(row.decision).label if row.decision else _("running")}
    return _("cycle %(number)s: %(decision)s") % said


def list_notes(rows: Sequence[Cycle]) -> list[tuple[dt.date, str]]:
    """Return what the charts say of cycles, and when: that one began, and what was decided."""
    notes = []
    for row in rows:
        notes.append((timezone.localdate(row.begun_at), _("Cycle %(number)s begins") % {"number": row.number}))
        if row.studied_at is not None:
            said = {"number": row.number, "decision": Decision(row.decision).label}
            notes.append((timezone.localdate(row.studied_at), _("Cycle %(number)s: %(decision)s") % said))
    return notes
