"""What somebody may do follows from today, whatever day a page is read as of, and from nothing but what they hold."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from collegium.base import time
from collegium.base.models import Event
from collegium.people import policies
from collegium.people.enums import Role, UnitKind
from collegium.people.errors import Conflict
from collegium.people.models import Unit, UnitRole
from collegium.people.queries import persons
from collegium.people.services import groups, roles, units
from collegium.people.services.undo import undo_ending
from tests import factories
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db


def days_ago(days: int) -> dt.date:
    return time.today() - dt.timedelta(days=days)


@pytest.fixture
def left() -> tuple[Unit, Unit]:
    """A school that left its district a month ago, and the district."""
    community = factories.make_community()
    district = factories.make_unit(community, kind=UnitKind.DISTRICT)
    school = factories.make_unit(community)
    factories.contain(district, school, ends_on=days_ago(30))
    factories.make_post(factories.make_person(community, "Quillon"), school)
    factories.make_group(school)
    return district, school


@pytest.fixture
def former(left: tuple[Unit, Unit]) -> Client:
    """A browser of the district's steward, who looked after the school until it left."""
    return client_of(factories.steward_of(left[0]))


PAGES = ["people/", "people/over-time/", "trail/", "rosters/", "rename/", "people/add/", "groups/", "roles/give/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("day", ["", "?as_of={then}", "?as_of=1900-01-01"])
def test_looking_back_gives_no_power_back(left: tuple[Unit, Unit], former: Client, page: str, day: str) -> None:
    address = f"/u/{left[1].slug}/{page}{day.format(then=days_ago(60).isoformat())}"
    assert former.get(address).status_code == 403


def test_looking_ahead_gives_no_power_yet(left: tuple[Unit, Unit], former: Client) -> None:
    factories.contain(*left, starts_on=time.today() + dt.timedelta(days=30))
    ahead = (time.today() + dt.timedelta(days=60)).isoformat()
    assert former.get(f"/u/{left[1].slug}/people/?as_of={ahead}").status_code == 403


def test_nothing_is_carried_away_of_a_unit_that_left(left: tuple[Unit, Unit], former: Client) -> None:
    for page in ("trail/export/", "rosters/export/"):
        address = f"/u/{left[1].slug}/{page}?as_of={days_ago(60).isoformat()}"
        assert former.post(address, {"form": "csv"}).status_code == 403


def test_the_trail_of_a_day_tells_nothing_of_later(left: tuple[Unit, Unit], former: Client) -> None:
    """Else a steward could go on reading what happens in a unit that has left theirs."""
    district, school = left
    person = factories.steward_of(school)
    groups.add_group(actor=factories.actor_of(person), unit=school, kind="plc", name="Meadowlark circle")
    address = f"/u/{district.slug}/trail/?as_of={days_ago(60).isoformat()}"
    assert "Meadowlark" not in former.get(address).content.decode()
    export = f"/u/{district.slug}/trail/export/?as_of={days_ago(60).isoformat()}"
    assert "Meadowlark" not in former.post(export).content.decode()


def test_a_guest_role_elsewhere_does_not_hand_a_person_over() -> None:
    """Who looks after a unit that somebody visits does not look after that person."""
    community = factories.make_community()
    district = factories.make_unit(community, kind=UnitKind.DISTRICT)
    visited = factories.make_unit(community, within=district)
    own = factories.make_unit(community)
    person = factories.make_person(community)
    factories.make_post(person, own)
    factories.make_role(person, visited, Role.GUEST)
    steward = factories.actor_of(factories.steward_of(district))
    assert not policies.can_look_after_person(steward, persons.get_whereabouts(person))


def test_the_last_steward_cannot_go_by_dating_back() -> None:
    """On a day when there still was another steward, the role could end; today it is the last one."""
    school = factories.make_unit(factories.make_community())
    community = school.community
    one, other = factories.make_person(community), factories.make_person(community)
    last = factories.make_role(one, school, starts_on=days_ago(90))
    factories.make_role(other, school, starts_on=days_ago(90), ends_on=days_ago(10))
    with pytest.raises(Conflict, match="last_steward"):
        roles.end_role(actor=factories.actor_of(one), role=last, on=days_ago(30))


def test_a_steward_for_a_while_does_not_relieve_the_last_one() -> None:
    school = factories.make_unit(factories.make_community())
    community = school.community
    one, other = factories.make_person(community), factories.make_person(community)
    last = factories.make_role(one, school, starts_on=days_ago(90))
    factories.make_role(other, school, starts_on=days_ago(90), ends_on=time.today() + dt.timedelta(days=1))
    with pytest.raises(Conflict, match="last_steward"):
        roles.end_role(actor=factories.actor_of(one), role=last)


def test_what_was_ended_by_hand_since_does_not_come_back_with_its_unit() -> None:
    """A unit was to end next month, then a steward was removed today, then the ending was taken back."""
    community = factories.make_community()
    school = factories.make_unit(community)
    steward = factories.steward_of(school)
    removed = factories.make_role(factories.make_person(community), school, starts_on=days_ago(90))
    actor = factories.actor_of(steward)
    units.end_unit(actor=actor, unit=school, on=time.today() + dt.timedelta(days=30))
    event = Event.objects.get(verb="unit.ended")
    removed.refresh_from_db()
    roles.end_role(actor=actor, role=removed)
    undo_ending(actor=actor, place=factories.place_of(school), event=event)
    assert UnitRole.objects.get(id=removed.id).ends_on == time.today()
    assert UnitRole.objects.get(person=steward).ends_on is None
