"""The shapes of a report: numbers with what they are compared with, how many they rest on, and what bends them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from collegium.connect.reporting.chance import Chance

# How a figure is written: how many people, ties or others, which part of them, or a number of its own kind.
Kind = Literal["people", "ties", "count", "share", "number"]
# Why it needs care, or why there is none.
Care = Literal["missing", "many_missing", "response", "few", "nearly_all", "undefined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number. `value` is None where it is not said, and the last of `cares` says why.

    `of` is what it is a part of; `chance` what chance would give, and which; `p` how often chance gives one as far from
    its middle, where that was asked; `before` what it was in the wave before; `low` and `high` between which it would
    lie if ties came and went by chance, `least` and `most` if those who did not answer had named others as those who
    did.
    """

    key: str
    kind: Kind
    value: float | None
    n: int
    of: int | None = None
    chance: Chance | None = None
    p: float | None = None
    before: float | None = None
    low: float | None = None
    high: float | None = None
    least: float | None = None
    most: float | None = None
    cares: tuple[Care, ...] = ()


GroupKind = Literal["team", "level", "school"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTies:
    """Who turns to whom between groups of at least k: `ties[a][b]` go from group a to group b.

    `of_chance` is how many there would be if everybody named anybody; `answered` how many of each group said anything.
    """

    kind: GroupKind
    parts: tuple[tuple[str, ...], ...]
    sizes: tuple[int, ...]
    answered: tuple[int, ...]
    ties: tuple[tuple[int, ...], ...]
    of_chance: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two groups between which there are hardly any ties, and where a person in both would join most."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    joins: int


SectionKey = Literal["reach", "teams", "levels", "schools", "resting", "change"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Figures that belong together, and the ties between groups behind them."""

    key: SectionKey
    figures: tuple[Figure, ...]
    between: GroupTies | None = None
    links: tuple[Link, ...] = ()

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.figures)

    def find(self, key: str) -> Figure | None:
        """Return a figure by its key."""
        return next((figure for figure in self.figures if figure.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The three numbers that are said first."""

    carriers: Figure
    leaver: Figure
    inside: Figure
    apart: Literal["team", "school", "rest"]  # what the second and third are about


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerReport:
    """Everything that is said of one kind of tie."""

    key: str
    title: str
    origin: Literal["said", "imported", "known"]
    is_confidential: bool
    ties: int
    headline: Headline
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section | None:
        """Return a section, or None where there is nothing to say in it."""
        return next((section for section in self.sections if section.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How far two kinds of tie go together: their correlation, and how often chance gives one as far from none."""

    first: str
    second: str
    correlation: float | None
    p: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a web says. `people` were asked, `answered` of them answered, `declined` would not be drawn.

    `leaves_out` says that a few more were asked, of places too small to be counted beside the pages of others.
    """

    k: int
    people: int
    answered: int
    declined: int | None  # None where there are some and fewer than k
    is_whole: bool  # enough answered for everything; else only what stands by itself
    layers: tuple[LayerReport, ...]
    likeness: tuple[Likeness, ...] = ()
    before: str = ""  # which wave it is compared with
    leaves_out: bool = False

    @property
    def response(self) -> float:
        """The share of those asked who answered."""
        return self.answered / self.people if self.people else 0.0

    def layer(self, key: str) -> LayerReport | None:
        """Return what is said of one kind of tie; of the first where no key is given."""
        if not key:
            return self.layers[0] if self.layers else None
        return next((layer for layer in self.layers if layer.key == key), None)
