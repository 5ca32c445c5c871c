"""What a room shows on the home of a unit. A room registers a panel; the home asks each for its content."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from collegium.base.registries import Registry


class Viewer(Protocol):
    """Whoever looks: the parts of an actor that a panel may rely on."""

    @property
    def person_id(self) -> uuid.UUID: ...
    @property
    def community_id(self) -> uuid.UUID: ...


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something said in words alone, and the address in the house that it leads to, if any."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class PanelContent:
    """What the template of a panel sees, and the room behind it.

    `sentences` say the same without a picture, for a mail; of a section of "My part", what waits for its reader.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    url: str = ""
    sentences: tuple[Sentence, ...] = ()


Build = Callable[[Any, Any, dt.date], PanelContent | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel of the unit home; `build(actor, unit, as_of)` returns None where there is nothing to see."""

    key: str
    title: Any  # a lazily translated string
    order: int
    build: Build


_panels: Registry[str, Panel] = Registry("the panel")


def register(panel: Panel) -> None:
    """Add a panel; a key can be registered once."""
    _panels.add(panel.key, panel)


def list_panels() -> tuple[Panel, ...]:
    """Return all panels in the order of the page."""
    return tuple(sorted(_panels.values(), key=lambda panel: (panel.order, panel.key)))
