"""Roles in a unit: who looks after it, leads it, supports it, visits it."""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction
from django.db.models import Q

from collegium.base import time
from collegium.people import policies
from collegium.people.actors import Actor
from collegium.people.enums import Role
from collegium.people.errors import Conflict, Invalid
from collegium.people.models import Person, Unit, UnitRole
from collegium.people.services.writing import check_open, check_same_community, end_row, locate, record


@transaction.atomic
def give_role(
    *,
    actor: Actor,
    person: Person,
    unit: Unit,
    role: str,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> UnitRole:
    """Give a person a role in a unit from a day on (today by default), until a day or until further notice."""
    check_same_community(actor, person, unit)
    policies.check_can_steward(actor, locate(unit))
    day = starts_on or time.today()
    check_open(unit, day)
    if person.erased_at is not None:
        raise Conflict("person_erased")
    if ends_on is not None and ends_on < day:
        raise Invalid("ends_before_start", starts_on=day)
    if _held_from(day).filter(unit=unit, person=person, role=Role(role)).exists():
        raise Conflict("role_open_already")
    given = UnitRole.objects.create(
        community_id=actor.community_id, unit=unit, person=person, role=Role(role), starts_on=day, ends_on=ends_on
    )
    record(actor, "role.given", given, unit_id=unit.id, person_id=person.id, role=given.role)
    return given


@transaction.atomic
def end_role(*, actor: Actor, role: UnitRole, on: dt.date | None = None) -> UnitRole:
    """End a role; the last steward's stays until there is another. Whoever holds a role may lay it down."""
    policies.check_can_end_role(actor, locate(role.unit), role.person_id)
    check_not_last_steward(role, on or time.today())
    data = end_row(role, on)
    record(actor, "role.ended", role, unit_id=role.unit_id, person_id=role.person_id, role=role.role, **data)
    return role


def check_not_last_steward(role: UnitRole, day: dt.date) -> None:
    """Raise when ending the role on the day would leave its unit without a steward until further notice."""
    if role.role != Role.STEWARD or (role.ends_on is not None and role.ends_on <= day):
        return
    # Two stewards who lay down their roles at the same moment go one after the other.
    unit = Unit.objects.select_for_update().get(id=role.unit_id)
    if unit.ends_on is not None and unit.ends_on <= day:
        return
    # Dating the end back must not count those who have gone since, nor those who go before this one would have gone.
    stays = Q(ends_on__isnull=True) if role.ends_on is None else Q(ends_on__isnull=True) | Q(ends_on__gte=role.ends_on)
    others = UnitRole.objects.on(max(day, time.today())).filter(stays, unit=unit, role=Role.STEWARD)
    if not others.exclude(person_id=role.person_id).exists():
        raise Conflict("last_steward", unit=unit.name)


def _held_from(day: dt.date) -> models.QuerySet[UnitRole]:
    return UnitRole.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
