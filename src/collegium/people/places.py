"""Where something happens: a unit with the units that contain it, on a day; and where a person works."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A unit, all units above it today, and the day to read it as of: what policies and the shell need to know."""

    unit_id: uuid.UUID
    community_id: uuid.UUID
    kind: str
    name: str
    slug: str
    above: frozenset[uuid.UUID]
    as_of: dt.date
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a person is found: the units of their posts (`works_in`), those with roles and schools around (`near`)."""

    person_id: uuid.UUID
    community_id: uuid.UUID
    works_in: tuple[Place, ...]
    near: tuple[Place, ...]
    group_ids: frozenset[uuid.UUID]
