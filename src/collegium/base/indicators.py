"""What a room can measure about a unit. The home page and `guide` read this registry and import no room for it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from collegium.base.registries import Registry

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Reading:
    """One indicator of one unit on one day."""

    value: float | None
    n: int | None = None
    interval: tuple[float, float] | None = None
    source: str = ""
    note: str = ""

    @classmethod
    def share(cls, some: int, of: int) -> Reading:
        """Return so many of so many; no value where there is nothing to take a share of."""
        return cls(value=some / of, n=of) if of else cls(value=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What the catalogue says of an indicator, in lazily translated sentences: none may be left out."""

    definition: Any
    formula: Any
    how_to_read: Any
    how_not_to_read: Any


Reader = Callable[[uuid.UUID, dt.date], Reading]
Visible = Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class Indicator:
    """What can be read: `key` is `room.name`; `title` and `unit_of_measure` are shown to people, and so is `meaning`.

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
    meaning: Meaning = field(kw_only=True)

    @property
    def room(self) -> str:
        """The room that registered it."""
        return self.key.partition(".")[0]


_indicators: Registry[str, Indicator] = Registry("the indicator")


def register(indicator: Indicator) -> None:
    """Add an indicator; a key can be registered once."""
    _indicators.add(indicator.key, indicator)


def get_indicator(key: str) -> Indicator:
    """Return an indicator by its key; KeyError for an unknown one."""
    return _indicators[key]


def list_indicators() -> Iterable[Indicator]:
    """Return all indicators in the order of the page, those of equal order by key."""
    return tuple(sorted(_indicators.values(), key=lambda indicator: (indicator.order, indicator.key)))


_shared: ContextVar[dict[Any, Any] | None] = ContextVar("collegium_shared_readings", default=None)


@contextmanager
def sharing() -> Iterator[None]:
    """Let indicators that are read inside the block share what they look up: nothing changes meanwhile.

    A block inside another shares with it.
    """
    if _shared.get() is not None:
        yield
        return
    token = _shared.set({})
    try:
        yield
    finally:
        _shared.reset(token)


def look_up(key: Hashable, find: Callable[[], Found]) -> Found:
    """Return what `find` finds, once for each key inside a `sharing` block, and afresh outside of any."""
    found = _shared.get()
    if found is None:
        return find()
    if key not in found:
        found[key] = find()
    result: Found = found[key]
    return result


def sees(indicator: Indicator, actor: Any, place: Any) -> bool:
    """Say whether an actor may be shown an indicator of a place; many indicators of a room share one rule."""
    key = ("sees", indicator.visible, actor.person_id, place.unit_id, place.as_of)
    return look_up(key, lambda: indicator.visible(actor, place))


def read(key: str, unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    """Read one indicator of a unit as of a date; KeyError for an unknown key."""
    indicator = _indicators[key]
    return look_up(("reading", key, unit_id, as_of), lambda: indicator.read(unit_id, as_of))


Turned = Callable[[dt.datetime, dt.datetime], Iterable[uuid.UUID]]
_clocks: Registry[Turned, None] = Registry("the clock")


def register_clock(turned: Turned) -> None:
    """Let a room name the units whose readings changed because a time came between two instants, without an event."""
    _clocks.add(turned, None)


def list_turned(since: dt.datetime, until: dt.datetime) -> set[uuid.UUID]:
    """Return the units whose readings the time has changed, in any room."""
    return {unit_id for turned in _clocks for unit_id in turned(since, until)}
