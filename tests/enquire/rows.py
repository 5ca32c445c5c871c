"""A row in every table of the room, for tests that ask who can reach them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from collegium.enquire.enums import SpanKind, Stage
from collegium.enquire.models import (
    CalendarSpan,
    Cycle,
    Enquiry,
    EnquiryMember,
    Measure,
    Point,
    PointImport,
    Segment,
    StageNote,
)
from collegium.people.models import Person, Unit
from tests import factories as make


def make_enquiry(unit: Unit, owner: Person | None, **more: Any) -> Enquiry:
    """Make an enquiry that somebody owns."""
    said = {"template": "classroom", "title": "Starting on time", "question": "Does greeting at the door help?", **more}
    return Enquiry.objects.create(community=unit.community, unit=unit, owner=owner, **said)


def make_measure(enquiry: Enquiry, **more: Any) -> Measure:
    """Make a weekly share that should go up."""
    said = {"title": "On time", "definition": "Counted at the door", "numbers": "proportion", "direction": "up", **more}
    return Measure.objects.create(community=enquiry.community, enquiry=enquiry, **{"frequency": "week", **said})


def make_segment(measure: Measure, title: str = "") -> Segment:
    """Make a group of a measure."""
    place = Segment.objects.filter(measure=measure).count()
    return Segment.objects.create(community=measure.community, measure=measure, title=title, position=place)


def fill(unit: Unit, person: Person) -> dict[str, Any]:
    """Put an enquiry that the person owns into the database; return what addresses need."""
    owner = {"community": unit.community}
    enquiry = make_enquiry(unit, person)
    EnquiryMember.objects.create(**owner, enquiry=enquiry, person=make.make_person(unit.community))
    StageNote.objects.create(
        **owner, enquiry=enquiry, stage=Stage.CONTEXT, text="Whimbrel at the door", written_by=person
    )
    measure = make_measure(enquiry)
    point = Point.objects.create(
        **owner, segment=make_segment(measure), on=dt.date(2026, 1, 5), value=3, denominator=20
    )
    assert point.replaced_at is None
    CalendarSpan.objects.create(
        **owner,
        unit=unit,
        kind=SpanKind.HOLIDAY,
        title="Whimbrel week",
        first_day=dt.date(2026, 2, 16),
        last_day=dt.date(2026, 2, 20),
    )
    cycle = Cycle.objects.create(
        **owner, enquiry=enquiry, number=1, plan="Whimbrel at one door", prediction="It helps", begun_by=person
    )
    made = PointImport.objects.create(**owner, enquiry=enquiry, made_by=person, added={"measures": [], "segments": []})
    return {
        "point_import_id": made.id,
        "cycle_id": cycle.id,
        "measure_id": measure.id,
        "enquiry_id": enquiry.id,
        "stage": "context",
    }
