"""Two thousand open promises in one unit: a page of them takes less than a tenth of a second of server time."""

from __future__ import annotations

import datetime as dt
import statistics
import time as clock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.intend.models import Commitment
from collegium.intend.promise_enums import Audience, PromiseState
from tests.intend import promised
from tests.intend.promised import NOON
from tests.people.worlds import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MANY, MOST_MS = 2000, 100


def test_a_page_of_two_thousand_open_promises_is_quick() -> None:
    school = promised.build_school(staff=60, accounts=True)
    Commitment.objects.bulk_create(
        Commitment(
            community=school.community,
            unit=school.unit,
            by_person=school.staff[number % 60],
            second=school.staff[(number + 1) % 60] if number % 3 else None,
            audience=Audience.COLLEAGUES,
            to_unit=school.unit,
            what=f"Promise number {number}",
            due_on=promised.TODAY + dt.timedelta(days=number % 300),
            state=PromiseState.MADE,
            made_on=promised.TODAY,
        )
        for number in range(MANY)
    )
    client, url = client_of(school.head), reverse("intend:promises", args=[school.unit.slug])
    with time.at(NOON):
        client.get(url)
        spent = []
        for page in (1, 20, 40, 2, 39):
            with CaptureQueriesContext(connection) as seen:
                began = clock.process_time()
                response = client.get(f"{url}?page={page}")
                spent.append((clock.process_time() - began) * 1000)
            assert (response.status_code, len(seen) <= 32) == (200, True)
    assert "Promise number" in response.content.decode()
    assert statistics.median(spent) < MOST_MS, spent
