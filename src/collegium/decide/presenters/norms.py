"""The pages of how a unit decides, and of whose decisions are whose."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from collegium.decide import policies
from collegium.decide.enums import Method
from collegium.decide.models import DecisionRight, Norms
from collegium.decide.presenters.frame import address_of, name_of
from collegium.decide.queries import norms
from collegium.decide.queries.matters import FoundMatter
from collegium.decide.queries.norms import Seat
from collegium.decide.services.norms import name_seat
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Group
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NormsCard:
    """How a unit or one of its groups decides."""

    title: str
    how: str
    method: str
    quorum: int
    consulted: str
    safe_to_fail: str
    written_by: str
    written_at: dt.datetime
    change_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NormsPage:
    """How a unit and its groups decide."""

    unit: UnitFrame
    cards: tuple[NormsCard, ...]
    write_url: str
    decide_url: str


def present_norms(actor: Actor, place: Place) -> NormsPage:
    """Return the page of how a unit decides."""
    writes = policies.can_write_norms(actor, place)
    url = reverse("decide:norms_write", args=[place.slug])
    return NormsPage(
        unit=frame_of(actor, place),
        cards=tuple(_card(row, place, url if writes else "") for row in norms.list_norms_for(actor, place)),
        write_url=url if writes else "",
        decide_url=reverse("decide:unit_decide", args=[place.slug]),
    )


def _card(row: Norms, place: Place, url: str) -> NormsCard:
    return NormsCard(
        title=row.group.name if row.group else place.name,
        how=row.how,
        method=str(Method(row.method).label),
        quorum=row.quorum_percent,
        consulted=row.consulted,
        safe_to_fail=row.safe_to_fail,
        written_by=name_of(row.written_by),
        written_at=row.written_at,
        change_url=url and f"{url}?group={row.group_id or ''}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RightRow:
    """Where a decision sits, and why there."""

    what: str
    holder: str
    lowest: str
    is_higher: bool
    reason: str
    moved_because: str
    decided_url: str
    move_url: str
    change_url: str
    withdraw_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsPage:
    """The register of decisions of a unit."""

    unit: UnitFrame
    rows: tuple[RightRow, ...]
    add_url: str
    decide_url: str


def present_rights(actor: Actor, place: Place) -> RightsPage:
    """Return the register of decisions of a unit."""
    writes, starts = policies.can_write_norms(actor, place), policies.can_start(actor, place)
    return RightsPage(
        unit=frame_of(actor, place),
        rows=tuple(_right(row, place, writes, starts) for row in norms.list_rights_for(actor, place)),
        add_url=reverse("decide:right_add", args=[place.slug]) if writes else "",
        decide_url=reverse("decide:unit_decide", args=[place.slug]),
    )


def _right(row: DecisionRight, place: Place, writes: bool, starts: bool) -> RightRow:
    is_higher = norms.sits_higher(row)
    address = [place.slug, row.id]
    return RightRow(
        what=row.what,
        holder=row.holder_group.name if row.holder_group else capfirst(name_seat(Seat(row.holder, row.each))),
        lowest=capfirst(str(UnitKind(row.lowest).label)),
        is_higher=is_higher,
        reason=row.reason,
        moved_because=row.moved_because,
        decided_url=address_of(row.decided_in) if row.decided_in else "",
        move_url=reverse("decide:right_move", args=address) if is_higher and starts else "",
        change_url=reverse("decide:right_change", args=address) if writes else "",
        withdraw_url=reverse("decide:right_withdraw", args=address) if writes else "",
    )


def fill_form(unit_id: uuid.UUID, group: str, groups: Mapping[str, Group]) -> dict[str, Any]:
    """Return how it is decided now, for the form that changes it; nothing where nothing is written."""
    chosen = groups.get(group)
    now = norms.get_norms(unit_id, chosen.id if chosen else None)
    if now is None:
        return {"group": group if chosen else ""}
    fields = ("how", "method", "quorum_percent", "consulted", "safe_to_fail")
    return {"group": group if chosen else "", **{name: getattr(now, name) for name in fields}}


def fill_right(right: DecisionRight | None) -> dict[str, Any]:
    """Return a line of the register, for the form that changes it."""
    if right is None:
        return {}
    return {
        "what": right.what,
        "holder": Seat(right.holder, right.each).key,
        "lowest": right.lowest,
        "reason": right.reason,
    }


def say_where_to(found: FoundMatter) -> str:
    """Return to whom a request would move a decision if it is accepted; nothing where the matter is no request."""
    right = found.matter.moves_right
    if right is None or right.withdrawn_at is not None or not norms.sits_higher(right):
        return ""
    seat = norms.find_seat_below(right, found.place)
    return name_seat(seat) if seat else ""
