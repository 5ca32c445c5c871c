"""Bringing in a table of numbers: what it comes to, row by row, and what was brought in before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base.errors import word
from collegium.enquire.charting.series import label_of
from collegium.enquire.intake.pupils import Sign, Why
from collegium.enquire.models import Point, PointImport
from collegium.enquire.presenters.frame import address_of, name_of
from collegium.enquire.queries import imports as queries
from collegium.enquire.queries.enquiries import FoundEnquiry
from collegium.enquire.services.imports import ImportPlan, RowPlan
from collegium.enquire.services.points import Change, Entry
from collegium.people.actors import Actor
from collegium.people.presenters.frame import UnitFrame, frame_of

SHOWN = 100
_ORDER = (Change.REFUSED, Change.CHANGED, Change.NEW, Change.SAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """A row of the table, and what would become of it."""

    number: int
    what: str
    kind: str
    of: str
    when: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a table comes to."""

    summary: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    more: int
    fingerprint: str
    can_keep: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PastImport:
    """Numbers that came in together."""

    at: dt.datetime
    by: str
    said: str
    undo_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage:
    """The page on which a table is brought in."""

    unit: UnitFrame
    enquiry: str
    enquiry_url: str
    url: str
    past: tuple[PastImport, ...]


def present_page(actor: Actor, found: FoundEnquiry) -> ImportPage:
    """Return what stands around the forms."""
    return ImportPage(
        unit=frame_of(actor, found.place),
        enquiry=found.enquiry.title,
        enquiry_url=address_of(found.enquiry),
        url=address_of(found.enquiry, "points_import"),
        past=tuple(_past(found, row) for row in queries.list_imports(found.enquiry)),
    )


def present_preview(plan: ImportPlan) -> Preview:
    """Return what a table would do, what needs a look first."""
    ordered = sorted(plan.rows, key=lambda row: (_ORDER.index(row.change), row.number))
    return Preview(
        summary=tuple(_summarise(plan)),
        rows=tuple(_row(row) for row in ordered[:SHOWN]),
        more=max(0, len(ordered) - SHOWN),
        fingerprint=plan.fingerprint,
        can_keep=bool(plan.wanted),
    )


def say_signs(signs: Sequence[Sign]) -> list[str]:
    """Say which columns look like ones about single people, by their titles alone."""
    return [str(_WHY[sign.why]()) % {"column": sign.column} for sign in signs]


def say_kept(made: PointImport) -> str:
    """Say what was brought in."""
    count = made.new + made.changed
    return ngettext("%(n)s number is brought in.", "%(n)s numbers are brought in.", count) % {"n": count}


_WHY = {
    Why.TITLE: lambda: _("“%(column)s”: its title is that of a column about single people."),
    Why.ADDRESS: lambda: _("“%(column)s”: addresses stand in it."),
    Why.NUMBER: lambda: _("“%(column)s”: numbers of pupils stand in it."),
    Why.NAMES: lambda: _("“%(column)s”: what stands in it looks like names of people."),
    Why.BIRTH: lambda: _("“%(column)s”: what stands in it looks like dates of birth."),
    Why.EACH_ROW: lambda: _("“%(column)s”: it is another one in each row, as if each row were about one pupil."),
}


def _summarise(plan: ImportPlan) -> list[str]:
    counts = {change: plan.count(change) for change in Change}
    said = [
        (counts[Change.NEW], ngettext("%(n)s new number", "%(n)s new numbers", counts[Change.NEW])),
        (counts[Change.CHANGED], ngettext("%(n)s corrected", "%(n)s corrected", counts[Change.CHANGED])),
        (counts[Change.SAME], ngettext("%(n)s as it stands", "%(n)s as they stand", counts[Change.SAME])),
        (counts[Change.REFUSED], ngettext("%(n)s left out", "%(n)s left out", counts[Change.REFUSED])),
        (plan.empty, ngettext("%(n)s row without a number", "%(n)s rows without a number", plan.empty)),
        (len(plan.measures), ngettext("%(n)s measure added", "%(n)s measures added", len(plan.measures))),
        (len(plan.segments), ngettext("%(n)s group added", "%(n)s groups added", len(plan.segments))),
    ]
    return [words % {"n": count} for count, words in said if count]


def _row(row: RowPlan) -> PreviewRow:
    one = row.planned
    refusal = word(row.refusal) if row.refusal else None
    names = {
        Change.NEW: _("new"),
        Change.CHANGED: _("corrected"),
        Change.SAME: _("the same"),
        Change.REFUSED: _("left out"),
    }
    measure = one.entry.segment.measure if one else None
    return PreviewRow(
        number=row.number,
        what=names[row.change],
        kind={Change.REFUSED: "problem", Change.CHANGED: "look"}.get(row.change, "plain"),
        of=", ".join(filter(None, (measure.title, one.entry.segment.title))) if one and measure else "",
        when=label_of(one.day, measure.frequency) if one and measure else "",
        before=_say_number(one.before) if one and one.before and row.change is Change.CHANGED else "",
        after=_say_number(one.entry) if one and not refusal else "",
        why=f"{refusal.happened} {refusal.to_do}" if refusal else "",
    )


def _say_number(said: Point | Entry) -> str:
    if said.value is None:
        return said.note
    if said.denominator is None:
        return f"{said.value:g}"
    return _("%(value)s of %(of)s") % {"value": f"{said.value:g}", "of": f"{said.denominator:g}"}


def _past(found: FoundEnquiry, row: PointImport) -> PastImport:
    said = say_kept(row) if row.undone_at is None else _("Taken back.")
    undo = address_of(found.enquiry, "import_undo", row.id) if row.undone_at is None else ""
    return PastImport(at=row.made_at, by=name_of(row.made_by), said=said, undo_url=undo)
