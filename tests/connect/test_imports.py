"""Imports of ties against the database: who is recognised, what is written, and that it is all or nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from collegium.base import time
from collegium.base.models import Event, Job
from collegium.connect.enums import LayerOrigin, WaveOrigin, WaveState
from collegium.connect.models import Tie, TieImport, TieLayer, TieWave, WaveAnalysis, WaveMember
from collegium.connect.queries import own_ties as own_queries
from collegium.connect.reporting.documents import read_report
from collegium.connect.services import analysing, imports, own_ties
from collegium.connect.services.imports import importing, writing
from collegium.people.actors import Actor
from collegium.people.enums import Level, UnitKind
from collegium.people.errors import Conflict, Invalid, NotAllowed
from collegium.people.models import Person, Unit
from collegium.people.services.rosters import uploads
from collegium.science.networks import positions, whole
from collegium.science.networks.network import Network
from tests import factories
from tests.connect import worlds
from tests.connect.importing import DAY, apply_import, members_of, pairs_of, plan_import, quiet, reasons
from tests.science import golden
from tests.shared import SHARED

pytestmark = pytest.mark.django_db

PITTS = SHARED / "data" / "net_pitts_spillane"
TIES = "from,to,weight\nann@oak.example,P2,2\nP2,ann@oak.example,1\nP2,visitor,3\n"


@pytest.fixture(autouse=True)
def _a_day():
    with time.at(dt.date(2026, 11, 23)):
        yield


@pytest.fixture
def school() -> Unit:
    return factories.make_unit(factories.make_community(), "Oak", slug="oak")


@pytest.fixture
def actor(school: Unit) -> Actor:
    return factories.actor_of(factories.steward_of(school))


@pytest.fixture
def team(school: Unit) -> Unit:
    return factories.make_unit(school.community, "Year 3", kind=UnitKind.TEAM, within=school)


@pytest.fixture
def ann(team: Unit) -> Person:
    found = factories.make_person(team.community, "Ann", email="ann@oak.example")
    factories.make_post(found, team, level=Level.MIDDLE)
    return found


@pytest.fixture
def ben(school: Unit) -> Person:
    found = factories.make_person(school.community, "Ben")
    factories.make_post(found, school)
    factories.make_external_id(found, "P2", source="payroll")
    return found


# --- who is who -------------------------------------------------------------------------------------------------------
def test_people_are_recognised_by_id_and_address_and_stand_where_the_roster_says(
    actor: Actor, school: Unit, team: Unit, ann: Person, ben: Person
) -> None:
    made = plan_import(actor, school, TIES)
    assert made.state == "previewed"
    assert {name: made.counts[name] for name in ("by_id", "by_email", "unknown", "ties")} == {
        "by_id": 1,
        "by_email": 1,
        "unknown": 1,
        "ties": 3,
    }
    wave = apply_import(actor, made)
    members = members_of(wave)
    assert (members["Ann"].team, members["Ann"].level, members["Ann"].has_post) == (team, Level.MIDDLE, True)
    assert (members["Ben"].school, members["Ben"].team, members["Ben"].has_post) == (school, None, False)
    visitor = WaveMember.objects.get(wave=wave, person=None)
    assert (visitor.school, visitor.answered) == (school, False), "whoever is only named has not answered"
    assert pairs_of(wave) == {("Ann", "Ben", 2.0), ("Ben", "Ann", 1.0), ("Ben", None, 3.0)}


def test_the_wave_is_closed_and_says_where_it_is_from(actor: Actor, school: Unit, ann: Person, ben: Person) -> None:
    first = apply_import(actor, plan_import(actor, school, TIES, asked_on=dt.date(2026, 5, 4)))
    wave = apply_import(actor, plan_import(actor, school, TIES))
    assert (wave.origin, wave.state, wave.earlier) == (WaveOrigin.IMPORTED, WaveState.CLOSED, first)
    assert wave.closes_at == time.start_of(DAY)
    layer = TieLayer.objects.get(wave=wave)
    assert (layer.key, layer.title, layer.origin) == ("advice", "Advice", LayerOrigin.IMPORTED)
    assert Job.objects.filter(name="connect.analyse").count() == 2


@pytest.mark.parametrize("state", [WaveState.STOPPED, WaveState.OPEN])
def test_a_survey_that_says_nothing_is_not_what_ties_are_compared_with(
    actor: Actor, school: Unit, ann: Person, ben: Person, state: WaveState
) -> None:
    first = apply_import(actor, plan_import(actor, school, TIES, asked_on=dt.date(2026, 5, 4)))
    for _number in range(5):
        factories.make_post(factories.make_person(school.community), school)
    asked = worlds.open_wave(school, factories.steward_of(school), at=dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC))
    TieWave.objects.filter(id=asked.id).update(state=state)  # ended by itself, and no worker has closed it yet
    assert apply_import(actor, plan_import(actor, school, TIES)).earlier == first


def test_nobody_is_recognised_who_does_not_work_in_the_unit(actor: Actor, school: Unit) -> None:
    elsewhere = factories.make_unit(school.community, "Elm")
    outsider = factories.make_person(school.community, "Out", email="out@elm.example")
    factories.make_post(outsider, elsewhere)
    factories.make_external_id(outsider, "P9", source="payroll")
    gone = factories.make_person(school.community, "Gone", email="gone@oak.example")
    factories.make_post(gone, school, ends_on=DAY - dt.timedelta(days=1))
    text = f"from,to\nout@elm.example,P9\n{outsider.id},gone@oak.example\n"
    made = plan_import(actor, school, text)
    assert (made.counts["unknown"], made.counts["by_id"], made.counts["by_email"]) == (4, 0, 0)


def test_an_id_that_means_two_people_means_nobody(actor: Actor, school: Unit, ben: Person) -> None:
    other = factories.make_person(school.community, "Cai")
    factories.make_post(other, school)
    factories.make_external_id(other, "P2", source="timetable")
    assert plan_import(actor, school, "from,to\nP2,x\n").counts["by_id"] == 0


def test_two_rows_of_one_person_are_one_and_the_ties_of_the_second_are_refused(
    actor: Actor, school: Unit, ann: Person
) -> None:
    factories.make_external_id(ann, "P1", source="payroll")
    people = "id\nP1\nann@oak.example\ncai\n"
    made = plan_import(actor, school, "from,to\nP1,cai\ncai,ann@oak.example\n", people)
    assert reasons(made) == [(3, "same_person"), (3, "unknown_person")]
    assert (made.counts["people"], made.counts["ties"], made.counts["refused"]) == (2, 1, 2)


def test_whoever_declined_to_be_drawn_is_not_drawn_here_either(actor: Actor, school: Unit, ann: Person) -> None:
    wave = apply_import(actor, plan_import(actor, school, "from,to\nann@oak.example,x\n"))
    own_ties.choose_to_be_shown(actor=factories.actor_of(ann), shown=False)
    assert not members_of(wave)["Ann"].shown
    again = apply_import(actor, plan_import(actor, school, "from,to\nann@oak.example,x\n"))
    assert not members_of(again)["Ann"].shown


def test_the_file_says_where_people_stand_whom_nobody_knows(actor: Actor, school: Unit, team: Unit) -> None:
    people = "id,team,level,post,answered\na,Year 3,Head of maths,,yes\nb,Year 9,classroom,yes,no\nc,,juggler,,\n"
    made = plan_import(actor, school, "from,to\na,b\n", people)
    assert (made.counts["missing_teams"], made.counts["unknown_levels"]) == (["Year 9"], ["juggler"])
    wave = apply_import(actor, made)
    found = WaveMember.objects.filter(wave=wave).values_list("team__name", "level", "has_post", "answered")
    assert set(found) == {
        ("Year 3", "middle", True, True),
        (None, "classroom", True, False),
        (None, "", False, True),
    }


# --- schools ----------------------------------------------------------------------------------------------------------
def test_real_schools_load_as_an_alliance_and_come_out_as_r_says(school: Unit) -> None:
    alliance = factories.make_unit(school.community, "Fifteen", kind=UnitKind.ALLIANCE, slug="fifteen")
    actor = factories.actor_of(factories.steward_of(alliance))
    made = plan_import(actor, alliance, PITTS / "edges.csv", PITTS / "nodes.csv")
    assert (made.counts["people"], made.counts["ties"], made.counts["refused"]) == (433, 1540, 0)
    assert made.counts["missing_schools"] == [str(number) for number in range(1, 16)]
    wave = apply_import(actor, made, add_schools=True)
    for row in golden.rows(PITTS / "expected" / "graph_measures_sna.csv"):
        members = WaveMember.objects.filter(wave=wave, school__name=row["network"].removeprefix("school"))
        place = {member_id: number for number, member_id in enumerate(members.values_list("id", flat=True))}
        rows = Tie.objects.filter(source__in=members).values_list("source_id", "target_id")
        web = Network.of(len(place), [(place[source], place[target]) for source, target in rows])
        found = {
            "n": web.n,
            "ties": len(web),
            "density": whole.density(web).value,
            "reciprocity_edgewise": whole.reciprocity(web).edgewise.value,
            "centralization_indegree": whole.degree_centralisation(web).incoming.value,
            "centralization_outdegree": whole.degree_centralisation(web).outgoing.value,
            "centralization_betweenness": positions.betweenness(web).centralisation.value,
        }
        assert found == pytest.approx({name: float(row[name]) for name in found}, rel=1e-9), row["network"]


def test_schools_are_known_by_name_or_number_and_without_leave_none_is_added(school: Unit) -> None:
    alliance = factories.make_unit(school.community, "Two", kind=UnitKind.ALLIANCE)
    factories.contain(alliance, school)
    Unit.objects.filter(id=school.id).update(identifier="URN 7")
    actor = factories.actor_of(factories.steward_of(alliance))
    people = "id,school\na,OAK\nb,urn-7\nc,Elm\nd,\n"
    made = plan_import(actor, alliance, "from,to\na,b\n", people)
    assert (made.counts["missing_schools"], made.counts["without_school"]) == (["Elm"], 1)
    wave = apply_import(actor, made)
    schools = list(WaveMember.objects.filter(wave=wave).values_list("school__name", flat=True))
    assert sorted(schools, key=str) == [None, None, "Oak", "Oak"]
    assert not Unit.objects.filter(name="Elm").exists()


# --- all or nothing ---------------------------------------------------------------------------------------------------
def test_what_breaks_off_leaves_nothing_behind(actor: Actor, school: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    made = plan_import(actor, school, "from,to\na,b\nb,c\nc,a\n")
    monkeypatch.setattr(writing, "_CHUNK", 1)

    def give_up(done: int, _total: int, _step: str = "") -> None:
        if done == 2:
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        imports.apply(actor=actor, made=made, add_schools=False, report=give_up)
    assert not TieWave.objects.exists()
    assert not Tie.objects.exists()
    made.refresh_from_db()
    assert made.state == "previewed"
    assert apply_import(actor, made).title == "Who asks whom"


def test_a_preview_that_no_longer_holds_is_not_carried_out(actor: Actor, school: Unit) -> None:
    made = plan_import(actor, school, "from,to\nnew@oak.example,b\n")
    newcomer = factories.make_person(school.community, "New", email="new@oak.example")
    factories.make_post(newcomer, school)
    with pytest.raises(Conflict) as caught:
        imports.apply(actor=actor, made=made, add_schools=False, report=quiet)
    assert caught.value.code == "ties_stale"
    made.refresh_from_db()
    assert (made.state, made.problem["code"]) == ("previewed", "ties_stale")
    assert not TieWave.objects.exists()


def test_an_import_is_carried_out_once(actor: Actor, school: Unit) -> None:
    made = plan_import(actor, school, "from,to\na,b\n")
    apply_import(actor, made)
    with pytest.raises(Conflict):
        imports.apply(actor=actor, made=made, add_schools=False, report=quiet)
    assert TieWave.objects.count() == 1


def test_what_is_taken_back_is_gone_and_so_is_what_was_refused(actor: Actor, school: Unit) -> None:
    people = "id,level\na,secret\nb,\n"
    made = plan_import(actor, school, "from,to\na,b\nsecret@oak.example,a\n", people)
    apply_import(actor, made)
    made.refresh_from_db()
    assert "secret" not in str(made.findings) + str(made.counts)
    imports.take_back(actor=actor, made=made)
    assert not TieWave.objects.exists()
    assert not WaveMember.objects.exists()
    assert TieImport.objects.get().state == "undone"
    verbs = set(Event.objects.filter(object_kind="tie_import").values_list("verb", flat=True))
    assert verbs == {f"tie_import.{what}" for what in ("uploaded", "previewed", "applied", "undone")}


def test_an_unreadable_file_says_why_and_keeps_nothing(actor: Actor, school: Unit) -> None:
    made = plan_import(actor, school, ",a,b\na,0,1\n")
    assert (made.state, made.problem["code"]) == ("unreadable", "not_square")
    imports.discard(actor=actor, made=made)
    assert TieImport.objects.get().problem == {}


# --- who and when -----------------------------------------------------------------------------------------------------
def test_only_stewards_import_and_no_day_to_come(actor: Actor, school: Unit, ann: Person) -> None:
    with pytest.raises(NotAllowed):
        plan_import(factories.actor_of(ann), school, TIES)
    with pytest.raises(Invalid) as caught:
        plan_import(actor, school, TIES, asked_on=dt.date(2026, 12, 1))
    assert caught.value.code == "ties_from_tomorrow"
    assert not TieImport.objects.exists()


def test_uploads_go_when_they_are_done_and_after_a_day(
    actor: Actor, school: Unit, django_capture_on_commit_callbacks
) -> None:
    made = plan_import(actor, school, TIES)
    folder = uploads.folder_of(made.id)
    assert [path.name for path in folder.iterdir()] == ["ties.csv"]
    with django_capture_on_commit_callbacks(execute=True):
        apply_import(actor, made)
    assert not folder.exists()
    late = plan_import(actor, school, TIES)
    with time.at(time.now() + dt.timedelta(hours=25)), django_capture_on_commit_callbacks(execute=True):
        assert importing.sweep_expired() == 1
    late.refresh_from_db()
    assert (late.state, late.findings, uploads.folder_of(late.id).exists()) == ("discarded", {}, False)


def test_a_team_has_no_web_of_its_own(school: Unit, team: Unit) -> None:
    with pytest.raises(Invalid) as caught:
        plan_import(factories.actor_of(factories.steward_of(team)), team, TIES)
    assert caught.value.code == "ties_of_team"


def test_whoever_is_known_here_sees_their_imported_ties_and_withdraws_them(
    actor: Actor, school: Unit, ann: Person, ben: Person
) -> None:
    wave = apply_import(actor, plan_import(actor, school, TIES))
    own = factories.actor_of(ben)
    shown = {(tie.layer, tie.name) for tie in own_queries.list_own_waves(own)[0].ties}
    assert shown == {("Advice", ""), ("Advice", ann.full_name)}
    tie = Tie.objects.get(source__person=ben, target__person=ann)
    own_ties.withdraw_tie(actor=own, tie=own_queries.get_own_tie(own, tie.id))
    assert pairs_of(wave) == {("Ann", "Ben", 2.0), ("Ben", None, 3.0)}


@pytest.mark.parametrize("people", [1, 12])
def test_people_without_any_tie_are_a_web_of_which_something_is_said(actor: Actor, school: Unit, people: int) -> None:
    rows = "id\n" + "".join(f"p{number}\n" for number in range(people))
    wave = apply_import(actor, plan_import(actor, school, "from,to\n", rows))
    analysing.analyse(report=quiet, wave_id=str(wave.id))
    report = read_report(WaveAnalysis.objects.get(wave=wave, unit=school).document["report"])
    assert (report.people, [layer.key for layer in report.layers]) == (people, ["advice"] if people > 5 else [])
