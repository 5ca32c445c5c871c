"""One-click links: people of the demo, and nothing anywhere else."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from collegium.people.models import Person
from collegium.people.services import demo_links
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Any) -> list[Person]:
    """Two people of a demo, on a server that shows it."""
    settings.DEMO = True
    community = factories.make_community(is_demo=True)
    return [factories.make_person(community), factories.make_person(community, account=True)]


def test_one_click_signs_in_and_another_changes_who_it_is(demo: list[Person]) -> None:
    client = Client()
    for person in [*demo, demo[0]]:
        assert client.get(demo_links.path_of(person))["Location"] == "/"
        assert client.get("/account/").context["request"].actor.person_id == person.id


def test_a_session_by_link_is_listed_among_the_devices(demo: list[Person]) -> None:
    client = Client()
    client.get(demo_links.path_of(demo[0]))
    assert "this one" in client.get("/account/").content.decode()


def test_a_link_counts_as_having_shown_who_one_is(demo: list[Person]) -> None:
    client = Client()
    client.get(demo_links.path_of(demo[0]))
    assert client.get("/account/password/").status_code == 200


def test_links_open_nothing_outside_the_demo(demo: list[Person], settings: Any) -> None:
    path = demo_links.path_of(demo[0])
    settings.DEMO = False
    client = Client()
    assert client.get(path).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_demo_server_opens_no_real_community(demo: list[Person]) -> None:
    real = factories.make_person(factories.make_community())
    client = Client()
    assert client.get(demo_links.path_of(real)).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_link_does_not_open_what_the_same_address_is_elsewhere(demo: list[Person]) -> None:
    """Else a steward of the demo could give one of its people the address of somebody real, and become them."""
    factories.make_person(factories.make_community(), email=demo[0].email)
    client = Client()
    assert client.get(demo_links.path_of(demo[0])).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("salt", ["", "django.core.signing", "collegium.other"])
def test_a_link_cannot_be_made_up(demo: list[Person], salt: str) -> None:
    person = demo[0]
    for token in (str(person.id), signing.dumps(str(person.id), salt=salt), demo_links.path_of(person)[14:-2]):
        assert Client().get(f"/demo/sign-in/{token}/").status_code == 404


def test_a_link_to_nobody_leads_nowhere(demo: list[Person]) -> None:
    token = signing.dumps(str(uuid.uuid4()), salt=demo_links.SALT)
    assert Client().get(f"/demo/sign-in/{token}/").status_code == 404
