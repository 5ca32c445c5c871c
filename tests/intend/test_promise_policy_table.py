"""Who may do what with promises, roles and boards, as one table: policy by policy, role by role."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from collegium.intend import promise_policies as policies
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from tests import factories
from tests.visitors import COLUMNS, visitors_of

pytestmark = pytest.mark.django_db

# tests/visitors.py says who each column is.
TABLE = {
    #                                       steward lead member supporter above guest colleague stranger operator
    "can_view_promises":                   "yes     yes  yes    yes       yes   yes   -         -        yes",
    "can_view_promise: one of others":     "yes     yes  yes    yes       yes   yes   -         -        yes",
    "can_view_promise: made to oneself":   "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_propose":                         "yes     yes  yes    -         yes   -     -         -        yes",
    "can_carry: one's own":                "yes     yes  yes    yes       yes   yes   yes       yes      yes",
    "can_carry: another's":                "-       -    -      -         -     -     -         -        -",
    "can_take_over: one's own":            "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_take_over: another's":            "-       -    -      -         -     -     -         -        -",
    "can_take_over: one without an owner": "yes     yes  yes    -         yes   -     -         -        yes",
    "can_confirm: oneself":                "yes     yes  yes    yes       yes   yes   yes       yes      yes",
    "can_confirm: for another":            "-       -    -      -         -     -     -         -        -",
    "can_run_board":                       "yes     yes  -      -         -     -     -         -        yes",
    "can_allow_name: one's own":           "yes     yes  yes    yes       yes   yes   yes       yes      yes",
    "can_allow_name: another's":           "-       -    -      -         -     -     -         -        -",
    "can_allow_name: of a group":          "-       -    -      -         -     -     -         -        -",
    "can_keep_roles: of any group":        "yes     yes  -      -         yes   -     -         -        yes",
    "can_keep_roles: one facilitates":     "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_decide_own: oneself":             "yes     yes  yes    yes       yes   yes   yes       yes      yes",
    "can_decide_own: for another":         "-       -    -      -         -     -     -         -        -",
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


Arguments = Callable[[World, Actor], tuple[Any, ...]]


def _place(world: World) -> Any:
    return factories.place_of(world.school)


# What each row is about, as the arguments that the policy is asked with.
OBJECTS: dict[str, Arguments] = {
    "can_view_promises": lambda world, _actor: (_place(world),),
    "can_view_promise: one of others": lambda world, _actor: (_place(world), ()),
    "can_view_promise: made to oneself": lambda world, actor: (_place(world), {actor.person_id}),
    "can_propose": lambda world, _actor: (_place(world),),
    "can_carry: one's own": lambda _world, actor: ({actor.person_id},),
    "can_carry: another's": lambda _world, _actor: ({uuid.uuid4()},),
    "can_take_over: one's own": lambda world, actor: (_place(world), {actor.person_id}),
    "can_take_over: another's": lambda world, _actor: (_place(world), {uuid.uuid4()}),
    "can_take_over: one without an owner": lambda world, _actor: (_place(world), ()),
    "can_confirm: oneself": lambda _world, actor: (actor.person_id,),
    "can_confirm: for another": lambda _world, _actor: (uuid.uuid4(),),
    "can_run_board": lambda world, _actor: (_place(world),),
    "can_allow_name: one's own": lambda _world, actor: (actor.person_id,),
    "can_allow_name: another's": lambda _world, _actor: (uuid.uuid4(),),
    "can_allow_name: of a group": lambda _world, _actor: (None,),
    "can_keep_roles: of any group": lambda world, _actor: (_place(world), ()),
    "can_keep_roles: one facilitates": lambda world, actor: (_place(world), {actor.person_id}),
    "can_decide_own: oneself": lambda _world, actor: (actor.person_id,),
    "can_decide_own: for another": lambda _world, _actor: (uuid.uuid4(),),
}


def list_policies() -> dict[str, Any]:
    """Return every yes-or-no policy about promises."""
    return {name: value for name, value in vars(policies).items() if name.startswith("can_")}


def test_every_policy_is_a_pair_with_a_row() -> None:
    checks = {name.removeprefix("check_") for name in vars(policies) if name.startswith("check_can_")}
    assert checks == set(list_policies()) == {row.partition(":")[0] for row in TABLE}
    assert TABLE.keys() == OBJECTS.keys()


def test_the_table_holds(world: World) -> None:
    for row, answers in TABLE.items():
        can = list_policies()[row.partition(":")[0]]
        without_owner = {"asks_for_owner": row.endswith("without an owner")} if row.startswith("can_take") else {}
        found = {role: can(actor, *OBJECTS[row](world, actor), **without_owner) for role, actor in world.actors.items()}
        assert found == {role: word == "yes" for role, word in zip(COLUMNS, answers.split(), strict=True)}, row
