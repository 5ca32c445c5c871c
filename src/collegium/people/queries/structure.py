"""Walking the dated graph of units: one statement whatever its depth, and safe when it holds a circle."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import connection
from django.db.models import UUIDField

from collegium.people.enums import TieKind

_ID = UUIDField()

# `UNION` (not `UNION ALL`) ends the walk when a circle comes round to where it has been.
_WALK = """
WITH RECURSIVE walk(id) AS (
    SELECT {start} FROM people_unittie
     WHERE {end_} IN ({marks}) AND kind = %s
       AND (starts_on IS NULL OR starts_on <= %s) AND (ends_on IS NULL OR ends_on > %s)
    UNION
    SELECT tie.{start} FROM people_unittie tie JOIN walk ON tie.{end_} = walk.id
     WHERE tie.kind = %s
       AND (tie.starts_on IS NULL OR tie.starts_on <= %s) AND (tie.ends_on IS NULL OR tie.ends_on > %s)
)
SELECT id FROM walk
"""


def _walk(unit_ids: Iterable[uuid.UUID], day: dt.date, *, start: str, end: str) -> frozenset[uuid.UUID]:
    ids = [_ID.get_db_prep_value(unit_id, connection) for unit_id in unit_ids]
    if not ids:
        return frozenset()
    statement = _WALK.format(start=start, end_=end, marks=", ".join(["%s"] * len(ids)))
    dated = [TieKind.CONTAINS, day, day]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*ids, *dated, *dated])
        return frozenset(row[0] if isinstance(row[0], uuid.UUID) else uuid.UUID(row[0]) for row in cursor.fetchall())


def ids_above(unit_ids: Iterable[uuid.UUID], as_of: dt.date) -> frozenset[uuid.UUID]:
    """Return the ids of all units that contain any of these, however far up."""
    return _walk(unit_ids, as_of, start="upper_id", end="lower_id")


def ids_within(unit_ids: Iterable[uuid.UUID], as_of: dt.date) -> frozenset[uuid.UUID]:
    """Return the ids of all units that any of these contains, however far down (not themselves)."""
    return _walk(unit_ids, as_of, start="lower_id", end="upper_id")
