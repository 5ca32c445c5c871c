"""Who may do what in this room, as one table: policy by policy, role by role. A policy without a row fails.

Which address asks for which policy is tried from outside, in tests/security/test_every_url.py.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from collegium.listen import policies
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from collegium.people.places import Place
from tests import factories
from tests.listen.worlds import START
from tests.visitors import COLUMNS, visitors_of

pytestmark = pytest.mark.django_db

# tests/visitors.py says who each column is.
TABLE = {
    #                                 steward lead member supporter above guest colleague stranger operator
    "can_run_pulse":                 "yes     yes  -      -         yes   -     -         -        yes",
    "can_view_pulses":               "yes     yes  yes    yes       yes   yes   -         -        yes",
    "can_view_result":               "yes     yes  yes    -         -     yes   -         -        yes",
    "can_view_result: asked":        "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_view_result: agreed":       "yes     yes  yes    yes       yes   yes   -         -        yes",
    "can_view_result: not out yet":  "-       -    -      -         -     -     -         -        -",
    "can_answer: oneself":           "yes     yes  yes    yes       yes   yes   yes       yes      yes",
    "can_answer: for another":       "-       -    -      -         -     -     -         -        -",
    "can_agree":                     "yes     -    -      -         -     -     -         -        yes",
    "can_withhold":                  "yes     -    -      -         -     -     -         -        yes",
}  # fmt: skip


@dataclass
class World:
    """A school in a district, and whoever looks at it."""

    school: Unit
    actors: dict[str, Actor]

    @property
    def here(self) -> Place:
        """The school as policies see it."""
        return factories.place_of(self.school)


@pytest.fixture
def world() -> World:
    community = factories.make_community()
    district = factories.make_unit(community, kind=UnitKind.DISTRICT)
    school = factories.make_unit(community, within=district)
    beside = factories.make_unit(community)
    actors = visitors_of(school, district=district, beside=beside)
    return World(school, actors)


def result(*, is_out: bool = True, is_asked: bool = False, is_agreed: bool = False) -> dict[str, Any]:
    """Return what the policy about results is told."""
    now = START if is_out else START.replace(year=START.year - 1)
    return {"results_at": START, "now": now, "is_asked": is_asked, "is_agreed": is_agreed}


Arguments = tuple[tuple[Any, ...], dict[str, Any]]
# What each row is about, as the arguments that the policy is asked with.
OBJECTS: dict[str, Callable[[World, Actor], Arguments]] = {
    "can_run_pulse": lambda world, _actor: ((world.here,), {}),
    "can_view_pulses": lambda world, _actor: ((world.here,), {}),
    "can_view_result": lambda world, _actor: ((world.here,), result()),
    "can_view_result: asked": lambda world, _actor: ((world.here,), result(is_asked=True)),
    "can_view_result: agreed": lambda world, _actor: ((world.here,), result(is_agreed=True)),
    "can_view_result: not out yet": lambda world, _actor: (
        (world.here,),
        result(is_out=False, is_asked=True, is_agreed=True),
    ),
    "can_answer: oneself": lambda _world, actor: ((actor.person_id,), {}),
    "can_answer: for another": lambda _world, _actor: ((uuid.uuid4(),), {}),
    "can_agree": lambda world, _actor: ((world.here,), {}),
    "can_withhold": lambda world, _actor: ((world.here,), {}),
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


@pytest.mark.parametrize("row", TABLE)
def test_the_table_holds(world: World, row: str) -> None:
    can = list_policies()[row.partition(":")[0]]
    found = {}
    for role, actor in world.actors.items():
        arguments, named = OBJECTS[row](world, actor)
        found[role] = can(actor, *arguments, **named)
    expected = {role: answer == "yes" for role, answer in zip(COLUMNS, TABLE[row].split(), strict=True)}
    assert found == expected
