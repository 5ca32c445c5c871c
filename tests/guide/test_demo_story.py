"""The demo's first suggestions are what its story calls for, and warnings come where and when it says."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from collegium.base import tenancy, time
from collegium.cli.demo import find_or_build
from collegium.guide.models import Review
from collegium.guide.queries import reviews, simulating
from collegium.guide.queries.simulating import Fired
from collegium.people import demo as people_demo
from collegium.people.demo import story
from collegium.people.models import Unit

pytestmark = pytest.mark.slow

TODAY = dt.date(2026, 11, 26)
# What the reviews of the story say, filled when it is told.
REVIEWED: dict[str, dict[str, str]] = {}
UNDER_WAY: list[tuple[str, str, str]] = []


@pytest.fixture(scope="module")
def fired(django_db_setup: None, django_db_blocker: object) -> list[Fired]:
    """Build the demo once, hold the rules against it, and leave nothing of it behind."""
    with django_db_blocker.unblock(), tenancy.across_communities(), transaction.atomic():  # type: ignore[attr-defined]
        with time.at(TODAY):
            community = find_or_build(None)
            assert (told := people_demo.get_built())
            assert (told.seed, told.today) == (people_demo.SEED, TODAY), "what is built unasked"
            found = list(simulating.simulate(community.id))
            REVIEWED.update(
                (slug, {sets: row.outcome for sets, row in reviews.find_outcomes(unit_id, TODAY).items()})
                for slug, unit_id in Unit.objects.filter(community=community).values_list("slug", "id")
            )
            UNDER_WAY.extend(
                Review.objects.filter(community=community, state__in=reviews.UNDER_WAY).values_list(
                    "unit__slug", "key", "state"
                )
            )
        transaction.set_rollback(True)
    return found


def last(fired: list[Fired], slug: str) -> Fired:
    return [each for each in fired if each.slug == slug][-1]


def test_trust_comes_first_where_trust_fell(fired: list[Fired]) -> None:
    now = last(fired, story.LEADER_LEFT)
    assert now.moves[0] == "hold_a_trust_hour"
    before = next(each for each in fired if each.slug == story.LEADER_LEFT)
    assert "hold_a_trust_hour" not in before.moves
    for slug in (story.CASTLEWICK, story.KESTREL_LANE, story.BRINDLE_STREET, story.OAKHOLLOW):
        assert not any("hold_a_trust_hour" in each.moves for each in fired if each.slug == slug), slug


def test_a_second_person_is_wanted_where_one_carries_all(fired: list[Fired]) -> None:
    now = last(fired, story.ONE_STEWARD)
    assert now.moves[0] == "name_second_steward"
    assert "second_link_between_groups" in now.moves
    others = {each.slug for each in fired if "name_second_steward" in each.moves}
    assert others == {story.ONE_STEWARD}


def test_newcomers_are_welcomed_where_the_school_grows(fired: list[Fired]) -> None:
    assert "welcome_by_name" in last(fired, story.GROWING).moves


def test_what_worked_is_to_be_replicated_where_a_test_worked(fired: list[Fired]) -> None:
    assert last(fired, story.CASTLEWICK).moves[0] == "replicate_what_worked"
    assert last(fired, story.ALLIANCE).moves[0] == "replicate_what_worked"
    suggested = {each.slug for each in fired if "replicate_what_worked" in each.moves}
    # Those it is part of, and no school in which nothing worked, or in which the idea came from elsewhere.
    assert suggested == {story.CASTLEWICK, story.ALLIANCE, story.DISTRICT}


def test_the_alliance_is_told_to_look_across(fired: list[Fired]) -> None:
    assert "gather_the_heads" in last(fired, story.ALLIANCE).moves


def test_every_warning_is_one_that_the_story_tells(fired: list[Fired]) -> None:
    warned = {(key, each.slug) for each in fired for key in each.warnings}
    fallen = {("trust_is_falling", slug) for slug in (story.LEADER_LEFT, story.ALLIANCE, story.DISTRICT)}
    told = {*fallen, ("promise_loses_owner", story.LEADER_LEFT)}  # its owner was the head who left
    assert ("trust_is_falling", story.LEADER_LEFT) in warned
    assert ("promise_loses_owner", story.LEADER_LEFT) in warned
    assert warned <= told, f"false alarms: {warned - told}"
