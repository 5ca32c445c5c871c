"""A map as one reader gets it, and as plain values for the browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureGroup:
    """A team or school on a map: what it is called, in full and beside its mark, and where it leads."""

    key: str
    title: str
    short: str
    people: int
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureLayer:
    """The lines of one layer as pairs of marks one after the other; between groups with counts, and words for each."""

    key: str
    title: str
    ends: Sequence[int]
    counts: Sequence[int] | None = None
    words: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Marks with their places, group and level (-1: not said), names of those who let this reader see them, lines."""

    kind: Literal["people", "groups"]
    title: str
    x: Sequence[int]
    y: Sequence[int]
    group: Sequence[int]
    level: Sequence[int]
    groups: Sequence[PictureGroup]
    layers: Sequence[PictureLayer]
    levels: Sequence[str] = ()
    level_keys: Sequence[str] = ()
    size: Sequence[int] | None = None
    names: dict[int, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def as_plain(self) -> dict[str, Any]:
        """Return plain values for JSON, as static/connect/map.js reads them."""
        plain: dict[str, Any] = {
            "kind": self.kind,
            "title": self.title,
            "x": list(self.x),
            "y": list(self.y),
            "group": list(self.group),
            "level": list(self.level),
            "levels": list(self.levels),
            "levelKeys": list(self.level_keys),
            "names": {str(mark): name for mark, name in self.names.items()},
            "words": self.words,
            "groups": [
                {"key": each.key, "title": each.title, "short": each.short, "people": each.people, "url": each.url}
                for each in self.groups
            ],
            "layers": [
                {
                    "key": layer.key,
                    "title": layer.title,
                    "ends": list(layer.ends),
                    "counts": None if layer.counts is None else list(layer.counts),
                    "words": list(layer.words),
                    "note": layer.note,
                }
                for layer in self.layers
            ],
        }
        if self.size is not None:
            plain["size"] = list(self.size)
        return plain

    def find_layer(self, key: str) -> PictureLayer | None:
        """Return a layer by its key, or the first."""
        return next((layer for layer in self.layers if layer.key == key), self.layers[0] if self.layers else None)
