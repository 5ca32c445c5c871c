"""What people value in the demo, and how Thornmere begins: its truth is found again by what the pages read."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from collegium.base import tenancy, time
from collegium.intend.demo import values as told
from collegium.intend.enums import Path, Side, StepKind
from collegium.intend.models import Circle, Mindscape
from collegium.intend.queries import circles, mindscapes, paths, values
from collegium.people import demo as people_demo
from collegium.people.demo import story
from collegium.people.models import Person, Unit
from tests import factories as make
from tests.intend import staffroom

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

TODAY = dt.date(2026, 11, 26)


def test_the_demo_tells_what_is_written_of_it() -> None:
    with tenancy.across_communities(), transaction.atomic(), time.at(TODAY):
        community = people_demo.build(seed=people_demo.SEED, today=TODAY)
        units = {unit.slug: unit for unit in Unit.objects.filter(community=community)}
        thornmere = units[story.THORNMERE]
        staffroom.tell_trust(thornmere, 3.0, days_ago=told.CHOSEN_DAYS + 30)
        told.build(community, seed=people_demo.SEED, today=TODAY)
        assert_kestrel_lane_has_signed(units[story.KESTREL_LANE])
        assert_a_group_shares_and_has_worded_nothing()
        assert_thornmere_begins_with_trust(thornmere)


def assert_kestrel_lane_has_signed(school: Unit) -> None:
    (statement,) = values.list_carried(make.place_of(school))
    assert statement.carried is not None
    assert statement.carried.number == 2
    assert statement.carried_by * 2 > statement.carried_of
    gathering = circles.gather(Circle.objects.select_related("unit", "group__unit").get(unit=school))
    shared = mindscapes.list_shared(make.actor_of(Mindscape.objects.filter(circle__unit=school)[0].writer), gathering)
    assert [sum(len(each.statements) > 1 for each in shared[side]) for side in Side] == [1, 1, 1]


def assert_a_group_shares_and_has_worded_nothing() -> None:
    circle = Circle.objects.get(group__name=told.SHARING)
    assert Mindscape.objects.filter(circle=circle).count() == len(told.OF_GROUP)
    assert values.find_statement(circle) is None
    teacher = Person.objects.get(email=story.NAMES["teacher"].email)
    assert Mindscape.objects.filter(writer=teacher, circle__isnull=True).count() == 1


def assert_thornmere_begins_with_trust(school: Unit) -> None:
    plan = paths.read_plan(make.place_of(school))
    assert plan is not None
    assert (plan.path.path, plan.path.suggested) == (Path.TRUST_FIRST, "trust")
    assert plan.current is not None
    assert plan.current.kind == StepKind.TRUST
    assert [plan.lacks_owner(step) for step in plan.steps] == [False, False, True, True, True, True]
    assert plan.steps[2].owner_id is not None, "the third step had an owner, who has left"
