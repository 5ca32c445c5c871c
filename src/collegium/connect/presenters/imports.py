"""Pages of the import of ties."""

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
from collegium.connect import file_words
from collegium.connect.enums import ImportState
from collegium.connect.models import TieImport
from collegium.connect.queries import imports as queries
from collegium.connect.report_words import count
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of
from collegium.people.presenters.work import Work, watch
from collegium.people.queries import persons

PAGE_SIZE = 50
LISTED = 12  # schools or teams that a sentence names
IN_FLIGHT = (ImportState.READING, ImportState.APPLYING)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One earlier import."""

    url: str
    title: str
    file_name: str
    state: str
    at: dt.datetime
    by: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage:
    """Where an import begins, and what was imported before."""

    unit: UnitFrame
    back_url: str
    history: tuple[HistoryRow, ...]
    steps: tuple[str, ...]


def steps() -> tuple[str, ...]:
    """Return the steps of an import."""
    return (_("Upload"), _("Preview"), _("Done"))


def present_start(actor: Actor, place: Place) -> StartPage:
    """Show the start."""
    found = queries.list_imports_for(actor, place)
    names = persons.get_names({made.created_by for made in found if made.created_by})
    return StartPage(
        unit=frame_of(actor, place),
        back_url=_connect_url(place),
        history=tuple(
            HistoryRow(
                url=reverse("connect:import", args=[place.slug, made.id]),
                title=made.title,
                file_name=made.ties_file,
                state=str(ImportState(made.state).label),
                at=made.created_at,
                by=names.get(made.created_by, "") if made.created_by else "",
                summary=summarise(made.counts) if made.state == ImportState.APPLIED else "",
            )
            for made in found
        ),
        steps=steps(),
    )


def _connect_url(place: Place) -> str:
    return reverse("connect:unit_connect", args=[place.slug])


def summarise(counts: Mapping[str, Any]) -> str:
    """Say how much an import holds."""
    people, ties = counts.get("people", 0), counts.get("ties", 0)
    return ", ".join((
        ngettext("%(n)s person", "%(n)s people", people) % {"n": count(people)},
        ngettext("%(n)s tie", "%(n)s ties", ties) % {"n": count(ties)},
    ))  # fmt: skip


# --- work -------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPage(Work):
    """An import that is being read or carried out."""

    unit: UnitFrame
    file_name: str
    current: int
    start_url: str
    steps: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.doing


def is_under_way(made: TieImport) -> bool:
    """Whether there is work to wait for."""
    return made.state in IN_FLIGHT and queries.settled_state(made) == made.state


def present_work(actor: Actor, place: Place, made: TieImport) -> WorkPage:
    """Show how far the work has come."""
    applying = made.state == ImportState.APPLYING
    return WorkPage(
        **watch(queries.get_job(made), is_under_way=is_under_way(made)),
        unit=frame_of(actor, place),
        file_name=made.ties_file,
        doing=_("Writing the ties") if applying else _("Reading the file"),
        current=3 if applying else 2,
        poll_url=reverse("connect:import_progress", args=[place.slug, made.id]),
        next_url=reverse("connect:import", args=[place.slug, made.id]),
        start_url=reverse("connect:import_start", args=[place.slug]),
        steps=steps(),
    )


# --- preview ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A row that is not taken."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage:
    """What an import would add, or has added."""

    unit: UnitFrame
    state: str
    title: str
    back_url: str
    file_name: str
    asked_on: dt.date
    is_worked_out: bool
    people: int
    ties: int
    refused: int
    matching: tuple[str, ...]
    layers: tuple[tuple[str, int], ...]
    missing_schools: str
    notes: tuple[str, ...]
    rows: tuple[Refused, ...]
    pages: Page[Any]
    more_refused: int
    problem: str
    urls: Mapping[str, str]
    steps: tuple[str, ...]


def present_import(actor: Actor, place: Place, made: TieImport, page: str) -> ImportPage:
    """Show an import."""
    counts, listed = made.counts, made.findings.get("refusals", [])
    pages = Paginator(listed, PAGE_SIZE).get_page(page)
    return ImportPage(
        unit=frame_of(actor, place),
        state=queries.settled_state(made),
        title=made.title,
        back_url=_connect_url(place),
        file_name=made.ties_file + (f", {made.people_file}" if made.people_file else ""),
        asked_on=made.asked_on,
        is_worked_out=queries.is_worked_out(made),
        people=counts.get("people", 0),
        ties=counts.get("ties", 0),
        refused=counts.get("refused", 0),
        matching=tuple(_matching(counts)) if counts else (),
        layers=tuple((title, n) for title, n in counts.get("layers", ())),
        missing_schools=_missing(place, counts.get("missing_schools", ())),
        notes=tuple(_notes(made)),
        rows=tuple(_refused(row) for row in pages.object_list),
        pages=pages,
        more_refused=counts.get("refused", 0) - len(listed) if listed else 0,
        problem=_problem(made),
        urls=_urls(place, made),
        steps=steps(),
    )


def _urls(place: Place, made: TieImport) -> dict[str, str]:
    names = ("apply", "again", "discard", "undo", "lines")
    urls = {name: reverse(f"connect:import_{name}", args=[place.slug, made.id]) for name in names}
    return {**urls, "start": reverse("connect:import_start", args=[place.slug])}


def _matching(counts: Mapping[str, Any]) -> Iterator[str]:
    """Say who the people of the file are here."""
    for name, one, many in (
        ("by_id", _("%(n)s is known here by an id."), _("%(n)s are known here by an id.")),
        ("by_email", _("%(n)s is known here by an address."), _("%(n)s are known here by an address.")),
        ("unknown", _("%(n)s is known to this network alone."), _("%(n)s are known to this network alone.")),
        ("without_school", _("%(n)s stands in no school of this unit."), _("%(n)s stand in no school of this unit.")),
    ):
        if counts[name]:
            yield (one if counts[name] == 1 else many) % {"n": counts[name]}
    silent = counts["people"] - counts["answered"]
    if silent:
        yield ngettext("%(n)s person has not answered.", "%(n)s people have not answered.", silent) % {"n": silent}
    if counts["missing_teams"]:
        yield _("These teams are not here, so their people stand in none: %(teams)s.") % {
            "teams": _listed(counts["missing_teams"])
        }
    if counts["unknown_levels"]:
        yield _("These levels say nothing to us and were left out: %(levels)s.") % {
            "levels": _listed(counts["unknown_levels"])
        }


def _missing(place: Place, schools: Sequence[str]) -> str:
    if not schools:
        return ""
    return ngettext(
        "This school is not in %(unit)s: %(schools)s.", "These schools are not in %(unit)s: %(schools)s.", len(schools)
    ) % {"unit": place.name, "schools": _listed(schools)}


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:LISTED]) + (" …" if len(words) > LISTED else "")


def _notes(made: TieImport) -> Iterator[str]:
    for note in made.findings.get("notes", ()):
        text = file_words.note(note["code"], note["data"])
        times = ngettext("%(n)s time", "%(n)s times", note["count"]) % {"n": note["count"]}
        yield f"{text} ({times})" if note["count"] > 1 else text


def _refused(row: Mapping[str, Any]) -> Refused:
    return Refused(place=file_words.place(row["file"], row["row"]), reason=file_words.refusal(row["code"], row["data"]))


def _problem(made: TieImport) -> str:
    if not made.problem:
        return ""
    code, data = made.problem["code"], made.problem["data"]
    if made.state == ImportState.UNREADABLE:
        return file_words.problem(code, data)
    return errors.sentence(CollegiumError(code, **data))


def write_refused(made: TieImport) -> Iterator[str]:
    """Write the refused rows as CSV; no cell can be taken for a formula."""
    yield sheets.write_line([_("File"), _("Row"), _("Why it is not taken")])
    for row in made.findings.get("refusals", ()):
        yield sheets.write_line([row["file"], str(row["row"]), file_words.refusal(row["code"], row["data"])])
