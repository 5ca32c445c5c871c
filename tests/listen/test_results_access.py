"""Who sees which result, and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from collegium.base import time
from collegium.listen.models import Pulse
from collegium.listen.services import naming
from collegium.people.enums import Level, Role, UnitKind
from collegium.people.models import Person, Post, Unit
from tests import factories as make
from tests.listen import worlds
from tests.listen.worlds import School
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db

FORMS = ("result", "result_print", "result_summary", "result_slide", "result_csv", "result_xlsx", "sense")


@dataclass
class World:
    """An alliance of two schools after a pulse in both, and everybody who might look."""

    alliance: Unit
    schools: list[School]
    pulse: Pulse
    people: dict[str, Person]

    def client(self, who: str) -> Client:
        """Return a browser of somebody."""
        return client_of(self.people[who])


@pytest.fixture
def world() -> World:
    community = make.make_community()
    alliance = make.make_unit(community, "Estuary Alliance", kind=UnitKind.ALLIANCE)
    schools = [
        worlds.build_school(community, teams=(9, 9), within=alliance, name=name) for name in ("Saltmarsh", "Hillcrest")
    ]
    leader = make.steward_of(alliance)
    principal = make.make_person(community, account=True)
    make.make_post(principal, schools[0].unit, "Principal", level=Level.SENIOR)
    make.make_role(principal, schools[0].unit, Role.LEAD)
    governor = make.make_person(community, account=True)
    make.make_post(governor, schools[0].unit, "Governor", level=Level.GOVERNANCE)
    pulse = worlds.open_at_start(worlds.prepare(alliance, leader), leader)
    worlds.answer_all(pulse, [person for school in schools for person in school.staff])
    worlds.close(pulse)
    stranger = make.steward_of(make.make_unit(make.make_community()))
    people = {
        "teacher": schools[0].staff[0],
        "other teacher": schools[1].staff[0],
        "principal": principal,
        "governor": governor,
        "leader": leader,
        "stranger": stranger,
    }
    return World(alliance, schools, pulse, people)


def status(client: Client, name: str, unit: Unit, pulse: Pulse, **query: str) -> int:
    return int(client.get(reverse(f"listen:{name}", args=[unit.slug, pulse.id]), query).status_code)


def after(pulse: Pulse) -> dt.datetime:
    return pulse.results_at + dt.timedelta(hours=1)


def test_each_sees_what_they_should(world: World) -> None:
    school, other, team = world.schools[0].unit, world.schools[1].unit, world.schools[0].teams[0]
    expected = {
        #               own school, its team, the other school, the alliance
        "teacher": (200, 200, 403, 200),
        "principal": (200, 200, 403, 200),
        "governor": (200, 200, 403, 200),
        "other teacher": (403, 403, 200, 200),
        "leader": (403, 403, 403, 200),
        "stranger": (404, 404, 404, 404),
    }
    with time.at(after(world.pulse)):
        for who, statuses in expected.items():
            client = world.client(who)
            found = tuple(status(client, "result", unit, world.pulse) for unit in (school, team, other, world.alliance))
            assert found == statuses, who
        leader, teacher = world.client("leader"), world.client("teacher")
        for name in FORMS:
            assert status(leader, name, school, world.pulse) == 403, name
            assert status(teacher, name, school, world.pulse) == 200, name


def test_a_school_lets_those_above_it_in_by_its_own_consent_and_nobody_beside_it(world: World) -> None:
    school, team = world.schools[0], world.schools[0].teams[0]
    with time.at(after(world.pulse)):
        picture = reverse("listen:result", args=[world.alliance.slug, world.pulse.id])
        assert "Saltmarsh" not in world.client("leader").get(picture).content.decode()
        naming.give_consent(actor=make.actor_of(school.steward), pulse=world.pulse, unit=school.unit)
        for unit in (school.unit, team):
            assert status(world.client("leader"), "result", unit, world.pulse) == 200
            assert status(world.client("other teacher"), "result", unit, world.pulse) == 403
        own = reverse("listen:result", args=[school.unit.slug, world.pulse.id])
        seen_by_leader = world.client("leader").get(picture).content.decode()
        seen_by_other = world.client("other teacher").get(picture).content.decode()
        assert "Saltmarsh" in seen_by_leader
        assert own in seen_by_leader
        assert "Saltmarsh" in seen_by_other
        assert own not in seen_by_other
        # Whoever reads by consent writes no notes.
        notes = reverse("listen:sense", args=[school.unit.slug, world.pulse.id])
        written = {"question": "keep", "text": "Nothing."}
        assert world.client("leader").post(notes, written).status_code == 403
        assert world.client("teacher").post(notes, written).status_code == 302


def test_before_its_hour_a_result_says_when_and_gives_nothing(world: World) -> None:
    school = world.schools[0].unit
    with time.at(world.pulse.results_at - dt.timedelta(minutes=1)):
        page = world.client("teacher").get(reverse("listen:result", args=[school.slug, world.pulse.id]))
        assert page.status_code == 200
        assert "not out yet" in page.content.decode()
        assert "Openness" not in page.content.decode()
        for name in FORMS[1:]:
            assert status(world.client("teacher"), name, school, world.pulse) == 403, name
        assert status(world.client("leader"), "result", school, world.pulse) == 403
        assert status(world.client("stranger"), "result", school, world.pulse) == 404


def test_whoever_was_asked_keeps_the_result_when_they_leave(world: World) -> None:
    leaver = world.people["teacher"]
    Post.objects.filter(person=leaver).update(ends_on=world.pulse.closes_at.date())
    with time.at(after(world.pulse)):
        assert status(world.client("teacher"), "result", world.schools[0].unit, world.pulse) == 200
        assert status(world.client("teacher"), "result", world.schools[1].unit, world.pulse) == 403


def test_levels_and_pulses_that_are_not_there_are_not_found(world: World) -> None:
    school = world.schools[0].unit
    with time.at(after(world.pulse)):
        teacher = world.client("teacher")
        assert status(teacher, "result", school, world.pulse, level="nonsense") == 404
        elsewhere = make.make_unit(school.community, "Apart")
        assert status(teacher, "result", elsewhere, world.pulse) == 404
