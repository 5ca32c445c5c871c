"""The page of what a unit decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse

from collegium.decide import policies
from collegium.decide.enums import Stage
from collegium.decide.models import Matter
from collegium.decide.presenters.frame import address_of
from collegium.decide.queries import matters
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRow:
    """A matter in a list."""

    question: str
    url: str
    stage: str
    decide_by: dt.date | None
    is_late: bool
    whose: str
    closed_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidePage:
    """What a unit decides: what is open, and what was decided."""

    unit: UnitFrame
    open: tuple[MatterRow, ...]
    closed: tuple[MatterRow, ...]
    page: Page[Matter]
    add_url: str
    norms_url: str
    rights_url: str
    bring_url: str
    meetings_url: str


def present_unit(actor: Actor, place: Place, number: int) -> DecidePage:
    """Return the page of what a unit decides."""
    page = Paginator(matters.list_closed_for(actor, place), matters.PAGE).get_page(number)
    sees_norms = policies.can_view_norms(actor, place)
    return DecidePage(
        unit=frame_of(actor, place),
        open=tuple(row_of(matter, place) for matter in matters.list_open_for(actor, place)),
        closed=tuple(row_of(matter, place) for matter in page.object_list),
        page=page,
        add_url=reverse("decide:matter_add", args=[place.slug]) if policies.can_start(actor, place) else "",
        norms_url=reverse("decide:norms", args=[place.slug]) if sees_norms else "",
        rights_url=reverse("decide:rights", args=[place.slug]) if sees_norms else "",
        meetings_url=reverse("decide:meetings", args=[place.slug]) if sees_norms else "",
        bring_url=reverse("decide:bring", args=[place.slug]) if policies.can_write_norms(actor, place) else "",
    )


def row_of(matter: Matter, place: Place) -> MatterRow:
    """Return a matter as a list of a unit shows it."""
    whose = matter.group.name if matter.group else matter.unit.name if matter.unit_id != place.unit_id else ""
    before_outcome = matter.stage not in (Stage.CARRYING_OUT, Stage.REVIEW, Stage.CLOSED)
    return MatterRow(
        question=matter.question,
        url=address_of(matter),
        stage=str(Stage(matter.stage).label),
        decide_by=matter.decide_by if before_outcome else None,
        is_late=before_outcome and matter.decide_by is not None and matter.decide_by < place.as_of,
        whose=whose,
        closed_on=matter.closed_at.date() if matter.closed_at else None,
    )
