"""When each rule would have fired: the shipped moves held against what was read of units over time."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from collegium.base import readings
from collegium.base.models import StoredReading
from collegium.guide.moves import Given, choose, list_shipped
from collegium.guide.queries import reviews
from collegium.people.models import Unit


@dataclass(frozen=True, slots=True)
class Fired:
    """What the guide would have said of a unit on a day, to somebody who may see everything."""

    on: dt.date
    slug: str
    moves: tuple[str, ...]
    waiting: tuple[str, ...]
    warnings: tuple[str, ...]


def simulate(community_id: uuid.UUID) -> Iterator[Fired]:
    """Go through every day on which something was read of a unit, unit by unit; nobody takes anything up."""
    kept = StoredReading.objects.filter(community_id=community_id)
    units = Unit.objects.filter(community_id=community_id, id__in=kept.values("unit_id")).order_by("slug")
    for unit in units:
        for day in kept.filter(unit_id=unit.id).order_by("on").values_list("on", flat=True).distinct():
            found = readings.get_latest([unit.id], day).get(unit.id, {})
            outcomes = {sets: row.outcome for sets, row in reviews.find_outcomes(unit.id, day).items()}
            given = Given(
                kind=unit.kind, readings={key: each.reading for key, each in found.items()},
                phase=outcomes.get("phase", ""), stage=outcomes.get("stage", ""),
            )  # fmt: skip
            choice = choose(list_shipped(), given)
            yield Fired(
                on=day,
                slug=unit.slug,
                moves=tuple(move.key for move in choice.moves),
                waiting=tuple(move.key for move in choice.waiting),
                warnings=tuple(move.key for move in choice.warnings),
            )
