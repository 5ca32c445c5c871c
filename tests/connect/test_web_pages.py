"""What each kind of reader sees of a web, and that nobody sees of anybody what is not theirs to see."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.base.models import Job
from collegium.connect.models import NamePermission, Tie, WaveAnalysis, WaveMember
from collegium.connect.services import analysing
from collegium.people.enums import GroupRole, Role, UnitKind
from collegium.people.models import Person, Post, Unit
from tests import factories as make
from tests.connect import worlds
from tests.connect.webs_told import Told, after, tell_school, work_out
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db
PAGES = ("web", "web_map", "web_data", "web_svg", "web_words")
K = 5


@pytest.fixture
def told() -> Iterator[Told]:
    community = make.make_community()
    district = make.make_unit(community, kind=UnitKind.DISTRICT)
    found = tell_school(community, within=district)
    with time.at(after(found.wave)):
        yield found


def district_of(told: Told) -> Unit:
    return Unit.objects.get(community=told.unit.community, kind=UnitKind.DISTRICT)


def address(told: Told, name: str, unit: Unit | None = None, **query: str) -> str:
    url = reverse(f"connect:{name}", args=[(unit or told.unit).slug, told.wave.id])
    return url + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def read(person: Person, url: str, status: int = 200) -> str:
    response = client_of(person).get(url)
    assert response.status_code == status, url
    return str(response.content.decode())


def data(person: Person, told: Told, **query: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read(person, address(told, "web_data", **query)))
    return found


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def with_role(unit: Unit, role: Role) -> Person:
    person = make.make_person(unit.community)
    make.make_role(person, unit, role)
    return person


def assert_names_nobody(text: str, told: Told) -> None:
    for person in told.school.staff:
        assert person.family_name not in text
        assert str(person.id) not in text


def without_own(page: str) -> str:
    """Leave out what is the reader's own: whom they named is theirs to see again."""
    return re.sub(r'<section class="flow web-private" aria-labelledby="own">.*?</section>', "", page, flags=re.DOTALL)


# --- nobody reads a name, and nobody a mark of fewer than k -----------------------------------------------------------
def test_no_page_names_anybody_to_anybody(told: Told) -> None:
    readers = [
        told.school.steward,
        with_role(told.unit, Role.LEAD),
        with_role(told.unit, Role.GUEST),
        with_role(district_of(told), Role.STEWARD),
    ]
    for reader in readers:
        client = client_of(reader)
        for page in PAGES:
            assert_names_nobody(client.get(address(told, page)).content.decode(), told)
    member = told.school.staff[10]
    page = without_own(read(member, address(told, "web")))
    assert not any(other.family_name in page for other in told.school.staff if other != member)


def test_marks_of_people_are_for_the_people_of_the_school(told: Told) -> None:
    for reader in (told.school.staff[3], told.school.steward, with_role(told.unit, Role.LEAD)):
        assert data(reader, told)["kind"] == "people"
    district = district_of(told)
    for reader in (with_role(told.unit, Role.GUEST), with_role(district, Role.STEWARD), with_role(district, Role.LEAD)):
        assert data(reader, told)["kind"] == data(reader, told, by="people")["kind"] == "groups"


def test_every_mark_is_one_of_k_alike(told: Told) -> None:
    found = data(told.school.staff[3], told)
    alike = Counter(zip(found["group"], found["level"], strict=True))
    assert min(alike.values()) >= K
    assert sum(alike.values()) == 24
    assert [group["title"] for group in found["groups"]] == sorted(team.name for team in told.school.teams)


def test_nothing_says_which_mark_is_the_readers_own(told: Told) -> None:
    found = [data(person, told) for person in told.school.staff[2:5]]
    assert all(each == found[0] for each in found)
    assert set(found[0]) == {
        *("kind", "title", "x", "y", "group", "level", "levels", "levelKeys", "names", "words", "groups", "layers")
    }


def test_what_is_said_in_confidence_has_no_lines_between_people(told: Told) -> None:
    layers = {layer["key"]: layer for layer in data(told.school.staff[3], told)["layers"]}
    assert layers["advice"]["ends"]
    assert layers["confidence"]["ends"] == []
    assert "confidence" in layers["confidence"]["note"]


