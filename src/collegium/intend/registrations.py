"""What this room puts into the registries of `base`."""

from __future__ import annotations

from collegium.base import errors
from collegium.intend.errors import WORDINGS


def register_all() -> None:
    """Register the room's navigation, panels, indicators and words."""
    errors.register_wordings(WORDINGS)
