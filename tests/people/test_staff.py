"""Who works in a unit, counted without reading everybody."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from collegium.people.enums import Level, UnitKind
from collegium.people.models import Person
from collegium.people.queries import staff
from tests import factories as make

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 2)
USUAL = [level.value for level in Level if level != Level.GOVERNANCE]


def test_people_are_counted_at_the_level_of_their_main_post_there() -> None:
    community = make.make_community()
    school = make.make_unit(community, kind=UnitKind.SCHOOL)
    team = make.make_unit(community, kind=UnitKind.TEAM, within=school)
    other = make.make_unit(community, kind=UnitKind.SCHOOL)
    dice = random.Random(8)
    for _person in range(60):
        person = make.make_person(community)
        for unit in dice.sample((school, team, other), dice.randint(0, 3)):
            make.make_post(
                person,
                unit,
                level=dice.choice(list(Level)),
                is_primary=False,
                starts_on=DAY - dt.timedelta(days=dice.randint(-5, 90)),
            )
    for unit in (school, team, other):
        for levels in (USUAL, [Level.GOVERNANCE.value], [Level.SENIOR.value, Level.MIDDLE.value], []):
            main = staff.list_main_posts(unit.id, DAY)
            assert staff.count_at_levels(unit.id, levels, DAY) == sum(post.level in levels for post in main)
            Person.objects.filter(id__in=[post.person_id for post in main[::2]]).update(email="")
            written = Person.objects.exclude(email="").values_list("id", flat=True)
            unknown = [post for post in main if post.person_id not in set(written)]
            found = staff.count_at_levels(unit.id, levels, DAY, only_without_address=True)
            assert found == sum(post.level in levels for post in unknown)
    assert 20 < staff.count_at_levels(school.id, USUAL, DAY) < len(staff.list_main_posts(school.id, DAY))
