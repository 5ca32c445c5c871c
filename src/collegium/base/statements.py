"""Ids in statements that are written by hand: databases keep them in forms of their own."""

from __future__ import annotations

import uuid

from django.db import connection
from django.db.models import UUIDField

_ID = UUIDField()


def write_id(value: uuid.UUID) -> uuid.UUID | str:
    """Return an id as the parameter of a statement."""
    written: uuid.UUID | str = _ID.get_db_prep_value(value, connection)
    return written


def read_id(value: object) -> uuid.UUID:
    """Return the id that a statement answered with."""
    return value if isinstance(value, uuid.UUID) else uuid.UUID(str(value))
