"""Pages of the import of rosters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base import errors, sheets
from collegium.base.errors import CollegiumError
from collegium.people.actors import Actor
from collegium.people.enums import ChangeAction, ChangeKind, RosterState
from collegium.people.models import RosterChange, RosterImport
from collegium.people.places import Place
from collegium.people.presenters import roster_words
from collegium.people.presenters.frame import UnitFrame, frame_of
from collegium.people.presenters.work import Work, watch
from collegium.people.queries import persons
from collegium.people.queries import rosters as queries
from collegium.people.rosters import Dialect, Sniffed, UnreadableCode

PAGE_SIZE = 50
DOWNLOAD_CHUNK = 1000
IN_FLIGHT = (RosterState.READING, RosterState.APPLYING, RosterState.UNDOING)
_FORMATS: Mapping[str, Any] = {
    Dialect.ONEROSTER_1_1: "OneRoster 1.1",
    Dialect.ONEROSTER_1_2: "OneRoster 1.2",
    Dialect.SDS_2_1: "Microsoft School Data Sync v2.1",
    Dialect.SDS_2: "Microsoft School Data Sync v2",
    Dialect.SDS_LEGACY: "Microsoft School Data Sync",
    Dialect.SDS_UK: "Microsoft School Data Sync (UK)",
    Dialect.EDFI: "Ed-Fi",
}


# --- the start --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One earlier import."""

    url: str
    file_name: str
    source: str
    state: str
    at: dt.datetime
    by: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage:
    """Where an import begins, and what was imported before."""

    unit: UnitFrame
    history: tuple[HistoryRow, ...]
    undo_url: str
    export_url: str
    steps: tuple[str, ...]


def steps() -> tuple[str, ...]:
    """Return the steps of an import."""
    return (_("Upload"), _("Columns"), _("Preview"), _("Done"))


def present_start(actor: Actor, place: Place) -> StartPage:
    """Show the start."""
    imports = queries.list_imports_for(actor, place)
    names = persons.get_names({made.created_by for made in imports if made.created_by})
    last = queries.find_undoable(place.unit_id)
    return StartPage(
        unit=frame_of(actor, place),
        history=tuple(_history_row(made, place, names) for made in imports),
        undo_url=reverse("people:roster_undo", args=[place.slug, last.id]) if last else "",
        export_url=reverse("people:roster_export", args=[place.slug]),
        steps=steps(),
    )


def _history_row(made: RosterImport, place: Place, names: Mapping[Any, str]) -> HistoryRow:
    state = RosterState(made.state)
    return HistoryRow(
        url=reverse("people:roster", args=[place.slug, made.id]),
        file_name=made.file_name,
        source=queries.source_name(made.source),
        state=str(state.label),
        at=made.applied_at or made.created_at,
        by=names.get(made.created_by, "") if made.created_by else _("the operator of the site"),
        summary=summarise(made.counts) if state in (RosterState.APPLIED, RosterState.PREVIEWED) else "",
    )


def summarise(counts: Mapping[str, Any]) -> str:
    """Say in a few words how many lines of each action there are."""
    actions = counts.get("actions", {})
    told = [f"{sum(kinds.values())} {str(roster_words.ACTIONS[action]).lower()}" for action, kinds in _ordered(actions)]
    return ", ".join(told) or _("nothing to change")


def _ordered(actions: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, Mapping[str, int]]]:
    return ((action, actions[action]) for action in roster_words.ACTIONS if actions.get(action))


# --- while it works ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPage(Work):
    """An import that is being worked on."""

    unit: UnitFrame
    file_name: str
    steps: tuple[str, ...]
    current: int

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.doing


def _title(state: str) -> str:
    return {
        RosterState.READING: _("Making the preview"),
        RosterState.APPLYING: _("Carrying the import out"),
        RosterState.UNDOING: _("Taking the import back"),
    }.get(RosterState(state), _("Import of a roster"))


def is_under_way(made: RosterImport) -> bool:
    """Whether an import is being worked on."""
    return queries.settled_state(made) in IN_FLIGHT


