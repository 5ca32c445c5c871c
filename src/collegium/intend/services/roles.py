"""Roles in groups: adding, changing and ending them, and who holds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from collegium.base import time
from collegium.intend import promise_policies as policies
from collegium.intend.errors import Conflict, Invalid
from collegium.intend.models import Challenge, Point, RoleHolding, WorkRole
from collegium.intend.promise_enums import Work
from collegium.intend.queries import roles
from collegium.intend.services import serving
from collegium.people.actors import Actor
from collegium.people.models import Group, Person
from collegium.people.services.writing import check_same_community, end_open, end_row, locate, record, tidy

TITLE_LIMIT, PURPOSE_LIMIT, OBLIGATION_LIMIT, OBLIGATIONS_LIMIT = 160, 1000, 300, 12


@transaction.atomic
def add_role(
    *,
    actor: Actor,
    group: Group,
    title: str,
    purpose: str = "",
    obligations: Sequence[str] = (),
    works: Sequence[str] = (),
    serves: Challenge | Point | None = None,
) -> WorkRole:
    """Add a role to a group, from today on."""
    _check(actor, group, serves)
    today = time.today()
    if not group.holds_on(today):
        raise Conflict("promise_by_ended")
    title = tidy(title, limit=TITLE_LIMIT)
    _check_title_free(group, title)
    role = WorkRole.objects.create(
        community_id=group.community_id,
        group=group,
        title=title,
        purpose=tidy(purpose, limit=PURPOSE_LIMIT, required=False),
        obligations=_obligations(obligations),
        works=[Work(each).value for each in works],
        starts_on=today,
        **serving.as_fields(serves),
    )
    record(actor, "work_role.added", role, unit_id=group.unit_id, title=title, group=group.name)
    return role


@transaction.atomic
def change_role(
    *,
    actor: Actor,
    role: WorkRole,
    title: str,
    purpose: str = "",
    obligations: Sequence[str] = (),
    works: Sequence[str] = (),
    serves: Challenge | Point | None = None,
) -> WorkRole:
    """Change what a role is called, what it is for, and what comes with it."""
    _check(actor, role.group, serves)
    _check_open(role)
    title = tidy(title, limit=TITLE_LIMIT)
    if title != role.title:
        _check_title_free(role.group, title)
    role.title, role.purpose = title, tidy(purpose, limit=PURPOSE_LIMIT, required=False)
    role.obligations, role.works = _obligations(obligations), [Work(each).value for each in works]
    serving.serve(role, serves)
    role.save(update_fields=["title", "purpose", "obligations", "works", *serving.FIELDS])
    record(actor, "work_role.changed", role, unit_id=role.group.unit_id, title=title, group=role.group.name)
    return role


@transaction.atomic
def end_role(*, actor: Actor, role: WorkRole) -> WorkRole:
    """End a role and that anybody holds it; what was promised in it asks for a new owner."""
    _check(actor, role.group)
    end_row(role, None)
    end_open(RoleHolding.objects.filter(role=role), time.today())
    record(actor, "work_role.ended", role, unit_id=role.group.unit_id, title=role.title, group=role.group.name)
    return role


@transaction.atomic
def give_role(*, actor: Actor, role: WorkRole, person: Person, starts_on: dt.date | None = None) -> RoleHolding:
    """Let somebody hold a role from a day on, today by default."""
    _check(actor, role.group)
    check_same_community(actor, person)
    _check_open(role)
    if person.erased_at is not None:
        raise Conflict("person_erased")
    day = starts_on or time.today()
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    if RoleHolding.objects.filter(still, role=role, person=person).exists():
        raise Conflict("role_held_already")
    held = RoleHolding.objects.create(community_id=role.community_id, role=role, person=person, starts_on=day)
    _record(actor, "work_role.given", held)
    return held


@transaction.atomic
def end_holding(*, actor: Actor, holding: RoleHolding) -> RoleHolding:
    """Let somebody hold a role no more; one lays down one's own by oneself."""
    if holding.person_id != actor.person_id:
        _check(actor, holding.role.group)
    end_row(holding, None)
    _record(actor, "work_role.laid_down", holding)
    return holding


def _record(actor: Actor, verb: str, holding: RoleHolding) -> None:
    role = holding.role
    record(
        actor,
        verb,
        role,
        unit_id=role.group.unit_id,
        person_id=holding.person_id,
        title=role.title,
        group=role.group.name,
    )


def _check(actor: Actor, group: Group, served: Challenge | Point | None = None) -> None:
    check_same_community(actor, *(row for row in (group, served) if row is not None))
    policies.check_can_keep_roles(actor, locate(group.unit), roles.list_facilitator_ids(group))


def _check_open(role: WorkRole) -> None:
    if not role.holds_on(time.today()):
        raise Conflict("role_ended")


def _check_title_free(group: Group, title: str) -> None:
    if WorkRole.objects.filter(group=group, title=title, ends_on__isnull=True).exists():
        raise Conflict("role_title_taken", title=title)


def _obligations(texts: Sequence[str]) -> list[str]:
    found = [tidy(text, limit=OBLIGATION_LIMIT) for text in texts if text.strip()]
    if len(found) > OBLIGATIONS_LIMIT:
        raise Invalid("too_many_obligations", limit=OBLIGATIONS_LIMIT)
    return found
