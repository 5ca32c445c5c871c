"""Ties between units: one contains the other, or they are partners; an alliance's ties say how binding they are."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from collegium.base import time
from collegium.people import policies
from collegium.people.actors import Actor
from collegium.people.enums import Governance, TieKind, UnitKind
from collegium.people.errors import Conflict, Invalid
from collegium.people.models import Community, Unit, UnitTie
from collegium.people.queries import structure
from collegium.people.services.writing import check_open, check_same_community, end_row, locate, record

# A unit may contain units of its own height or lower: a federation of schools, an alliance of trusts.
_HEIGHT = {
    UnitKind.TEAM: 0,
    UnitKind.SCHOOL: 1,
    UnitKind.TRUST: 2,
    UnitKind.DISTRICT: 2,
    UnitKind.ALLIANCE: 2,
    UnitKind.STATE: 3,
}


def list_kinds_below(kind: str) -> list[UnitKind]:
    """Return the kinds of unit that one of this kind may contain."""
    return [below for below in UnitKind if _HEIGHT[below] <= _HEIGHT[UnitKind(kind)]]


def check_right_way_up(upper_kind: str, lower_kind: str) -> None:
    """Raise when a lower kind of unit would contain a higher one."""
    upper, lower = UnitKind(upper_kind), UnitKind(lower_kind)
    if lower not in list_kinds_below(upper):
        # Named from the point of view of the mistake: the small one would hold the large one.
        raise Invalid("unit_upside_down", lower=upper.label, upper=lower.label)


def choose_governance(governance: int | None, upper_kind: str, lower_kind: str) -> int | None:
    """Return the governance words of a tie: an alliance must have them, and others need none."""
    if governance is None:
        if UnitKind.ALLIANCE in (upper_kind, lower_kind):
            raise Invalid("governance_missing")
        return None
    return Governance(governance).value


@transaction.atomic
def add_tie(
    *,
    actor: Actor,
    upper: Unit,
    lower: Unit,
    kind: str,
    governance: int | None = None,
    starts_on: dt.date | None = None,
) -> UnitTie:
    """Tie two units from a day on (today by default); refuses a circle of units that contain each other."""
    kind, day = TieKind(kind), starts_on or time.today()
    check_same_community(actor, upper, lower)
    if upper.id == lower.id:
        raise Invalid("tie_to_itself")
    policies.check_can_tie(actor, locate(upper), locate(lower), kind)
    check_open(upper, day)
    check_open(lower, day)
    # Two ties at once could close a circle that neither sees: one after the other, for each community.
    Community.objects.select_for_update().get(id=actor.community_id)
    same = Q(upper=upper, lower=lower)
    if kind == TieKind.CONTAINS:
        check_right_way_up(upper.kind, lower.kind)
        if lower.id in structure.ids_above_from([upper.id], day):
            raise Conflict("tie_cycle", upper=upper.name, lower=lower.name)
    else:
        same |= Q(upper=lower, lower=upper)
    if UnitTie.objects.filter(same, kind=kind).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day)).exists():
        raise Conflict("tie_open_already")
    tie = UnitTie.objects.create(
        community_id=actor.community_id,
        upper=upper,
        lower=lower,
        kind=kind,
        governance=choose_governance(governance, upper.kind, lower.kind),
        starts_on=day,
    )
    record(actor, "tie.added", tie, unit_id=upper.id, other_unit_id=lower.id, kind=kind, governance=tie.governance)
    return tie


@transaction.atomic
def change_governance(*, actor: Actor, tie: UnitTie, governance: int) -> UnitTie:
    """Say from today on that a tie is more or less binding; how it was before stays on record."""
    policies.check_can_tie(actor, locate(tie.upper), locate(tie.lower), tie.kind)
    today, was = time.today(), tie.governance
    if tie.ends_on is not None and tie.ends_on <= today:
        raise Conflict("already_ended", ends_on=tie.ends_on)
    new = Governance(governance).value
    if new == was:
        return tie
    if tie.starts_on == today:
        tie.governance = new
        tie.save(update_fields=["governance"])
    else:
        ends_on = tie.ends_on
        end_row(tie, today)
        tie = UnitTie.objects.create(
            community_id=tie.community_id,
            upper=tie.upper,
            lower=tie.lower,
            kind=tie.kind,
            governance=new,
            starts_on=today,
            ends_on=ends_on,
        )
    record(actor, "tie.changed", tie, unit_id=tie.upper_id, other_unit_id=tie.lower_id, was=was, governance=new)
    return tie


@transaction.atomic
def end_tie(*, actor: Actor, tie: UnitTie, on: dt.date | None = None) -> UnitTie:
    """End a tie; stewards of either unit may."""
    upper, lower = locate(tie.upper), locate(tie.lower)
    if not policies.can_steward(actor, lower):
        policies.check_can_steward(actor, upper)
    data = end_row(tie, on)
    record(actor, "tie.ended", tie, unit_id=tie.upper_id, other_unit_id=tie.lower_id, kind=tie.kind, **data)
    return tie
