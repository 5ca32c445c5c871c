"""A row in every table of the room, for tests that ask who can reach them."""

from __future__ import annotations

from typing import Any

from collegium.enquire.enums import Stage
from collegium.enquire.models import Enquiry, EnquiryMember, StageNote
from collegium.people.models import Person, Unit
from tests import factories as make


def make_enquiry(unit: Unit, owner: Person | None, **more: Any) -> Enquiry:
    """Make an enquiry that somebody owns."""
    said = {"template": "classroom", "title": "Starting on time", "question": "Does greeting at the door help?", **more}
    return Enquiry.objects.create(community=unit.community, unit=unit, owner=owner, **said)


def fill(unit: Unit, person: Person) -> dict[str, Any]:
    """Put an enquiry that the person owns into the database; return what addresses need."""
    owner = {"community": unit.community}
    enquiry = make_enquiry(unit, person)
    EnquiryMember.objects.create(**owner, enquiry=enquiry, person=make.make_person(unit.community))
    StageNote.objects.create(
        **owner, enquiry=enquiry, stage=Stage.CONTEXT, text="Whimbrel at the door", written_by=person
    )
    return {"enquiry_id": enquiry.id, "stage": "context"}
