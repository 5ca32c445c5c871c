"""Units: adding, naming, ending."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from collegium.base import time
from collegium.people import policies
from collegium.people.actors import Actor
from collegium.people.enums import TieKind, UnitKind
from collegium.people.errors import Conflict, Invalid
from collegium.people.models import Group, GroupMembership, Post, Unit, UnitRole, UnitTie
from collegium.people.services import ties
from collegium.people.services.slugs import choose_slug
from collegium.people.services.writing import check_open, end_open, end_row, locate, record, tidy

NAME_LIMIT = 200
IDENTIFIER_LIMIT = 80


@transaction.atomic
def add_unit(
    *,
    actor: Actor,
    within: Unit | None,
    kind: str,
    name: str,
    identifier: str = "",
    starts_on: dt.date | None = None,
    governance: int | None = None,
) -> Unit:
    """Add a unit inside another one; only the operator adds one that stands alone."""
    if within is not None:
        policies.check_can_steward(actor, locate(within))
        check_open(within, starts_on or time.today())
        ties.check_right_way_up(within.kind, kind)
    elif not actor.is_operator:
        raise Invalid("unit_needs_parent")
    name = tidy(name, limit=NAME_LIMIT)
    unit = Unit.objects.create(
        community_id=actor.community_id,
        kind=UnitKind(kind),
        name=name,
        slug=choose_slug(name, kind, actor.community_id),
        identifier=tidy(identifier, limit=IDENTIFIER_LIMIT, required=False),
        starts_on=starts_on,
    )
    if within is not None:
        UnitTie.objects.create(
            community_id=actor.community_id,
            upper=within,
            lower=unit,
            kind=TieKind.CONTAINS,
            governance=ties.choose_governance(governance, within.kind, kind),
            starts_on=starts_on,
        )
    record(actor, "unit.added", unit, unit_id=within.id if within else unit.id, name=name, kind=kind)
    return unit


@transaction.atomic
def rename_unit(*, actor: Actor, unit: Unit, name: str, identifier: str) -> Unit:
    """Change what a unit is called and known by; its address stays."""
    policies.check_can_steward(actor, locate(unit))
    was = unit.name
    unit.name = tidy(name, limit=NAME_LIMIT)
    unit.identifier = tidy(identifier, limit=IDENTIFIER_LIMIT, required=False)
    unit.save(update_fields=["name", "identifier"])
    record(actor, "unit.renamed", unit, unit_id=unit.id, was=was, name=unit.name)
    return unit


@transaction.atomic
def end_unit(*, actor: Actor, unit: Unit, on: dt.date | None = None) -> Unit:
    """End a unit with its posts, groups, roles and ties; units inside it must have ended or be untied before."""
    policies.check_can_steward(actor, locate(unit))
    day = on or time.today()
    held = UnitTie.objects.on(day).filter(upper=unit, kind=TieKind.CONTAINS).count()
    if held:
        raise Conflict("unit_holds_units", count=held)
    data = end_row(unit, day)
    record(actor, "unit.ended", unit, unit_id=unit.id, **data, together=_end_all_of(unit, day))
    return unit


def _end_all_of(unit: Unit, day: dt.date) -> dict[str, list[str]]:
    """End what is still open of the unit, and say what it was, so that it can be brought back."""
    together: dict[str, list[str]] = {}
    for kind, rows in (
        ("post", Post.objects.filter(unit=unit)),
        ("membership", GroupMembership.objects.filter(group__unit=unit)),
        ("group", Group.objects.filter(unit=unit)),
        ("role", UnitRole.objects.filter(unit=unit)),
        ("tie", UnitTie.objects.filter(upper=unit) | UnitTie.objects.filter(lower=unit)),
    ):
        together[kind] = [str(row_id) for row_id in end_open(rows, day)]
    return together
