"""The reviews that come with Collegium, in the order in which they are offered."""

from __future__ import annotations

from functools import cache
from importlib import resources

from collegium.guide.reviews.model import Definition
from collegium.guide.reviews.reading import read

KEYS = ("alliance", "school_stage", "learning_community", "support_system", "change_readiness")


def list_shipped() -> tuple[Definition, ...]:
    """Return every review that comes with Collegium."""
    return tuple(get_shipped(key) for key in KEYS)


@cache
def get_shipped(key: str) -> Definition:
    """Return one of them by its key. Raises KeyError."""
    return read(get_shipped_file(key))


def get_shipped_file(key: str) -> str:
    """Return its file, as it may be downloaded and changed. Raises KeyError."""
    if key not in KEYS:
        raise KeyError(key)
    folder = resources.files("collegium.guide.reviews") / "shipped"
    return (folder / f"{key}.toml").read_text(encoding="utf-8")
