"""Walking the dated graph of units: one statement whatever its depth, and safe when it holds a circle."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from collegium.base import statements
from collegium.people.enums import TieKind

# A dated row holds on a day; a row that has not ended by a day holds then or later.
_ON = "(tie.starts_on IS NULL OR tie.starts_on <= %s) AND (tie.ends_on IS NULL OR tie.ends_on > %s)"
_FROM = "(tie.ends_on IS NULL OR tie.ends_on > %s)"

# `UNION` (not `UNION ALL`) ends the walk when a circle comes round to where it has been.
_WALK = """
WITH RECURSIVE walk(id) AS (
    SELECT tie.{start} FROM people_unittie tie WHERE tie.{end_} IN ({marks}) AND tie.kind = %s AND {dated}
    UNION
    SELECT tie.{start} FROM people_unittie tie JOIN walk ON tie.{end_} = walk.id WHERE tie.kind = %s AND {dated}
)
SELECT id FROM walk
"""

_WALK_EDGES = """
WITH RECURSIVE walk(lower_id, upper_id) AS (
    SELECT tie.lower_id, tie.upper_id FROM people_unittie tie
     WHERE tie.lower_id IN ({marks}) AND tie.kind = %s AND {dated}
    UNION
    SELECT tie.lower_id, tie.upper_id
      FROM people_unittie tie JOIN walk ON tie.lower_id = walk.upper_id WHERE tie.kind = %s AND {dated}
)
SELECT lower_id, upper_id FROM walk
"""

_WALK_WITH_SELF = """
WITH RECURSIVE walk(id) AS (
    SELECT id FROM people_unit WHERE id = %s
    UNION
    SELECT tie.lower_id FROM people_unittie tie JOIN walk ON tie.upper_id = walk.id WHERE tie.kind = %s AND {dated}
)
SELECT id FROM walk
"""

_COUNT_BY_ROOT = """
WITH RECURSIVE walk(root, id) AS (
    SELECT id, id FROM people_unit WHERE id IN ({marks})
    UNION
    SELECT walk.root, tie.lower_id
      FROM people_unittie tie JOIN walk ON tie.upper_id = walk.id WHERE tie.kind = %s AND {dated}
)
SELECT walk.root, COUNT(DISTINCT post.person_id) FROM walk JOIN people_post post ON post.unit_id = walk.id
 WHERE (post.starts_on IS NULL OR post.starts_on <= %s) AND (post.ends_on IS NULL OR post.ends_on > %s)
 GROUP BY walk.root
"""


def _walk(
    unit_ids: Iterable[uuid.UUID], *, start: str, end: str, dated: str, days: list[dt.date]
) -> frozenset[uuid.UUID]:
    ids: list[uuid.UUID | str] = [statements.write_id(unit_id) for unit_id in unit_ids]
    if not ids:
        return frozenset()
    statement = _WALK.format(start=start, end_=end, dated=dated, marks=", ".join(["%s"] * len(ids)))
    step: list[str | dt.date] = [TieKind.CONTAINS, *days]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*ids, *step, *step])
        return frozenset(statements.read_id(row[0]) for row in cursor.fetchall())


def ids_above(unit_ids: Iterable[uuid.UUID], as_of: dt.date) -> frozenset[uuid.UUID]:
    """Return the ids of all units that contain any of these, however far up."""
    return _walk(unit_ids, start="upper_id", end="lower_id", dated=_ON, days=[as_of, as_of])


def list_ties_above(unit_ids: Iterable[uuid.UUID], as_of: dt.date) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Return the ties, lower and upper, by which anything contains any of these, however far up."""
    ids: list[uuid.UUID | str] = [statements.write_id(unit_id) for unit_id in unit_ids]
    if not ids:
        return []
    statement = _WALK_EDGES.format(dated=_ON, marks=", ".join(["%s"] * len(ids)))
    step: list[str | dt.date] = [TieKind.CONTAINS, as_of, as_of]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*ids, *step, *step])
        return [(statements.read_id(lower), statements.read_id(upper)) for lower, upper in cursor.fetchall()]


def ids_within(unit_ids: Iterable[uuid.UUID], as_of: dt.date) -> frozenset[uuid.UUID]:
    """Return the ids of all units that any of these contains, however far down (not themselves)."""
    return _walk(unit_ids, start="lower_id", end="upper_id", dated=_ON, days=[as_of, as_of])


def ids_above_from(unit_ids: Iterable[uuid.UUID], day: dt.date) -> frozenset[uuid.UUID]:
    """Return the ids of all units that contain any of these on the day or will later."""
    return _walk(unit_ids, start="upper_id", end="lower_id", dated=_FROM, days=[day])


def inside(unit_id: uuid.UUID, as_of: dt.date) -> RawSQL:
    """Return the unit and all within it as a subquery, for `unit_id__in=`: a nation's units are too many to list."""
    return RawSQL(*inside_statement(unit_id, as_of))  # noqa: S611 a constant statement


def inside_statement(unit_id: uuid.UUID, as_of: dt.date) -> tuple[str, list[Any]]:
    """Return the same as a statement and its parameters, for statements written by hand."""
    return _WALK_WITH_SELF.format(dated=_ON), [statements.write_id(unit_id), TieKind.CONTAINS, as_of, as_of]


def count_people_by_unit(unit_ids: Iterable[uuid.UUID], as_of: dt.date) -> dict[uuid.UUID, int]:
    """Return how many people hold a post in each of these units or within it; units without anybody are left out."""
    ids: list[uuid.UUID | str] = [statements.write_id(unit_id) for unit_id in unit_ids]
    if not ids:
        return {}
    statement = _COUNT_BY_ROOT.format(dated=_ON, marks=", ".join(["%s"] * len(ids)))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*ids, TieKind.CONTAINS, as_of, as_of, as_of, as_of])
        return {statements.read_id(root): count for root, count in cursor.fetchall()}
