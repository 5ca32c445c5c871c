"""A row in every table of the room, for tests that ask who can reach them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from collegium.enquire.enums import SpanKind, Stage
from collegium.enquire.models import (
    CalendarSpan,
    Cycle,
    DriverVersion,
    Enquiry,
    EnquiryMember,
    Evidence,
    Idea,
    IdeaOutcome,
    Measure,
    Point,
    PointImport,
    PracticeDraft,
    Segment,
    StageNote,
    Trial,
    TrialMeasure,
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


def make_trial(idea: Idea, enquiry: Enquiry, **more: Any) -> Trial:
    """Say that an enquiry tries an idea."""
    said = {"since": dt.date(2026, 3, 2), "setting": "primary", "fidelity": "as_told", "context": "Two forms", **more}
    return Trial.objects.create(community=enquiry.community, idea=idea, enquiry=enquiry, **said)


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
    idea = Idea.objects.create(**owner, unit=unit, origin=enquiry, title="Greet", how="At the door", created_by=person)
    outcome = IdeaOutcome.objects.create(**owner, idea=idea, title="On time", numbers="proportion", direction="up")
    trial = make_trial(idea, enquiry)
    TrialMeasure.objects.create(**owner, trial=trial, outcome=outcome, measure=measure)
    node = "0199f3a0-0000-7000-8000-000000000001"
    nodes = [{"id": node, "kind": "aim", "parent": "", "text": "Whimbrel aim"}]
    DriverVersion.objects.create(**owner, enquiry=enquiry, number=1, nodes=nodes, what="added", made_by=person)
    file = Evidence.objects.create(
        **owner,
        enquiry=enquiry,
        stage=Stage.CONTEXT,
        kind="file",
        title="whimbrel.txt",
        media_type="text/plain",
        size=8,
        content=b"Whimbrel",
        added_by=person,
    )
    PracticeDraft.objects.create(**owner, enquiry=enquiry, title="Whimbrel", finding="It helps", changed_by=person)
    return {
        "point_import_id": made.id,
        "evidence_id": file.id,
        "node_id": uuid.UUID(node),
        "number": 1,
        "change_idea_id": idea.id,
        "cycle_id": cycle.id,
        "measure_id": measure.id,
        "enquiry_id": enquiry.id,
        "stage": "context",
    }
