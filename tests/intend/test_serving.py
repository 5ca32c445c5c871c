"""A challenge's page says what is promised for it, to those who may read it, and where to promise more."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.intend.models import Challenge, Commitment
from collegium.intend.promise_enums import Audience, PromiseState
from collegium.intend.queries import serving
from collegium.intend.services import promising
from collegium.intend.services.promising import By, To, Words
from collegium.people.models import Person, Unit
from collegium.people.queries import places
from tests import factories as make
from tests.intend import worlds
from tests.intend.worlds import Line
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Line:
    return worlds.build()


def promise(unit: Unit, person: Person, challenge: Challenge, what: str, days: int = 30) -> Commitment:
    return promising.propose_promise(
        actor=make.actor_of(person),
        unit=unit,
        words=Words(what=what, serves=challenge),
        by=By(person=person),
        to=To(audience=Audience.COLLEAGUES, unit=unit),
        due_on=time.today() + dt.timedelta(days=days),
    )


def address(challenge: Challenge) -> str:
    return reverse("intend:challenge", args=[challenge.unit.slug, challenge.id])


def read(client: Client, url: str) -> str:
    response: Any = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return str(response.content.decode())


def shown(actor: Person, challenge: Challenge) -> list[str]:
    place = places.locate(challenge.unit, time.today())
    return [row.what for row in serving.list_serving_for(make.actor_of(actor), place, challenge).promises]


def test_the_page_says_who_promised_what_to_whom_and_leads_to_a_promise_for_it(world: Line) -> None:
    challenge, member = worlds.write_challenge(world.school, world.lead), client_of(world.staff[0])
    assert "Nobody has said yet what they will do for it" in read(member, address(challenge))
    link = re.search(r'href="([^"]+\?serves=[^"]+)"', read(member, address(challenge)))
    assert link
    form = read(member, link[1])
    assert f'value="{challenge.id}" selected' in form
    due = (time.today() + dt.timedelta(days=30)).isoformat()
    sent: Any = member.post(
        link[1],
        {"what": "We read", "by": "me", "audience": "colleagues", "due_on": due, "serves": str(challenge.id)},
    )
    assert sent.status_code == 302
    page = read(client_of(world.lead), address(challenge))
    for text in ("We read", world.staff[0].full_name, f"colleagues at {world.school.name}", "rests on one person"):
        assert text in page


def test_a_made_up_challenge_in_the_address_prefills_nothing(world: Line) -> None:
    elsewhere = worlds.build()
    foreign = worlds.write_challenge(elsewhere.school, elsewhere.lead)
    url = reverse("intend:promise_add", args=[world.school.slug])
    for made_up in ("x", str(foreign.id), ""):
        form = read(client_of(world.staff[0]), f"{url}?serves={made_up}")
        assert foreign.title not in form


def test_what_schools_promise_for_their_district_is_read_by_those_who_may(world: Line) -> None:
    head_of_district = worlds.lead_of(world.district)
    challenge = worlds.write_challenge(world.district, head_of_district)
    other = make.make_unit(world.community, within=world.district)
    neighbour = make.make_person(world.community, account=True)
    make.make_post(neighbour, other)
    promise(world.school, world.staff[0], challenge, "We read aloud")
    promise(other, neighbour, challenge, "We lend books", 40)
    assert shown(head_of_district, challenge) == ["We read aloud", "We lend books"]
    assert shown(world.staff[1], challenge) == ["We read aloud"]
    assert shown(neighbour, challenge) == ["We lend books"]
    stranger = make.make_person(world.community, account=True)
    make.make_post(stranger, make.make_unit(world.community))
    page = read(client_of(stranger), address(challenge))
    assert "No promise for it that you may read" in page
    assert "?serves=" not in page
    link = f"{reverse('intend:promise_add', args=[other.slug])}?serves={challenge.id}"
    assert link in read(client_of(neighbour), address(challenge)), "they promise it in their own school"


def test_open_promises_come_first_and_released_ones_are_gone(world: Line) -> None:
    challenge = worlds.write_challenge(world.school, world.lead)
    kept, late, soon, gone = (
        promise(world.school, world.lead, challenge, what, days)
        for what, days in (("Kept", 5), ("Late", 60), ("Soon", 10), ("Gone", 20))
    )
    for row, state in ((kept, PromiseState.KEPT), (gone, PromiseState.RELEASED)):
        Commitment.objects.filter(id=row.id).update(state=state, settled_on=time.today())
    assert shown(world.staff[0], challenge) == ["Soon", "Late", "Kept"]
    assert {late.state, soon.state} == {PromiseState.MADE}


def test_nothing_can_be_promised_for_a_draft_or_a_closed_challenge(world: Line) -> None:
    draft = worlds.write_challenge(world.school, world.lead, publish=False)
    assert "What is promised for it" not in read(client_of(world.lead), address(draft))
    closed = worlds.write_challenge(world.school, world.lead)
    Challenge.objects.filter(id=closed.id).update(
        started_at=time.now(), closed_at=time.now(), outcome="met", owner=world.lead, second_owner=world.staff[0]
    )
    page = read(client_of(world.lead), address(closed))
    assert "What is promised for it" in page
    assert "?serves=" not in page


def test_the_page_asks_as_often_for_many_promises_as_for_one_and_shows_the_first_fifty(world: Line) -> None:
    challenge, client = worlds.write_challenge(world.school, world.lead), client_of(world.lead)
    counted, made = [], 0
    for wanted in (1, 3, 30):
        for _each in range(wanted - made):
            promise(world.school, world.lead, challenge, f"Promise {_each}")
        made = wanted
        read(client, address(challenge))
        with CaptureQueriesContext(connection) as seen:
            read(client, address(challenge))
        counted.append(len(seen))
    assert len(set(counted)) == 1, counted
    like = Commitment.objects.first()
    assert like is not None
    rows = [
        Commitment(**{field.attname: getattr(like, field.attname) for field in Commitment._meta.fields})
        for _n in range(22)
    ]
    for row in rows:
        row.id = Commitment._meta.pk.get_default()
    Commitment.objects.bulk_create(rows)
    assert "2 more are on the pages of the units that promised" in read(client, address(challenge))
