"""The enquiries of a unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse

from collegium.base import time
from collegium.enquire import policies
from collegium.enquire.enums import Ending, Stage, Template
from collegium.enquire.models import Enquiry
from collegium.enquire.presenters.frame import address_of, name_of
from collegium.enquire.queries import enquiries
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of

PAGE = 50
QUIET = dt.timedelta(days=42)  # longer without any work than a holiday lasts


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
    is_quiet: bool
    ending: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryList:
    """What is being found out in a unit."""

    unit: UnitFrame
    rows: tuple[EnquiryRow, ...]
    page: Page[Enquiry]
    add_url: str


def present_unit(actor: Actor, place: Place, number: int) -> EnquiryList:
    """Return the enquiries of a unit."""
    page = Paginator(enquiries.list_enquiries_for(actor, place), PAGE).get_page(number)
    now = time.now()
    can_begin = place.as_of == time.today() and policies.can_begin(actor, place)
    return EnquiryList(
        unit=frame_of(actor, place),
        rows=tuple(_row(row, place, now) for row in page.object_list),
        page=page,
        add_url=reverse("enquire:enquiry_add", args=[place.slug]) if can_begin else "",
    )


def _row(row: Enquiry, place: Place, now: dt.datetime) -> EnquiryRow:
    names = [name for name in (name_of(row.owner), name_of(row.second_owner)) if name]
    is_open = row.closed_at is None
    return EnquiryRow(
        title=row.title,
        url=address_of(row),
        whose=row.unit.name if row.unit_id != place.unit_id else "",
        kind=str(Template(row.template).label),
        stage=str(Stage(row.stage).label),
        owners=", ".join(names),
        needs_second=is_open and len(names) < 2,
        touched_on=row.touched_at,
        is_quiet=is_open and now - row.touched_at > QUIET,
        ending=str(Ending(row.ending).label) if row.ending else "",
    )
