"""Events in words, for the trail and for what happened lately."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from collegium.base import events, time
from collegium.base.models import Event
from collegium.people.enums import Governance, GroupKind, GroupRole, Level, Role, UnitKind
from collegium.people.queries import persons, units
from collegium.people.queries.units import UnitName

_LABELS: dict[str, dict[str, Any]] = {
    "unit": {"kind": UnitKind},
    "tie": {"governance": Governance},
    "post": {"level": Level},
    "group": {"kind": GroupKind},
    "membership": {"role": GroupRole},
    "role": {"role": Role},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event in words."""

    id: uuid.UUID
    at: dt.datetime
    text: str
    where: str
    where_slug: str
    verb: str


class _Gaps(dict[str, Any]):
    """What fills the gaps of a phrase; a gap nobody thought of stays empty rather than breaking the page."""

    def __missing__(self, key: str) -> str:
        return ""


def tell(rows: Sequence[Event]) -> list[Happening]:
    """Return events in words; names are looked up for all of them together."""
    people: set[uuid.UUID] = {row.actor_id for row in rows if row.actor_id}
    people |= {uuid.UUID(row.data["person_id"]) for row in rows if "person_id" in row.data}
    places = {row.unit_id for row in rows if row.unit_id}
    places |= {uuid.UUID(row.data["other_unit_id"]) for row in rows if "other_unit_id" in row.data}
    person_names, unit_names = persons.get_names(people), units.get_names(places)
    return [_tell_one(row, person_names, unit_names) for row in rows]


def _tell_one(row: Event, person_names: dict[uuid.UUID, str], unit_names: dict[uuid.UUID, UnitName]) -> Happening:
    erased = _("somebody whose name was erased")
    data = row.data
    gaps = _Gaps(data)
    for key, choices in _LABELS.get(row.object_kind, {}).items():
        if data.get(key) is not None:
            gaps[key] = choices(data[key]).label
    for key in ("ends_on", "was"):
        if isinstance(data.get(key), str) and (day := time.parse_date(data[key])):
            gaps[key] = date_format(day)
    if "title" in data and not data["title"]:
        gaps["title"] = "…"
    gaps["who"] = person_names.get(row.actor_id, erased) if row.actor_id else _("the operator of the site")
    gaps["whom"] = person_names.get(uuid.UUID(data["person_id"]), erased) if "person_id" in data else ""
    if "other_unit_id" in data and (other := unit_names.get(uuid.UUID(data["other_unit_id"]))):
        gaps["other"] = other.name
    phrase = events.get_phrase(row.verb) or _("{who}: something happened here ({verb})")
    gaps["verb"] = row.verb
    text = phrase.format_map(gaps)
    where = unit_names.get(row.unit_id) if row.unit_id else None
    return Happening(
        id=row.id,
        at=row.at,
        text=text[:1].upper() + text[1:],
        where=where.name if where else "",
        where_slug=where.slug if where else "",
        verb=row.verb,
    )
