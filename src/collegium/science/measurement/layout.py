"""What was asked: items with ordered options, and the facets that they add up to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from collegium.science.errors import UnusableInput
from collegium.science.results import IntArray

# Products of two answers, summed over a nation, must fit an integer of 64 bits.
HIGHEST_CODE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question with ordered options, coded as whole numbers from `lowest` to `highest`."""

    key: str
    lowest: int
    highest: int

    def __post_init__(self) -> None:
        UnusableInput.unless(
            0 <= self.lowest < self.highest <= HIGHEST_CODE,
            "item_range",
            f"{self.key}: options must be coded from 0 to {HIGHEST_CODE}, the lowest below the highest.",
            item=self.key,
        )

    @property
    def options(self) -> int:
        """How many options there are."""
        return self.highest - self.lowest + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """Items that together measure one thing; those in `reversed_items` say the opposite and are turned round."""

    key: str
    items: tuple[str, ...]
    reversed_items: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        UnusableInput.unless(
            self.items and len(set(self.items)) == len(self.items) and self.reversed_items <= set(self.items),
            "facet_items",
            f"{self.key}: a facet needs at least one item, each once, and reverses only its own.",
            facet=self.key,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The columns of a table of answers, in order, and the facets made of them."""

    items: tuple[Item, ...]
    facets: tuple[Facet, ...] = ()

    def __post_init__(self) -> None:
        keys = [item.key for item in self.items]
        UnusableInput.unless(self.items, "no_items", "A layout needs at least one item.")
        for names in (keys, [facet.key for facet in self.facets]):
            twice = sorted({name for name in names if names.count(name) > 1})
            UnusableInput.unless(not twice, "same_name", f"Two have the same name: {', '.join(twice)}.", names=twice)
        for facet in self.facets:
            unknown = sorted(set(facet.items) - set(keys))
            UnusableInput.unless(
                not unknown, "unknown_item", f"{facet.key}: unknown items {', '.join(unknown)}.", items=unknown
            )
            ranges = {(item.lowest, item.highest) for item in self.items if item.key in facet.items}
            UnusableInput.unless(
                len(ranges) == 1, "mixed_ranges", f"{facet.key}: its items have different options.", facet=facet.key
            )

    @property
    def lowest(self) -> int:
        """The lowest code of any item; the first place of the options axis."""
        return min(item.lowest for item in self.items)

    @property
    def highest(self) -> int:
        """The highest code of any item; the last place of the options axis."""
        return max(item.highest for item in self.items)

    def facet(self, key: str) -> Facet:
        """Return a facet by its key."""
        found = [facet for facet in self.facets if facet.key == key]
        UnusableInput.unless(found, "unknown_facet", f"There is no facet {key}.", facet=key)
        return found[0]

    def columns(self, keys: tuple[str, ...]) -> IntArray:
        """Return the places of some items among the columns."""
        places = {item.key: place for place, item in enumerate(self.items)}
        unknown = sorted(set(keys) - set(places))
        UnusableInput.unless(not unknown, "unknown_item", f"Unknown items: {', '.join(unknown)}.", items=unknown)
        return np.array([places[key] for key in keys], dtype=np.int64)

    def scored(self, facet: Facet, answers: IntArray) -> IntArray:
        """Turn the reversed items of a facet round; `answers` holds its columns, in its order, all answered."""
        item = self.items[self.columns(facet.items[:1])[0]]
        turned = np.array([key in facet.reversed_items for key in facet.items])
        return np.where(turned, item.lowest + item.highest - answers, answers)
