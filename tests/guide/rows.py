"""A row in every table of this room, and of the readings it keeps, for the tests of the wall between communities."""

from __future__ import annotations

import datetime as dt
from typing import Any

from collegium.base import time
from collegium.base.models import ReadUnit, StoredReading
from collegium.guide import reviews
from collegium.guide.models import (
    Agreement,
    DigestChoice,
    Dissenting,
    JudgementBox,
    MoveRecord,
    Review,
    ReviewFile,
    Seat,
    Watch,
    Weights,
)
from collegium.people.models import Person, Unit


def make_record(school: Unit, person: Person) -> MoveRecord:
    """Let a unit have taken a move up."""
    return MoveRecord.objects.create(
        community_id=school.community_id, unit=school, move_key="take_first_pulse", title="Take a first pulse",
        answer="taken", asks="everybody", weeks=1, answered_by=person,
    )  # fmt: skip


def make_review(school: Unit, person: Person) -> dict[str, Any]:
    """Put a row into every table of reviews: one that asks a person; return what its addresses ask for."""
    of = {"community_id": school.community_id}
    now, key = time.now(), "learning_community"
    file = ReviewFile.objects.create(
        **of, unit=school, key=key, version=2, title="Whimbrels", definition=reviews.get_shipped_file(key)
    )
    review = Review.objects.create(
        **of, unit=school, file=file, key=key, whom="all", asked=1, opened_at=now - dt.timedelta(hours=1),
        closes_at=now + dt.timedelta(days=2),
    )  # fmt: skip
    Seat.objects.create(**of, review=review, person=person)
    JudgementBox.objects.create(**of, review=review)
    Agreement.objects.create(**of, review=review, claim="openness", level="developing", why="Whimbrels")
    Dissenting.objects.create(**of, review=review, claim="openness", person=person, text="No whimbrels")
    Weights.objects.create(**of, unit=school, key=key, weights={"openness": 2}, reason="Whimbrels")
    return {"review_id": review.id, "review_key": key, "claim_key": "openness", "version": 2}


def fill(school: Unit, person: Person) -> None:
    """Put a row into every table."""
    make_record(school, person)
    make_review(school, person)
    of, now = school.community_id, time.now()
    DigestChoice.objects.create(community_id=of, person=person)
    StoredReading.objects.create(community_id=of, unit_id=school.id, key="people.groups", on=now.date(), value=1)
    ReadUnit.objects.create(community_id=of, unit_id=school.id, read_on=now.date(), read_at=now)
    Watch.objects.create(community_id=of, looked_until=now)
