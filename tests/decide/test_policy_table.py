"""Who may do what in this room, as one table: policy by policy, and what somebody is to a matter.

Which address asks for which policy is tried from outside, in tests/security/test_every_url.py.
"""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from collegium.decide import policies
from collegium.decide.enums import Readers, Stage
from collegium.people.enums import UnitKind
from collegium.people.policies import can_view_unit
from tests import factories
from tests.decide import worlds
from tests.visitors import COLUMNS, visitors_of

pytestmark = pytest.mark.django_db

# Of a unit; tests/visitors.py says who each column is.
OF_UNIT = {
    #                     steward lead member supporter above guest colleague stranger operator
    "can_view_decisions": "yes     yes  yes    yes       yes   yes   yes       -        yes",
    "can_view_norms":     "yes     yes  yes    yes       yes   yes   -         -        yes",
    "can_start":          "yes     yes  yes    -         -     -     -         -        yes",
    "can_write_norms":    "yes     yes  -      -         yes   -     -         -        yes",
    "can_make_public":    "yes     yes  -      -         yes   -     -         -        yes",
    "can_plan_meeting":   "yes     yes  yes    -         -     -     -         -        yes",
    "can_view_meeting: of others": "yes yes yes yes yes yes - - yes",
    "can_view_meeting: theirs": "yes yes yes yes yes yes yes - yes",
    "can_keep_meeting: of others": "yes yes - - yes - - - yes",
    "can_keep_meeting: theirs": "yes yes yes yes yes yes yes - yes",
}  # fmt: skip
# Of a matter, by what somebody is to it: its facilitators, one with a vote, a guest with a voice, a steward, another of
# the unit's community.
STANDINGS = ("ada", "ben", "cleo", "guest", "steward", "colleague")
OF_MATTER = {
    #                              ada ben cleo guest steward colleague
    "can_view_matter: involved":   "yes yes yes yes   yes     -",
    "can_view_matter: unit":       "yes yes yes yes   yes     -",
    "can_view_matter: community":  "yes yes yes yes   yes     yes",
    "can_speak: open":             "yes yes yes yes   -       -",
    "can_speak: closed":           "-   -   -   -     -       -",
    "can_facilitate":              "yes yes -   -     yes     -",
    "can_keep_order":              "yes yes -   -     yes     -",
    "can_amend: own":              "yes yes yes yes   -       -",
    "can_amend: another's":        "yes yes -   -     -       -",
    "can_vote: oneself":           "yes yes yes yes   yes     yes",
    "can_vote: for another":       "-   -   -   -     -       -",
    "can_vote: not on the roll":   "-   -   -   -     -       -",
}  # fmt: skip


def list_policies() -> dict[str, Any]:
    return {name: value for name, value in vars(policies).items() if name.startswith("can_")}


def test_every_policy_is_a_pair_and_has_a_row() -> None:
    checks = {name.removeprefix("check_") for name in vars(policies) if name.startswith("check_can_")}
    rows = {row.partition(":")[0] for row in (*OF_UNIT, *OF_MATTER)}
    assert checks == set(list_policies()) == rows


def test_the_table_of_units_holds() -> None:
    community = factories.make_community()
    district = factories.make_unit(community, kind=UnitKind.DISTRICT)
    school = factories.make_unit(community, within=district)
    visitors = visitors_of(school, district=district, beside=factories.make_unit(community))
    place = factories.place_of(school)
    for row, answers in OF_UNIT.items():
        policy, _colon, whose = row.partition(": ")
        given = {"is_theirs": whose == "theirs"} if whose else {}
        found = {who: list_policies()[policy](actor, place, **given) for who, actor in visitors.items()}
        assert found == {who: answer == "yes" for who, answer in zip(COLUMNS, answers.split(), strict=True)}, row


def test_the_table_of_matters_holds() -> None:
    world = worlds.build(readers=Readers.COMMUNITY)
    place = factories.place_of(world.unit)
    for row, answers in OF_MATTER.items():
        for who, answer in zip(STANDINGS, answers.split(), strict=True):
            person = getattr(world, who)
            actor, standing = factories.actor_of(person), world.found(person).standing
            arguments: dict[str, tuple[Any, ...]] = {
                "can_view_matter: involved": (place, Readers.INVOLVED, standing),
                "can_view_matter: unit": (place, Readers.UNIT, standing),
                "can_view_matter: community": (place, Readers.COMMUNITY, standing),
                "can_speak: open": (place, Stage.IDEAS, standing),
                "can_speak: closed": (place, Stage.CLOSED, standing),
                "can_amend: own": (place, Stage.IDEAS, standing, person.id),
                "can_amend: another's": (place, Stage.IDEAS, standing, uuid.uuid4()),
                "can_vote: oneself": (person.id,),
                "can_vote: for another": (uuid.uuid4(),),
                "can_vote: not on the roll": (None,),
            }
            given = arguments.get(row, (place, standing))
            assert list_policies()[row.partition(":")[0]](actor, *given) == (answer == "yes"), (row, who)


def test_a_stranger_may_do_nothing() -> None:
    world, stranger = worlds.build(), factories.actor_of(worlds.build().steward)
    place = factories.place_of(world.unit)
    assert not can_view_unit(stranger, place)
    everything = policies.Standing(facilitates=True, stewards=True, in_unit=True)
    assert not policies.can_view_matter(stranger, place, Readers.COMMUNITY, everything)
    assert not policies.can_facilitate(stranger, place, everything)
    assert not policies.can_speak(stranger, place, Stage.IDEAS, everything)
