"""What this room puts into the registries of `base`."""

from __future__ import annotations

from collegium.base import errors, events
from collegium.connect import import_errors, tasks
from collegium.connect.errors import WORDINGS


def register_all() -> None:
    """Register the room's navigation, panels, indicators and words."""
    errors.register_wordings(WORDINGS)
    errors.register_wordings(import_errors.WORDINGS)
    events.register_phrases(import_errors.PHRASES)
    tasks.register_all()
