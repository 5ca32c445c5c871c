"""Work that people share: who does something together, and what would stand without an owner if some left.

Rooms say it here, for the room that shows what holds a staff together and asks nobody for what the house knows.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from collegium.base.registries import Registry

# Returns the people of each thing that is worked on together in a community on a day.
FindTogether = Callable[[uuid.UUID, dt.date], Iterable[Collection[uuid.UUID]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """A kind of work that ties people: what the tie is called by itself, and inside a sentence. The key is kept."""

    key: str
    title: Any  # lazily translated strings
    inside: Any
    find: FindTogether


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Something that would stand without an owner, the page about it, and what can be done."""

    title: str
    url: str
    words: str


# Returns what would, of a unit (`people.places.Place`) and as far as the actor may read it, if these people left.
FindLeft = Callable[[Any, Any, Collection[uuid.UUID]], Sequence[Left]]

_together: Registry[str, Together] = Registry("the work")
_left: Registry[FindLeft, None] = Registry("what would be left")


def register_together(kind: Together) -> None:
    """Add a kind of work; a key can be registered once."""
    _together.add(kind.key, kind)


def list_together() -> tuple[Together, ...]:
    """Return all kinds of work, in the order of the rooms."""
    return tuple(_together.values())


def get_together(key: str) -> Together | None:
    """Return a kind of work by its key."""
    return _together.get(key)


def register_left(find: FindLeft) -> None:
    """Add what a room would leave without an owner."""
    _left.add(find, None)


def list_left(actor: Any, place: Any, leavers: Collection[uuid.UUID]) -> list[Left]:
    """Return everything that would stand without an owner, room by room."""
    return [left for find in _left for left in find(actor, place, leavers)]