def test_who_declines_is_not_drawn_and_not_named_as_a_post() -> None:
    told = tell_school(hidden=[0])
    with time.at(after(told.wave)):
        assert len(data(told.school.staff[3], told)["x"]) == 23
        assert "15 colleagues" not in read(told.school.steward, address(told, "web_leaving"))
        assert "If one colleague left, 15 others" in read(told.school.steward, address(told, "web"))


def test_who_declines_is_gone_from_the_map_at_once(told: Told) -> None:
    before = data(told.school.staff[3], told)
    WaveMember.objects.filter(wave=told.wave, person=told.link).update(shown=False)
    found = data(told.school.staff[3], told)
    assert (len(before["x"]), len(found["x"])) == (24, 23)
    lines = [max(layer["ends"], default=0) for layer in found["layers"]]
    assert max(lines) < 23
    assert len(found["layers"][0]["ends"]) < len(before["layers"][0]["ends"])


def test_a_school_too_small_for_marks_has_none() -> None:
    told = tell_school(teams=(6,), hidden=[0, 1])
    with time.at(after(told.wave)):
        reader = told.school.staff[3]
        read(reader, address(told, "web_data"), status=404)
        read(reader, address(told, "web_svg"), status=404)
        page = read(reader, address(told, "web_map"))
        assert "too few" in words(page)
        assert "<canvas" not in page


# --- names that people give -------------------------------------------------------------------------------------------
def test_a_name_is_seen_by_whom_its_owner_lets_and_by_nobody_else(told: Told) -> None:
    owner, friend, other = told.school.staff[10], told.school.staff[3], told.school.staff[4]
    NamePermission.objects.create(community=told.unit.community, owner=owner, viewer=friend)
    assert list(data(friend, told)["names"].values()) == [owner.full_name]
    for reader in (other, told.school.steward, owner):
        assert data(reader, told)["names"] == {}
    assert owner.full_name in read(friend, address(told, "web_svg"))


def test_a_name_given_to_a_team_is_for_those_who_work_in_it(told: Told) -> None:
    owner = told.school.staff[10]
    NamePermission.objects.create(community=told.unit.community, owner=owner, unit=told.school.teams[0])
    assert list(data(told.school.staff[3], told)["names"].values()) == [owner.full_name]
    assert data(told.school.staff[20], told)["names"] == data(told.school.steward, told)["names"] == {}


def test_names_leave_k_nameless_marks_of_every_kind_or_say_less_of_them(told: Told) -> None:
    reader = told.school.staff[3]
    for owner in told.school.staff[18:20]:  # two of the six of the last team
        NamePermission.objects.create(community=told.unit.community, owner=owner, viewer=reader)
    found = data(reader, told)
    assert len(found["names"]) == 2
    nameless = [mark for mark in range(24) if str(mark) not in found["names"]]
    alike = Counter((found["group"][mark], found["level"][mark]) for mark in nameless)
    assert min(alike.values()) >= K


def test_a_name_is_gone_with_the_mark(told: Told) -> None:
    owner, friend = told.school.staff[10], told.school.staff[3]
    NamePermission.objects.create(community=told.unit.community, owner=owner, viewer=friend)
    WaveMember.objects.filter(wave=told.wave, person=owner).update(shown=False)
    assert data(friend, told)["names"] == {}


# --- oneself ----------------------------------------------------------------------------------------------------------
def test_a_person_sees_whom_they_named_and_what_rests_on_them_and_nobody_else_does(told: Told) -> None:
    own = words(read(told.link, address(told, "web")))
    assert "If you left, 15 colleagues would lose their only tie to another team." in own
    assert "Only you see this." in own
    assert any(person.full_name in own for person in told.school.staff[1:9])
    for reader in (told.school.staff[10], told.school.steward):
        assert "If you left, 15" not in words(read(reader, address(told, "web")))


def test_fewer_than_k_who_named_one_are_said_in_words(told: Told) -> None:
    page = words(read(told.school.staff[20], address(told, "web")))
    assert "Fewer than 5 named you." in page
    assert "colleagues named you" not in page


