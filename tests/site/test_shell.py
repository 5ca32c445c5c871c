"""The frame round a page: where one is, where one may go, and the phone's five."""

from __future__ import annotations

import dataclasses

import pytest
from django.test import Client
from django.urls import reverse

from collegium.intend.models import Circle
from collegium.people.enums import UnitKind
from collegium.people.models import Person, Unit
from collegium.site.shell import NavEntry, Shell
from tests import factories as make
from tests.decide import worlds as decisions

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher() -> Person:
    """Somebody with a post in one of two schools."""
    community = make.make_community()
    alliance = make.make_unit(community, "Estuary Alliance", kind=UnitKind.ALLIANCE, slug="estuary")
    school = make.make_unit(community, "Saltmarsh Primary", slug="saltmarsh", within=alliance)
    make.make_unit(community, "Ferry Road Academy", slug="ferry-road", within=alliance)
    person = make.make_person(community, account=True)
    make.make_post(person, school)
    return person


def shell_of(person: Person, url: str) -> Shell:
    """Return the frame of a page as the person gets it."""
    client = Client()
    assert person.account is not None
    client.force_login(person.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get(url)
    assert response.status_code == 200
    shell = response.context["shell"]
    assert isinstance(shell, Shell)
    return shell


def places_in(shell: Shell) -> dict[str, str]:
    """Return which entries say that one is there, or somewhere under them."""
    marks = {entry.key: "here" for entry in shell.nav if entry.is_current}
    return marks | {entry.key: "around" for entry in shell.nav if entry.is_around}


def test_the_rail_says_where_one_is(teacher: Person) -> None:
    pages = {
        "unit_home": {"people.home": "here"},
        "unit_people": {"people.people": "here"},
        "unit_over_time": {"people.people": "around"},
        "unit_organisation": {"people.organisation": "here"},
    }
    for name, marks in pages.items():
        assert places_in(shell_of(teacher, reverse(f"people:{name}", args=["saltmarsh"]))) == marks, name


def test_the_rail_knows_pages_that_stand_elsewhere_than_their_room(teacher: Person) -> None:
    school = Unit.objects.get(slug="saltmarsh")
    circle = Circle.objects.create(community=school.community, unit=school)
    matter = decisions.ask(make.actor_of(teacher), school)
    pages = {
        reverse("intend:promises", args=["saltmarsh"]): "intend.line",
        reverse("intend:promise_add", args=["saltmarsh"]): "intend.line",
        reverse("intend:work_roles", args=["saltmarsh"]): "intend.line",
        reverse("intend:challenge_write", args=["saltmarsh"]): "intend.line",
        reverse("intend:circle", args=[circle.id]): "intend.line",
        reverse("decide:matter", args=[matter.id]): "decide.unit",
    }
    for url, room in pages.items():
        assert places_in(shell_of(teacher, url)) == {room: "around"}, url
    assert places_in(shell_of(teacher, reverse("intend:my_values"))) == {}, "one's own pages belong to no room"


def test_a_link_of_the_rail_tells_a_screen_reader_where_one_is() -> None:
    def draw(*, is_current: bool = False, is_around: bool = False) -> str:
        entry = NavEntry(key="e", title="Aims & <b>ends", url="/e?a&b", icon="home")
        return dataclasses.replace(entry, is_current=is_current, is_around=is_around).link

    assert '<a class="nav-link" href="/e?a&amp;b"><svg class="icon icon-home"' in draw()
    assert "<span>Aims &amp; &lt;b&gt;ends</span></a>" in draw()
    assert 'href="/e?a&amp;b" aria-current="page">' in draw(is_current=True)
    assert 'href="/e?a&amp;b" aria-current="true">' in draw(is_around=True)


def test_the_switcher_offers_ones_own_units_and_marks_the_one_looked_at(teacher: Person) -> None:
    own = shell_of(teacher, reverse("people:unit_home", args=["saltmarsh"]))
    assert [choice.title for choice in own.units] == ["Saltmarsh Primary", "Estuary Alliance"]
    assert own.unit is own.units[0]
    elsewhere = shell_of(teacher, reverse("people:unit_home", args=["ferry-road"]))
    assert [choice.title for choice in elsewhere.units] == [
        "Ferry Road Academy",
        "Saltmarsh Primary",
        "Estuary Alliance",
    ]
    assert elsewhere.unit is not None
    assert elsewhere.unit.title == "Ferry Road Academy"
    assert elsewhere.unit.kind == str(UnitKind.SCHOOL.label)
    nowhere = shell_of(teacher, reverse("people:my_part"))
    assert nowhere.unit is None
    assert nowhere.my_part.is_current


def test_a_phone_has_five_under_the_thumb() -> None:
    entries = tuple(NavEntry(key=f"e{place}", title=f"E{place}", url="/", icon="home") for place in range(9))
    mine = NavEntry(key="mine", title="My part", url="/me", icon="my-part")
    shell = Shell(actor_name="A", actor_url="/me", sign_out_url="/out", my_part=mine, nav=entries)
    # "My part" and "More" are the fourth and the fifth.
    assert [entry.key for entry in shell.phone_bar] == ["e0", "e1", "e2"]


def test_my_part_and_signing_out_are_one_press_away(teacher: Person) -> None:
    shell = shell_of(teacher, reverse("people:unit_home", args=["saltmarsh"]))
    assert shell.my_part.url == shell.actor_url == reverse("people:my_part")
    assert shell.sign_out_url == reverse("account_logout")
    assert shell.sign_in_url == reverse("account_settings")
