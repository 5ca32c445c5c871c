"""What was decided, read without signing in: the decision and its reasons, nobody's name, and nothing undecided."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.decide.enums import Public, Verdict
from collegium.decide.services import heard, outcomes
from collegium.people.models import Unit
from tests.decide import worlds
from tests.decide.test_outcomes import REVIEW, publish
from tests.decide.worlds import NOW, World
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return worlds.build(8)


def open_to(world: World, public: Public) -> None:
    choose = reverse("decide:matter_public", args=[world.matter.id])
    assert client_of(world.steward).post(choose, {"public": public}).status_code == 302


def test_a_decision_is_read_by_anybody_once_its_unit_says_so_and_names_nobody(world: World) -> None:
    address = reverse("decide:public", args=[world.matter.id])
    heard.dissent(**world.by(world.cleo), matter=world.matter, text="Mondays were better.")
    publish(
        world, stop_if="If nobody comes.", steps=[outcomes.Step(person=world.ben, what="Book the hall", due_on=REVIEW)]
    )
    assert Client().get(address).status_code == 404, "nothing is public by itself"
    open_to(world, Public.ADDRESS)
    response = Client().get(address)
    page = response.text
    for text in (world.matter.question, world.unit.name, "We meet on Fridays.", "Most can.", "If nobody comes."):
        assert text in page, text
    for person in (*world.staff, world.steward, world.guest):
        assert person.family_name not in page, person
        assert person.given_name not in page, person
    assert "Mondays were better." not in page
    assert "Book the hall" not in page
    assert (len(response.cookies), response["Cache-Control"]) == (0, "public, max-age=300")
    assert (response["X-Robots-Tag"], 'content="noindex"' in page) == ("noindex", True)
    again = Client().get(address, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    with time.at(NOW):
        outcomes.review(**world.by(world.ada), matter=world.matter, verdict=Verdict.REVERSE, found="Nobody came.")
    later = Client().get(address, headers={"If-None-Match": response["ETag"]})
    assert "It is reversed" in later.text
    open_to(world, Public.EVERYBODY)
    found = Client().get(address)
    assert "noindex" not in found.text + str(found.headers)
    open_to(world, Public.NOBODY)
    assert Client().get(address).status_code == 404


def test_what_is_not_decided_yet_or_of_a_unit_that_is_gone_is_not_there(world: World) -> None:
    address = reverse("decide:public", args=[world.matter.id])
    open_to(world, Public.EVERYBODY)
    assert Client().get(address).status_code == 404
    publish(world)
    assert Client().get(address).status_code == 200
    Unit.objects.filter(id=world.unit.id).update(ends_on=time.today())
    assert Client().get(address).status_code == 404


def test_those_who_lead_the_unit_choose_beside_what_would_be_read(world: World) -> None:
    choose, here = (reverse(f"decide:{name}", args=[world.matter.id]) for name in ("matter_public", "matter"))
    publish(world)
    assert client_of(world.ada).get(choose).status_code == 403, "who facilitates does not speak for the unit"
    assert client_of(world.colleague).get(choose).status_code == 404
    steward = client_of(world.steward)
    assert "We meet on Fridays." in steward.get(choose).text
    assert steward.post(choose, {"public": "some"}).status_code == 422
    assert choose in steward.get(here).text
    assert reverse("decide:public", args=[world.matter.id]) not in client_of(world.cleo).get(here).text
    open_to(world, Public.ADDRESS)
    assert reverse("decide:public", args=[world.matter.id]) in client_of(world.cleo).get(here).text


def test_the_public_page_takes_two_statements(world: World) -> None:
    publish(world)
    open_to(world, Public.ADDRESS)
    with CaptureQueriesContext(connection) as statements:
        assert Client().get(reverse("decide:public", args=[world.matter.id])).status_code == 200
    selects = [each["sql"] for each in statements if "decide_" in each["sql"]]
    assert len(selects) == 2, selects
