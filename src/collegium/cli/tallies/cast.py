"""What was handed in on one proposal: how often each position was taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from collegium.cli.tallies.methods import POSITIONS, Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Positions by their values. `blank` ballots abstain without saying so; `spoilt` ones say what is no position."""

    counts: Mapping[str, int] = field(default_factory=dict)
    blank: int = 0
    spoilt: int = 0
    asked: int | None = None
    unknown: tuple[str, ...] = ()

    @classmethod
    def of_words(cls, method: Method, words: Mapping[str, int], *, blank: int = 0, asked: int | None = None) -> Cast:
        """Take words as people write them: the value of a position, or its name, in any case."""
        positions = POSITIONS[method]
        known = {_plain(text): each.value for each in positions for text in (each.value, each.name)}
        counts: dict[str, int] = {}
        spoilt, unknown = 0, []
        for word, times in words.items():
            position = known.get(_plain(word))
            if position is None:
                spoilt += times
                unknown.append(word)
            else:
                counts[position] = counts.get(position, 0) + times
        return cls(counts=counts, blank=blank, spoilt=spoilt, asked=asked, unknown=tuple(unknown))

    def for_method(self, method: Method) -> dict[str, int]:
        """The counts, blank ballots added to the abstentions where the method has them."""
        abstaining = next((each for each in POSITIONS[method] if each.name in {"ABSTAIN", "NOTHING"}), None)
        counts = dict(self.counts)
        if self.blank and isinstance(abstaining, StrEnum):
            counts[abstaining.value] = counts.get(abstaining.value, 0) + self.blank
        return counts


def _plain(word: str) -> str:
    return " ".join(word.casefold().replace("_", " ").replace("-", " ").replace(",", " ").split())
