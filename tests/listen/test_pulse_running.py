"""The pages of pulses that run: how they go, in an alliance, coming back, on My part; and how much work a page is."""

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
from collegium.listen.enums import PulseState
from collegium.listen.models import NamingConsent, Pulse, PulseSeries
from collegium.listen.services import recurring
from collegium.people.enums import Level, Role, UnitKind
from collegium.people.models import Person
from tests import factories as make
from tests.listen import worlds
from tests.listen.pulse_pages import MONDAY, main_of, open_it, opened, prepare, read, url
from tests.listen.worlds import School
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return worlds.build_school(teams=(14, 8, 3), support=4, name="Saltmarsh School")


# --- while it is open -------------------------------------------------------------------------------------------------
def test_the_rate_moves_in_steps_and_names_nobody(school: School) -> None:
    client = client_of(school.steward)
    pulse = opened(school)
    seen = []
    for already, more in ((0, 4), (4, 5), (5, 9), (9, 10)):
        worlds.answer_all(pulse, school.staff[already:more])
        with time.at(MONDAY + dt.timedelta(hours=2)):
            pages = read(client, url("pulse_watch", school, pulse.id)), read(client, url("unit_listen", school))
        seen.append(re.findall(r"(?:Fewer than|At least) \d+ of 29", pages[0])[0])
        assert seen[-1] in pages[1]
        for page in pages:
            assert not any(one.family_name in page for one in school.staff)
    assert seen == ["Fewer than 5 of 29", "At least 5 of 29", "At least 5 of 29", "At least 10 of 29"]


def test_the_page_says_what_happens_next_and_that_nobody_can_stop_it(school: School) -> None:
    client = client_of(school.steward)
    pulse = opened(school)
    with time.at(MONDAY + dt.timedelta(hours=2)):
        page = read(client, url("pulse_watch", school, pulse.id))
    assert "Nobody can close it early" in page
    assert "0 of 2 sent" in page
    assert url("pulse_add", school) + f"?from={pulse.id}" in page
    worlds.answer_all(pulse, school.staff)
    worlds.close(pulse)
    with time.at(pulse.closes_at + dt.timedelta(hours=1)):
        page = read(client, url("pulse_watch", school, pulse.id))
        assert "Closed" in page
        assert reverse("listen:result", args=[school.unit.slug, pulse.id]) not in page
    with time.at(pulse.results_at):
        result = reverse("listen:result", args=[school.unit.slug, pulse.id])
        assert result in read(client, url("pulse_watch", school, pulse.id))
        assert result in read(client, url("unit_listen", school))


def test_a_pulse_that_opens_later_says_so(school: School) -> None:
    client = client_of(school.steward)
    with time.at(MONDAY):
        pulse = prepare(client, school, opens_at="2026-03-04T07:30")
        open_it(client, school, pulse)
        assert "not open yet" in read(client, url("unit_listen", school))
        assert "Nobody can answer before it opens." in read(client, url("pulse_watch", school, pulse.id))


# --- of an alliance ---------------------------------------------------------------------------------------------------
@pytest.fixture
def alliance() -> tuple[Any, Person, list[School]]:
    community = make.make_community()
    above = make.make_unit(community, "Estuary Alliance", kind=UnitKind.ALLIANCE)
    schools = [worlds.build_school(community, teams=(size,), within=above) for size in (12, 11, 2, 9)]
    return above, make.steward_of(above), schools


def test_a_pulse_from_above_stands_on_the_page_of_every_school_it_asks(alliance: Any) -> None:
    above, leader, schools = alliance
    pulse = worlds.open_at_start(worlds.prepare(above, leader, at=MONDAY, title="All of us"), leader)
    worlds.answer_all(pulse, schools[0].staff[:6])
    with time.at(MONDAY + dt.timedelta(hours=2)):
        for school, rate in ((schools[0], "At least 5 of 12"), (schools[1], "Fewer than 5 of 11")):
            page = read(client_of(school.steward), url("unit_listen", school))
            assert "All of us" in page
            assert "Estuary Alliance" in page
            assert rate in page
            watched = read(client_of(school.steward), url("pulse_watch", school, pulse.id))
            assert rate in watched
            assert not any(other.unit.name in watched for other in schools if other is not school)
            assert client_of(school.steward).get(url("pulse_preview", school, pulse.id)).status_code == 404
        small = read(client_of(schools[2].steward), url("unit_listen", schools[2]))
        assert "All of us" in small
        assert "not shown" in small
        whole = read(client_of(leader), reverse("listen:pulse_watch", args=[above.slug, pulse.id]))
        assert "At least 5 of 34" in whole


def test_a_school_says_for_itself_whether_those_above_see_it(alliance: Any) -> None:
    above, leader, schools = alliance
    school = schools[0]
    pulse = worlds.open_at_start(worlds.prepare(above, leader, at=MONDAY), leader)
    client = client_of(school.steward)
    address = url("pulse_naming", school, pulse.id)
    with time.at(MONDAY + dt.timedelta(hours=2)):
        assert address in read(client, url("unit_listen", school))
        assert "Those above do not see your name" in read(client, url("unit_listen", school))
        assert "Estuary Alliance" in read(client, address)
        assert client_of(leader).get(address).status_code == 403
        assert client_of(leader).post(address).status_code == 403
        assert address not in read(client_of(leader), url("unit_listen", school))
        client.post(address)
        assert NamingConsent.objects.get().unit == school.unit
        assert "Those above may see your name and result." in read(client, url("unit_listen", school))
        assert "Take back" in read(client, address)
        client.post(address)
        assert not NamingConsent.objects.exists()
        client.post(address)
    with time.at(pulse.results_at):
        refused = client.post(address)
    assert refused.status_code == 422
    assert "The results are out" in main_of(refused)
    assert NamingConsent.objects.exists()


