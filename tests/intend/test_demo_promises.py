"""The promises of the demo: what the story says is true, is true on its pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from collegium.base import time
from collegium.intend.demo import promises as story
from collegium.intend.models import BoardEntry, Commitment, ConfirmationRound, WorkRole
from collegium.intend.promise_enums import Kept, PromiseState
from collegium.intend.promise_indicators import read_carried, read_kept
from collegium.intend.queries.carriers import list_carriers
from collegium.people import demo as people_demo
from collegium.people.demo.book import instant
from collegium.people.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = dt.date(2026, 5, 20)


def test_the_promises_of_the_demo_are_as_the_story_says() -> None:
    community = people_demo.build(seed=people_demo.SEED, today=TODAY)
    story.build(community, seed=people_demo.SEED, today=TODAY)
    told = {row.what: row for row in Commitment.objects.select_related("unit")}
    with time.at(instant(TODAY)):
        carriers = list_carriers(told.values())
        boards = [
            Client().get(reverse("intend:public_board", args=[address])).content.decode()
            for address in ("castlewick-promises", "kestrel-lane-promises")
        ]
        kestrel = Unit.objects.get(slug=people_demo.story.KESTREL_LANE)
        assert read_kept(kestrel.id, TODAY).value == 1
        assert read_carried(kestrel.id, TODAY).value == 1
    ownerless = {what for what, row in told.items() if not row.settled_on and carriers[row.id].asks_for_owner}
    alone = {what for what, row in told.items() if not row.settled_on and carriers[row.id].rests_on_one}
    overdue = {what for what, row in told.items() if row.state == PromiseState.MADE and row.due_on < TODAY}
    assert ownerless == {story.WORKLOAD}
    assert alone == {story.GARDEN, story.VISITS}
    assert overdue == {story.TIMETABLE}
    assert told[story.VISITS].state == PromiseState.PROPOSED
    assert told[story.ASK_FIRST].pair == told[story.PARTNER]
    assert told[story.PARTNER].state == PromiseState.KEPT
    asked = ConfirmationRound.objects.get()
    assert (asked.is_by_name, asked.outcome) == (False, Kept.KEPT)
    assert [role.title for role in WorkRole.objects.filter(obligations=[])] == ["Questioner"]
    assert BoardEntry.objects.filter(taken_off_on__isnull=True).count() == 4
    assert "until the roof is mended" in boards[0]
    assert "kept, say those it was made to" in boards[1].lower()
    assert not any(head in text for text in boards for head in ("Ibekwe", "Castlewick High School: "))
