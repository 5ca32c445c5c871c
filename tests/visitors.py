"""Whoever the policy tables of the rooms ask about: one actor of each kind beside a school."""

from __future__ import annotations

from collegium.people.actors import Actor, operator_of
from collegium.people.enums import Role
from collegium.people.models import Unit
from tests import factories

COLUMNS = ["steward", "lead", "member", "supporter", "above", "guest", "colleague", "stranger", "operator"]


def visitors_of(school: Unit, *, district: Unit, beside: Unit) -> dict[str, Actor]:
    """Return a steward, lead, member and guest of the school; somebody who leads its district (a supporter from above)
    and a steward of it (above); a colleague of another school; a steward of another community (a stranger); and whoever
    works at the server itself (the operator).
    """
    elsewhere = factories.make_unit(factories.make_community())

    def given(role: Role, unit: Unit) -> Actor:
        person = factories.make_person(unit.community)
        factories.make_role(person, unit, role)
        return factories.actor_of(person)

    def employed(unit: Unit) -> Actor:
        person = factories.make_person(unit.community)
        factories.make_post(person, unit)
        return factories.actor_of(person)

    return {
        "steward": given(Role.STEWARD, school),
        "lead": given(Role.LEAD, school),
        "member": employed(school),
        "supporter": given(Role.LEAD, district),
        "above": given(Role.STEWARD, district),
        "guest": given(Role.GUEST, school),
        "colleague": employed(beside),
        "stranger": given(Role.STEWARD, elsewhere),
        "operator": operator_of(school.community_id),
    }
