"""A row in every table of this room, and of the readings it keeps, for the tests of the wall between communities."""

from __future__ import annotations

from collegium.base import time
from collegium.base.models import ReadUnit, StoredReading
from collegium.guide.models import DigestChoice, MoveRecord, Watch
from collegium.people.models import Person, Unit


def make_record(school: Unit, person: Person) -> MoveRecord:
    """Let a unit have taken a move up."""
    return MoveRecord.objects.create(
        community_id=school.community_id, unit=school, move_key="take_first_pulse", title="Take a first pulse",
        answer="taken", asks="everybody", weeks=1, answered_by=person,
    )  # fmt: skip


def fill(school: Unit, person: Person) -> None:
    """Put a row into every table."""
    make_record(school, person)
    of, now = school.community_id, time.now()
    DigestChoice.objects.create(community_id=of, person=person)
    StoredReading.objects.create(community_id=of, unit_id=school.id, key="people.groups", on=now.date(), value=1)
    ReadUnit.objects.create(community_id=of, unit_id=school.id, read_on=now.date(), read_at=now)
    Watch.objects.create(community_id=of, looked_until=now)
