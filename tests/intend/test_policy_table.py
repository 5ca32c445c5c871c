"""Who may do what in this room, as one table: policy by policy, role by role. A policy without a row fails.

Which address asks for which policy is tried from outside, in tests/security/test_every_url.py.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from collegium.intend import policies
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from tests import factories
from tests.visitors import COLUMNS, visitors_of

pytestmark = pytest.mark.django_db

SOMEBODY = uuid.uuid4()
# tests/visitors.py says who each column is.
TABLE = {
    #                                  steward lead member supporter above guest colleague stranger operator
    "can_view_line":                  "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_view_drafts":                "yes     yes  yes    -         -     -     -         -        yes",
    "can_view_drafts_of":             "yes     yes  yes    -         -     -     -         -        yes",
    "can_take_back: own":             "yes     yes  yes    yes       yes   yes   yes       yes      -",
    "can_take_back: another's":       "-       -    -      -         -     -     -         -        -",
    "can_name: oneself":              "yes     yes  yes    yes       yes   yes   yes       yes      yes",
    "can_name: somebody seen":        "yes     yes  yes    yes       yes   yes   yes       yes      yes",
    "can_name: somebody unseen":      "-       -    -      -         -     -     -         -        -",
    "can_view_written: a draft":      "yes     yes  yes    -         -     -     -         -        yes",
    "can_view_written: published":    "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_view_throughline":           "yes     yes  yes    yes       yes   yes   -         -        yes",
    "can_draft":                      "yes     yes  yes    -         -     -     -         -        yes",
    "can_keep":                       "yes     yes  -      -         -     -     -         -        yes",
    "can_reword: draft":              "yes     yes  yes    -         -     -     -         -        yes",
    "can_reword: published":          "yes     yes  -      -         -     -     -         -        yes",
    "can_decide_on_mindscape: own":   "yes     yes  yes    yes       yes   yes   yes       yes      yes",
    "can_decide_on_mindscape: other": "-       -    -      -         -     -     -         -        -",
    "can_view_circle: of the school": "-       -    yes    -         -     -     -         -        -",
    "can_view_circle: of a group":    "-       -    -      -         -     -     -         -        -",
    "can_view_circle: of one's group": "yes    yes  yes    yes       yes   yes   yes       yes      yes",
    "can_view_values":                "yes     yes  yes    yes       yes   yes   -         -        yes",
    "can_view_path":                  "yes     yes  yes    yes       yes   yes   -         -        yes",
    "can_do_step: of another":        "yes     yes  -      -         -     -     -         -        yes",
    "can_do_step: one's own":         "yes     yes  yes    yes       yes   yes   yes       -        yes",
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
    return World(school, visitors_of(school, district=district, beside=factories.make_unit(community)))


def at_school(*more: Any) -> Callable[[World, Actor], tuple[Any, ...]]:
    """Ask about the school, and whatever else the policy is asked with."""
    return lambda world, _actor: (factories.place_of(world.school), *more)


# What each row is about, as the arguments that the policy is asked with.
OBJECTS: dict[str, Callable[[World, Actor], tuple[Any, ...]]] = {
    "can_view_line": at_school(),
    "can_view_drafts": at_school(),
    "can_view_drafts_of": lambda world, _actor: (world.school.id,),
    "can_take_back: own": lambda _world, actor: (actor.person_id,),
    "can_take_back: another's": lambda _world, _actor: (uuid.uuid4(),),
    "can_name: oneself": lambda _world, actor: (actor.person_id, frozenset()),
    "can_name: somebody seen": lambda _world, _actor: (SOMEBODY, frozenset({SOMEBODY})),
    "can_name: somebody unseen": lambda _world, _actor: (SOMEBODY, frozenset()),
    "can_view_written: a draft": at_school(False),
    "can_view_written: published": at_school(True),
    "can_view_throughline": at_school(),
    "can_draft": at_school(),
    "can_keep": at_school(),
    "can_reword: draft": at_school(False),
    "can_reword: published": at_school(True),
    "can_decide_on_mindscape: own": lambda _world, actor: (actor.person_id,),
    "can_decide_on_mindscape: other": lambda _world, _actor: (uuid.uuid4(),),
    "can_view_circle: of the school": lambda world, _actor: (world.school.id, None, frozenset()),
    "can_view_circle: of a group": lambda _world, _actor: (None, uuid.uuid4(), frozenset()),
    "can_view_circle: of one's group": lambda world, _actor: (None, world.school.id, frozenset({world.school.id})),
    "can_view_values": at_school(),
    "can_view_path": at_school(),
    "can_do_step: of another": at_school((uuid.uuid4(), None)),
    "can_do_step: one's own": lambda world, actor: (factories.place_of(world.school), (actor.person_id, None)),
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
