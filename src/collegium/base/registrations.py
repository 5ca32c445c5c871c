"""What the foundation itself puts into the registries."""

from __future__ import annotations

from collegium.base import errors, wording


def register_all() -> None:
    """Word the errors that any room may raise."""
    errors.register_wordings(wording.WORDINGS)
