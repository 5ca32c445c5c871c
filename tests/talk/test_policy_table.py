"""Who may do what in a conversation, as one table. A policy without a row fails.

Which address asks for which policy is tried from outside, in tests/security/test_every_url.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from collegium.talk import policies
from tests import factories as make
from tests.talk import worlds

pytestmark = pytest.mark.django_db

TABLE = {
    #                               steward other_steward ada ben
    "can_post":                    "yes     yes           yes yes",
    "can_change":                  "-       -             yes -",
    "can_moderate":                "yes     yes           -   -",
    "can_appeal":                  "-       -             yes -",
    "can_answer_appeal":           "-       yes           -   -",
}  # fmt: skip


def list_policies() -> dict[str, Any]:
    return {name: value for name, value in vars(policies).items() if name.startswith("can_")}


def test_every_policy_is_a_pair_and_has_a_row() -> None:
    checks = {name.removeprefix("check_") for name in vars(policies) if name.startswith("check_can_")}
    assert checks == set(list_policies()) == set(TABLE)


def test_the_table_holds() -> None:
    world = worlds.build()
    said = world.write(world.ada)
    for name, row in TABLE.items():
        for who, answer in zip(("steward", "other_steward", "ada", "ben"), row.split(), strict=True):
            person = getattr(world, who)
            subject = world.subject(person)
            extra: tuple[Any, ...] = {
                "can_change": (subject, said.author_id),
                "can_appeal": (said.author_id,),
                "can_answer_appeal": (subject, world.steward.id),
            }.get(name, (subject,))
            assert list_policies()[name](make.actor_of(person), *extra) == (answer == "yes"), (name, who)


def test_a_stranger_may_do_nothing() -> None:
    world, stranger = worlds.build(), make.actor_of(worlds.build().steward)
    subject = world.subject(world.steward)
    assert not policies.can_post(stranger, subject)
    assert not policies.can_moderate(stranger, subject)
