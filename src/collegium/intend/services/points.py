"""Writing the plain points of the line, and what each of them serves."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from collegium.base import prose, time
from collegium.intend import policies
from collegium.intend.enums import POINT_KINDS, NodeKind, Standing
from collegium.intend.errors import Conflict, Invalid
from collegium.intend.models import Challenge, Intent, Point, PointServes, Vision
from collegium.intend.models.line import TITLE_LIMIT
from collegium.intend.queries import points as queries
from collegium.intend.throughline.graph import may_serve
from collegium.people.actors import Actor
from collegium.people.models import Person, Unit
from collegium.people.services.writing import check_open, check_same_community, locate, record, tidy

Upper = Vision | Intent | Challenge | Point


@transaction.atomic
def add_point(
    *,
    actor: Actor,
    unit: Unit,
    kind: str,
    title: str,
    serves: Sequence[Upper] = (),
    note: str = "",
    by_on: dt.date | None = None,
    owner: Person | None = None,
    second_owner: Person | None = None,
    source_key: str = "",
) -> Point:
    """Add a goal, an obligation, a strategy, an action, a pathway or a standard to a unit's line."""
    policies.check_can_draft(actor, locate(unit))
    check_same_community(actor, unit)
    check_open(unit, time.today())
    if kind not in POINT_KINDS:
        raise Invalid("point_kind_unknown")
    _check_people(actor, owner, second_owner)
    point = Point.objects.create(
        community_id=actor.community_id,
        unit=unit,
        kind=kind,
        title=tidy(title, limit=TITLE_LIMIT),
        note=prose.tidy(note),
        by_on=by_on,
        owner=owner,
        second_owner=second_owner,
        created_at=time.now(),
        created_by_id=actor.recorded_id,
        source_key=source_key,
    )
    _write_serves(point, serves)
    record(actor, "point.added", point, unit_id=unit.id, kind=kind)
    return point


@transaction.atomic
def change_point(
    *,
    actor: Actor,
    point: Point,
    title: str,
    serves: Sequence[Upper] = (),
    note: str = "",
    by_on: dt.date | None = None,
    owner: Person | None = None,
    second_owner: Person | None = None,
) -> Point:
    """Change what a point says, what it serves, and whose it is; its kind stays."""
    policies.check_can_draft(actor, locate(point.unit))
    _check_stands(point)
    _check_people(actor, owner, second_owner)
    point.title, point.note, point.by_on = tidy(title, limit=TITLE_LIMIT), prose.tidy(note), by_on
    point.owner, point.second_owner = owner, second_owner
    point.save(update_fields=["title", "note", "by_on", "owner", "second_owner"])
    _write_serves(point, serves)
    record(actor, "point.changed", point, unit_id=point.unit_id)
    return point


@transaction.atomic
def withdraw_point(*, actor: Actor, point: Point) -> Point:
    """Take a point off the line; it is kept, and counts no more."""
    policies.check_can_draft(actor, locate(point.unit))
    _check_stands(point)
    point.standing, point.withdrawn_at = Standing.WITHDRAWN, time.now()
    point.save(update_fields=["standing", "withdrawn_at"])
    record(actor, "point.withdrawn", point, unit_id=point.unit_id)
    return point


def _write_serves(point: Point, serves: Sequence[Upper]) -> None:
    """Keep what a point serves: things that stand before it in the order, of its unit or of units above it."""
    offered = queries.list_uppers(point.community_id, point.unit_id, point.kind)
    known = {upper.id for upper in offered}
    for upper in serves:
        if not may_serve(point.kind, kind_of(upper)):
            raise Invalid("serves_in_order")
        if upper.id not in known:
            raise Invalid("serves_unknown")
    PointServes.objects.filter(lower=point).delete()
    PointServes.objects.bulk_create(
        PointServes(community_id=point.community_id, lower=point, **{f"{_FIELD[type(upper)]}_id": upper.id})
        for upper in {upper.id: upper for upper in serves}.values()
    )


_FIELD: dict[type[Upper], str] = {Vision: "vision", Intent: "intent", Challenge: "challenge", Point: "point"}


def kind_of(upper: Upper) -> str:
    """Return which kind of point something is."""
    return upper.kind if isinstance(upper, Point) else NodeKind(_FIELD[type(upper)]).value


def _check_stands(point: Point) -> None:
    point.refresh_from_db(from_queryset=Point.objects.select_for_update().select_related("unit"))
    if point.standing == Standing.WITHDRAWN:
        raise Conflict("standing_withdrawn")


def _check_people(actor: Actor, owner: Person | None, second: Person | None) -> None:
    ids: list[uuid.UUID] = [each.id for each in (owner, second) if each]
    if len(ids) != len(set(ids)):
        raise Invalid("challenge_two_people")
    check_same_community(actor, *(each for each in (owner, second) if each))
