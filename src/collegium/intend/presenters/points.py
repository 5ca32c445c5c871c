"""The page of a plain point of the line."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from collegium.intend import policies
from collegium.intend.enums import NodeKind, Standing
from collegium.intend.models import Point
from collegium.intend.presenters.serving import ServingBox, present_serving
from collegium.intend.queries import names, points
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PointPage:
    """A goal, an obligation, a strategy, an action, a pathway or a standard."""

    unit: UnitFrame
    kind: str
    title: str
    note: str
    serves: tuple[tuple[str, str, str], ...]
    serving: ServingBox | None
    owner: str
    second_owner: str
    by_on: dt.date | None
    is_withdrawn: bool
    line_url: str
    change_url: str
    withdraw_url: str


def present_point(actor: Actor, place: Place, point: Point) -> PointPage:
    """Return the page of a point."""
    known = names.get_names_for(actor, [point.owner_id, point.second_owner_id])
    may_change = point.standing != Standing.WITHDRAWN and policies.can_draft(actor, place)

    def name_of(person_id: object) -> str:
        return "" if person_id is None else known.get(person_id, _("a colleague"))  # type: ignore[call-overload]

    return PointPage(
        unit=frame_of(actor, place),
        kind=capfirst(str(NodeKind(point.kind).label)),
        title=point.title,
        note=point.note,
        serves=tuple(_served(kind, upper) for kind, upper in points.list_served(point)),
        serving=present_serving(actor, place, point) if point.kind == NodeKind.GOAL else None,
        owner=name_of(point.owner_id),
        second_owner=name_of(point.second_owner_id),
        by_on=point.by_on,
        is_withdrawn=point.standing == Standing.WITHDRAWN,
        line_url=reverse("intend:throughline", args=[place.slug]),
        change_url=reverse("intend:point_change", args=[place.slug, point.id]) if may_change else "",
        withdraw_url=reverse("intend:point_withdraw", args=[place.slug, point.id]) if may_change else "",
    )


def _served(kind: str, upper: Any) -> tuple[str, str, str]:
    """Return what a point serves: its kind, its title, its page."""
    page = kind if kind in (NodeKind.VISION, NodeKind.INTENT, NodeKind.CHALLENGE) else "point"
    url = reverse(f"intend:{page}", args=[upper.unit.slug, upper.id])
    return capfirst(str(NodeKind(kind).label)), upper.title, url
