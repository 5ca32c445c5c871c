"""Groups that may be told apart: whatever has fewer than k people is put together first, before anything is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from collegium.science.networks.network import NO_GROUP
from collegium.science.results import BoolArray, IntArray, Locked


@dataclass(frozen=True, kw_only=True, eq=False)
class Groups(Locked):
    """Groups of at least k people each. `codes` is the group of everybody, NO_GROUP of those who are in none.

    `parts` names for each group what it is made of; an empty name stands for those who belong to nothing named.
    """

    codes: IntArray
    parts: tuple[tuple[str, ...], ...]
    sizes: IntArray

    def __len__(self) -> int:
        return len(self.parts)

    @property
    def can_be_compared(self) -> bool:
        """Whether there are two or more."""
        return len(self) > 1


def merge_small(codes: IntArray, names: Sequence[str], *, counted: BoolArray, k: int, in_order: bool = False) -> Groups:
    """Put groups with fewer than k people of those `counted` together until each has k, or one is left.

    Groups `in_order` (levels) join their smaller neighbour; others first join each other and then the smallest of the
    large ones. People of a group of which nobody is counted are in it all the same.
    """
    kinds = np.unique(codes)
    counts = {int(kind): int((counted & (codes == kind)).sum()) for kind in kinds}
    order = sorted(counts, key=lambda kind: (kind == NO_GROUP, kind))
    sets = _merge_neighbours(order, counts, k) if in_order else _merge_others(order, counts, k)
    found = np.full(len(codes), NO_GROUP, dtype=np.int64)
    for place, members in enumerate(sets):
        found[np.isin(codes, members)] = place
    parts = tuple(tuple(names[kind] if kind != NO_GROUP else "" for kind in members) for members in sets)
    sizes = np.array([sum(counts[kind] for kind in members) for members in sets], dtype=np.int64)
    if len(sets) == 1 and sizes[0] < k:
        return Groups(codes=np.full(len(codes), NO_GROUP, dtype=np.int64), parts=(), sizes=np.zeros(0, dtype=np.int64))
    return Groups(codes=found, parts=parts, sizes=sizes)


def _merge_others(order: list[int], counts: dict[int, int], k: int) -> list[list[int]]:
    large = [[kind] for kind in order if counts[kind] >= k]
    small = [kind for kind in order if counts[kind] < k]
    if not small:
        return large
    together = sum(counts[kind] for kind in small)
    if together < k and large:
        smallest = min(range(len(large)), key=lambda place: (counts[large[place][0]], place))
        large[smallest] += small
        return large
    return [*large, small]


def _merge_neighbours(order: list[int], counts: dict[int, int], k: int) -> list[list[int]]:
    sets = [[kind] for kind in order]

    def size(place: int) -> int:
        return sum(counts[kind] for kind in sets[place])

    while len(sets) > 1:
        least = min(range(len(sets)), key=lambda place: (size(place), place))
        if size(least) >= k:
            break
        beside = [place for place in (least - 1, least + 1) if 0 <= place < len(sets)]
        other = min(beside, key=lambda place: (size(place), place))
        first, second = sorted((least, other))
        sets[first] += sets.pop(second)
    return sets
