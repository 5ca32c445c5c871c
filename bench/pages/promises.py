"""Fills the school of a bench with promises: two thousand open ones, every third with nobody beside its owner."""

from __future__ import annotations

import datetime as dt

from bench.pages.populate import BATCH, District
from collegium.base import time
from collegium.intend.models import Commitment
from collegium.intend.promise_enums import Audience, PromiseState
from collegium.people.models import Person
from collegium.people.queries import structure

MANY = 2_000


def promise(district: District) -> None:
    """Let the people of the school promise something to their colleagues."""
    today, school = time.today(), district.school
    staff = list(Person.objects.filter(posts__unit_id__in=structure.inside(school.id, today)).order_by("id"))
    Commitment.objects.bulk_create(
        (
            Commitment(
                community=district.community,
                unit=school,
                by_person=staff[number % len(staff)],
                second=staff[(number + 1) % len(staff)] if number % 3 else None,
                audience=Audience.COLLEAGUES,
                to_unit=school,
                what=f"We answer question {number} within two days.",
                due_on=today + dt.timedelta(days=number % 300),
                state=PromiseState.MADE,
                made_on=today,
            )
            for number in range(MANY)
        ),
        batch_size=BATCH,
    )
