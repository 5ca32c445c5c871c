"""What must be forgotten of a person beyond their own row. A room registers a function; erasing a person calls each."""

from __future__ import annotations

import uuid
from collections.abc import Callable

Forget = Callable[[uuid.UUID], None]
_forgetters: list[Forget] = []


def register(forget: Forget) -> None:
    """Add a function of a person's id that empties what a room knows of them; it runs inside the erasure."""
    if forget not in _forgetters:
        _forgetters.append(forget)


def forget_person(person_id: uuid.UUID) -> None:
    """Let every room forget the person."""
    for forget in _forgetters:
        forget(person_id)
