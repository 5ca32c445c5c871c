"""Measures as charts, with what they say."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.core.paginator import Page
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base import time
from collegium.base.figures import ControlChart, SmallMultiples
from collegium.enquire import policies
from collegium.enquire.charting import figures, words
from collegium.enquire.charting.making import Charted
from collegium.enquire.charting.series import label_of, make_charts
from collegium.enquire.enums import Direction, Frequency, Numbers, Role
from collegium.enquire.models import Cycle, Measure, Point, Segment
from collegium.enquire.periods import SchoolCalendar
from collegium.enquire.presenters import cycles
from collegium.enquire.presenters.frame import address_of, name_of
from collegium.enquire.queries import calendars
from collegium.enquire.queries import cycles as cycle_queries
from collegium.enquire.queries import measures as queries
from collegium.enquire.queries.enquiries import FoundEnquiry
from collegium.enquire.queries.measures import Measured
from collegium.people.actors import Actor
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """What the newest point of one group says, by the rules of Making Data Count."""

    title: str
    variation: str
    assurance: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureShown:
    """A measure on the page of its enquiry: one chart, or one a group."""

    title: str
    role: str
    url: str
    enter_url: str
    chart: ControlChart | None
    multiples: SmallMultiples | None
    more: str
    late: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """A number that was corrected."""

    when: str
    of: str
    value: str
    by: str
    replaced_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePage:
    """A measure with its charts and how it came about."""

    unit: UnitFrame
    enquiry: str
    enquiry_url: str
    shown: MeasureShown
    definition: str
    numbers: str
    direction: str
    frequency: str
    source: str
    rows: tuple[SummaryRow, ...]
    page: Page[Segment]
    charts: tuple[ControlChart, ...]
    baseline: str
    baseline_url: str
    replaced: tuple[Replaced, ...]
    hides_small: bool


def present_measures(actor: Actor, found: FoundEnquiry, rows: Sequence[Cycle]) -> tuple[MeasureShown, ...]:
    """Return the measures of an enquiry for its page, with its cycles as notes."""
    notes, calendar = cycles.list_notes(rows), calendars.get_calendar_at(found.place)
    newest = queries.list_newest(found.enquiry)
    draw = partial(make_charts, sees_all=found.standing.is_involved, notes=notes, calendar=calendar)
    return tuple(
        _shown(actor, found, measured, draw(measured), _Groups(newest.get(measured.measure.id, []), calendar))
        for measured in queries.list_measured(found.enquiry, first=queries.FIRST)
    )


def present_measure(actor: Actor, found: FoundEnquiry, measure_id: uuid.UUID, number: int = 1) -> MeasurePage:
    """Return the page of one measure, with a page of its groups."""
    measured, page = queries.get_measured_page(found.enquiry, measure_id, number)
    row, notes = measured.measure, cycles.list_notes(cycle_queries.list_cycles(found.enquiry))
    calendar = calendars.get_calendar_at(found.place)
    made = make_charts(measured, sees_all=found.standing.is_involved, notes=notes, calendar=calendar)
    groups = _Groups(queries.list_newest(found.enquiry).get(row.id, []), calendar)
    can_work = _can_work(actor, found)
    return MeasurePage(
        unit=frame_of(actor, found.place),
        enquiry=found.enquiry.title,
        enquiry_url=address_of(found.enquiry),
        shown=replace(_shown(actor, found, measured, made, groups), more=""),
        definition=row.definition,
        numbers=str(Numbers(row.numbers).label),
        direction=str(Direction(row.direction).label),
        frequency=str(Frequency(row.frequency).label),
        source=row.source,
        rows=tuple(_row(each) for each in made),
        page=page,
        charts=tuple(figures.draw_figure(each) for each in made) if len(made) > 1 else (),
        baseline=_baseline(row),
        baseline_url=address_of(found.enquiry, "measure_baseline", row.id) if can_work else "",
        replaced=tuple(_replaced(point, row) for point in queries.list_replaced(measured)) if can_work else (),
        hides_small=not found.standing.is_involved and row.numbers == Numbers.PROPORTION,
    )


def _can_work(actor: Actor, found: FoundEnquiry) -> bool:
    return policies.can_work(actor, found.place, found.standing, is_closed=found.is_closed)


@dataclass(frozen=True, slots=True)
class _Groups:
    """The newest period of every group of a measure, those that are not shown too, and the calendar that holds."""

    newest: list[dt.date | None]
    calendar: SchoolCalendar


def _shown(
    actor: Actor, found: FoundEnquiry, measured: Measured, made: Sequence[Charted], groups: _Groups
) -> MeasureShown:
    row, drawn = measured.measure, [figures.draw_figure(each) for each in made]
    can_work = _can_work(actor, found)
    return MeasureShown(
        title=row.title,
        role=str(Role(row.role).label).partition(":")[0],
        url=address_of(found.enquiry, "measure", row.id),
        enter_url=address_of(found.enquiry, "point_add", row.id) if can_work else "",
        chart=replace(drawn[0], title=row.title) if len(drawn) == 1 else None,
        multiples=SmallMultiples(title=row.title, charts=tuple(drawn)) if len(drawn) > 1 else None,
        more=_more(len(groups.newest), len(drawn)),
        late=_late(measured.measure.frequency, groups) if can_work else "",
    )


# --- words ------------------------------------------------------------------------------------------------------------
def _more(count: int, shown: int) -> str:
    """Say that there are more groups than are shown."""
    return _("All %(n)s groups") % {"n": count} if count > shown else ""


def _late(frequency: str, groups: _Groups) -> str:
    """Say how many groups lack the last period that has passed; nothing where periods have no fixed end."""
    last = groups.calendar.last_due(time.today(), frequency)
    if last is None:
        return ""
    late = sum(on is not None and on < last for on in groups.newest)
    if not late:
        return ""
    said = {"n": late, "when": label_of(last, frequency)}
    return ngettext("%(when)s is not entered yet.", "%(when)s is not entered yet for %(n)s groups.", late) % said


def _row(made: Charted) -> SummaryRow:
    return SummaryRow(
        title=made.series.title,
        variation=str(words.VARIATION[made.variation]),
        assurance=str(words.ASSURANCE[made.assurance]),
        sentence=words.say_reading(made),
    )


def _baseline(measure: Measure) -> str:
    if not measure.baseline_reason:
        return _("The lines rest on all points; nobody has frozen a baseline yet.")
    said = {"n": measure.baseline_points, "by": name_of(measure.baseline_by), "why": measure.baseline_reason}
    rests = (
        _("The lines rest on the first %(n)s points") if measure.baseline_points else _("The lines rest on all points")
    )
    by = _(", as %(by)s has said: %(why)s") if said["by"] else _(": %(why)s")
    return (rests + by) % said


def _replaced(point: Point, measure: Measure) -> Replaced:
    value = point.note if point.value is None else f"{point.value:g}"
    if point.denominator is not None:
        value = _("%(value)s of %(of)s") % {"value": value, "of": f"{point.denominator:g}"}
    return Replaced(
        when=label_of(point.on, measure.frequency),
        of=point.segment.title,
        value=value,
        by=name_of(point.entered_by),
        replaced_at=point.replaced_at or point.entered_at,
    )
