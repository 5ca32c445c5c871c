"""The whole as one picture: what is in it, who sees what of it, and that it never puts one school before another."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.pages.systems import fill_system
from collegium.base import time
from collegium.connect.models import WaveAnalysis
from collegium.guide.models import Review, ReviewFile
from collegium.guide.presenters.system import draw, present_system
from collegium.guide.queries.system import DECISION, ENQUIRY, INTENT, System, read_system_for
from collegium.people.enums import Role, TieKind, UnitKind
from collegium.people.models import Person, Unit
from tests import factories as make
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db


def make_whole(schools: int, slug: str = "fen") -> tuple[Unit, list[Unit], Person]:
    whole = make.make_unit(make.make_community(), "Fen", kind=UnitKind.ALLIANCE, slug=slug)
    return whole, fill_system(whole, schools=schools), make.steward_of(whole)


def read(person: Person, whole: Unit) -> System:
    return read_system_for(make.actor_of(person), make.place_of(whole))


def test_it_holds_what_joins_the_schools() -> None:
    whole, units, steward = make_whole(6)
    system = read(steward, whole)
    assert [each.name for each in system.schools] == [each.name for each in units]
    assert all(each.is_open for each in system.schools)
    assert system.between is not None
    assert system.between.ties
    assert {each.kind for each in system.shared} == {INTENT, ENQUIRY, DECISION}
    everybodys = {each.title for each in system.shared if each.joins_all}
    assert everybodys >= {"Everybody reads", "How do we share training days?"}
    enquiry = next(each for each in system.shared if each.kind == ENQUIRY)
    assert len(enquiry.schools) > 1


def test_support_goes_from_partners_supporters_and_critical_friends() -> None:
    whole = make.make_unit(make.make_community(), kind=UnitKind.DISTRICT)
    one, other, third = (make.make_unit(whole.community, name, within=whole) for name in ("Ash", "Beech", "Cherry"))
    steward = make.steward_of(whole)
    assert not read(steward, whole).supports
    make.contain(one, other, kind=TieKind.PARTNER)
    helper = make.make_person(whole.community)
    team = make.make_unit(whole.community, kind=UnitKind.TEAM, within=one)
    make.make_post(helper, team)
    make.make_role(helper, third, Role.SUPPORTER)
    friend = make.make_person(whole.community)
    make.make_post(friend, third)
    make.make_membership(friend, make.make_group(other), "critical_friend")
    assert read(steward, whole).supports == {
        (one.id, other.id),
        (other.id, one.id),
        (one.id, third.id),
        (third.id, other.id),
    }


def test_a_member_of_one_school_sees_into_that_one_alone() -> None:
    whole, units, _steward = make_whole(6)
    teacher = make.make_person(whole.community)
    make.make_post(teacher, units[0])
    system = read(teacher, whole)
    assert [each.name for each in system.schools if each.is_open] == [units[0].name]
    assert len(system.schools) == 6
    page = present_system(make.actor_of(teacher), make.place_of(whole), "")
    assert any("may not look into" in note for note in page.notes)
    assert str(page.picture).count("system-closed") == 5


def test_schools_stand_by_the_phase_they_agreed_last_as_of_a_day() -> None:
    whole, units, steward = make_whole(4)
    of = {"community": whole.community, "unit": units[1]}
    file = ReviewFile.objects.create(**of, key="alliance", version=1, title="Review", definition="")
    now = time.now()
    for days_ago, outcome in ((40, "beginning"), (10, "evolving")):
        finished_at = now - dt.timedelta(days=days_ago)
        Review.objects.create(
            **of, file=file, key="alliance", sets="phase", whom="all", state="agreed", outcome=outcome,
            opened_at=finished_at - dt.timedelta(days=3), closes_at=finished_at, closed_at=finished_at,
            finished_at=finished_at,
        )  # fmt: skip
    actor = make.actor_of(steward)
    told = {}
    for days_ago in (0, 20, 60):
        place = make.place_of(whole, time.today() - dt.timedelta(days=days_ago))
        page = present_system(actor, place, "")
        told[days_ago] = next(row.phase for row in page.rows if row.name == units[1].name)
        headings = [each.title for each in draw(place, read_system_for(actor, place), "", {}).headings]
        assert headings == [*([told[days_ago]] if days_ago < 60 else []), "Phase not yet told"]
    assert told == {0: "Evolving", 20: "Beginning", 60: "not yet told"}
    teacher = make.make_person(whole.community)
    make.make_post(teacher, units[0])
    assert {each.phase for each in read(teacher, whole).schools} == {""}, "not theirs to know"


def test_schools_told_together_have_no_lines_and_are_named() -> None:
    whole, units, steward = make_whole(3)
    row = WaveAnalysis.objects.get(unit=whole)
    row.map["groups"]["parts"] = [[units[0].name], [units[1].name, ""], [units[2].name]]
    row.save()
    system = read(steward, whole)
    assert system.between is not None
    assert all(units[1].id not in pair for pair in system.between.ties)
    page = present_system(make.actor_of(steward), make.place_of(whole), "")
    assert any(units[1].name in note and "people of no school" in note for note in page.notes)


def test_a_system_that_nothing_is_known_of_says_so() -> None:
    whole = make.make_unit(make.make_community(), kind=UnitKind.DISTRICT)
    make.make_unit(whole.community, "Ash", within=whole)
    page = present_system(make.actor_of(make.steward_of(whole)), make.place_of(whole), "")
    assert [row.phase for row in page.rows] == ["not yet told"]
    assert any("a tie survey of all of them would tell" in note for note in page.notes)
    assert page.things == ()


def test_the_same_system_gives_the_same_picture_and_schools_stand_by_name() -> None:
    whole, units, steward = make_whole(30)
    actor, place = make.actor_of(steward), make.place_of(whole)
    first, again = (present_system(actor, place, "").picture for _time in range(2))
    assert first == again
    drawn = draw(place, read(steward, whole), "", {})
    schools = [mark for mark in drawn.marks if mark.kind == "school"]
    assert [mark.title for mark in schools] == sorted(unit.name for unit in units)
    places = {(mark.x, mark.y) for mark in drawn.marks}
    assert len(places) == len(drawn.marks), "two marks lie on each other"
    root = ElementTree.fromstring(str(first))
    links = [each.get("href") for each in root.iter("{http://www.w3.org/2000/svg}a")]
    assert len(links) == len(drawn.marks)
    assert all(links)


def test_names_are_escaped_in_the_picture() -> None:
    whole = make.make_unit(make.make_community(), kind=UnitKind.DISTRICT)
    make.make_unit(whole.community, 'Ash <script>"&', within=whole)
    page = present_system(make.actor_of(make.steward_of(whole)), make.place_of(whole), "")
    assert "<script>" not in page.picture
    assert ElementTree.fromstring(str(page.picture)) is not None


@pytest.mark.parametrize(
    ("chosen", "kinds"),
    [
        ("", {"tie", "support", "intent", "enquiry", "decision"}),
        ("ties", {"tie"}),
        ("support", {"support"}),
        ("intents", {"intent"}),
        ("enquiries", {"enquiry"}),
        ("decisions", {"decision"}),
        ("scores", {"tie", "support", "intent", "enquiry", "decision"}),
    ],
)
def test_the_picture_is_narrowed_to_one_kind_of_line(chosen: str, kinds: set[str]) -> None:
    whole, _units, steward = make_whole(12)
    drawn = draw(make.place_of(whole), read(steward, whole), chosen, {})
    assert {line.kind for line in drawn.lines} == kinds


def test_a_crowded_picture_leaves_lines_out_and_says_how_many() -> None:
    whole, _units, steward = make_whole(80)
    actor, place = make.actor_of(steward), make.place_of(whole)
    page = present_system(actor, place, "")
    drawn = draw(place, read(steward, whole), "", {})
    assert sum(line.kind == "tie" for line in drawn.lines) == 120
    assert drawn.left_out_lines > 0
    assert any(str(drawn.left_out_lines) in note for note in page.notes)
    assert not any(line.kind == "intent" for line in drawn.lines)
    alone = draw(place, read(steward, whole), "intents", {})
    assert any(line.kind == "intent" for line in alone.lines)


def test_the_pages_of_it_and_the_file() -> None:
    whole, units, steward = make_whole(6)
    browser = client_of(steward)
    page = browser.get("/u/fen/guide/system/")
    assert page.status_code == 200
    assert page.content.decode().count(f"/u/{units[0].slug}/") >= 2  # a mark and a row
    assert "/u/fen/guide/system/" in browser.get("/u/fen/guide/").content.decode()
    file = browser.get("/u/fen/guide/system/picture.svg?show=ties")
    assert file["Content-Type"].startswith("image/svg+xml")
    assert "<a " not in file.content.decode()
    assert ElementTree.fromstring(file.content.decode()) is not None
    assert browser.get(f"/u/{units[0].slug}/guide/system/").status_code == 404
    stranger = client_of(make.steward_of(make.make_unit(make.make_community())))
    outsider = make.make_person(whole.community)
    make.make_post(outsider, make.make_unit(whole.community))
    for path in ("", "picture.svg"):
        assert stranger.get(f"/u/fen/guide/system/{path}").status_code == 404
        assert client_of(outsider).get(f"/u/fen/guide/system/{path}").status_code == 403


def test_the_number_of_statements_does_not_grow() -> None:
    counts = []
    for schools in (2, 6, 40):
        whole, _units, steward = make_whole(schools, slug=f"fen-{schools}")
        actor, place = make.actor_of(steward), make.place_of(whole)
        with CaptureQueriesContext(connection) as caught:
            present_system(actor, place, "")
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts


def test_no_number_of_one_school_stands_beside_that_of_another() -> None:
    whole, _units, steward = make_whole(6)
    page = present_system(make.actor_of(steward), make.place_of(whole), "")
    assert [row.name for row in page.rows] == sorted(row.name for row in page.rows)
    for row in page.rows:
        assert not re.fullmatch(r"[\d.]+", row.phase + row.ties + row.support + row.shared)
