"""What a person reads and takes away of what this room knows of them; and the trail narrowed to its kinds."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from collegium.listen.models import AskingLimit, SenseNote
from tests.listen import worlds
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db


def test_somebody_who_was_asked_reads_and_takes_away_that_they_were() -> None:
    school = worlds.build_school(teams=(12,), accounts=True)
    me, other = school.staff[:2]
    pulse = worlds.open_at_start(worlds.prepare(school.unit, school.steward), school.steward)
    AskingLimit.objects.create(community=school.community, person=me, weeks_between=6)
    for person, text in ((me, "More time together"), (other, "A quieter staff room")):
        SenseNote.objects.create(
            community=school.community,
            pulse=pulse,
            unit=school.unit,
            question="surprises",
            text=text,
            written_by=person,
        )
    page = client_of(me).get(reverse("people:my_data")).content.decode()
    assert "not handed in" in page
    assert "At most every 6 weeks" in page
    assert "More time together" in page
    assert "A quieter staff room" not in page
    taken = json.loads(client_of(me).post(reverse("people:my_export")).content)["pulses"]
    assert [(row["pulse"], row["answered"]) for row in taken["asked_in"]] == [(pulse.title, False)]
    assert taken["weeks_between_recurring_pulses"] == 6
    assert [row["text"] for row in taken["notes_on_results"]] == ["More time together"]
    assert taken["asked_in"][0].keys() == {"pulse", "unit", "opened", "closed", "answered"}, "no answer, no instant"


def test_the_trail_can_be_narrowed_to_pulses() -> None:
    school = worlds.build_school(teams=(12,), accounts=True)
    worlds.open_at_start(worlds.prepare(school.unit, school.steward), school.steward)
    client = client_of(school.steward)
    page = client.get(reverse("people:unit_audit", args=[school.unit.slug]), {"kind": "pulse"}).content.decode()
    rows = page[page.index("<main") : page.index("</main>")]
    assert "opened the pulse" in rows
    page = client.get(reverse("people:unit_audit", args=[school.unit.slug]), {"kind": "post"}).content.decode()
    assert "opened the pulse" not in page[page.index("<main") :]
