"""What is kept of indicators, and when it is read again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.base import events, indicators, readings, time
from collegium.base.models import Job, ReadUnit, StoredReading
from collegium.base.panels import PanelContent
from collegium.guide.services import refreshing
from collegium.intend.presenters import line_panels
from collegium.people.enums import Role, UnitKind
from collegium.people.models import Person, Unit
from collegium.people.presenters.home import present_home
from tests import factories as make
from tests.intend import promised
from tests.jobs import work_off
from tests.listen import published
from tests.listen.published import Told

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 2)
MORNING = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)


def staff(unit: Unit, day: dt.date) -> float | None:
    """Return the stored number of people of a unit on a day."""
    return readings.get_latest([unit.id], day)[unit.id]["people.staff_count"].reading.value


@pytest.fixture
def school() -> Unit:
    unit = make.make_unit(make.make_community())
    make.make_post(make.make_person(unit.community), unit, starts_on=DAY - dt.timedelta(days=30))
    return unit


def test_a_reading_is_kept_only_when_it_differs(school: Unit) -> None:
    assert readings.refresh(school.community_id, school.id, DAY) > 0
    assert readings.refresh(school.community_id, school.id, DAY + dt.timedelta(days=1)) == 0
    make.make_post(make.make_person(school.community), school, starts_on=DAY + dt.timedelta(days=2))
    later = DAY + dt.timedelta(days=3)
    assert readings.refresh(school.community_id, school.id, later) == 2  # people, and those who are new
    assert [staff(school, day) for day in (DAY, DAY + dt.timedelta(days=2), later, later + dt.timedelta(days=90))] == [
        1, 1, 2, 2,
    ]  # fmt: skip
    history = readings.list_history(school.id, ["people.staff_count"], later)["people.staff_count"]
    assert [(row.on, row.reading.value) for row in history] == [(DAY, 1), (later, 2)]


def test_a_second_reading_of_a_day_replaces_the_first(school: Unit) -> None:
    readings.refresh(school.community_id, school.id, DAY)
    make.make_post(make.make_person(school.community), school, starts_on=DAY)
    readings.refresh(school.community_id, school.id, DAY)
    assert staff(school, DAY) == 2
    assert StoredReading.objects.filter(unit_id=school.id, key="people.staff_count").count() == 1


def test_before_the_first_reading_there_is_none(school: Unit) -> None:
    readings.refresh(school.community_id, school.id, DAY)
    assert readings.get_latest([school.id], DAY - dt.timedelta(days=1)) == {}
    with time.at(DAY):
        assert readings.get_today(school.id, DAY)
        assert readings.get_today(school.id, DAY - dt.timedelta(days=1)) == {}
    with time.at(DAY + dt.timedelta(days=1)):
        assert readings.get_today(school.id, DAY + dt.timedelta(days=1)) == {}


def test_many_units_are_one_statement(school: Unit) -> None:
    others = [make.make_unit(school.community) for _number in range(5)]
    for unit in (school, *others):
        readings.refresh(school.community_id, unit.id, DAY)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = readings.get_latest([school.id, *(unit.id for unit in others)], DAY, ["people.staff_count"])
    assert len(asked) == 1
    assert len(found) == 6


def run(at: dt.datetime) -> list[str]:
    """Let the worker look at a time; return the jobs that it started."""
    with time.at(at):
        before = set(Job.objects.values_list("id", flat=True))
        refreshing.do_what_is_due()
        work_off()
        return list(Job.objects.exclude(id__in=before).order_by("name").values_list("name", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_change_is_read_again_within_a_minute_and_all_that_contain_it(school: Unit) -> None:
    district = make.make_unit(school.community, kind=UnitKind.DISTRICT)
    make.contain(district, school)
    assert run(MORNING) == [refreshing.DAY_JOB]
    assert run(MORNING + dt.timedelta(seconds=20)) == []
    with time.at(MORNING + dt.timedelta(seconds=30)):
        make.make_post(make.make_person(school.community), school, starts_on=DAY)
        events.record(
            "post.started", community_id=school.community_id, actor_id=None, object_kind="post", object_id=None,
            unit_id=school.id,
        )  # fmt: skip
    assert run(MORNING + dt.timedelta(seconds=40)) == [refreshing.CHANGES_JOB]
    assert (staff(school, DAY), staff(district, DAY)) == (2, 2)
    with time.at(MORNING + dt.timedelta(seconds=45)):
        home = present_home(make.actor_of(make.steward_of(district)), make.place_of(district))
    assert home.stats[0].value == 2, "it is on the home of the district, which counts nothing itself"
    assert run(MORNING + dt.timedelta(seconds=60)) == []
    # The next day everything is read once.
    assert run(MORNING + dt.timedelta(days=1)) == [refreshing.DAY_JOB]
    assert set(ReadUnit.objects.values_list("read_on", flat=True)) == {DAY + dt.timedelta(days=1)}


@pytest.mark.django_db(transaction=True)
def test_what_a_long_transaction_told_is_not_missed(school: Unit) -> None:
    run(MORNING)
    run(MORNING + dt.timedelta(minutes=5))
    with time.at(MORNING + dt.timedelta(minutes=3)):  # committed only now
        events.record(
            "roster.applied", community_id=school.community_id, actor_id=None, object_kind="roster", object_id=None,
            unit_id=school.id,
        )  # fmt: skip
    assert run(MORNING + dt.timedelta(minutes=6)) == [refreshing.CHANGES_JOB]
    assert run(MORNING + dt.timedelta(minutes=7)) == []


@pytest.mark.django_db(transaction=True)
def test_results_are_read_when_they_come_out_without_an_event(school: Unit) -> None:
    pulse = published.make_pulse(school, at=MORNING - dt.timedelta(hours=23))  # out a day after it closed
    published.tell(pulse, school, Told(means={"trust": 3.4}, n=30, asked=40))
    run(MORNING)
    assert readings.get_latest([school.id], DAY)[school.id]["listen.trust"].reading.value is None
    assert run(MORNING + dt.timedelta(hours=1, seconds=20)) == [refreshing.CHANGES_JOB]
    found = readings.get_latest([school.id], DAY)[school.id]
    assert found["listen.trust"].reading.value == pytest.approx(3.4)
    assert found["listen.participation"].reading.value == 0.75


def test_who_looks_after_a_district_reads_its_stored_numbers(school: Unit) -> None:
    """The home of a wide unit takes what is stored; that of a school counts."""
    district = make.make_unit(school.community, kind=UnitKind.DISTRICT)
    make.contain(district, school)
    actor = make.actor_of(make.steward_of(district))
    make.make_role(make.make_person(school.community), district, Role.LEAD)
    with time.at(DAY):
        for unit in (school, district):
            readings.refresh(school.community_id, unit.id, DAY)
        make.make_post(make.make_person(school.community), school, starts_on=DAY)
        homes = {unit.id: present_home(actor, make.place_of(unit, DAY)) for unit in (school, district)}
    assert [stat.value for stat in homes[school.id].stats][:1] == [2]
    assert [stat.value for stat in homes[district.id].stats][:1] == [1]


def test_the_line_of_a_wide_unit_is_said_from_what_was_read_to_whoever_may_see_it() -> None:
    school = promised.build_school()
    promised.promise(school)
    steward = make.make_person(school.community)
    make.make_role(steward, school.district)
    outside = make.make_person(school.community)
    make.make_post(outside, make.make_unit(school.community))

    def build(unit: Unit, person: Person) -> PanelContent | None:
        return line_panels.build_line(make.actor_of(person), make.place_of(unit, DAY), DAY)

    with time.at(promised.NOON):
        afresh = build(school.district, steward)
        for unit in (school.unit, school.district):
            readings.refresh(unit.community_id, unit.id, DAY)
        stored, own = build(school.district, steward), build(school.unit, school.head)
        assert build(school.district, outside) is None
        missing = indicators.read("intend.gaps", school.district.id, DAY).value
    assert afresh is not None
    assert stored is not None
    assert own is not None
    assert (afresh.context["promises"], own.context["promises"]) == (1, 1)
    assert stored.context["missing"] == missing == sum(number for _title, number in afresh.context["gaps"])
    assert stored.sentences[0].text == f"Missing links on the line: {missing:.0f}."