def present_work(actor: Actor, place: Place, made: RosterImport) -> WorkPage:
    """Show how far the work has come."""
    url = reverse("people:roster", args=[place.slug, made.id])
    return WorkPage(
        **watch(queries.get_job(made), is_under_way=is_under_way(made)),
        unit=frame_of(actor, place),
        file_name=made.file_name,
        doing=_title(made.state),
        poll_url=reverse("people:roster_progress", args=[place.slug, made.id]),
        next_url=url,
        steps=steps(),
        current=3 if made.state == RosterState.READING else 4,
    )


# --- columns ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsPage:
    """The columns of a staff list and its first rows."""

    unit: UnitFrame
    file_name: str
    headers: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    is_remembered: bool
    looks_like_pupils: bool
    discard_url: str
    steps: tuple[str, ...]


def present_columns(
    actor: Actor, place: Place, made: RosterImport, sniffed: Sniffed, *, is_remembered: bool
) -> ColumnsPage:
    """Show what is in the list."""
    table = sniffed.tables[0]
    return ColumnsPage(
        unit=frame_of(actor, place),
        file_name=made.file_name,
        headers=table.headers,
        samples=table.samples[:5],
        is_remembered=is_remembered,
        looks_like_pupils=bool(sniffed.guess and sniffed.guess.looks_like_pupils),
        discard_url=reverse("people:roster_discard", args=[place.slug, made.id]),
        steps=steps(),
    )


# --- preview and result -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """The lines of one action."""

    action: str
    title: str
    url: str
    count: int
    sentence: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field, what it was and what it becomes."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a preview or a result."""

    place: str
    kind: str
    name: str
    reason: str
    detail: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage:
    """A preview, or what became of it."""

    unit: UnitFrame
    state: str
    file_name: str
    format: str
    is_delta: bool
    tabs: tuple[Tab, ...]
    lines: tuple[Line, ...]
    pages: Page[RosterChange]
    action: str
    files: tuple[tuple[str, bool], ...]
    is_narrowed: bool
    notes: tuple[str, ...]
    left_out: str
    leaving_sentence: str
    kept: int
    problem: str
    has_effect: bool
    urls: Mapping[str, str]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """Which lines of an import are wanted."""

    action: str = ""
    file: str = ""
    page: str = ""


def present_import(actor: Actor, place: Place, made: RosterImport, narrow: Narrow) -> ImportPage:
    """Show an import that nobody is working on."""
    base = reverse("people:roster", args=[place.slug, made.id])
    counts = (
        queries.count_lines(made)["actions"] if made.state == RosterState.UNDONE else made.counts.get("actions", {})
    )
    action = narrow.action if narrow.action in counts else next((name for name, _kinds in _ordered(counts)), "")
    files = queries.list_files_of(made)
    file = narrow.file if narrow.file in files else ""
    pages = Paginator(queries.lines_of(made, action=action, file=file), PAGE_SIZE).get_page(narrow.page)
    return ImportPage(
        unit=frame_of(actor, place),
        state=queries.settled_state(made),
        file_name=made.file_name,
        format=str(_FORMATS.get(made.dialect, _("a list of staff"))),
        is_delta=made.is_delta,
        tabs=_tabs(counts, action, base),
        lines=_lines(list(pages.object_list)),
        pages=pages,
        action=action,
        files=tuple((name, name == file) for name in files) if len(files) > 1 else (),
        is_narrowed=bool(file),
        notes=tuple(_note(note) for note in made.findings.get("notes", ())),
        left_out=_left_out(made.counts.get("left_out", {})),
        leaving_sentence=_leaving(made.counts),
        kept=made.counts.get("kept", 0),
        problem=_problem(made),
        has_effect=_has_effect(made),
        urls=_urls(place, made),
        steps=steps(),
    )


def _urls(place: Place, made: RosterImport) -> Mapping[str, str]:
    names = ("columns", "apply", "again", "discard", "undo", "lines")
    urls = {name: reverse(f"people:roster_{name}", args=[place.slug, made.id]) for name in names}
    last = queries.find_undoable(made.unit_id)
    if last is None or last.id != made.id:
        del urls["undo"]
    if not made.mapping:
        del urls["columns"]
    return {**urls, "start": reverse("people:roster_start", args=[place.slug])}


def _tabs(counts: Mapping[str, Mapping[str, int]], current: str, base: str) -> tuple[Tab, ...]:
    return tuple(
        Tab(
            action=action,
            title=str(roster_words.ACTIONS[action]),
            url=f"{base}?action={action}#lines",
            count=sum(kinds.values()),
            sentence=", ".join(_count(kind, kinds[kind]) for kind in roster_words.KINDS if kinds.get(kind)),
            is_current=action == current,
        )
        for action, kinds in _ordered(counts)
    )


