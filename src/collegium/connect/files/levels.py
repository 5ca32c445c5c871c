"""The level of a post that a word in a file means."""

from __future__ import annotations

from collegium.people.rosters.cells import key
from collegium.people.rosters.roles import LEVELS, level_of_title

_LEADING = frozenset({"middle", "senior", "executive"})


def read_level(word: str) -> str:
    """Return the level that a word means, whether it names the level or a post; nothing where it says nothing to us."""
    return LEVELS.get(key(word)) or level_of_title(word) or ""


def leads(level: str) -> bool:
    """Whether a post of a level is one of leadership."""
    return level in _LEADING
