"""Events in words, for the trail and for what happened lately."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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

# What is often done to several people at once, and reads well with several names.
_TO_SEVERAL = {"person.added", "post.added", "post.ended", "membership.added", "membership.ended"}
NAMES_LIMIT = 4


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
    names = _look_up(rows)
    return [names.tell([row]) for row in rows]


def tell_together(rows: Sequence[Event]) -> list[Happening]:
    """Return events in words; what somebody did to several people on one day is one sentence."""
    names = _look_up(rows)
    found: dict[object, list[Event]] = {}
    for row in rows:
        key: object = row.id
        if row.verb in _TO_SEVERAL:
            key = (names.write(row, whom=""), row.unit_id, timezone.localdate(row.at))
        found.setdefault(key, []).append(row)
    return [names.tell(some) for some in found.values()]


def _look_up(rows: Sequence[Event]) -> _Names:
    people: set[uuid.UUID] = {row.actor_id for row in rows if row.actor_id}
    people |= {uuid.UUID(row.data["person_id"]) for row in rows if "person_id" in row.data}
    places = {row.unit_id for row in rows if row.unit_id}
    places |= {uuid.UUID(row.data["other_unit_id"]) for row in rows if "other_unit_id" in row.data}
    return _Names(people=persons.get_names(people), units=units.get_names(places))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """What everybody and everything in some events is called."""

    people: dict[uuid.UUID, str]
    units: dict[uuid.UUID, UnitName]

    def tell(self, rows: Sequence[Event]) -> Happening:
        """Tell the first of some events, done to the people of all of them."""
        row = rows[0]
        text = self.write(row, whom=self._list_people(rows))
        where = self.units.get(row.unit_id) if row.unit_id else None
        return Happening(
            id=row.id,
            at=row.at,
            text=text[:1].upper() + text[1:],
            where=where.name if where else "",
            where_slug=where.slug if where else "",
            verb=row.verb,
        )

    def write(self, row: Event, *, whom: str) -> str:
        """Fill the gaps of the phrase for an event."""
        data, gaps = row.data, _Gaps(row.data)
        for key, choices in _LABELS.get(row.object_kind, {}).items():
            if data.get(key) is not None:
                gaps[key] = choices(data[key]).label
        for key in ("ends_on", "was"):
            if isinstance(data.get(key), str) and (day := time.parse_date(data[key])):
                gaps[key] = date_format(day).replace(" ", "\N{NO-BREAK SPACE}")
        if "title" in data and not data["title"]:
            gaps["title"] = "…"
        gaps["who"] = self._name(row.actor_id) if row.actor_id else _("the operator of the site")
        gaps["whom"], gaps["verb"] = whom, row.verb
        if "other_unit_id" in data and (other := self.units.get(uuid.UUID(data["other_unit_id"]))):
            gaps["other"] = other.name
        phrase = events.get_phrase(row.verb) or _("{who}: something happened here ({verb})")
        return str(phrase.format_map(gaps))

    def _name(self, person_id: uuid.UUID) -> str:
        return self.people.get(person_id, _("somebody whose name was erased"))

    def _list_people(self, rows: Sequence[Event]) -> str:
        ids = dict.fromkeys(uuid.UUID(row.data["person_id"]) for row in rows if "person_id" in row.data)
        words = [self._name(person_id) for person_id in ids]
        if len(words) > NAMES_LIMIT:
            more = len(words) - NAMES_LIMIT + 1
            words[NAMES_LIMIT - 1 :] = [ngettext("%(n)s more", "%(n)s more", more) % {"n": more}]
        return str(get_text_list(words, _("and")))
