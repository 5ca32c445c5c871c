"""What programs can do with enquiries: find them, read what they measure, enter and correct numbers."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from ninja import Query, Router, Schema
from pydantic import Field

from collegium.enquire.charting.series import is_of_few
from collegium.enquire.enums import Direction, Frequency, Numbers, Role
from collegium.enquire.errors import Invalid
from collegium.enquire.models import Measure, Point
from collegium.enquire.queries import enquiries as enquiry_queries
from collegium.enquire.queries import measures as queries
from collegium.enquire.services import points
from collegium.enquire.services.points import Entry
from collegium.people.api import Day, Part, ProgramRequest
from collegium.people.queries import places

router = Router(tags=["enquiries"])

# Which value that was sent a refusal is about.
FIELDS = {
    "point_segment": "segment",
    "point_later": "on",
    "point_absent": "value",
    "point_not_whole": "value",
    "point_above": "value",
    "point_denominator": "denominator",
}


class EnquiryItem(Schema):
    """An enquiry."""

    id: uuid.UUID
    unit: str = Field(description="The slug of its unit.")
    title: str
    question: str
    is_closed: bool


class EnquiryList(Schema):
    """Enquiries, and how many there are in all."""

    count: int
    items: list[EnquiryItem]


class SegmentItem(Schema):
    """A class, a group or a school of which a measure is taken apart; without a title, all together."""

    id: uuid.UUID
    title: str


class MeasureItem(Schema):
    """What an enquiry counts again and again."""

    id: uuid.UUID
    title: str
    definition: str
    role: Role
    numbers: Numbers
    direction: Direction
    frequency: Frequency
    source: str
    target: float | None
    per: float = Field(description="What a rate is given for; else 1.")
    segments: list[SegmentItem]


class ValueItem(Schema):
    """The number of a period."""

    segment: uuid.UUID
    on: dt.date = Field(description="The first day of the period.")
    value: float | None
    denominator: float | None
    note: str = Field(description="What was special; without a number, why there is none.")
    is_withheld: bool = Field(False, description="Whether it is of so few that only the team of the enquiry sees it.")


class ValueIn(Schema):
    """A number to enter. What stands for the period already is kept as corrected."""

    on: Day = Field(description="Any day of the period.")
    value: float | None = Field(None, allow_inf_nan=False)
    denominator: float | None = Field(None, allow_inf_nan=False)
    note: str = Field("", max_length=200)
    segment: uuid.UUID | None = Field(None, description="May be left out where the measure has one group.")


@router.get("/units/{slug:slug}/enquiries", response=EnquiryList, url_name="enquiries", summary="List enquiries")
def list_enquiries(request: ProgramRequest, slug: str, part: Query[Part]) -> dict[str, Any]:
    """Those of a unit and of units inside it that you may read; those worked on last first."""
    place = places.get_place_for(request.actor, slug)
    found = enquiry_queries.list_enquiries_for(request.actor, place)
    rows = found[part.offset : part.offset + part.limit]
    items = [
        {
            "id": row.id,
            "unit": row.unit.slug,
            "title": row.title,
            "question": row.question,
            "is_closed": row.closed_at is not None,
        }
        for row in rows
    ]
    return {"count": found.count(), "items": items}


@router.get(
    "/enquiries/{uuid:enquiry_id}/measures",
    response=list[MeasureItem],
    url_name="measures",
    summary="List what an enquiry measures",
)
def list_measures(request: ProgramRequest, enquiry_id: uuid.UUID) -> list[dict[str, Any]]:
    """In the order of its page."""
    found = enquiry_queries.get_enquiry_for(request.actor, enquiry_id)
    return [_measure(each) for each in queries.list_measured(found.enquiry)]


def _measure(measured: queries.Measured) -> dict[str, Any]:
    row = measured.measure
    return {
        "id": row.id,
        "title": row.title,
        "definition": row.definition,
        "role": row.role,
        "numbers": row.numbers,
        "direction": row.direction,
        "frequency": row.frequency,
        "source": row.source,
        "target": row.target,
        "per": row.per,
        "segments": [{"id": each.id, "title": each.title} for each in measured.segments],
    }


@router.get(
    "/enquiries/{uuid:enquiry_id}/measures/{uuid:measure_id}/values",
    response=list[ValueItem],
    url_name="values",
    summary="Read the numbers of a measure",
)
def list_values(request: ProgramRequest, enquiry_id: uuid.UUID, measure_id: uuid.UUID) -> list[dict[str, Any]]:
    """Those that stand, group by group, the oldest first. Shares of fewer than five are for the team alone."""
    found = enquiry_queries.get_enquiry_for(request.actor, enquiry_id)
    measured = queries.get_measured(found.enquiry, measure_id)
    sees_all = found.standing.is_involved
    return [
        _value(measured.measure, point, sees_all) for each in measured.segments for point in measured.points[each.id]
    ]


@router.post(
    "/enquiries/{uuid:enquiry_id}/measures/{uuid:measure_id}/values",
    response={201: ValueItem},
    url_name="values_enter",
    summary="Enter or correct a number",
)
def enter_value(request: ProgramRequest, enquiry_id: uuid.UUID, measure_id: uuid.UUID, sent: ValueIn) -> dict[str, Any]:
    """For those who are in the enquiry. What stood for the period before stays in the history of the measure."""
    found = enquiry_queries.get_enquiry_to_work_on(request.actor, enquiry_id)
    measured = queries.get_measured(found.enquiry, measure_id)
    segments = {each.id: each for each in measured.segments}
    if sent.segment is None and len(segments) == 1:
        segment = measured.segments[0]
    elif sent.segment in segments:
        segment = segments[sent.segment]
    else:
        raise Invalid("point_segment")
    entry = Entry(segment=segment, on=sent.on, value=sent.value, denominator=sent.denominator, note=sent.note)
    kept = points.record(actor=request.actor, enquiry=found.enquiry, standing=found.standing, entries=[entry])
    return _value(measured.measure, kept.points[0], sees_all=True)


def _value(measure: Measure, point: Point, sees_all: bool) -> dict[str, Any]:
    is_withheld = not sees_all and is_of_few(measure, point)
    return {
        "segment": point.segment_id,
        "on": point.on,
        "value": None if is_withheld else point.value,
        "denominator": None if is_withheld else point.denominator,
        "note": "" if is_withheld else point.note,
        "is_withheld": is_withheld,
    }
