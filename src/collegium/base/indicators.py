"""What a room can measure about a unit. The home page and `guide` read this registry and import no room for it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Reading:
    """One indicator of one unit on one day."""

    value: float | None
    n: int | None = None
    interval: tuple[float, float] | None = None
    source: str = ""
    note: str = ""


Reader = Callable[[uuid.UUID, dt.date], Reading]
Visible = Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class Indicator:
    """What can be read: `key` is `room.name`; `title` and `unit_of_measure` are shown to people.

    `page` names the address of the page behind the number; it takes the slug of the unit. `visible(actor, place)` says
    who may be shown it: whoever reads an indicator for somebody asks that first. `at_home` says whether it stands among
    the numbers at the top of a unit's home; some have a panel there instead.
    """

    key: str
    title: Any  # a lazily translated string
    unit_of_measure: str
    read: Reader
    order: int = 500
    page: str = ""
    visible: Visible = lambda _actor, _place: True
    at_home: bool = True


_indicators: dict[str, Indicator] = {}


def register(indicator: Indicator) -> None:
    """Add an indicator; a key can be registered once."""
    if indicator.key in _indicators:
        raise ValueError(f"the indicator {indicator.key!r} is registered twice")
    _indicators[indicator.key] = indicator


def list_indicators() -> Iterable[Indicator]:
    """Return all indicators in the order of the page, those of equal order by key."""
    return tuple(sorted(_indicators.values(), key=lambda indicator: (indicator.order, indicator.key)))


def read(key: str, unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    """Read one indicator of a unit as of a date; KeyError for an unknown key."""
    return _indicators[key].read(unit_id, as_of)