# --- coming back ------------------------------------------------------------------------------------------------------
def test_what_comes_back_is_listed_and_can_be_ended(school: School) -> None:
    client = client_of(school.steward)
    with time.at(MONDAY):
        pulse = prepare(client, school, every_weeks="4", parts="2", title="Every month")
        preview = read(client, url("pulse_preview", school, pulse.id))
        assert "Every 4 weeks, one of 2 parts of the staff each time" in preview
        assert "Coming back" not in read(client, url("unit_listen", school))
        open_it(client, school, pulse)
        page = read(client, url("unit_listen", school))
        assert "Every 4 weeks, one of 2 parts" in page
        pulse.refresh_from_db()
        end = url("series_end", school, pulse.series_id)
        assert end in page
        assert "Let it come back no more?" in read(client, end)
        client.post(end)
        assert end not in read(client, url("unit_listen", school))
    assert PulseSeries.objects.get().ended_on == MONDAY.date()


# --- My part ----------------------------------------------------------------------------------------------------------
def test_my_part_says_what_i_am_asked_and_how_often(school: School) -> None:
    person = make.make_person(school.community, account=True)
    make.make_post(person, school.teams[0])
    client = client_of(person)
    my_part = reverse("people:my_part")
    assert "No pulse waits for your answers." in read(client, my_part)
    pulse = opened(school, title="How is trust?", why="Our meetings changed.")
    answer = reverse("listen:answer", args=[pulse.id])
    with time.at(MONDAY + dt.timedelta(hours=1)):
        page = read(client, my_part)
        assert answer in page
        assert "Our meetings changed." in page
        assert answer in read(client, url("unit_listen", school))
        worlds.answer_all(pulse, [person])
        assert answer not in read(client, my_part)
        assert answer not in read(client, url("unit_listen", school))
        assert "ask you every 4 weeks at most" in page
        for typed, status in (("0", 422), ("53", 422), ("", 422), ("8", 302)):
            assert client.post(reverse("listen:my_asking"), {"weeks_between": typed}).status_code == status
        assert "ask you every 8 weeks at most" in read(client, my_part)
    worlds.answer_all(pulse, school.staff)
    worlds.close(pulse)
    with time.at(pulse.results_at):
        assert reverse("listen:result", args=[school.unit.slug, pulse.id]) in read(client, my_part)


def test_who_answers_by_slip_is_told_so(school: School) -> None:
    person = make.make_person(school.community, account=True)
    make.make_post(person, school.teams[0])
    pulse = worlds.prepare(school.unit, school.steward, at=MONDAY)
    worlds.open_at_start(pulse, school.steward, by_slip=[person.id])
    with time.at(MONDAY + dt.timedelta(hours=1)):
        for address in (reverse("people:my_part"), url("unit_listen", school)):
            page = read(client_of(person), address)
            assert "the code on your slip of paper" in page
            assert reverse("listen:answer", args=[pulse.id]) not in page


# --- how much work a page is ------------------------------------------------------------------------------------------
def count(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        read(client, address)
    return len(seen)


def test_no_page_asks_the_database_more_often_for_more_rows() -> None:
    community = make.make_community()
    above = make.make_unit(community, kind=UnitKind.DISTRICT)
    school = worlds.build_school(community, teams=(8,), within=above)
    me = make.make_person(community, account=True)
    make.make_post(me, school.unit, level=Level.SENIOR)
    make.make_role(me, school.unit, Role.STEWARD)
    make.make_group(school.unit)
    client = client_of(me)
    found = []
    for more in (1, 2):
        for number in range(more):
            worlds.prepare(school.unit, school.steward, at=MONDAY)
            pulse = worlds.prepare(school.unit, school.steward, at=MONDAY)
            actor = make.actor_of(school.steward)
            with time.at(MONDAY):
                recurring.set_recurrence(actor=actor, pulse=pulse, every_weeks=4, parts=1)
            if number % 2 == 0:
                worlds.open_at_start(worlds.prepare(school.unit, school.steward, at=MONDAY), school.steward)
            Pulse.objects.filter(id=opened(school).id).update(
                state=PulseState.CLOSED, results_at=MONDAY + dt.timedelta(days=8)
            )
            recurring_now = opened(school)
            Pulse.objects.filter(id=recurring_now.id).update(series=pulse.series)
            team = make.make_unit(community, kind=UnitKind.TEAM, within=school.unit)
            for _person in range(7):
                make.make_post(make.make_person(community), team)
            make.make_group(school.unit)
        draft = worlds.prepare(school.unit, school.steward, at=MONDAY)
        now_open = opened(school)
        addresses = [
            url("unit_listen", school),
            url("pulse_add", school),
            url("pulse_change", school, draft.id),
            url("pulse_preview", school, draft.id),
            url("pulse_watch", school, now_open.id),
            reverse("people:my_part"),
        ]
        with time.at(MONDAY + dt.timedelta(hours=1)):
            found.append([count(client, address) for address in addresses])
        with time.at(MONDAY + dt.timedelta(days=20)):
            found[-1].append(count(client, url("unit_listen", school)))
    assert found[0] == found[1]
    assert max(found[0]) < 50
