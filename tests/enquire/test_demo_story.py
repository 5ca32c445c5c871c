"""The enquiring demo: what docs/reference/demo.md says of it is there, and charts find what is true and no more."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.db import transaction

from collegium.base import tenancy, time
from collegium.enquire import demo
from collegium.enquire.charting.making import Asked, Charted, Series, Shape, make_chart
from collegium.enquire.charting.series import make_charts
from collegium.enquire.demo import story
from collegium.enquire.enums import Ending, Stage
from collegium.enquire.models import Enquiry
from collegium.enquire.queries import counting, measures
from collegium.people import demo as people_demo
from collegium.people.models import Unit
from collegium.science.improvement.reading import Finding, Judgement

TODAY = dt.date(2026, 11, 26)
SIGNALS = {Finding.SHIFT, Finding.RARELY_CROSSES, Finding.OUTSIDE}
SEEDS = range(200)


def chart_of(told: story.Numbers, seed: object) -> Charted:
    drawn = told.draw(random.Random(f"{seed}:{told.title}"))
    series = Series(
        title=told.title,
        labels=tuple(str(week) for week in range(told.weeks)),
        values=tuple(number[0] if number else None for number in drawn),
        denominators=tuple(number[1] if number else None for number in drawn),
    )
    return make_chart(series, Asked(shape=Shape.PROPORTION, baseline=told.baseline))


@pytest.mark.slow
@pytest.mark.django_db
def test_four_enquiries_stand_at_different_stages_and_one_change_is_seen() -> None:
    with tenancy.across_communities(), transaction.atomic(), time.at(TODAY):
        community = people_demo.build(seed=people_demo.SEED, today=TODAY)
        demo.build(community, seed=people_demo.SEED, today=TODAY)
        found = {row.title: row for row in Enquiry.objects.filter(community=community)}
        assert {title: row.stage for title, row in found.items()} == {
            story.DOORS.title: Stage.EFFECT,
            story.READING.title: Stage.ACTION,
            story.QUESTIONS.title: Stage.CONTEXT,
            story.LUNCH.title: Stage.EFFECT,
        }
        assert found[story.LUNCH.title].ending == Ending.ABANDON
        assert [title for title, row in found.items() if row.second_owner is None] == [story.QUESTIONS.title]
        charts = {
            made.series.title: made
            for row in found.values()
            for measured in measures.list_measured(row)
            for made in make_charts(measured, sees_all=False)
        }
        changed = {title for title, made in charts.items() if made.reading.finding in SIGNALS}
        assert story.DOORS.numbers is not None
        assert changed == {story.DOORS.numbers.title}
        assert charts[story.DOORS.numbers.title].reading.judgement is Judgement.BETTER
        for unit in Unit.objects.filter(community=community, slug__in=[plan.slug for plan in story.PLANS]):
            assert counting.count_silent(unit.id, TODAY) == 0


def test_the_change_at_the_doors_is_found_whatever_the_seed() -> None:
    assert story.DOORS.numbers is not None
    for seed in SEEDS:
        reading = chart_of(story.DOORS.numbers, seed).reading
        assert (reading.finding, reading.judgement) == (Finding.SHIFT, Judgement.BETTER), seed
        # By chance a week before the change may lie above the line, or one long after it below.
        assert reading.first is not None
        assert reading.last is not None
        assert reading.first <= story.DOORS.numbers.changes + 3, seed
        assert reading.last >= story.DOORS.numbers.changes + 7, seed


@pytest.mark.parametrize("plan", [story.READING, story.LUNCH], ids=lambda plan: plan.slug)
def test_where_nothing_changes_a_change_is_seldom_seen(plan: story.Plan) -> None:
    assert plan.numbers is not None
    false = sum(chart_of(plan.numbers, seed).reading.finding in SIGNALS for seed in SEEDS)
    assert false <= 0.15 * len(SEEDS), false


def test_a_holiday_has_no_number() -> None:
    assert story.DOORS.numbers is not None
    drawn = story.DOORS.numbers.draw(random.Random(1))
    assert [week for week, number in enumerate(drawn) if number is None] == [7]
