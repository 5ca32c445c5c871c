"""Who is above whom, and which two people have a lowest person above both: the work behind Krackhardt's dimensions.

Everybody in a strong part is above and below all others in it, so parts are counted in place of people. Sets of parts
are rows of bits, one bit a part, in an order in which whoever is above comes first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from collegium.science.results import IntArray

Bits = npt.NDArray[np.uint32]
WORD = 32
# What takes more than some 200 MiB or some ten seconds is not worked out.
MOST_PARTS = 20_000
MOST_WORDS = 3_000_000_000


@dataclass(frozen=True, slots=True)
class Order:
    """What one weak part comes to: pairs of people ordered one way, and pairs without a lowest one above both."""

    one_way: int
    unbounded: int | None


def order_of(sizes: IntArray, ties: IntArray) -> Order | None:
    """Count pairs in one weak part.

    `sizes` are those of its strong parts, numbered so that ties lead from lower to higher numbers only; `ties` are rows
    of two strong parts, sorted by the second. None where there are too many.
    """
    if len(sizes) > MOST_PARTS:
        return None
    above = _above(len(sizes), ties)
    people = _people(above, sizes)
    one_way = int((sizes * people).sum() - (sizes**2).sum())
    return Order(one_way=one_way, unbounded=_unbounded(above, sizes))


def _above(parts: int, ties: IntArray) -> Bits:
    """Return for each part the set of those above it, itself among them."""
    above = np.zeros((parts, -(-parts // WORD)), dtype=np.uint32)
    starts = np.searchsorted(ties[:, 1], np.arange(parts + 1))
    sources = ties[:, 0]
    for part in range(parts):
        start, stop = starts[part], starts[part + 1]
        if stop > start:
            np.bitwise_or.reduce(above[sources[start:stop]], axis=0, out=above[part])
        above[part, part // WORD] |= np.uint32(1 << part % WORD)
    return above


def _people(above: Bits, sizes: IntArray) -> IntArray:
    """Count the people in each set."""
    found: IntArray = np.bitwise_count(above).sum(axis=1, dtype=np.int64)
    for part in np.flatnonzero(sizes > 1):
        has = (above[:, part // WORD] >> np.uint32(part % WORD)) & np.uint32(1)
        found += has.astype(np.int64) * (sizes[part] - 1)
    return found


def _unbounded(above: Bits, sizes: IntArray) -> int | None:
    """Count pairs of people without a lowest person above both.

    Where one is above the other, the upper is that person. For all other pairs it depends only on who is strictly
    above each, so parts with the same set above them are taken together.
    """
    counts = np.bitwise_count(above).sum(axis=1, dtype=np.int64)
    strictly = above.copy()
    places = np.arange(len(sizes))
    strictly[places, places // WORD] &= ~(np.uint32(1) << (places % WORD).astype(np.uint32))
    rows = strictly.view(np.dtype((np.void, strictly.shape[1] * strictly.itemsize))).ravel()
    _, firsts, kind = np.unique(rows, return_index=True, return_inverse=True)
    sets = strictly[firsts]
    kinds, words = sets.shape
    if kinds**2 // 2 * words > MOST_WORDS:
        return None
    weight = np.bincount(kind, sizes, kinds)
    squares = np.bincount(kind, sizes.astype(np.float64) ** 2, kinds)
    # How many people of each kind are above the people of a kind.
    upper = np.zeros((kinds, kinds), dtype=np.int32)
    for row in range(kinds):
        inside = np.unpackbits(sets[row].view(np.uint8), bitorder="little")[: len(sizes)]
        upper[row] = np.bincount(kind, inside * sizes, kinds)
    found = 0.0
    for row in range(kinds):
        lowest = _has_lowest(sets[row] & sets[row:], counts)
        if not lowest[0]:  # two parts of the same kind are never one above the other
            found += (weight[row] ** 2 - squares[row]) / 2
        others = row + 1 + np.flatnonzero(~lowest[1:])
        pairs = weight[row] * weight[others] - upper[others, row] * weight[others] - upper[row, others] * weight[row]
        found += float(pairs.sum())
    return round(found)


def _has_lowest(common: Bits, counts: IntArray) -> npt.NDArray[np.bool_]:
    """Say of each set whether its last member has all of the set above it."""
    filled = common != 0
    word = common.shape[1] - 1 - np.argmax(filled[:, ::-1], axis=1)
    bits = common[np.arange(len(common)), word]
    _, exponent = np.frexp(bits.astype(np.float64))
    last = word * WORD + exponent - 1
    found: npt.NDArray[np.bool_] = np.zeros(len(common), dtype=np.bool_)
    some = bits != 0
    sizes = np.bitwise_count(common[some]).sum(axis=1, dtype=np.int64)
    found[some] = sizes == counts[last[some]]
    return found
