"""Who may do what in this room, as one table: policy by policy, role by role. A policy without a row fails.

Which address asks for which policy is tried from outside, in tests/security/test_every_url.py.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from collegium.connect import policies
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from tests import factories
from tests.visitors import COLUMNS, visitors_of

pytestmark = pytest.mark.django_db

# tests/visitors.py says who each column is.
TABLE = {
    #                                  steward lead member supporter above guest colleague stranger operator
    "can_run_wave":                   "yes     -    -      -         yes   -     -         -        yes",
    "can_open_wave: of a school":     "yes     -    -      -         yes   -     -         -        yes",
    "can_open_wave: of a team":       "-       -    -      -         -     -     -         -        -",
    "can_view_waves":                 "yes     yes  yes    yes       yes   yes   -         -        yes",
    "can_view_marks":                 "yes     yes  yes    -         -     -     -         -        yes",
    "can_view_leaving: oneself":      "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_view_leaving: another":      "yes     -    -      -         -     -     -         -        yes",
    "can_view_leaving: all":          "yes     -    -      -         -     -     -         -        yes",
    "can_name_posts: of a school":    "yes     -    -      -         -     -     -         -        yes",
    "can_name_posts: of a district":  "-       -    -      -         -     -     -         -        -",
    "can_answer: oneself":            "yes     yes  yes    yes       yes   yes   yes       yes      yes",
    "can_answer: for another":        "-       -    -      -         -     -     -         -        -",
    "can_answer: for the erased":     "-       -    -      -         -     -     -         -        -",
    "can_decide_on_ties: own":        "yes     yes  yes    yes       yes   yes   yes       yes      yes",
    "can_decide_on_ties: another's":  "-       -    -      -         -     -     -         -        -",
    "can_let_see: the school":        "-       -    yes    -         -     -     -         -        -",
    "can_let_see: the district":      "-       -    -      -         -     -     -         -        -",
}  # fmt: skip


@dataclass
class World:
    """A school in a district, and whoever looks at it."""

    district: Unit
    school: Unit
    team: Unit
    actors: dict[str, Actor]


@pytest.fixture
def world() -> World:
    community = factories.make_community()
    district = factories.make_unit(community, kind=UnitKind.DISTRICT)
    school = factories.make_unit(community, within=district)
    team = factories.make_unit(community, kind=UnitKind.TEAM, within=school)
    beside = factories.make_unit(community)
    return World(district, school, team, visitors_of(school, district=district, beside=beside))


# What each row is about, as the arguments that the policy is asked with.
OBJECTS: dict[str, Callable[[World, Actor], tuple[Any, ...]]] = {
    "can_run_wave": lambda world, _actor: (factories.place_of(world.school),),
    "can_open_wave: of a school": lambda world, _actor: (factories.place_of(world.school),),
    "can_open_wave: of a team": lambda world, _actor: (factories.place_of(world.team),),
    "can_view_waves": lambda world, _actor: (factories.place_of(world.school),),
    "can_view_marks": lambda world, _actor: (factories.place_of(world.school),),
    "can_view_leaving: oneself": lambda world, actor: (factories.place_of(world.school), actor.person_id),
    "can_view_leaving: another": lambda world, _actor: (factories.place_of(world.school), uuid.uuid4()),
    "can_view_leaving: all": lambda world, _actor: (factories.place_of(world.school), None),
    "can_name_posts: of a school": lambda world, _actor: (factories.place_of(world.school),),
    "can_name_posts: of a district": lambda world, _actor: (factories.place_of(world.district),),
    "can_answer: oneself": lambda _world, actor: (actor.person_id,),
    "can_answer: for another": lambda _world, _actor: (uuid.uuid4(),),
    "can_answer: for the erased": lambda _world, _actor: (None,),
    "can_decide_on_ties: own": lambda _world, actor: (actor.person_id,),
    "can_decide_on_ties: another's": lambda _world, _actor: (uuid.uuid4(),),
    "can_let_see: the school": lambda world, _actor: (world.school.id, world.school.kind),
    "can_let_see: the district": lambda world, _actor: (world.district.id, world.district.kind),
}


def list_policies() -> dict[str, Any]:
    """Return every yes-or-no policy of the room."""
    return {name: value for name, value in vars(policies).items() if name.startswith("can_")}


def test_every_policy_is_a_pair() -> None:
    checks = {name.removeprefix("check_") for name in vars(policies) if name.startswith("check_can_")}
    assert checks == set(list_policies())


def test_every_policy_has_a_row_and_every_row_a_policy() -> None:
    assert {row.partition(":")[0] for row in TABLE} == set(list_policies())
    assert TABLE.keys() == OBJECTS.keys()


def test_the_table_holds(world: World) -> None:
    for row, answers in TABLE.items():
        can = list_policies()[row.partition(":")[0]]
        found = {role: can(actor, *OBJECTS[row](world, actor)) for role, actor in world.actors.items()}
        expected = {role: answer == "yes" for role, answer in zip(COLUMNS, answers.split(), strict=True)}
        assert found == expected, row
