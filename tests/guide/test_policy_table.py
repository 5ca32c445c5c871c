"""Who may do what in this room, as one table: policy by policy, role by role. A policy without a row fails.

Which address asks for which policy is tried from outside, in tests/security/test_every_url.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from collegium.guide import policies
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from tests import factories
from tests.visitors import COLUMNS, visitors_of

pytestmark = pytest.mark.django_db

# tests/visitors.py says who each column is.
TABLE = {
    #                                  steward lead member supporter above guest colleague stranger operator
    "can_view_guide":                 "yes     yes  yes    yes       yes   yes   -         -        yes",
    "can_answer_moves":               "yes     yes  -      -         yes   -     -         -        yes",
    "can_open_review":                "yes     -    -      -         yes   -     -         -        yes",
    "can_record_review":              "yes     yes  -      -         yes   -     -         -        yes",
    "can_view_review":                "yes     yes  yes    yes       yes   yes   -         -        yes",
    "can_view_review: of a friend":   "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_judge":                      "-       -    -      -         -     -     -         -        -",
    "can_judge: who is asked":        "yes     yes  yes    yes       yes   yes   yes       yes      yes",
    "can_talk":                       "yes     yes  -      -         yes   -     -         -        yes",
    "can_talk: who is asked":         "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_talk: before it closes":     "-       -    -      -         -     -     -         -        -",
}  # fmt: skip


@dataclass
class World:
    """A school in a district, and whoever looks at it."""

    school: Unit
    actors: dict[str, Actor]


@pytest.fixture
def world() -> World:
    community = factories.make_community()
    district = factories.make_unit(community, kind=UnitKind.DISTRICT)
    school = factories.make_unit(community, within=district)
    beside = factories.make_unit(community)
    return World(school, visitors_of(school, district=district, beside=beside))


NOBODY = {"is_asked": False, "is_friend": False}
ASKED = {"is_asked": True, "is_friend": False}
FRIEND = {"is_asked": False, "is_friend": True}
# What each row is about, as the arguments that the policy is asked with.
OBJECTS: dict[str, Callable[[World, Actor], tuple[Any, ...]]] = {
    "can_view_guide": lambda world, _actor: (factories.place_of(world.school),),
    "can_answer_moves": lambda world, _actor: (factories.place_of(world.school),),
    "can_open_review": lambda world, _actor: (factories.place_of(world.school),),
    "can_record_review": lambda world, _actor: (factories.place_of(world.school),),
    "can_view_review": lambda world, _actor: (factories.place_of(world.school), NOBODY),
    "can_view_review: of a friend": lambda world, _actor: (factories.place_of(world.school), FRIEND),
    "can_judge": lambda _world, _actor: (None,),
    "can_judge: who is asked": lambda _world, actor: (actor.person_id,),
    "can_talk": lambda world, _actor: (factories.place_of(world.school), NOBODY | {"is_closed": True}),
    "can_talk: who is asked": lambda world, _actor: (factories.place_of(world.school), ASKED | {"is_closed": True}),
    "can_talk: before it closes": lambda world, _actor: (
        factories.place_of(world.school),
        ASKED | {"is_closed": False},
    ),
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
        found = {role: _ask(can, actor, OBJECTS[row](world, actor)) for role, actor in world.actors.items()}
        expected = {role: answer == "yes" for role, answer in zip(COLUMNS, answers.split(), strict=True)}
        assert found == expected, row


def _ask(can: Callable[..., bool], actor: Actor, about: tuple[Any, ...]) -> bool:
    """Ask with the arguments of a row; a mapping at their end holds those with names."""
    if about and isinstance(about[-1], dict):
        return can(actor, *about[:-1], **about[-1])
    return can(actor, *about)
