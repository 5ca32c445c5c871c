"""Who may do what, as one table: policy by policy, role by role. A policy without a row fails.

Which address asks for which policy is tried from outside, in tests/security/test_every_url.py.
"""

from __future__ import annotations

import importlib.util
import pkgutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import collegium
from collegium.people import policies
from collegium.people.actors import Actor
from collegium.people.enums import TieKind, UnitKind
from collegium.people.models import Person, Unit
from collegium.people.places import Place, Whereabouts
from collegium.people.queries import persons
from tests import factories
from tests.visitors import COLUMNS, visitors_of

pytestmark = pytest.mark.django_db

# tests/visitors.py says who each column is.
TABLE = {
    #                                 steward lead member supporter above guest colleague stranger operator
    "can_view_unit":                 "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_view_people":               "yes     yes  yes    yes       yes   yes   -         -        yes",
    "can_view_people_below: school": "yes     yes  yes    yes       yes   yes   -         -        yes",
    "can_view_people_below: district": "-     -    -      yes       yes   -     -         -        yes",
    "can_steward":                   "yes     -    -      -         yes   -     -         -        yes",
    "can_lead":                      "yes     yes  -      -         yes   -     -         -        yes",
    "can_view_trail":                "yes     -    -      -         yes   -     -         -        yes",
    "can_end_role: own":             "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_end_role: another's":       "yes     -    -      -         yes   -     -         -        yes",
    "can_end_membership: own":       "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_end_membership: another's": "yes     yes  -      -         yes   -     -         -        yes",
    "can_tie: district contains":    "-       -    -      -         yes   -     -         -        yes",
    "can_tie: partner of another":   "yes     -    -      -         yes   -     -         -        yes",
    "can_view_group: own":           "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_view_group: another's":     "yes     yes  yes    yes       yes   yes   -         -        yes",
    "can_decide_for: oneself":       "yes     yes  yes    yes       yes   yes   yes       yes      yes",
    "can_decide_for: another":       "-       -    -      -         -     -     -         -        yes",
    "can_view_person: oneself":      "yes     yes  yes    yes       yes   yes   yes       yes      yes",
    "can_view_person: of the school": "yes    yes  yes    yes       yes   yes   -         -        yes",
    "can_view_person: shares a group": "yes   yes  yes    yes       yes   yes   yes       -        yes",
    "can_look_after_person: oneself": "yes    yes  yes    yes       yes   yes   yes       yes      yes",
    "can_look_after_person: another": "yes    -    -      -         yes   -     -         -        yes",
}  # fmt: skip


@dataclass
class World:
    """A school in a district, a school beside it, and a teacher of the school whom all this is about."""

    district: Unit
    school: Unit
    beside: Unit
    teacher: Person
    actors: dict[str, Actor]

    @property
    def here(self) -> Place:
        """The school as policies see it."""
        return factories.place_of(self.school)

    @property
    def above(self) -> Place:
        """The district."""
        return factories.place_of(self.district)

    @property
    def aside(self) -> Place:
        """The other school."""
        return factories.place_of(self.beside)

    @property
    def whereabouts(self) -> Whereabouts:
        """Where the teacher is found."""
        return persons.get_whereabouts(self.teacher)


@pytest.fixture
def world() -> World:
    community = factories.make_community()
    district = factories.make_unit(community, kind=UnitKind.DISTRICT)
    school = factories.make_unit(community, within=district)
    beside = factories.make_unit(community)
    teacher = factories.make_person(community)
    factories.make_post(teacher, school)
    factories.make_membership(teacher, factories.make_group(school))
    actors = visitors_of(school, district=district, beside=beside)
    return World(district, school, beside, teacher, actors)


def alone(actor: Actor) -> Whereabouts:
    """Return the actor as a person, wherever they are."""
    return Whereabouts(actor.person_id, actor.community_id, works_in=(), near=(), group_ids=frozenset())


GROUP, OTHERS_GROUP = uuid.uuid4(), uuid.uuid4()
# What each row is about, as the arguments that the policy is asked with.
OBJECTS: dict[str, Callable[[World, Actor], tuple[Any, ...]]] = {
    "can_view_unit": lambda world, _actor: (world.here,),
    "can_view_people": lambda world, _actor: (world.here,),
    "can_view_people_below: school": lambda world, _actor: (world.here,),
    "can_view_people_below: district": lambda world, _actor: (world.above,),
    "can_steward": lambda world, _actor: (world.here,),
    "can_lead": lambda world, _actor: (world.here,),
    "can_view_trail": lambda world, _actor: (world.here,),
    "can_end_role: own": lambda world, actor: (world.here, actor.person_id),
    "can_end_role: another's": lambda world, _actor: (world.here, world.teacher.id),
    "can_end_membership: own": lambda world, actor: (world.here, actor.person_id),
    "can_end_membership: another's": lambda world, _actor: (world.here, world.teacher.id),
    "can_tie: district contains": lambda world, _actor: (world.above, world.here, TieKind.CONTAINS),
    "can_tie: partner of another": lambda world, _actor: (world.here, world.aside, TieKind.PARTNER),
    "can_view_group: own": lambda world, _actor: (world.here, GROUP, frozenset({GROUP})),
    "can_view_group: another's": lambda world, _actor: (world.here, OTHERS_GROUP, frozenset({GROUP})),
    "can_decide_for: oneself": lambda _world, actor: (alone(actor),),
    "can_decide_for: another": lambda world, _actor: (world.whereabouts,),
    "can_view_person: oneself": lambda _world, actor: (alone(actor), frozenset()),
    "can_view_person: of the school": lambda world, _actor: (world.whereabouts, frozenset()),
    "can_view_person: shares a group": lambda world, _actor: (world.whereabouts, world.whereabouts.group_ids),
    "can_look_after_person: oneself": lambda _world, actor: (alone(actor),),
    "can_look_after_person: another": lambda world, _actor: (world.whereabouts,),
}


def list_policies() -> dict[str, Any]:
    """Return every yes-or-no policy of the room."""
    return {name: value for name, value in vars(policies).items() if name.startswith("can_")}


def test_every_room_with_policies_has_a_table() -> None:
    tests = Path(__file__).parent.parent
    for room in pkgutil.iter_modules(collegium.__path__):
        if room.ispkg and importlib.util.find_spec(f"collegium.{room.name}.policies"):
            assert (tests / room.name / "test_policy_table.py").is_file(), room.name


def test_every_policy_is_a_pair() -> None:
    checks = {name.removeprefix("check_") for name in vars(policies) if name.startswith("check_can_")}
    assert checks == {name for name in vars(policies) if name.startswith("can_")}


def test_every_policy_has_a_row_and_every_row_a_policy() -> None:
    assert {row.partition(":")[0] for row in TABLE} == set(list_policies())
    assert TABLE.keys() == OBJECTS.keys()


@pytest.mark.parametrize("row", TABLE)
def test_the_table_holds(world: World, row: str) -> None:
    can = list_policies()[row.partition(":")[0]]
    found = {role: can(actor, *OBJECTS[row](world, actor)) for role, actor in world.actors.items()}
    expected = {role: answer == "yes" for role, answer in zip(COLUMNS, TABLE[row].split(), strict=True)}
    assert found == expected
