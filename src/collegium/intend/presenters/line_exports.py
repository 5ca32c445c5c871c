"""The line of a unit as rows of a file, for somebody inside: what they may see of it, and no more."""

from __future__ import annotations

import uuid
from typing import Any

from collegium.base import prose
from collegium.intend.line_files import LineRow
from collegium.intend.models import Challenge, Intent, Point, Vision
from collegium.intend.presenters.throughline import write_carried_by, write_state
from collegium.intend.queries import names
from collegium.intend.queries.throughline import read_line_for
from collegium.people.actors import Actor
from collegium.people.places import Place

_BODY = {Vision: "body", Intent: "direction", Challenge: "what"}


def list_rows(actor: Actor, place: Place) -> list[LineRow]:
    """Return the points of a unit's line in the order of reading, each with what it says and serves."""
    line = read_line_for(actor, place)
    known = names.get_names_for(
        actor, [uuid.UUID(each) for node in line.graph.nodes.values() for each in node.carriers]
    )
    texts: dict[str, str] = {}
    dates: dict[str, tuple[Any, Any]] = {}
    ids = {target.id for target in line.targets.values()}
    for model, part in _BODY.items():
        rows = model._default_manager.filter(id__in=ids).select_related("text")  # noqa: SLF001 Django's own name
        texts |= {row.id.hex: prose.to_plain(row.text.parts.get(part, "")) for row in rows}
    for challenge_id, *days in Challenge.objects.filter(id__in=ids).values_list("id", "starts_on", "by_on"):
        dates[challenge_id.hex] = (days[0], days[1])
    for point in Point.objects.filter(id__in=ids):
        texts[point.id.hex] = prose.to_plain(point.note)
        dates[point.id.hex] = (None, point.by_on)
    missing: dict[str, list[str]] = {}
    for gap in line.gaps:
        missing.setdefault(gap.of, []).append(gap.kind)
    return [
        LineRow(
            id=key,
            kind=node.kind,
            title=node.title,
            text=texts.get(key, ""),
            serves=line.graph.above.get(key, ()),
            carried_by=write_carried_by(node, known),
            starts=dates.get(key, (None, None))[0],
            by=dates.get(key, (None, None))[1],
            state=write_state(line.targets[key].state),
            unit=line.units.get(line.targets[key].unit_id, ""),
            missing=tuple(missing.get(key, ())),
        )
        for key, node in line.graph.nodes.items()
    ]
