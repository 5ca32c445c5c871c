"""What this room puts into the registries of `base`."""

from __future__ import annotations


def register_all() -> None:
    """Register the room's navigation, panels, indicators and jobs."""
