"""Two icons a measure, and nothing else: of an enquiry, or of all that run in a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from collegium.enquire.charting import words
from collegium.enquire.charting.making import Charted
from collegium.enquire.charting.series import make_charts
from collegium.enquire.enums import Role
from collegium.enquire.models import Enquiry
from collegium.enquire.periods import ALL_YEAR, SchoolCalendar
from collegium.enquire.presenters.frame import address_of
from collegium.enquire.queries import calendars, enquiries, measures
from collegium.enquire.queries.enquiries import FoundEnquiry
from collegium.enquire.queries.measures import Measured
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of
from collegium.science.improvement.special_causes import Assurance, Variation

PAGE = 20  # enquiries
LOOKS = {
    Variation.IMPROVEMENT_HIGH: ("good", "H"),
    Variation.IMPROVEMENT_LOW: ("good", "L"),
    Variation.CONCERN_HIGH: ("concern", "H"),
    Variation.CONCERN_LOW: ("concern", "L"),
    Variation.NEITHER_HIGH: ("neither", "↑"),
    Variation.NEITHER_LOW: ("neither", "↓"),
    Variation.COMMON: ("common", ""),
    Variation.UNKNOWN: ("unknown", "–"),
    Assurance.PASSING: ("good", "P"),
    Assurance.FAILING: ("concern", "F"),
    Assurance.HIT_OR_MISS: ("common", "?"),
    Assurance.NO_TARGET: ("unknown", ""),
    Assurance.UNKNOWN: ("unknown", "–"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Icon:
    """A round icon: which colour, which letter, and the same in words."""

    look: str
    letter: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GlanceRow:
    """A measure, or one group of it."""

    title: str
    url: str
    under: str
    variation: Icon
    assurance: Icon


@dataclass(frozen=True, slots=True, kw_only=True)
class GlancePart:
    """The measures of one enquiry."""

    title: str
    url: str
    rows: tuple[GlanceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlancePage:
    """Icons of several enquiries, or of one."""

    unit: UnitFrame
    enquiry: str
    enquiry_url: str
    parts: tuple[GlancePart, ...]
    page: Page[Enquiry] | None
    legend: tuple[Icon, ...]


def present_enquiry(actor: Actor, found: FoundEnquiry) -> GlancePage:
    """Return the icons of one enquiry."""
    row = found.enquiry
    calendar = calendars.get_calendar_at(found.place)
    part = _part(row, measures.list_measured(row), sees_all=found.standing.is_involved, calendar=calendar)
    return GlancePage(
        unit=frame_of(actor, found.place),
        enquiry=row.title,
        enquiry_url=address_of(row),
        parts=(part,) if part.rows else (),
        page=None,
        legend=_legend(),
    )


def present_unit(actor: Actor, place: Place, number: int) -> GlancePage:
    """Return the icons of the running enquiries of a unit."""
    running = enquiries.list_enquiries_for(actor, place).filter(closed_at__isnull=True)
    page = Paginator(running, PAGE).get_page(number)
    rows = list(page.object_list)
    involved, measured = enquiries.list_involved(actor, rows), measures.list_measured_by_enquiry(rows)
    parts = (_part(row, measured.get(row.id, ()), sees_all=row.id in involved) for row in rows)
    return GlancePage(
        unit=frame_of(actor, place),
        enquiry="",
        enquiry_url="",
        parts=tuple(part for part in parts if part.rows),
        page=page,
        legend=_legend(),
    )


def _part(
    row: Enquiry, measured: Sequence[Measured], *, sees_all: bool, calendar: SchoolCalendar = ALL_YEAR
) -> GlancePart:
    rows = tuple(
        _row(row, each, made) for each in measured for made in make_charts(each, sees_all=sees_all, calendar=calendar)
    )
    return GlancePart(title=row.title, url=address_of(row), rows=rows)


def _row(enquiry: Enquiry, measured: Measured, made: Charted) -> GlanceRow:
    row = measured.measure
    role = str(Role(row.role).label).partition(":")[0]
    return GlanceRow(
        title=row.title,
        url=address_of(enquiry, "measure", row.id),
        under=f"{made.series.title}, {role}" if measured.has_groups else role,
        variation=_icon(made.variation, str(words.VARIATION[made.variation])),
        assurance=_icon(made.assurance, str(words.ASSURANCE[made.assurance])),
    )


def _icon(what: Variation | Assurance, said: str) -> Icon:
    look, letter = LOOKS[what]
    return Icon(look=look, letter=letter, words=said)


def _legend() -> tuple[Icon, ...]:
    return tuple(_icon(what, str(said)) for table in (words.VARIATION, words.ASSURANCE) for what, said in table.items())
