"""What a draft will be once it is opened: who is asked, what can be reported and what cannot, what respondents read."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base import time
from collegium.base.errors import CollegiumError, Invalid, sentence
from collegium.listen.cells import PlannedCell, PlannedView, ReportingPlan
from collegium.listen.enums import ReportingLevel
from collegium.listen.forms.pulses import count_questions
from collegium.listen.models import Pulse
from collegium.listen.presenters.pulses import write_moment, write_recurrence
from collegium.listen.presenters.pulses_privacy import Privacy, privacy_of
from collegium.listen.queries import opening, pulses, versions
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of
from collegium.people.queries import units

MOST_UNITS, MOST_CELLS = 60, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A unit and what of it can be reported, in words."""

    name: str
    asked: str
    shown: str
    not_shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage:
    """A draft as it will be. `problem` says why it cannot be opened as it is."""

    unit: UnitFrame
    title: str
    why: str
    privacy: Privacy
    k: int
    instrument: str
    facets: tuple[str, ...]
    questions: str
    minutes: str
    about: str
    asked: int
    by_link: int
    without_address: int
    opens: str
    is_at_once: bool
    closes: str
    reminders: tuple[str, ...]
    results: str
    sheets: str
    recurrence: str
    reports: tuple[ReportRow, ...]
    reports_left_out: int
    cells: tuple[str, ...]
    cells_left_out: int
    problem: str
    has_broken_off: bool
    change_url: str
    discard_url: str


def present_preview(actor: Actor, place: Place, pulse: Pulse, plan: ReportingPlan) -> PreviewPage:
    """Show a draft as it will be."""
    instrument = versions.read(pulse.instrument)
    asked = [person for cell in plan.cells for person in cell.people]
    without_address = len(pulses.list_without_address(pulse.community_id, asked))
    names = _Names(plan)
    reports, cells = names.reports(), [names.write_cell(cell, fewest=pulse.k + 1) for cell in plan.cells]
    is_at_once = pulse.opens_at <= time.now()
    return PreviewPage(
        unit=frame_of(actor, place),
        title=pulse.title,
        why=pulse.why,
        privacy=privacy_of(pulse),
        k=pulse.k,
        instrument=instrument.say(instrument.title, pulse.language),
        facets=tuple(instrument.say(facet.title, pulse.language) for facet in instrument.facets),
        questions=count_questions(instrument),
        minutes=f"{instrument.minutes:g}",
        about=instrument.say(instrument.referents[pulse.referent], pulse.language) if pulse.referent else "",
        asked=len(asked),
        by_link=len(asked) - without_address,
        without_address=without_address,
        opens=_("As soon as you press “Open it”") if is_at_once else write_moment(pulse.opens_at),
        is_at_once=is_at_once,
        closes=write_moment(pulse.closes_at),
        reminders=tuple(write_moment(at) for at in _reminders(pulse)),
        results=write_moment(pulse.results_at),
        sheets=write_sheets(pulse),
        recurrence=write_recurrence(pulse.series) if pulse.series else "",
        reports=tuple(reports[:MOST_UNITS]),
        reports_left_out=max(0, len(reports) - MOST_UNITS),
        cells=tuple(cells[:MOST_CELLS]),
        cells_left_out=max(0, len(cells) - MOST_CELLS),
        problem=_find_problem(pulse, len(asked)),
        has_broken_off=opening.has_broken_off(pulse),
        change_url=reverse("listen:pulse_change", args=[place.slug, pulse.id]),
        discard_url=reverse("listen:pulse_discard", args=[place.slug, pulse.id]),
    )


def _reminders(pulse: Pulse) -> list[dt.datetime]:
    """Return when reminders go out; one that would come before the pulse has been open for an hour is left out."""
    begun = max(pulse.opens_at, time.now()) + dt.timedelta(hours=1)
    planned = (pulse.closes_at - dt.timedelta(hours=hours) for hours in pulse.remind_before_hours)
    return [at for at in planned if at >= begun]


def write_sheets(pulse: Pulse) -> str:
    """Return what becomes of single sheets."""
    if not pulse.sheets_kept_days:
        return _("Destroyed at closing")
    return ngettext(
        "Destroyed %(n)s day after closing", "Destroyed %(n)s days after closing", pulse.sheets_kept_days
    ) % {"n": pulse.sheets_kept_days}


def _find_problem(pulse: Pulse, asked: int) -> str:
    """Say what opening would refuse, before anybody presses the button."""
    problem: CollegiumError | None = None
    if pulse.closes_at <= time.now():
        problem = Invalid("closes_in_past")
    elif not asked:
        problem = Invalid("nobody_to_ask")
    elif asked < pulse.k + 1:
        problem = Invalid("too_few_to_ask", asked=asked, needed=pulse.k + 1)
    return sentence(problem) if problem else ""


class _Names:
    """Writes cells and views with the names of their units."""

    def __init__(self, plan: ReportingPlan) -> None:
        self.plan = plan
        ids = {view.unit_id for view in (*plan.views, *plan.lost)}
        ids |= {unit_id for cell in plan.cells for unit_id, _level in cell.parts}
        self.names: Mapping[uuid.UUID, units.UnitName] = units.get_names(ids)

    def write_cell(self, cell: PlannedCell, *, fewest: int) -> str:
        """Return who is in a cell. One that is too small for any result says so."""
        levels: dict[uuid.UUID, list[str]] = defaultdict(list)
        for unit_id, level in cell.parts:
            levels[unit_id].append(str(ReportingLevel(level).label))
        parts = "; ".join(f"{self.names[unit_id].name} ({', '.join(held)})" for unit_id, held in levels.items())
        if len(cell.people) < fewest:
            return _("%(parts)s: too few to be part of any result") % {"parts": parts}
        return ngettext("%(parts)s: %(n)s person", "%(parts)s: %(n)s people", len(cell.people)) % {
            "parts": parts,
            "n": len(cell.people),
        }

    def reports(self) -> list[ReportRow]:
        """Return unit by unit what there will be and what there cannot be."""
        shown, lost = _by_unit(self.plan.views), _by_unit(self.plan.lost)
        order = dict.fromkeys(view.unit_id for view in (*self.plan.views, *self.plan.lost))
        return [
            ReportRow(
                name=self.names[unit_id].name,
                asked=self._write_asked(shown[unit_id]),
                shown=_write_views(shown[unit_id]),
                not_shown=_write_views(lost[unit_id]),
            )
            for unit_id in order
        ]

    def _write_asked(self, views: Iterable[PlannedView]) -> str:
        return next((str(view.asked) for view in views if not view.level), "")


def _by_unit(views: Iterable[PlannedView]) -> dict[uuid.UUID, list[PlannedView]]:
    found: dict[uuid.UUID, list[PlannedView]] = defaultdict(list)
    for view in views:
        found[view.unit_id].append(view)
    return found


def _write_views(views: Iterable[PlannedView]) -> str:
    words = [str(ReportingLevel(view.level).label) if view.level else _("all of it") for view in views]
    return capfirst(", ".join(words))
