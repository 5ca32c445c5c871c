"""Writing a unit's people and posts in the formats that schools exchange, with the ids that their source knows."""

from __future__ import annotations

import datetime as dt
import tempfile
import uuid
from collections.abc import Iterable
from typing import IO

from django.db.models import Q

from collegium.base import events, time
from collegium.people import policies, rosters
from collegium.people.actors import Actor
from collegium.people.enums import TieKind
from collegium.people.models import ExternalId, Person, Post, Unit, UnitTie
from collegium.people.models.dated import holds_on
from collegium.people.queries import places, structure
from collegium.people.queries import rosters as queries
from collegium.people.rosters import Format, PersonRecord, PostRecord, Roster, RowRef, UnitRecord
from collegium.people.services.rosters.planning.persons import ALIAS
from collegium.people.services.rosters.tombstones import is_tombstone

CHUNK = 2000
KEPT_IN_MEMORY = 5_000_000
_NOWHERE = RowRef("", 0)


def export(*, actor: Actor, unit: Unit, source: str, form: Format) -> IO[bytes]:
    """Return a temporary file with the unit's units, people and open posts; importing it again changes nothing."""
    policies.check_can_steward(actor, places.locate(unit, time.today()))
    roster = collect(unit, queries.source_key(unit.id, source), time.today())
    out = tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115 the caller closes it
    rosters.write(out, roster, form)
    out.seek(0)
    events.record(
        "roster.exported",
        community_id=unit.community_id,
        actor_id=actor.recorded_id,
        object_kind="unit",
        object_id=unit.id,
        unit_id=unit.id,
        data={"format": form.value, "people": len(roster.persons)},
    )
    return out


def collect(unit: Unit, source: str, today: dt.date) -> Roster:
    """Read what is to be written. What the source does not know goes by our own id."""
    scope = structure.inside(unit.id, today)
    units = _units(unit, source, today)
    open_posts = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), unit__in=scope)
    holders = Person.objects.filter(erased_at__isnull=True, id__in=open_posts.values("person_id"))
    person_ids = _known_as("person", unit, source)
    unit_ids, post_ids = _known_as("unit", unit, source), _known_as("post", unit, source)
    persons = [
        PersonRecord(_id(person_ids, person_id), given_name, family_name, email, False, _NOWHERE)
        for person_id, given_name, family_name, email in holders.order_by("family_name", "given_name", "id")
        .values_list("id", "given_name", "family_name", "email")
        .iterator(CHUNK)
    ]
    rows = open_posts.filter(person__erased_at__isnull=True).order_by("unit_id", "person_id", "id")
    fields = ("id", "person_id", "unit_id", "title", "level", "starts_on", "ends_on", "is_primary")
    posts = [
        PostRecord(
            _id(post_ids, post_id),
            _id(person_ids, person_id),
            _id(unit_ids, unit_id),
            title,
            level,
            starts_on,
            ends_on,
            is_primary,
            False,
            _NOWHERE,
        )
        for post_id, person_id, unit_id, title, level, starts_on, ends_on, is_primary in rows.values_list(
            *fields
        ).iterator(CHUNK)
    ]
    return Roster(
        dialect=rosters.Dialect.ONEROSTER_1_2,
        is_delta=False,
        units=tuple(units),
        persons=tuple(persons),
        posts=tuple(posts),
    )


def _known_as(kind: str, unit: Unit, source: str) -> dict[uuid.UUID, str]:
    """What the source calls our units, persons or posts; somebody with several ids goes by the first."""
    rows = ExternalId.objects.filter(community_id=unit.community_id, source=source, **{f"{kind}__isnull": False})
    pairs = rows.order_by("-source_id").values_list(f"{kind}_id", "source_id").iterator(CHUNK)
    return {target: source_id for target, source_id in pairs if not _is_only_for_us(source_id)}


def _is_only_for_us(source_id: str) -> bool:
    return source_id.startswith(ALIAS) or is_tombstone(source_id)


def _id(known: dict[uuid.UUID, str], own_id: uuid.UUID) -> str:
    return known.get(own_id) or str(own_id)


def _units(unit: Unit, source: str, today: dt.date) -> Iterable[UnitRecord]:
    inside = structure.ids_within([unit.id], today) | {unit.id}
    known = _known_as("unit", unit, source)
    parents: dict[uuid.UUID, list[str]] = {}
    ties = UnitTie.objects.filter(holds_on(today), community_id=unit.community_id, kind=TieKind.CONTAINS)
    for upper_id, lower_id in ties.order_by("starts_on", "id").values_list("upper_id", "lower_id"):
        if upper_id in inside and lower_id in inside:
            parents.setdefault(lower_id, []).append(_id(known, upper_id))
    rows = Unit.objects.filter(community_id=unit.community_id).order_by("name", "id")
    for unit_id, name, kind, identifier, ends_on in rows.values_list("id", "name", "kind", "identifier", "ends_on"):
        if unit_id in inside and (ends_on is None or ends_on > today):
            above = tuple(parents.get(unit_id, ()))
            yield UnitRecord(_id(known, unit_id), name, kind, above, identifier, False, _NOWHERE)
