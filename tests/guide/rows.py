"""A row in every table of this room, and of the readings it keeps, for the tests of the wall between communities."""

from __future__ import annotations

from collegium.base import time
from collegium.base.models import ReadUnit, StoredReading
from collegium.guide.models import Watch
from collegium.people.models import Person, Unit


def fill(school: Unit, _person: Person) -> None:
    """Put a row into every table."""
    of, now = school.community_id, time.now()
    StoredReading.objects.create(community_id=of, unit_id=school.id, key="people.groups", on=now.date(), value=1)
    ReadUnit.objects.create(community_id=of, unit_id=school.id, read_on=now.date(), read_at=now)
    Watch.objects.create(community_id=of, looked_until=now)
