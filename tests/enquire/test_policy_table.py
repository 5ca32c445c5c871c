"""Who may do what in this room, as one table: policy by policy, role by role. A policy without a row fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collegium.enquire import policies
from collegium.enquire.policies import Standing
from collegium.people.enums import UnitKind
from collegium.people.places import Place
from tests import factories
from tests.visitors import COLUMNS, visitors_of

pytestmark = pytest.mark.django_db

NOBODY, OWNER, TEAM, STEWARD = Standing(), Standing(owns=True), Standing(in_team=True), Standing(stewards=True)

# tests/visitors.py says who each column is.
TABLE = {
    #                                  steward lead member supporter above guest colleague stranger operator
    "can_view_enquiries":             "yes     yes  yes    yes       yes   yes   -         -        yes",
    "can_begin":                      "yes     yes  yes    -         -     -     -         -        yes",
    "can_view_enquiry: of others":    "yes     yes  yes    yes       yes   yes   -         -        yes",
    "can_view_enquiry: in the team":  "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_work: of others":            "-       -    -      -         -     -     -         -        -",
    "can_work: in the team":          "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_work: closed":               "-       -    -      -         -     -     -         -        -",
    "can_speak: of others":           "yes     yes  yes    -         -     -     -         -        yes",
    "can_speak: in the team":         "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_speak: closed":              "-       -    -      -         -     -     -         -        -",
    "can_keep_order: in the team":    "-       -    -      -         -     -     -         -        -",
    "can_keep_order: steward":        "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_administer: in the team":    "-       -    -      -         -     -     -         -        -",
    "can_administer: owner":          "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_administer: steward":        "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_administer: closed":         "-       -    -      -         -     -     -         -        -",
    "can_keep_calendar":              "yes     -    -      -         yes   -     -         -        yes",
    "can_view_idea":                  "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_share: of others":           "-       -    -      -         -     -     -         -        -",
    "can_share: in the team":         "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_share: steward":             "yes     yes  yes    yes       yes   yes   yes       -        yes",
}  # fmt: skip

OBJECTS: dict[str, Callable[[Place], tuple[tuple[Any, ...], dict[str, Any]]]] = {
    "can_view_enquiries": lambda place: ((place,), {}),
    "can_begin": lambda place: ((place,), {}),
    "can_view_enquiry: of others": lambda place: ((place, NOBODY), {}),
    "can_view_enquiry: in the team": lambda place: ((place, TEAM), {}),
    "can_work: of others": lambda place: ((place, STEWARD), {"is_closed": False}),
    "can_work: in the team": lambda place: ((place, TEAM), {"is_closed": False}),
    "can_work: closed": lambda place: ((place, OWNER), {"is_closed": True}),
    "can_speak: of others": lambda place: ((place, NOBODY), {"is_closed": False}),
    "can_speak: in the team": lambda place: ((place, TEAM), {"is_closed": False}),
    "can_speak: closed": lambda place: ((place, OWNER), {"is_closed": True}),
    "can_keep_order: in the team": lambda place: ((place, TEAM), {}),
    "can_keep_order: steward": lambda place: ((place, STEWARD), {}),
    "can_administer: in the team": lambda place: ((place, TEAM), {"is_closed": False}),
    "can_administer: owner": lambda place: ((place, OWNER), {"is_closed": False}),
    "can_administer: steward": lambda place: ((place, STEWARD), {"is_closed": False}),
    "can_administer: closed": lambda place: ((place, OWNER), {"is_closed": True}),
    "can_keep_calendar": lambda place: ((place,), {}),
    "can_view_idea": lambda place: ((place,), {}),
    "can_share: of others": lambda place: ((place, NOBODY), {}),
    "can_share: in the team": lambda place: ((place, TEAM), {}),
    "can_share: steward": lambda place: ((place, STEWARD), {}),
}


def test_every_policy_has_a_row() -> None:
    pairs = {name for name in vars(policies) if name.startswith("can_")}
    assert pairs == {row.partition(":")[0] for row in TABLE}
    assert {f"check_{name}" for name in pairs} == {name for name in vars(policies) if name.startswith("check_")}


@pytest.mark.parametrize("row", TABLE)
def test_policies_answer_as_the_table_says(row: str) -> None:
    community = factories.make_community()
    district = factories.make_unit(community, kind=UnitKind.DISTRICT)
    school = factories.make_unit(community, within=district)
    actors = visitors_of(school, district=district, beside=factories.make_unit(community))
    positional, named = OBJECTS[row](factories.place_of(school))
    can = getattr(policies, row.partition(":")[0])
    found = {column: can(actors[column], *positional, **named) for column in COLUMNS}
    wanted = dict(zip(COLUMNS, (word == "yes" for word in TABLE[row].split()), strict=True))
    assert found == wanted
