"""What this room puts into the registries of `base`."""

from __future__ import annotations

from collegium.base import errors
from collegium.people import sign_in_errors


def register_all() -> None:
    """Register the room's navigation, panels, indicators and jobs."""
    errors.register_wordings(sign_in_errors.WORDINGS)