# --- what rests on whom -----------------------------------------------------------------------------------------------
def test_a_post_is_named_to_the_units_own_stewards_alone(told: Told) -> None:
    Post.objects.filter(person=told.link).update(title="Leader of languages")
    page = words(read(told.school.steward, address(told, "web_leaving")))
    assert "Leader of languages" in page
    assert "If this post stood empty, 15 colleagues would lose their only tie to another team." in page
    assert_names_nobody(page, told)
    above = with_role(district_of(told), Role.STEWARD)
    for reader in (told.school.staff[3], with_role(told.unit, Role.LEAD), above, told.link):
        for name in ("web_leaving", "web_scenario"):
            assert "Leader of languages" not in read(reader, address(told, name), status=403)
        assert "Leader of languages" not in read(reader, address(told, "web"))


def test_a_scenario_says_what_is_lost_what_is_left_alone_and_who_could_carry_on(told: Told) -> None:
    Post.objects.filter(person=told.link).update(title="Leader of languages", level="middle")
    Post.objects.filter(person=told.school.staff[9]).update(title="Leader of science", level="middle")
    WaveMember.objects.filter(wave=told.wave, person__in=[told.link, told.school.staff[9]]).update(level="middle")
    group = make.make_group(told.unit, "Reading circle")
    make.make_membership(told.link, group, role=GroupRole.FACILITATOR)
    make.make_membership(told.school.staff[1], group)
    post = told.link.posts.get()
    page = words(read(told.school.steward, address(told, "web_scenario", post=str(post.id))))
    assert re.search(r"Colleagues who lose their last tie across 15 of 23", page)
    assert "Reading circle" in page
    assert "Nobody would facilitate it; 1 other is in it and could." in page
    assert re.search(r"For Leader of languages, [^:]+: Leader of science", page)
    assert_names_nobody(page, told)


def test_a_scenario_takes_no_post_of_elsewhere(told: Told) -> None:
    elsewhere = make.make_post(make.make_person(told.unit.community), make.make_unit(told.unit.community), "Head")
    for post in (str(elsewhere.id), str(uuid.uuid4()), "nonsense"):
        page = words(read(told.school.steward, address(told, "web_scenario", post=post)))
        assert "If these stood empty" not in page


# --- what the page says -----------------------------------------------------------------------------------------------
def test_the_page_says_three_things_and_how_many_answered(told: Told) -> None:
    page = words(read(told.school.staff[20], reverse("connect:unit_connect", args=[told.unit.slug])))
    assert re.search(r"Half of all advice runs through \d+ of 24 people\.", page)
    assert "If one colleague left, 15 others would lose their only tie to another team." in page
    assert "9 people turn to no one outside their team." in page
    assert "24 of 24 people answered" in page


def test_the_words_say_what_the_map_shows(told: Told) -> None:
    reader = told.school.staff[20]
    picture = data(reader, told, by="groups")
    page = words(read(reader, address(told, "web_words")))
    assert picture["kind"] == "groups"
    assert all(sentence in page for sentence in picture["layers"][0]["words"])
    assert any("9 people" in sentence for sentence in picture["layers"][0]["words"])


def test_below_half_the_page_shows_only_what_stands() -> None:
    told = tell_school(silent=14)
    with time.at(after(told.wave)):
        page = words(read(told.school.staff[3], address(told, "web")))
        assert "10 of 24 people answered (42%)" in page
        assert "With fewer than half of the answers" in page
        assert "Half of all advice runs" not in page
        assert "not shown (fewer than half answered)" in page


def test_a_team_is_seen_in_its_school(told: Told) -> None:
    page = read(told.school.staff[3], reverse("connect:unit_connect", args=[told.school.teams[0].slug]))
    assert reverse("connect:unit_connect", args=[told.unit.slug]) in page
    read(told.school.staff[3], address(told, "web", unit=told.school.teams[0]), status=404)


