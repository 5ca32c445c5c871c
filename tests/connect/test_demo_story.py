"""The connecting demo: its truth is found again by what the pages say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.db import transaction

from collegium.base import tenancy, time
from collegium.connect.demo import build, story
from collegium.connect.models import Tie, TieWave, WaveAnalysis, WaveMember
from collegium.connect.reporting.documents import read_report
from collegium.connect.reporting.figures import LayerReport
from collegium.people import demo as people_demo
from collegium.people.demo import story as people
from collegium.people.demo.calendar import Calendar
from collegium.people.models import GroupMembership, Person

pytestmark = pytest.mark.slow

TODAY = dt.date(2026, 11, 26)


@dataclass(frozen=True)
class Told:
    """What the two surveys say of advice, by school, and who was turned to how often in each."""

    before: dict[str, LayerReport]
    after: dict[str, LayerReport]
    named: list[dict[str, int]]
    between_twins: int
    waves: list[TieWave]


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: object) -> Told:
    """Build the demo once, read it, and leave nothing of it behind."""
    with django_db_blocker.unblock(), tenancy.across_communities(), transaction.atomic():  # type: ignore[attr-defined]
        with time.at(TODAY):
            build(people_demo.build(seed=people_demo.SEED, today=TODAY), seed=people_demo.SEED, today=TODAY)
        found = _read()
        transaction.set_rollback(True)
    return found


def _read() -> Told:
    waves = list(TieWave.objects.order_by("closes_at"))
    reports = [
        {
            row.unit.slug: layer
            for row in WaveAnalysis.objects.filter(wave=wave).select_related("unit")
            if (layer := read_report(row.document["report"]).layer("advice")) is not None
        }
        for wave in waves
    ]
    names = dict(Person.objects.values_list("id", "family_name"))
    named: list[dict[str, int]] = []
    for wave in waves:
        counts: dict[str, int] = {}
        for person_id in Tie.objects.filter(layer__wave=wave, layer__key="advice").values_list(
            "target__person_id", flat=True
        ):
            counts[names[person_id]] = counts.get(names[person_id], 0) + 1
        named.append(counts)
    twins = [
        set(GroupMembership.objects.filter(group__name=name).values_list("person_id", flat=True))
        for name in people.DUPLICATES
    ]
    between = Tie.objects.filter(source__person_id__in=twins[0], target__person_id__in=twins[1]).count()
    assert WaveMember.objects.filter(shown=False).exists()
    return Told(*reports, named, between, waves)


def test_the_leaver_held_the_school_together_and_nobody_does_now(told: Told) -> None:
    before, after = told.before[people.LEADER_LEFT].headline, told.after[people.LEADER_LEFT].headline
    assert before.leaver.value is not None
    assert before.leaver.value >= 6
    assert after.leaver.value is None
    assert after.leaver.cares[-1:] == ("few",)
    assert (before.inside.value or 0) * 2 < (after.inside.value or 0), "more turn to no one outside their team"
    assert after.leaver.before == before.leaver.value


def test_what_changed_is_said_where_the_school_was_asked_twice(told: Told) -> None:
    section = told.after[people.LEADER_LEFT].section("change")
    assert section is not None
    values = {figure.key: figure.value or 0 for figure in section}
    assert 0 < values["kept"] < values["before"]
    assert values["kept"] + values["lost"] <= values["before"]
    assert values["made"] > 0


def test_a_school_rests_on_one_person_both_times(told: Told) -> None:
    for reports in (told.before, told.after):
        leaver = reports[people.ONE_STEWARD].headline.leaver
        assert leaver.value is not None
        assert leaver.value >= 5
    virdee = people.NAMES["only_steward"].family
    assert all(counts[virdee] >= 15 for counts in told.named)


def test_many_turn_to_a_teacher_without_a_post(told: Told) -> None:
    lamptey = people.NAMES["teacher"].family
    assert all(counts[lamptey] >= 8 for counts in told.named)


def test_two_groups_that_do_the_same_work_do_not_know_of_each_other(told: Told) -> None:
    assert told.between_twins <= 1


def test_every_school_is_told_and_the_small_one_too(told: Told) -> None:
    schools = {plan.slug for plan in people.SCHOOLS}
    assert set(told.after) == schools | {people.ALLIANCE}
    assert set(told.before) == schools - {people.JOINED_LATE} | {people.ALLIANCE}
    assert all(layer.sections for layer in told.after.values())


@pytest.mark.parametrize("day", [dt.date(2026, 9, 1), dt.date(2027, 2, 28), dt.date(2027, 8, 31), dt.date(2028, 2, 29)])
def test_on_any_day_one_survey_lies_before_and_one_after_the_leader_left(day: dt.date) -> None:
    calendar = Calendar.ending(day)
    first, second = story.list_waves(calendar)
    assert first.closes_on < calendar.year(2) < second.opens_on
    assert second.closes_on < day
