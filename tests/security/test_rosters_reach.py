"""A roster reaches no further than whoever imports it looks after: not into units that left, nor to others' addresses.

The address of a person decides who signs in as them, so changing one is the greatest power that a roster has.
"""

from __future__ import annotations

import datetime as dt

import pytest

from collegium.base import time
from collegium.people.enums import Role, UnitKind
from collegium.people.errors import Conflict
from collegium.people.models import Person, Post, Unit, UnitTie
from collegium.people.rosters import Roster
from tests import factories
from tests.people import roster_helpers as said

pytestmark = pytest.mark.django_db

EMAIL, ANOTHER = "ada@school.example", "mallory@school.example"


@pytest.fixture
def school() -> Unit:
    community = factories.make_community()
    return factories.make_unit(community, "Vale", within=factories.make_unit(community, kind=UnitKind.ALLIANCE))


def bring(unit: Unit, email: str) -> Roster:
    return said.roster(said.person("p1", "Ada Lovell", email), said.post("p1", str(unit.id)))


def test_a_roster_changes_the_address_of_its_own(school: Unit) -> None:
    said.import_roster(school, bring(school, EMAIL))
    said.import_roster(school, bring(school, ANOTHER))
    assert Person.objects.get().email == ANOTHER


@pytest.mark.parametrize("where", ["a role above", "a post elsewhere"])
def test_nobody_takes_over_who_is_more_than_theirs(school: Unit, where: str) -> None:
    said.import_roster(school, bring(school, EMAIL))
    grow(Person.objects.get(), school, where)
    said.import_roster(school, bring(school, ANOTHER))
    assert Person.objects.get().email == EMAIL


@pytest.mark.parametrize("where", ["a role above", "a post elsewhere"])
def test_a_preview_kept_back_does_not_take_over_who_has_grown_since(school: Unit, where: str) -> None:
    """Made while the person was of this school alone, carried out once they are more than that."""
    said.import_roster(school, bring(school, EMAIL))
    kept_back = said.plan_import(school, bring(school, ANOTHER))
    grow(Person.objects.get(), school, where)
    with pytest.raises(Conflict, match="roster_stale"):
        said.apply_import(kept_back)
    assert Person.objects.get().email == EMAIL


def grow(person: Person, school: Unit, where: str) -> None:
    if where == "a role above":
        factories.make_role(person, UnitTie.objects.get(lower=school).upper, Role.STEWARD)
    else:
        factories.make_post(person, factories.make_unit(school.community))


def test_a_district_does_not_end_posts_in_a_school_that_left(school: Unit) -> None:
    community = school.community
    district = factories.make_unit(community, kind=UnitKind.DISTRICT)
    tie = factories.contain(district, school)
    other = factories.make_unit(community, within=district)
    said.import_roster(district, said.roster(said.person("p1"), said.post("p1", str(school.id), source_id="a")))
    tie.ends_on = time.today() - dt.timedelta(days=1)
    tie.save()
    said.import_roster(district, said.roster(said.person("p1"), said.post("p1", str(other.id), source_id="a")))
    post = Post.objects.get(unit=school)
    assert (post.title, post.ends_on) == ("Teacher", None)
