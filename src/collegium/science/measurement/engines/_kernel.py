"""The one way of counting that every engine uses: columns of options, piece by piece, into whole numbers.

A piece holds, for each item, the place of the answer among the layout's options (one place beyond the last where
nothing was answered) and for each sheet the place of its atom. Pieces may come in any order and from any machine.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from collegium.science.measurement.layout import Facet, Layout
from collegium.science.measurement.moments import SCORE_PARTS, CrossMoments, Moments
from collegium.science.results import IntArray

Places = npt.NDArray[np.intp]
Home = slice | Places
Options = npt.NDArray[np.uint8 | np.uint16]

# Matrix products of so many rows are too small for the linear algebra to start threads of its own, which would only
# be in the way of ours. A block's sums are whole numbers; up to 2 ** 24 those are exact in 32 bits.
BLOCK = 1024
EXACT_IN_SINGLE = 1 << 24
EXACT_BITS = 53  # and in 64 bits up to 2 ** 53
MOST_THREADS = 4  # reading keeps up with no more
FEWEST_ROWS_TO_SHARE = 1 << 13
ITEMS_AT_ONCE = 8  # handing a thread its work costs as much as counting a short column

T = TypeVar("T")


class Counter:
    """Gathers pieces and gives moments; its size depends on the atoms, not on the sheets."""

    def __init__(self, layout: Layout, pool: Executor | None = None) -> None:
        self.layout = layout
        self.options = layout.highest - layout.lowest + 1
        self.places: dict[str, int] = {}
        self.sheets = np.zeros(0, dtype=np.int64)
        self.counts = np.zeros((0, len(layout.items), self.options), dtype=np.int64)
        self.facets = [_FacetCounter(layout, facet) for facet in layout.facets]
        self._share: Callable[..., Iterable[Any]] = map if pool is None else pool.map

    @property
    def rows(self) -> int:
        """How many sheets were counted."""
        return int(self.sheets.sum())

    def add(self, names: Sequence[str], atom: Places, options_of: Callable[[int], Options]) -> None:
        """Count a piece: `atom` holds the place of each sheet's atom in `names`, all different and each with a sheet.

        `options_of` gives an item's column; items are read and counted side by side, as NumPy lets them.
        """
        home = self._home(names)
        width = self.options + 1
        start = atom * width
        items = len(self.layout.items)
        columns: list[Options] = [np.empty(0, dtype=np.uint8)] * items

        def count(first: int) -> None:
            asked = range(first, min(first + ITEMS_AT_ONCE, items))
            found = np.empty((len(asked), len(names), width), dtype=np.int64)
            # Memory that is asked for anew with every column costs more than the counting.
            cell = np.empty_like(start)
            for place, item in enumerate(asked):
                column = columns[item] = options_of(item)
                np.add(start, column, out=cell)
                found[place] = np.bincount(cell, minlength=len(names) * width).reshape(len(names), width)
            self.counts[home, asked.start : asked.stop] += found.transpose(1, 0, 2)[:, :, :-1]

        share = self._share if len(atom) >= FEWEST_ROWS_TO_SHARE else map
        list(share(count, range(0, items, ITEMS_AT_ONCE)))
        sheets = np.bincount(atom, minlength=len(names))
        self.sheets[home] += sheets
        most = int(sheets.max(initial=0))
        list(share(lambda facet: facet.add(home, atom, columns, most), self.facets))

    def absorb(self, moments: Moments) -> None:
        """Add what was counted elsewhere."""
        home = self._home(moments.atoms)
        self.sheets[home] += moments.sheets
        self.counts[home] += moments.counts
        for place, facet in enumerate(self.facets):
            if moments.scores is not None and moments.crosses is not None:
                facet.absorb(home, moments.scores[place], moments.crosses[place])

    def moments(self) -> Moments:
        """Return what was counted; the arrays are handed over, so that nothing can be counted after it."""
        names = sorted(self.places)
        places = [self.places[name] for name in names]
        # What came in order need not be moved.
        order = slice(len(names)) if places == list(range(len(names))) else np.array(places, dtype=np.intp)
        return Moments(
            layout=self.layout,
            atoms=tuple(names),
            sheets=self.sheets[order],
            counts=self.counts[order],
            scores=tuple(facet.scores[order] for facet in self.facets),
            crosses=tuple(facet.cross(self.rows) for facet in self.facets),
        )

    def _home(self, names: Sequence[str]) -> Home:
        """Return the place of each atom, making room for new ones."""
        places = self.places
        home = [places.setdefault(name, len(places)) for name in names]
        if len(places) > len(self.sheets):
            room = max(len(places), len(self.sheets) + len(self.sheets) // 8)
            for array in (self.sheets, self.counts, *(facet.scores for facet in self.facets)):
                # In place: a copy of what a nation counted would need its memory twice. Nothing else refers to it yet.
                array.resize((room, *array.shape[1:]), refcheck=False)
        # Tables are mostly sorted by school: then the places follow each other, and nothing has to be gathered.
        first = home[0] if home else 0
        follow = home == list(range(first, first + len(home)))
        return slice(first, first + len(home)) if follow else np.array(home, dtype=np.intp)


class _FacetCounter:
    """The scores and cross moments of one facet."""

    def __init__(self, layout: Layout, facet: Facet) -> None:
        self.facet = facet
        self.columns = [int(column) for column in layout.columns(facet.items)]
        item = layout.items[self.columns[0]]
        # An answer is worth its option plus `offset`, or `offset` less its option where the item is turned round.
        self.turned = [key in facet.reversed_items for key in facet.items]
        self.offset = (layout.lowest, item.lowest + item.highest - layout.lowest)
        self.exact = np.float32 if BLOCK * layout.highest**2 < EXACT_IN_SINGLE else np.float64
        self.none = layout.highest - layout.lowest + 1
        self.places = len(facet.items) + 1
        self.largest = len(facet.items) * item.highest
        self.scores = np.zeros((0, self.places, SCORE_PARTS), dtype=np.int64)
        self.table = np.empty((0, 0), dtype=self.exact)
        self.inner = np.zeros((2 * len(facet.items), 2 * len(facet.items)), dtype=np.int64)
        self.answered = 0
        self.complete = 0

    def add(self, home: Home, atom: Places, columns: Sequence[Options], most: int) -> None:
        """Count a piece, in which no atom has more than `most` sheets.

        First whether each item was answered, then what the answers are worth.
        """
        size, rows = len(self.columns), len(atom)
        blocks = -(-rows // BLOCK)
        if self.table.shape[1] != blocks * BLOCK:
            self.table = np.empty((2 * size, blocks * BLOCK), dtype=self.exact)
        table = self.table
        table[:, rows:] = 0
        answered = np.zeros(rows, dtype=np.min_scalar_type(size))
        totals = np.zeros(rows, dtype=np.result_type(np.min_scalar_type(self.largest), columns[self.columns[0]].dtype))
        for place, column in enumerate(self.columns):
            option, offset = columns[column], self.offset[self.turned[place]]
            given = option != self.none
            worth = option.dtype.type(offset) - option if self.turned[place] else option + option.dtype.type(offset)
            worth *= given
            answered += given
            totals += worth
            table[place, :rows] = given
            table[size + place, :rows] = worth
        blocked = table.reshape(2 * size, blocks, BLOCK).transpose(1, 0, 2)
        # Half by half: a matrix by all of itself takes NumPy another way, which is three times slower for so few rows.
        for half in (slice(size), slice(size, None)):
            found = (blocked[:, half] @ blocked.transpose(0, 2, 1)).sum(axis=0, dtype=np.float64)
            self.inner[half] += found.astype(np.int64)
        self.answered += int(np.count_nonzero(answered))
        self.complete += int(np.count_nonzero(answered == size))
        atoms = int(atom.max(initial=-1)) + 1
        cell = atom * self.places
        cell += answered
        scores = self._scores(cell, totals, atoms * self.places, most)
        scores = scores.reshape(atoms, self.places, SCORE_PARTS)
        # Below half of the items a sheet has no score.
        scores[:, : (size + 1) // 2] = 0
        self.scores[home] += scores

    def _scores(self, cell: Places, totals: npt.NDArray[Any], cells: int, most: int) -> IntArray:
        """Return for each cell how many sheets it has, the sum of their totals and that of their squares."""
        worth = np.arange(self.largest + 1, dtype=np.float64)
        first, second = most.bit_length(), (most * self.largest).bit_length()
        if first + second + (most * self.largest**2).bit_length() <= EXACT_BITS:
            # All three fit one number beside each other, and are added up in one go.
            together = 1 + np.ldexp(worth, first) + np.ldexp(worth * worth, first + second)
            sums = np.bincount(cell, together[totals], cells).astype(np.int64)
            parts = [sums & ((1 << first) - 1), (sums >> first) & ((1 << second) - 1), sums >> (first + second)]
        else:
            parts = [np.bincount(cell, minlength=cells)]
            parts += [np.bincount(cell, each[totals], cells).astype(np.int64) for each in (worth, worth * worth)]
        return np.stack(parts, axis=1)

    def absorb(self, home: Home, scores: IntArray, cross: CrossMoments) -> None:
        """Add what was counted elsewhere."""
        size = len(self.columns)
        self.scores[home] += scores
        self.inner[:size, :size] += cross.n
        self.inner[size:, :size] += cross.sums
        self.inner[:size, size:] += cross.sums.T
        self.inner[size:, size:] += cross.products
        self.answered += cross.answered
        self.complete += cross.complete

    def cross(self, sheets: int) -> CrossMoments:
        """Return the cross moments."""
        size = len(self.columns)
        return CrossMoments(
            items=self.facet.items,
            n=self.inner[:size, :size].copy(),
            sums=self.inner[size:, :size].copy(),
            products=self.inner[size:, size:].copy(),
            sheets=sheets,
            answered=self.answered,
            complete=self.complete,
        )


@contextmanager
def workers() -> Iterator[ThreadPoolExecutor]:
    """Give as many threads as there are processors for us."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with ThreadPoolExecutor(min(usable, MOST_THREADS), thread_name_prefix="counting") as pool:
        yield pool


def ahead(pieces: Iterator[T], pool: Executor) -> Iterator[T]:
    """Read the next piece while this one is counted."""
    over: Any = object()
    coming: Future[T] = pool.submit(next, pieces, over)
    while (piece := coming.result()) is not over:
        coming = pool.submit(next, pieces, over)
        yield piece
