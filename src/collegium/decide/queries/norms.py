"""How a unit decides, and which decisions are whose."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Q

from collegium.decide import policies
from collegium.decide.errors import NotFound
from collegium.decide.models import DecisionRight, Norms
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Group, Unit
from collegium.people.places import Place
from collegium.people.queries import groups, structure

BELOW = {
    UnitKind.SCHOOL: UnitKind.TEAM,
    **dict.fromkeys((UnitKind.DISTRICT, UnitKind.TRUST, UnitKind.ALLIANCE), UnitKind.SCHOOL),
    UnitKind.STATE: UnitKind.DISTRICT,
}
WIDTH = {kind: place for place, kind in enumerate(UnitKind.values)}  # a team is the lowest


def list_norms_for(actor: Actor, place: Place) -> list[Norms]:
    """Return the norms that hold in a unit: its own first, then those of its groups."""
    policies.check_can_view_norms(actor, place)
    rows = Norms.objects.filter(unit_id=place.unit_id, community_id=actor.community_id).order_by("number")
    latest = {row.group_id: row for row in rows.select_related("group", "written_by")}
    return sorted(latest.values(), key=lambda row: (row.group_id is not None, row.group.name if row.group else ""))


def get_norms(unit_id: uuid.UUID, group_id: uuid.UUID | None) -> Norms | None:
    """Return the norms that hold for a group, else those of its unit, else None."""
    rows = Norms.objects.filter(Q(group_id=group_id) | Q(group__isnull=True), unit_id=unit_id).order_by("number")
    latest = {row.group_id: row for row in rows}
    return latest.get(group_id) or latest.get(None)


def list_groups_for(actor: Actor, place: Place) -> list[Group]:
    """Return the groups of the unit itself that can have norms of their own."""
    return [group for group in groups.list_groups(actor, place) if group.unit_id == place.unit_id]


def list_rights_for(actor: Actor, place: Place) -> list[DecisionRight]:
    """Return the register of a unit: what is decided where, those above the lowest sensible level first."""
    policies.check_can_view_norms(actor, place)
    rows = DecisionRight.objects.filter(
        unit_id=place.unit_id, community_id=actor.community_id, withdrawn_at__isnull=True
    ).select_related("holder", "holder_group", "decided_in")
    return sorted(rows, key=lambda row: (not sits_higher(row), row.what.casefold()))


def sits_higher(right: DecisionRight) -> bool:
    """Say whether a decision sits above the lowest sensible level."""
    return WIDTH[right.each or right.holder.kind] > WIDTH[right.lowest]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a decision can sit: with a unit as a whole, or with each unit of a kind in it."""

    unit: Unit
    each: str = ""

    @property
    def key(self) -> str:
        """The value on a form."""
        return f"{self.unit.id}:{self.each}"


def list_seats(actor: Actor, place: Place) -> list[Seat]:
    """Return where a decision of a unit can sit, the widest first."""
    found = []
    for unit in list_holders(actor, place):
        found.append(Seat(unit))
        each = BELOW.get(UnitKind(unit.kind))
        if each is not None and unit.id == place.unit_id:
            found.append(Seat(unit, each))
    return found


def find_seat_below(right: DecisionRight, place: Place) -> Seat | None:
    """Return the seat one level below: on the way to the unit that keeps the register, else each unit within it."""
    if right.holder_id in place.above:
        rows = Unit.objects.on(place.as_of).filter(id__in=place.above | {place.unit_id})
        lower = [unit for unit in rows if WIDTH[unit.kind] < WIDTH[right.holder.kind]]
        return Seat(max(lower, key=lambda unit: WIDTH[unit.kind])) if lower else None
    each = BELOW.get(UnitKind(right.each or right.holder.kind))
    return Seat(right.holder, each) if each else None


def get_right_for(actor: Actor, place: Place, right_id: uuid.UUID) -> DecisionRight:
    """Return a line of the register of the unit; NotFound when it is of another one, or withdrawn."""
    policies.check_can_view_norms(actor, place)
    rows = DecisionRight.objects.filter(
        id=right_id, unit_id=place.unit_id, community_id=actor.community_id, withdrawn_at__isnull=True
    )
    right = rows.select_related("holder", "holder_group", "unit").first()
    if right is None:
        raise NotFound
    return right


def list_holders(actor: Actor, place: Place) -> list[Unit]:
    """Return the units with which a decision of a unit can sit: itself, what contains it, what it contains."""
    ids = {place.unit_id} | place.above | structure.ids_within([place.unit_id], place.as_of)
    rows = Unit.objects.on(place.as_of).filter(id__in=ids, community_id=actor.community_id)
    return sorted(rows, key=lambda unit: (-WIDTH[unit.kind], unit.name))
