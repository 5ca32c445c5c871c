"""The enquiries of a unit: as a list that can be narrowed, and as a report to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.base import time
from collegium.enquire import policies
from collegium.enquire.enums import Ending, Freshness, Signal, Stage, Template
from collegium.enquire.forms.portfolio import PortfolioFilter
from collegium.enquire.models import Enquiry
from collegium.enquire.presenters.frame import address_of, name_of
from collegium.enquire.presenters.progress import write_step
from collegium.enquire.queries import enquiries, portfolio
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of

PAGE = 50
MOST_REPORTED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryRow:
    """An enquiry in the list of a unit."""

    title: str
    url: str
    whose: str
    kind: str
    stage: str
    owners: str
    needs_second: bool
    touched_on: dt.datetime
    freshness: str
    ending: str
    signal: str
    step: str
    asks_for_help: bool
    challenge: str
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """How many running enquiries stand where, with an address that lists them."""

    title: str
    n: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryList:
    """What is being found out in a unit."""

    unit: UnitFrame
    rows: tuple[EnquiryRow, ...]
    page: Page[Enquiry]
    total: int
    is_narrowed: bool
    stages: tuple[CountRow, ...]
    signals: tuple[CountRow, ...]
    running: int
    ended: int
    asking: CountRow | None
    add_url: str
    report_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPart:
    """The enquiries that serve one challenge, or none."""

    title: str
    rows: tuple[EnquiryRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All enquiries of a unit on paper, by the challenges that they serve."""

    unit: UnitFrame
    day: dt.date
    running: int
    ended: int
    asking: int
    stages: tuple[CountRow, ...]
    signals: tuple[CountRow, ...]
    parts: tuple[ReportPart, ...]
    left_out: int


def make_filter(actor: Actor, place: Place, sent: QueryDict) -> PortfolioFilter:
    """Return the form that narrows the list of a unit, with what was asked for."""
    rows = enquiries.list_enquiries_for(actor, place)
    return PortfolioFilter(sent, challenges=portfolio.list_challenges_of(rows), groups=portfolio.list_groups_of(rows))


def present_unit(actor: Actor, place: Place, number: int, wanted: Mapping[str, str]) -> EnquiryList:
    """Return the enquiries of a unit."""
    rows = enquiries.list_enquiries_for(actor, place)
    counted = portfolio.count(rows)
    page = Paginator(portfolio.narrow(rows, wanted), PAGE).get_page(number)
    can_begin = place.as_of == time.today() and policies.can_begin(actor, place)
    return EnquiryList(
        unit=frame_of(actor, place),
        rows=_rows(page.object_list, place),
        page=page,
        total=page.paginator.count,
        is_narrowed=bool(wanted),
        stages=_by_stage(place, counted.stages),
        signals=_by_signal(place, counted.signals),
        running=counted.running,
        ended=counted.ended,
        asking=_asking(place, counted.asking),
        add_url=reverse("enquire:enquiry_add", args=[place.slug]) if can_begin else "",
        report_url=reverse("enquire:unit_report", args=[place.slug]),
    )


def present_report(actor: Actor, place: Place) -> Report:
    """Return all enquiries of a unit for paper: those that serve a challenge first, by its title."""
    rows = enquiries.list_enquiries_for(actor, place)
    counted = portfolio.count(rows)
    found = _rows(rows.order_by("challenge__title", "unit__name", "title", "id")[:MOST_REPORTED], place)
    parts: dict[str, list[EnquiryRow]] = {}
    for row in found:
        parts.setdefault(row.challenge, []).append(row)
    alone = parts.pop("", [])
    titled = [ReportPart(title=title, rows=tuple(each)) for title, each in sorted(parts.items())]
    return Report(
        unit=frame_of(actor, place),
        day=place.as_of,
        running=counted.running,
        ended=counted.ended,
        asking=counted.asking,
        stages=_by_stage(place, counted.stages),
        signals=_by_signal(place, counted.signals),
        parts=(*titled, *([ReportPart(title=_("Standing alone"), rows=tuple(alone))] if alone else ())),
        left_out=counted.running + counted.ended - len(found),
    )


def _rows(found: Iterable[Enquiry], place: Place) -> tuple[EnquiryRow, ...]:
    now = time.now()
    # Every word is looked up once, not for each of 500 rows.
    kinds, stages, endings, signals = (
        {str(each): str(each.label) for each in words} for words in (Template, Stage, Ending, Signal)
    )

    def row_of(row: Enquiry) -> EnquiryRow:
        names = [name for name in (name_of(row.owner), name_of(row.second_owner)) if name]
        is_open = row.closed_at is None
        freshness = portfolio.freshness_of(row, now)
        return EnquiryRow(
            title=row.title,
            url=address_of(row),
            whose=row.unit.name if row.unit_id != place.unit_id else "",
            kind=kinds[row.template],
            stage=stages[row.stage],
            owners=", ".join(names),
            needs_second=is_open and len(names) < 2,
            touched_on=row.touched_at,
            freshness=freshness.value if is_open and freshness != Freshness.FRESH else "",
            ending=endings.get(row.ending, ""),
            signal=signals.get(row.signal, ""),
            step=write_step(row.progress),
            asks_for_help=is_open and row.help_at is not None,
            challenge=row.challenge.title if row.challenge else "",
            finding=row.finding,
        )

    return tuple(map(row_of, found))


def _list_url(place: Place, query: str) -> str:
    return f"{reverse('enquire:unit_enquire', args=[place.slug])}?{query}"


def _by_stage(place: Place, found: Mapping[str, int]) -> tuple[CountRow, ...]:
    return tuple(
        CountRow(title=str(each.label), n=found[each], url=_list_url(place, f"show=running&stage={each.value}"))
        for each in Stage
        if found.get(each)
    )


def _by_signal(place: Place, found: Mapping[str, int]) -> tuple[CountRow, ...]:
    rows = [
        CountRow(title=str(each.label), n=found[each], url=_list_url(place, f"show=running&signal={each.value}"))
        for each in Signal
        if found.get(each)
    ]
    none = found.get("", 0)
    return (*rows, *([CountRow(title=_("Nothing measured yet"), n=none, url="")] if none else ()))


def _asking(place: Place, n: int) -> CountRow | None:
    return CountRow(title=_("Asking for help"), n=n, url=_list_url(place, "show=help")) if n else None
