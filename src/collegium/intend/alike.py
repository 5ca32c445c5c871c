"""Which short statements say nearly the same, so that a page can show them together. Pure: words in, numbers out.

Two statements are alike when they share most of their words, or most of their runs of three letters (which forgives
endings, small slips and languages that write no spaces): Dice's coefficient of either reaches `ALIKE`. A statement
joins others only when it is like every one of them, so that a chain of small steps never joins what has little in
common.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

ALIKE = 0.8
RUN = 3


@dataclass(frozen=True, slots=True)
class _Shape:
    words: frozenset[str]
    runs: frozenset[str]


def normalise(text: str) -> str:
    """Return a statement as it is compared: small letters and digits, single spaces, marks that only look different."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = [letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in folded]
    return " ".join("".join(kept).split())


def likeness(one: str, other: str) -> float:
    """Return how alike two statements are, from 0 (nothing in common) to 1 (the same words)."""
    return _compare(_shape(normalise(one)), _shape(normalise(other)))


def group_alike(texts: Sequence[str], *, alike: float = ALIKE) -> list[list[int]]:
    """Return the places of the texts in groups of those alike: who stands with whom depends on no order of theirs.

    Groups come in the order of their first text, and so do the texts in each.
    """
    shapes = {text: _shape(normalise(text)) for text in set(texts)}
    groups: list[list[str]] = []
    # Longest first: a full sentence gathers its shorter forms. Text decides among the equally long.
    for text in sorted(shapes, key=lambda text: (-len(shapes[text].runs), normalise(text), text)):
        scores = [min(_compare(shapes[text], shapes[other]) for other in group) for group in groups]
        near = [(score, -number) for number, score in enumerate(scores) if score >= alike]
        if near:
            groups[-max(near)[1]].append(text)
        else:
            groups.append([text])
    of_text = {text: number for number, group in enumerate(groups) for text in group}
    places: dict[int, list[int]] = {}
    for place, text in enumerate(texts):
        places.setdefault(of_text[text], []).append(place)
    return list(places.values())


def _shape(normal: str) -> _Shape:
    padded = f" {normal} "
    runs = frozenset(padded[start : start + RUN] for start in range(max(len(padded) - RUN + 1, 1)))
    return _Shape(frozenset(normal.split()), runs if normal else frozenset())


def _compare(one: _Shape, other: _Shape) -> float:
    return max(_dice(one.words, other.words), _dice(one.runs, other.runs))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    if not one or not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))
