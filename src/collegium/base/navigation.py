"""The entries of the rail. A room registers its verb; `site` draws them and imports no room for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from collegium.base.registries import Registry

Visible = Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `url_name` takes the unit's slug when `of_unit`; `visible(actor, place)` decides who sees it.

    `around` names the beginnings of addresses that belong to it without standing under its own: "decide/", or with the
    unit's slug "u/{slug}/promises/".
    """

    key: str
    title: Any  # a lazily translated string
    url_name: str
    icon: str
    order: int
    of_unit: bool
    visible: Visible = lambda _actor, _place: True
    around: tuple[str, ...] = ()


_entries: Registry[str, Entry] = Registry("the navigation entry")


def register(entry: Entry) -> None:
    """Add an entry; a key can be registered once."""
    _entries.add(entry.key, entry)


def list_entries() -> tuple[Entry, ...]:
    """Return all entries in the order of the rail."""
    return tuple(sorted(_entries.values(), key=lambda entry: (entry.order, entry.key)))
