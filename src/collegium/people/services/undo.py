"""Taking an ending back: ending something only ever sets a day, so the day can be taken away again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from collegium.base.models import Event
from collegium.people import policies
from collegium.people.actors import Actor
from collegium.people.errors import Conflict, Invalid
from collegium.people.models import Group, GroupMembership, Post, Unit, UnitRole, UnitTie
from collegium.people.models.dated import Dated
from collegium.people.places import Place
from collegium.people.queries import structure
from collegium.people.services.writing import check_open, locate, record

KINDS: dict[str, type[Dated]] = {
    "unit": Unit,
    "tie": UnitTie,
    "post": Post,
    "group": Group,
    "membership": GroupMembership,
    "role": UnitRole,
}
_BY_LEADS = frozenset({"group", "membership"})


def is_ending(event: Event) -> bool:
    """Say whether the event ended something that this room knows how to bring back."""
    kind, _dot, happened = event.verb.partition(".")
    return happened == "ended" and kind in KINDS and "ends_on" in event.data


def can_undo(actor: Actor, place: Place, event: Event) -> bool:
    """Say whether the actor may take an ending back in the unit it happened in (a tie asks its other unit too)."""
    may = policies.can_lead if event.object_kind in _BY_LEADS else policies.can_steward
    return is_ending(event) and may(actor, place)


@transaction.atomic
def undo_ending(*, actor: Actor, place: Place, event: Event) -> Event:
    """Let what the event ended hold again, with all that ended together with it."""
    check = policies.check_can_lead if event.object_kind in _BY_LEADS else policies.check_can_steward
    check(actor, place)
    if not is_ending(event) or event.unit_id != place.unit_id:
        raise Invalid("not_an_ending")
    ended_on = dt.date.fromisoformat(event.data["ends_on"])
    row = KINDS[event.object_kind].objects.select_for_update().filter(id=event.object_id).first()
    if row is None or row.ends_on != ended_on or _is_of_erased(row):
        raise Conflict("moved_on")
    if isinstance(row, UnitTie):
        policies.check_can_tie(actor, locate(row.upper), locate(row.lower), row.kind)
    _check_frame_open(row, ended_on)
    was = event.data.get("was")
    row.ends_on = dt.date.fromisoformat(was) if was else None
    try:
        with transaction.atomic():
            row.save(update_fields=["ends_on"])
            _reopen_together(event.data.get("together", {}), ended_on)
    except IntegrityError as error:  # The same post, role, tie or name has been opened anew.
        raise Conflict("moved_on") from error
    _check_no_circle(row, ended_on)
    kept: dict[str, Any] = {k: v for k, v in event.data.items() if k not in {"ends_on", "was", "together"}}
    return record(actor, f"{event.object_kind}.reopened", row, unit_id=event.unit_id, **kept)


def _reopen_together(together: dict[str, list[str]], ended_on: dt.date) -> None:
    # What somebody has ended on another day since, such as a role taken away, stays ended.
    untouched = Q(ends_on=ended_on) | Q(ends_on=F("starts_on"), starts_on__gt=ended_on)
    for kind, ids in together.items():
        rows = KINDS[kind].objects.filter(untouched, id__in=ids)
        if kind in {"post", "membership", "role"}:
            rows = rows.filter(person__erased_at__isnull=True)
        rows.update(ends_on=None)


def _is_of_erased(row: Dated) -> bool:
    person = getattr(row, "person", None)
    return person is not None and person.erased_at is not None


def _check_frame_open(row: Dated, day: dt.date) -> None:
    """Raise when what the row stands in has ended too: that must be brought back first."""
    if isinstance(row, GroupMembership) and not row.group.holds_on(day):
        raise Conflict("group_ended", ends_on=row.group.ends_on or day)
    for name in ("unit", "upper", "lower"):
        if isinstance(unit := getattr(row, name, None), Unit):
            check_open(unit, day)


def _check_no_circle(row: Dated, day: dt.date) -> None:
    """Raise when units were tied the other way round in the meantime."""
    unit_id = row.upper_id if isinstance(row, UnitTie) else row.id if isinstance(row, Unit) else None
    if unit_id is not None and unit_id in structure.ids_above_from([unit_id], day):
        raise Conflict("moved_on")
