"""Identifiers that say nothing about order, number or time."""

import uuid


def new_id() -> uuid.UUID:
    """Return a random id, safe to show in a URL."""
    return uuid.uuid4()