def _count(kind: str, n: int) -> str:
    if kind == ChangeKind.UNIT:
        return ngettext("%(n)s unit", "%(n)s units", n) % {"n": n}
    if kind == ChangeKind.PERSON:
        return ngettext("%(n)s person", "%(n)s people", n) % {"n": n}
    if kind == ChangeKind.POST:
        return ngettext("%(n)s post", "%(n)s posts", n) % {"n": n}
    return ngettext("%(n)s row", "%(n)s rows", n) % {"n": n}


def _lines(rows: Sequence[RosterChange]) -> tuple[Line, ...]:
    nameless = [row for row in rows if not row.label]
    names = queries.name_targets(nameless) if nameless else {}
    return tuple(_line(row, names) for row in rows)


def _line(row: RosterChange, names: Mapping[Any, str]) -> Line:
    place = _("%(file)s, row %(row)s") % {"file": row.file, "row": row.row} if row.row else ""
    is_added = row.action == ChangeAction.ADDED
    shown = {} if is_added else row.after
    return Line(
        place=place,
        kind=str(roster_words.KINDS[row.kind]),
        name=row.label or names.get(row.target_id, "") or place,
        reason=roster_words.reason(row.reason, row.data),
        detail=roster_words.values(row.after, skip=_IDS | _IN_NAME) if is_added else "",
        changes=tuple(
            FieldChange(
                name=roster_words.field_name(name),
                before=roster_words.value(name, row.before.get(name)),
                after=roster_words.value(name, said),
            )
            for name, said in shown.items()
            if name not in _IDS
        ),
    )


# What only the machine reads.
_IDS = frozenset({"person_id", "unit_id", "parents", "aliases"})
# What the name of a line says already, or what goes without saying.
_IN_NAME = frozenset({"name", "given_name", "family_name", "title", "is_primary"})


def _note(note: Mapping[str, Any]) -> str:
    text = roster_words.note(note["code"], note["data"])
    return f"{text} ({_times(note['count'])})" if note["count"] > 1 else text


def _times(count: int) -> str:
    return ngettext("%(n)s time", "%(n)s times", count) % {"n": count}


def _left_out(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {roster_words.left_out(what)}" for what, count in counts.items() if count)


def _leaving(counts: Mapping[str, Any]) -> str:
    if not counts.get("must_confirm"):
        return ""
    said = _("%(leaving)s of %(now)s people would be left without a post here.") % {
        "leaving": counts["people_leaving"],
        "now": counts["people_now"],
    }
    if counts["may_miss_people"]:
        return said + " " + _("Some may stand in the rows that could not be read.")
    return said + " " + _("That is unusual: look whether this is the right file, and a complete one.")


def _problem(made: RosterImport) -> str:
    if not made.problem:
        return ""
    code, data = made.problem["code"], made.problem["data"]
    if code in set(UnreadableCode):
        return roster_words.problem(code, data)
    return errors.sentence(CollegiumError(code, **data))


def _has_effect(made: RosterImport) -> bool:
    """Whether carrying the preview out would write anything at all."""
    actions, reasons = made.counts.get("actions", {}), made.counts.get("reasons", {})
    writing = {"left.linked", "left.agrees", "left.same_person", "left.differs"}
    return bool({"added", "changed", "ended"} & set(actions) or writing & set(reasons))


# --- download ---------------------------------------------------------------------------------------------------------
def write_lines(made: RosterImport) -> Iterator[str]:
    """Write the lines as CSV; no cell can be taken for a formula."""
    yield sheets.write_line(
        [_("What happens"), _("Kind"), _("File"), _("Row"), _("What"), _("Before"), _("After"), _("Why")]
    )
    for row in queries.lines_of(made).iterator(DOWNLOAD_CHUNK):
        yield sheets.write_line([
            str(roster_words.ACTIONS[row.action]),
            str(roster_words.KINDS[row.kind]),
            row.file,
            str(row.row or ""),
            row.label,
            roster_words.values(row.before, skip=_IDS),
            roster_words.values(row.after, skip=_IDS),
            roster_words.reason(row.reason, row.data),
        ])  # fmt: skip
