"""Where something can be begun: a room registers its pages that begin a thing, and who suggests one leads there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from collegium.base.registries import Registry

LONGEST = 600  # of what is handed over in an address


@dataclass(frozen=True, slots=True)
class FirstStep:
    """Why a new unit begins with this: what it gives, and whether it has been done (`is_done(place)`)."""

    order: int
    title: Any  # lazily translated strings
    gives: Any
    is_done: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Opening:
    """A page that begins a thing in a unit; `can(actor, place)` says who may.

    `fields` says under which names the page takes what is handed over: `title`, `reason`, and fixed values as they are.
    """

    key: str
    title: Any  # a lazily translated string, as on a button
    url_name: str
    can: Callable[[Any, Any], bool]
    fields: Mapping[str, str] = field(default_factory=dict)
    first_step: FirstStep | None = None

    def address(self, slug: str, **handed: str) -> str:
        """Return the address in a unit, with what the page takes of what is handed over."""
        query = {name: handed[what][:LONGEST] for what, name in self.fields.items() if handed.get(what)}
        return reverse(self.url_name, args=[slug]) + (f"?{urlencode(query)}" if query else "")


_openings: Registry[str, Opening] = Registry("the opening")


def register(opening: Opening) -> None:
    """Add an opening; a key can be registered once."""
    _openings.add(opening.key, opening)


def find_opening(key: str) -> Opening | None:
    """Return an opening by its key, or None where no room has one."""
    return _openings.get(key)


def list_first_steps() -> list[tuple[Opening, FirstStep]]:
    """Return what a new unit is led through, in order."""
    found = [(opening, opening.first_step) for opening in _openings.values() if opening.first_step is not None]
    return sorted(found, key=lambda each: each[1].order)
