"""The enquiring demo: what docs/reference/demo.md says of it is there, and charts find what is true and no more."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.db import transaction

from collegium.base import tenancy, time
from collegium.enquire import demo
from collegium.enquire.charting import effects
from collegium.enquire.charting.making import Asked, Charted, Series, Shape, make_chart
from collegium.enquire.charting.series import make_charts
from collegium.enquire.demo import spreading, story
from collegium.enquire.enums import Ending, Frequency, Stage
from collegium.enquire.models import Enquiry, Point, Segment
from collegium.enquire.queries import calendars, counting, ideas, measures
from collegium.people import demo as people_demo
from collegium.people.models import Unit
from collegium.science.improvement.reading import Finding, Judgement

TODAY = dt.date(2026, 11, 26)
SIGNALS = {Finding.SHIFT, Finding.RARELY_CROSSES, Finding.OUTSIDE}
SEEDS = range(200)
CHANGED = (story.DOORS, story.HOMEWORK)


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
def test_five_enquiries_stand_at_different_stages_and_two_changes_are_seen() -> None:
    with tenancy.across_communities(), transaction.atomic(), time.at(TODAY):
        community = people_demo.build(seed=people_demo.SEED, today=TODAY)
        demo.build(community, seed=people_demo.SEED, today=TODAY)
        found = {row.title: row for row in Enquiry.objects.filter(community=community)}
        assert {title: row.stage for title, row in found.items()} == {
            story.DOORS.title: Stage.EFFECT,
            story.READING.title: Stage.ACTION,
            story.QUESTIONS.title: Stage.CONTEXT,
            story.LUNCH.title: Stage.EFFECT,
            story.HOMEWORK.title: Stage.EFFECT,
            **{replica.plan.title: Stage.EVIDENCE for replica in spreading.REPLICAS},
        }
        ended = {title: row.ending for title, row in found.items() if row.ending}
        assert ended == {story.LUNCH.title: Ending.ABANDON, story.HOMEWORK.title: Ending.ADOPT}
        assert [title for title, row in found.items() if row.second_owner is None] == [story.QUESTIONS.title]
        charts = {
            made.series.title: made
            for row in (found[plan.title] for plan in story.PLANS)
            for measured in measures.list_measured(row)
            for made in make_charts(measured, sees_all=False)
        }
        changed = {title for title, made in charts.items() if made.reading.finding in SIGNALS}
        true = {plan.numbers.title for plan in CHANGED if plan.numbers}
        assert changed == true
        assert {charts[title].reading.judgement for title in true} == {Judgement.BETTER}
        for unit in Unit.objects.filter(community=community, slug__in=[plan.slug for plan in story.PLANS]):
            assert counting.count_silent(unit.id, TODAY) == 0
        check_the_idea(found[story.DOORS.title])


def check_the_idea(origin: Enquiry) -> None:
    """Five schools try it, and what they find together covers what is true."""
    (idea,) = ideas.list_told(origin)
    (outcome,) = ideas.list_outcomes(idea)
    tried = ideas.list_tried(idea)
    assert len({each.trial.enquiry.unit_id for each in tried}) == 5
    found = [effects.find_effect(each.measured[outcome.id], each.trial.since, outcome) for each in tried]
    assert [one.effect.n_after for one in found if one.effect] == [13, 10, 10, 10, 10]
    pooled = effects.add_up(found)
    assert pooled.mean.interval is not None
    assert pooled.mean.interval.low <= spreading.TRUE_EFFECT <= pooled.mean.interval.high
    assert pooled.mean.interval.low > 0


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("today", [dt.date(2026, 4, 14), dt.date(2026, 8, 25), dt.date(2027, 2, 1)], ids=str)
def test_numbers_are_of_weeks_of_term_and_none_is_missing_on_whatever_day_it_ends(today: dt.date) -> None:
    with tenancy.across_communities(), transaction.atomic(), time.at(today):
        community = people_demo.build(seed=people_demo.SEED, today=today)
        demo.build(community, seed=people_demo.SEED, today=today)
        for segment in Segment.objects.filter(community=community).select_related("measure__enquiry__unit"):
            enquiry = segment.measure.enquiry
            school = calendars.get_calendar(enquiry.unit)
            points = list(Point.objects.filter(segment=segment).order_by("on").values_list("on", flat=True))
            weeks = school.list_last(points[-1], Frequency.WEEK, len(points))
            assert points == weeks, enquiry.title
            if not enquiry.closed_at:
                assert points[-1] == school.last_due(today, Frequency.WEEK), enquiry.title
        # The week of the first of September may begin on the last of August.
        assert not Point.objects.filter(on__month=8, on__day__lte=25).exists()
        doors = Enquiry.objects.get(title=story.DOORS.title)
        [measured] = measures.list_measured(doors)
        [made] = make_charts(measured, sees_all=False, calendar=calendars.get_calendar(doors.unit))
        assert made.series.off
        assert (made.chart.n_baseline[0], made.reading.judgement) == (
            12,
            Judgement.BETTER,
        )  # of 13, one closed
        check_the_idea(doors)


def test_the_effect_of_the_idea_is_covered_whatever_the_seed() -> None:
    plans = [story.DOORS, *(replica.plan for replica in spreading.REPLICAS)]
    true = [plan.numbers.after - plan.numbers.before for plan in plans if plan.numbers]
    assert true == pytest.approx(spreading.EFFECTS)
    covered = 0
    for seed in SEEDS:
        found = []
        for plan in plans:
            assert plan.numbers is not None
            drawn = [number for number in plan.numbers.draw(random.Random(f"{seed}:{plan.title}")) if number]
            changed = plan.numbers.changes - len(plan.numbers.closed)
            values, unders = zip(*drawn, strict=True)
            found.append(effects.Found(effects.before_after(values, unders, changed=changed)))
        interval = effects.add_up(found).mean.interval
        assert interval is not None
        covered += interval.low <= spreading.TRUE_EFFECT <= interval.high
    assert covered >= 0.92 * len(SEEDS), covered


@pytest.mark.parametrize("plan", CHANGED, ids=lambda plan: plan.title)
def test_a_true_change_is_found_whatever_the_seed(plan: story.Plan) -> None:
    assert plan.numbers is not None
    for seed in SEEDS:
        reading = chart_of(plan.numbers, seed).reading
        assert (reading.finding, reading.judgement) == (Finding.SHIFT, Judgement.BETTER), seed
        # By chance a week before the change may lie above the line, or one long after it below.
        assert reading.first is not None
        assert reading.last is not None
        assert reading.first <= plan.numbers.changes + 3, seed
        assert reading.last >= plan.numbers.changes + 7, seed


@pytest.mark.parametrize("plan", [story.READING, story.LUNCH], ids=lambda plan: plan.slug)
def test_where_nothing_changes_a_change_is_seldom_seen(plan: story.Plan) -> None:
    assert plan.numbers is not None
    false = sum(chart_of(plan.numbers, seed).reading.finding in SIGNALS for seed in SEEDS)
    assert false <= 0.15 * len(SEEDS), false


def test_a_week_in_which_the_school_was_closed_has_no_number() -> None:
    assert story.DOORS.numbers is not None
    drawn = story.DOORS.numbers.draw(random.Random(1))
    assert [week for week, number in enumerate(drawn) if number is None] == [7]
