"""What an instrument is: its items, the facets they add up to, its scales, its words in each language."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from collegium.listen.instruments.keyed import Keyed, Words
from collegium.science.measurement import layout as science

T = TypeVar("T", "Facet", "Item", "Column")

NO_WORDS: Words = Keyed()

REFERENT = "{referent}"
REFERENT_FIRST = "{Referent}"


class ItemKind(StrEnum):
    """How an item is answered."""

    LIKERT = "likert"
    PAIRED = "paired"
    SINGLE = "single"
    MULTIPLE = "multiple"
    NUMBER = "number"
    TEXT = "text"
    TIES = "ties"


# Reading and answering takes about eight seconds a rating; writing a sentence or two takes longer.
# Naming a handful of colleagues takes most of a minute.
SECONDS = {
    ItemKind.LIKERT: 8,
    ItemKind.PAIRED: 16,
    ItemKind.SINGLE: 8,
    ItemKind.MULTIPLE: 12,
    ItemKind.NUMBER: 8,
    ItemKind.TEXT: 30,
    ItemKind.TIES: 45,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Labelled options in order, coded from `lowest` upwards; `favourable` are the codes that count as good news."""

    key: str
    lowest: int
    labels: Keyed[tuple[str, ...]]
    favourable: frozenset[int]

    @property
    def options(self) -> int:
        """How many options there are."""
        return len(next(iter(self.labels.values())))

    @property
    def highest(self) -> int:
        """The code of the last option."""
        return self.lowest + self.options - 1

    @property
    def codes(self) -> range:
        """The codes of the options, in order."""
        return range(self.lowest, self.highest + 1)

    @staticmethod
    def usually_favourable(lowest: int, options: int) -> frozenset[int]:
        """The two top options; only the top one where there are fewer than four."""
        highest = lowest + options - 1
        return frozenset({highest - 1, highest} if options >= 4 else {highest})


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer of a single or multiple choice; of a single choice, options are coded 1, 2, 3 and so on."""

    key: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """Items that together measure one thing, and what a reader must know about it."""

    key: str
    construct: str
    title: Words
    explanation: Words
    source: str
    rationale: Words
    how_to_read: Words
    how_not_to_read: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question. An item keeps its key as long as its meaning stays, whatever its wording.

    An item about ties has a `title` for its layer of ties; its `scale`, if any, says how often, and its codes are the
    weights. `most` is how many people may be named (0: as one likes), `partners` lets people of partner schools be.
    """

    key: str
    kind: ItemKind
    text: Words = NO_WORDS
    facet: str = ""
    scale: str = ""
    reversed: bool = False
    left: Words = NO_WORDS
    right: Words = NO_WORDS
    options: tuple[Option, ...] = ()
    lowest: int = 0
    highest: int = 0
    same_as: str = ""
    title: Words = NO_WORDS
    most: int = 0
    partners: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table of answers. `side` is left or right for a pole, `option` for one of several choices."""

    key: str
    item: Item
    lowest: int
    highest: int
    side: str = ""
    option: str = ""


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """A questionnaire in one version, which never changes once it is in use."""

    key: str
    version: int
    title: Words
    purpose: Words
    languages: tuple[str, ...]
    default_language: str
    referents: Keyed[Words]
    scales: Keyed[Scale]
    facets: tuple[Facet, ...]
    items: tuple[Item, ...]
    sources: tuple[str, ...] = ()

    @property
    def minutes(self) -> float:
        """How long answering takes, rounded up to half minutes."""
        return math.ceil(sum(SECONDS[item.kind] for item in self.items) / 30) / 2

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that a table of answers has, in order; open texts are kept apart and have none."""
        return tuple(column for item in self.items for column in self._columns_of(item))

    @property
    def text_items(self) -> tuple[Item, ...]:
        """The open questions."""
        return tuple(item for item in self.items if item.kind == ItemKind.TEXT)

    @property
    def is_about_ties(self) -> bool:
        """Whether it asks by name who turns to whom; then it asks nothing else."""
        return any(item.kind == ItemKind.TIES for item in self.items)

    def facet(self, key: str) -> Facet:
        """Return a facet by its key. Raises KeyError."""
        return _by_key(self.facets, key)

    def item(self, key: str) -> Item:
        """Return an item by its key. Raises KeyError."""
        return _by_key(self.items, key)

    def column(self, key: str) -> Column:
        """Return a column by its key. Raises KeyError."""
        return _by_key(self.columns, key)

    def items_of(self, facet: str) -> tuple[Item, ...]:
        """The items of a facet, in order."""
        return tuple(item for item in self.items if item.facet == facet)

    def layout(self) -> science.Layout:
        """The same columns and facets as the statistics know them.

        A facet of paired items makes two: `facet.left` and `facet.right`.
        """
        return science.Layout(
            items=tuple(
                science.Item(key=column.key, lowest=column.lowest, highest=column.highest) for column in self.columns
            ),
            facets=tuple(made for facet in self.facets for made in self._layout_facets(facet)),
        )

    def favourable(self, column: Column) -> frozenset[int]:
        """The codes of a column that count as favourable; none where no answer is better than another."""
        if column.item.kind not in {ItemKind.LIKERT, ItemKind.PAIRED}:
            return frozenset()
        codes = self.scales[column.item.scale].favourable
        if column.item.reversed:
            return frozenset(column.lowest + column.highest - code for code in codes)
        return codes

    def text(self, item: Item, language: str = "", referent: str = "") -> str:
        """The wording of an item, with the referent put in."""
        return self.fill(item.text, language, referent)

    def poles(self, item: Item, language: str = "", referent: str = "") -> tuple[str, str]:
        """The two poles of a paired item, with the referent put in."""
        return self.fill(item.left, language, referent), self.fill(item.right, language, referent)

    def fill(self, words: Words, language: str = "", referent: str = "") -> str:
        """Some words in a language, or else in the default one; without a referent the first stands in."""
        text = self.say(words, language)
        if self.referents:
            phrase = self.say(self.referents.get(referent) or next(iter(self.referents.values())), language)
            text = text.replace(REFERENT, phrase).replace(REFERENT_FIRST, phrase[:1].upper() + phrase[1:])
        return text

    def say(self, words: Words, language: str = "") -> str:
        """Some words in a language, or else in the default one; empty where there are none."""
        return words.get(language) or words.get(self.default_language, "")

    def labels(self, item: Item, language: str = "") -> tuple[tuple[int, str], ...]:
        """The codes an item's columns may take, with their labels; empty for numbers and open texts."""
        if item.scale:
            scale = self.scales[item.scale]
            labels = scale.labels.get(language) or scale.labels[self.default_language]
            return tuple(zip(scale.codes, labels, strict=True))
        if item.kind == ItemKind.SINGLE:
            return tuple((code, self.say(option.label, language)) for code, option in enumerate(item.options, 1))
        return ()

    def _columns_of(self, item: Item) -> tuple[Column, ...]:
        if item.kind == ItemKind.LIKERT:
            scale = self.scales[item.scale]
            return (Column(key=item.key, item=item, lowest=scale.lowest, highest=scale.highest),)
        if item.kind == ItemKind.PAIRED:
            scale = self.scales[item.scale]
            return tuple(
                Column(key=f"{item.key}.{side}", item=item, lowest=scale.lowest, highest=scale.highest, side=side)
                for side in ("left", "right")
            )
        if item.kind == ItemKind.SINGLE:
            return (Column(key=item.key, item=item, lowest=1, highest=len(item.options)),)
        if item.kind == ItemKind.MULTIPLE:
            return tuple(
                Column(key=f"{item.key}.{option.key}", item=item, lowest=0, highest=1, option=option.key)
                for option in item.options
            )
        if item.kind == ItemKind.NUMBER:
            return (Column(key=item.key, item=item, lowest=item.lowest, highest=item.highest),)
        return ()

    def _layout_facets(self, facet: Facet) -> list[science.Facet]:
        sides: dict[str, list[Column]] = {}
        for column in self.columns:
            if column.item.facet == facet.key and column.item.kind in {ItemKind.LIKERT, ItemKind.PAIRED}:
                sides.setdefault(column.side, []).append(column)
        return [
            science.Facet(
                key=f"{facet.key}.{side}" if side else facet.key,
                items=tuple(column.key for column in columns),
                reversed_items=frozenset(column.key for column in columns if column.item.reversed),
            )
            for side, columns in sides.items()
        ]


def _by_key(things: tuple[T, ...], key: str) -> T:
    for thing in things:
        if thing.key == key:
            return thing
    raise KeyError(key)
