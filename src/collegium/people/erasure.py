"""What must be forgotten of a person beyond their own row. A room registers a function; erasing a person calls each."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from collegium.base.registries import Registry

Forget = Callable[[uuid.UUID], None]
_forgetters: Registry[Forget, Any] = Registry("what forgets by")


def register(forget: Forget, *, consequence: Any = "") -> None:
    """Add a function of a person's id that empties what a room knows of them; it runs inside the erasure.

    `consequence` says so, in a lazily translated sentence, to whoever is about to erase themselves.
    """
    _forgetters.add(forget, consequence)


def list_consequences() -> tuple[Any, ...]:
    """Return what the rooms say an erasure does."""
    return tuple(consequence for consequence in _forgetters.values() if consequence)


def forget_person(person_id: uuid.UUID) -> None:
    """Let every room forget the person."""
    for forget in _forgetters:
        forget(person_id)
