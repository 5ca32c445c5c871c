"""Where something happens: a unit with the units that contain it, on a day."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A unit and all units above it as of a date; what policies and the shell need to know of it."""

    unit_id: uuid.UUID
    community_id: uuid.UUID
    kind: str
    name: str
    slug: str
    above: frozenset[uuid.UUID]
    as_of: dt.date
