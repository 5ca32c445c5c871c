"""One-click links: five people of the demo, and nothing anywhere else."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from collegium.people.enums import GroupRole, Level, Role, UnitKind
from collegium.people.models import Community, Person
from collegium.people.services import demo_links
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Any) -> Community:
    """A community with one person of each kind."""
    settings.DEMO = True
    community = factories.make_community(is_demo=True)
    alliance = factories.make_unit(community, kind=UnitKind.ALLIANCE)
    school = factories.make_unit(community, within=alliance)

    def person(name: str, level: str) -> Person:
        made = factories.make_person(community, name)
        factories.make_post(made, school, level=level)
        return made

    person("Teacher", Level.CLASSROOM)
    facilitator = person("Facilitator", Level.CLASSROOM)
    factories.make_membership(facilitator, factories.make_group(school), GroupRole.FACILITATOR)
    factories.make_role(person("Principal", Level.SENIOR), school, Role.STEWARD)
    factories.make_role(person("Leader", Level.EXECUTIVE), alliance, Role.LEAD)
    person("Governor", Level.GOVERNANCE)
    return community


def test_five_people_each_see_the_house_from_another_place(demo: Community) -> None:
    links = demo_links.make_links(demo)
    assert [(label, person.given_name) for label, person, _path in links] == [
        ("Teacher", "Teacher"),
        ("Team facilitator", "Facilitator"),
        ("Principal", "Principal"),
        ("Alliance leader", "Leader"),
        ("Governor", "Governor"),
    ]


def test_one_click_signs_in_and_another_changes_who_it_is(demo: Community) -> None:
    client = Client()
    for _label, person, path in demo_links.make_links(demo):
        assert client.get(path)["Location"] == "/"
        assert client.get("/account/").wsgi_request.actor.person_id == person.id


def test_a_link_counts_as_having_shown_who_one_is(demo: Community) -> None:
    client = Client()
    client.get(demo_links.make_links(demo)[0][2])
    assert client.get("/account/password/").status_code == 200


def test_links_open_nothing_outside_the_demo(demo: Community, settings: Any) -> None:
    path = demo_links.make_links(demo)[0][2]
    settings.DEMO = False
    client = Client()
    assert client.get(path).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_demo_server_opens_no_real_community(demo: Community) -> None:
    real = factories.make_person(factories.make_community())
    client = Client()
    assert client.get(demo_links.path_of(real)).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("salt", ["", "django.core.signing", "collegium.other"])
def test_a_link_cannot_be_made_up(demo: Community, salt: str) -> None:
    person = demo_links.make_links(demo)[0][1]
    for token in (str(person.id), signing.dumps(str(person.id), salt=salt), demo_links.path_of(person)[14:-2]):
        assert Client().get(f"/demo/sign-in/{token}/").status_code == 404


def test_a_link_to_nobody_leads_nowhere(demo: Community) -> None:
    token = signing.dumps(str(uuid.uuid4()), salt=demo_links.SALT)
    assert Client().get(f"/demo/sign-in/{token}/").status_code == 404
