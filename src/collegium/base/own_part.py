"""What a room shows on "My part". A room registers a section; the page asks each for what it has for whoever reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from collegium.base.panels import PanelContent
from collegium.base.registries import Registry

Build = Callable[[Any], PanelContent | None]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of "My part"; `build(actor)` returns None where there is nothing to say."""

    key: str
    title: Any  # a lazily translated string
    order: int
    build: Build


_sections: Registry[str, Section] = Registry("the section")


def register(section: Section) -> None:
    """Add a section; a key can be registered once."""
    _sections.add(section.key, section)


def list_sections() -> tuple[Section, ...]:
    """Return all sections in the order of the page."""
    return tuple(sorted(_sections.values(), key=lambda section: (section.order, section.key)))
