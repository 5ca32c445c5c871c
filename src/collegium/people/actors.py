"""Whoever acts: a person of a community, with what they are to its units today."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from collegium.people.enums import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person.

    `given` holds the roles given to them by unit; `member_of` the units they belong to through a post, with all units
    that contain those.
    """

    person_id: uuid.UUID
    community_id: uuid.UUID
    account_id: uuid.UUID | None
    name: str
    given: Mapping[uuid.UUID, frozenset[Role]]
    member_of: frozenset[uuid.UUID]
    home_unit_id: uuid.UUID | None
    is_operator: bool = False

    @property
    def recorded_id(self) -> uuid.UUID | None:
        """The person an event names as its doer; none for the operator."""
        return None if self.is_operator else self.person_id

    def roles_at(self, unit_id: uuid.UUID, above: frozenset[uuid.UUID]) -> frozenset[Role]:
        """Return what the person is to a unit, given the ids of all units that contain it."""
        if self.is_operator:
            return frozenset({Role.STEWARD})
        roles = set(self.given.get(unit_id, ()))
        if unit_id in self.member_of:
            roles.add(Role.MEMBER)
        if any({Role.STEWARD, Role.LEAD, Role.SUPPORTER} & self.given.get(upper, frozenset()) for upper in above):
            roles.add(Role.SUPPORTER)
        return frozenset(roles)


def operator_of(community_id: uuid.UUID) -> Actor:
    """Return whoever works at the server itself (command line, demo): a steward of everything in one community."""
    return Actor(
        person_id=uuid.UUID(int=0),
        community_id=community_id,
        account_id=None,
        name="",
        given={},
        member_of=frozenset(),
        home_unit_id=None,
        is_operator=True,
    )