def test_before_the_first_wave_the_page_teaches_and_offers_to_begin() -> None:
    unit = make.make_unit(make.make_community())
    steward, member = make.steward_of(unit), with_role(unit, Role.MEMBER)
    url = reverse("connect:unit_connect", args=[unit.slug])
    assert reverse("connect:wave_add", args=[unit.slug]) in read(steward, url)
    assert reverse("connect:wave_add", args=[unit.slug]) not in read(member, url)


def test_looking_back_shows_the_wave_of_that_day(told: Told) -> None:
    url = reverse("connect:unit_connect", args=[told.unit.slug])
    before = (told.wave.closes_at - dt.timedelta(days=2)).date()
    assert "Nobody has been asked yet" in read(told.school.staff[3], f"{url}?as_of={before}")


def test_in_an_alliance_schools_are_marks_and_each_opens_to_its_own_people() -> None:
    community = make.make_community()
    alliance = make.make_unit(community, kind=UnitKind.ALLIANCE)
    schools = [worlds.schools.build_school(community, teams=(7,), within=alliance, accounts=True) for _ in range(3)]
    staff = [person for school in schools for person in school.staff]
    whole = worlds.schools.School(community, alliance, [], staff, make.steward_of(alliance))
    told = tell_school(school=whole, teams=(7, 7, 7))
    with time.at(after(told.wave)):
        reader = schools[1].staff[0]
        found = data(reader, told)
        assert found["kind"] == data(whole.steward, told)["kind"] == "groups"
        assert sorted(group["title"] for group in found["groups"]) == sorted(school.unit.name for school in schools)
        assert {group["title"] for group in found["groups"] if group["url"]} == {schools[1].unit.name}
        read(whole.steward, address(told, "web_leaving"), status=403)
        assert json.loads(read(reader, address(told, "web_data", unit=schools[1].unit)))["kind"] == "people"
        read(reader, address(told, "web_data", unit=schools[0].unit), status=403)


# --- how it is kept ---------------------------------------------------------------------------------------------------
def test_the_same_ties_are_not_worked_out_twice(told: Told) -> None:
    before = WaveAnalysis.objects.get(wave=told.wave).worked_out_at
    work_out(told.wave)
    assert WaveAnalysis.objects.get(wave=told.wave).worked_out_at == before
    WaveMember.objects.filter(wave=told.wave, person=told.link).update(shown=False)
    work_out(told.wave)
    assert WaveAnalysis.objects.get(wave=told.wave).worked_out_at != before


def test_the_next_wave_stands_beside_the_last(told: Told) -> None:
    later = tell_school(school=told.school, at=after(told.wave) + dt.timedelta(days=60))
    with time.at(after(later.wave)):
        page = words(read(told.school.staff[20], address(later, "web")))
        assert "What changed since last time" in page
        assert f"{told.wave.title}: 15." in page


def test_what_is_withdrawn_from_a_wave_is_gone_from_what_stands_beside_the_next(told: Told) -> None:
    later = tell_school(school=told.school, at=after(told.wave) + dt.timedelta(days=60))
    Tie.objects.filter(layer__wave=told.wave, target__person=told.link).delete()
    work_out(told.wave)
    asked_for = (
        Job.objects.filter(name=analysing.ANALYSE_JOB).order_by("-created_at").values_list("arguments", flat=True)
    )
    assert str(later.wave.id) in {arguments["wave_id"] for arguments in asked_for[:1]}
    work_out(later.wave)
    with time.at(after(later.wave)):
        assert f"{told.wave.title}: 15." not in words(read(told.school.staff[20], address(later, "web")))


def test_more_people_and_waves_cost_no_further_queries(told: Told) -> None:
    def ask(found: Told, name: str) -> int:
        client = client_of(found.school.steward)
        client.get(address(found, name))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address(found, name)).status_code == 200
        return len(caught)

    names = (*PAGES, "web_leaving", "web_scenario")
    small = {name: ask(told, name) for name in names}
    larger = tell_school(told.unit.community, teams=(10, 10, 10), at=after(told.wave))
    second = tell_school(school=larger.school, teams=(10, 10, 10), at=after(larger.wave) + dt.timedelta(days=1))
    with time.at(after(second.wave)):
        assert {name: ask(second, name) for name in names} == small
    assert max(small.values()) <= 26
