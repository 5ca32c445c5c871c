"""Groups that may be told apart: whatever has fewer than k people is put together first, before anything is counted.

Numbers that are published can be added and subtracted. So groups that have a page of their own are never put together
with a few others, and two ways of grouping the same people stand side by side only where no difference is about fewer
than k. That is once decided for all pages of a wave.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

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


def merge_small(
    codes: IntArray,
    names: Sequence[str],
    *,
    counted: BoolArray,
    k: int,
    in_order: bool = False,
    have_pages: bool = False,
) -> Groups:
    """Put groups with fewer than k people of those `counted` together until each has k, or one is left.

    Groups `in_order` (levels) join their smaller neighbour; others first join each other and then the smallest of the
    large ones. Where large ones `have_pages`, it would say of these few what the page leaves over: they join those who
    belong to no named group, or are in no group at all. People of a group of which nobody is counted are in it all the
    same.
    """
    kinds = np.unique(codes)
    counts = {int(kind): int((counted & (codes == kind)).sum()) for kind in kinds}
    order = sorted(counts, key=lambda kind: (kind == NO_GROUP, kind))
    sets = _merge_neighbours(order, counts, k) if in_order else _merge_others(order, counts, k, have_pages)
    found = np.full(len(codes), NO_GROUP, dtype=np.int64)
    for place, members in enumerate(sets):
        found[np.isin(codes, members)] = place
    parts = tuple(tuple(names[kind] if kind != NO_GROUP else "" for kind in members) for members in sets)
    sizes = np.array([sum(counts[kind] for kind in members) for members in sets], dtype=np.int64)
    if len(sets) == 1 and sizes[0] < k:
        return Groups(codes=np.full(len(codes), NO_GROUP, dtype=np.int64), parts=(), sizes=np.zeros(0, dtype=np.int64))
    return Groups(codes=found, parts=parts, sizes=sizes)


def _merge_others(order: list[int], counts: dict[int, int], k: int, have_pages: bool) -> list[list[int]]:
    large = [[kind] for kind in order if counts[kind] >= k]
    small = [kind for kind in order if counts[kind] < k]
    if not small:
        return large
    together = sum(counts[kind] for kind in small)
    if together < k and large:
        joined = [each for each in large if not have_pages or each[0] == NO_GROUP]
        if joined:
            min(joined, key=lambda each: counts[each[0]]).extend(small)
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


# --- two ways of grouping the same people -----------------------------------------------------------------------------
def can_stand_beside(rows: IntArray, columns: IntArray, *, told: BoolArray, k: int) -> bool:
    """Say whether the same people may be counted both by rows and by columns.

    Rows less columns leave of each row either what is in these columns or what is not. So for any columns the lesser of
    the two, over all rows that are on both sides, is what numbers can be subtracted down to: it must hold k who told.
    """
    _, row = np.unique(rows, return_inverse=True)
    _, column = np.unique(columns, return_inverse=True)
    shape = int(row.max(initial=-1)) + 1, int(column.max(initial=-1)) + 1
    people, answers = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    np.add.at(people, (row, column), 1)
    np.add.at(answers, (row[told], column[told]), 1)
    for taken in _subsets(shape[1]):
        rest = np.setdiff1d(np.arange(shape[1]), taken)
        is_split = people[:, taken].any(axis=1) & people[:, rest].any(axis=1)
        left = np.minimum(answers[:, taken].sum(axis=1), answers[:, rest].sum(axis=1))[is_split]
        if len(left) and left.sum() < k:
            return False
    return True


def _subsets(count: int) -> Iterator[list[int]]:
    for size in range(1, count):
        for taken in combinations(range(count), size):
            yield list(taken)


def coarsen(groups: Groups) -> Groups:
    """Put the smallest group together with the smaller of its neighbours."""
    least = min(range(len(groups)), key=lambda place: (groups.sizes[place], place))
    beside = [place for place in (least - 1, least + 1) if 0 <= place < len(groups)]
    first, second = sorted((least, min(beside, key=lambda place: (groups.sizes[place], place))))
    codes = groups.codes.copy()
    codes[codes == second] = first
    codes[codes > second] -= 1
    sizes = groups.sizes.copy()
    sizes[first] += sizes[second]
    parts = list(groups.parts)
    parts[first] = parts[first] + parts.pop(second)
    return Groups(codes=codes, parts=tuple(parts), sizes=np.delete(sizes, second))
