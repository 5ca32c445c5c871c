"""Shapes that a presenter fills and the design system draws: estimates, shares, series, tables, trees.

They live here because a room may not know `site`, and `site` draws for every room without knowing any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Style = Literal["measure", "percent", "count"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One answer option and how many chose it."""

    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """How answers fall over ordered options; `shares` is None where fewer answered than may be shown."""

    title: str
    shares: tuple[Share, ...] | None
    sentence: str = ""
    counted: str = ""  # what n counts, in words ("38 people"); without it, answers

    @property
    def n(self) -> int:
        """How many answered; 0 where it is not shown."""
        return sum(share.count for share in self.shares or ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One point of a series. `value` is None where it is not shown; `is_signal` marks more than noise."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    is_signal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A measure over time, oldest first. `sentence` says in plain words what the picture shows."""

    title: str
    moments: tuple[Moment, ...]
    sentence: str = ""
    style: Style = "measure"
    key: str = ""  # a facet's key gives it the same colour everywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """One facet of a profile with its interval; `value` is None where it is not shown."""

    key: str
    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Several facets on one scale from `lowest` to `highest`."""

    title: str
    rows: tuple[ProfileRow, ...]
    lowest: float
    highest: float
    sentence: str = ""
    style: Style = "measure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The head of a table's column; numbers stand on the right."""

    title: str
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Cells as they are read, row by row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A unit in the picture of an organisation, with the units under it."""

    title: str
    url: str = ""
    note: str = ""
    is_current: bool = False
    branches: tuple[Branch, ...] = ()
