"""Shapes that a presenter fills and the design system draws: estimates, shares, series, tables, trees.

They live here because a room may not know `site`, and `site` draws for every room without knowing any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Style = Literal["measure", "score", "percent", "count"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One answer option and how many chose it.

    Where counts are not for showing, `part` is the share between 0 and 1 as it was released, and `words` how it reads.
    """

    label: str
    count: int = 0
    part: float | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """How answers fall over ordered options; `shares` is None where fewer answered than may be shown.

    Released shares have no counts: `answers` says how many answered, `absent` why nothing is shown.
    """

    title: str
    shares: tuple[Share, ...] | None
    sentence: str = ""
    counted: str = ""  # what n counts, in words ("38 people"); without it, answers
    answers: int | None = None
    absent: str = ""

    @property
    def n(self) -> int:
        """How many answered; 0 where it is not shown."""
        return sum(share.count for share in self.shares or ()) if self.answers is None else self.answers

    @property
    def is_released(self) -> bool:
        """Whether its shares are rounded ones, without counts."""
        return any(share.part is not None for share in self.shares or ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One point of a series. `value` is None where it is not shown (`words` say why); `is_signal`: more than noise."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    is_signal: bool = False
    words: str = ""


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
    """One facet of a profile with its interval; `value` is None where it is not shown, and `words` stand for it.

    `url` leads to the detail; `is_own` marks the reader's own.
    """

    key: str
    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    words: str = ""
    url: str = ""
    is_own: bool = False


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
class Lineup:
    """Many units beside each other, each with its interval, in an order that says nothing; too many for names."""

    title: str
    rows: tuple[ProfileRow, ...]
    lowest: float
    highest: float
    sentence: str = ""
    style: Style = "score"
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPoint:
    """A point of a control chart with its lines. `value` is None where it is missing or not shown (`words` say why).

    `mark` says why it stands out: it is of a long run, beyond the limits, or was left out of all counting. `note` is
    what happened then. `is_off` says that none was expected: the axis has a break there.
    """

    label: str
    value: float | None
    centre: float | None = None
    low: float | None = None
    high: float | None = None
    mark: Literal["", "run", "outside", "left_out"] = ""
    note: str = ""
    words: str = ""
    is_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlChart:
    """A measure over time, oldest first, with its centre line and, where it has them, limits.

    `sentence` is what the chart says. `lines` names the lines ("Median of the first 12 months"), `caution` what to mind
    ("limits are provisional"). `baseline` is how many points the lines rest on where they were frozen, 0 otherwise.
    `lowest` and `highest` fix the scale, so that charts beside each other have the same.
    """

    title: str
    points: tuple[ChartPoint, ...]
    sentence: str = ""
    style: Style = "measure"
    key: str = ""
    lines: str = ""
    caution: str = ""
    target: float | None = None
    baseline: int = 0
    lowest: float | None = None
    highest: float | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallMultiples:
    """The same measure of many, beside each other on one scale."""

    title: str
    charts: tuple[ControlChart, ...]
    sentence: str = ""


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
