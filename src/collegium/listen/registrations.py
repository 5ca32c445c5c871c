"""What this room puts into the registries of `base`."""

from __future__ import annotations

from collegium.base import errors, events
from collegium.listen import phrases, tasks
from collegium.listen.errors import WORDINGS


def register_all() -> None:
    """Register the room's navigation, panels, indicators and words."""
    errors.register_wordings(WORDINGS)
    events.register_phrases(phrases.PHRASES)
    tasks.register_all()
