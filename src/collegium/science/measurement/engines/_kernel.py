"""The one way of counting that every engine uses: columns of options, piece by piece, into whole numbers.

A piece holds, for each item, the place of the answer among the layout's options (one place beyond the last where
nothing was answered) and for each sheet the place of its atom. Pieces may come in any order and from any machine.
"""

from __future__ import annotations

import os
from collections import deque
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
SignedArray = npt.NDArray[np.signedinteger]

# Matrix products of so many rows are too small for the linear algebra to start threads of its own, which would only
# be in the way of ours. A block's sums are whole numbers; up to 2 ** 24 those are exact in 32 bits.
BLOCK = 1024
TABLE = 16 * BLOCK  # so many rows of a facet stay near the processor
EXACT_IN_SINGLE = 1 << 24
EXACT_BITS = 53  # and in 64 bits up to 2 ** 53
AHEAD = 3  # pieces; with one, reading and counting wait for each other in turns
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
        # Atoms run along the last axis, where NumPy is quick, in as few bits as the largest atom needs: memory that is
        # touched for the first time costs as much as the counting.
        self.counts: SignedArray = np.zeros((self.options, len(layout.items), 0), dtype=np.int8)
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
        sheets = np.bincount(atom, minlength=len(names))
        home = self._home(names, sheets)
        most = int(sheets.max(initial=0))
        tally = _tally(atom, len(names), self.options, most)
        items = len(self.layout.items)
        columns: list[Options] = [np.empty(0, dtype=np.uint8)] * items

        def count(first: int) -> None:
            # Memory that is asked for anew with every column costs more than the counting.
            room = np.empty_like(atom)
            for item in range(first, min(first + ITEMS_AT_ONCE, items)):
                column = columns[item] = options_of(item)
                self.counts[:, item][:, home] += tally(column, room).astype(self.counts.dtype)

        share = self._share if len(atom) >= FEWEST_ROWS_TO_SHARE else map
        list(share(count, range(0, items, ITEMS_AT_ONCE)))
        list(share(lambda facet: facet.add(home, atom, columns, most), self.facets))

    def absorb(self, moments: Moments) -> None:
        """Add what was counted elsewhere."""
        home = self._home(moments.atoms, moments.sheets)
        self.counts[..., home] += moments.counts.T.astype(self.counts.dtype)
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
            counts=self.counts[..., order].T,
            scores=tuple(facet.scores[..., order].T for facet in self.facets),
            crosses=tuple(facet.cross(self.rows) for facet in self.facets),
        )

    def _home(self, names: Sequence[str], sheets: IntArray) -> Home:
        """Count the sheets of atoms and return the atoms' places, in arrays that have room for their answers."""
        places = self.places
        found = [places.setdefault(name, len(places)) for name in names]
        # Tables are mostly sorted by school: then the places follow each other, and nothing has to be gathered.
        first = found[0] if found else 0
        follow = found == list(range(first, first + len(found)))
        home: Home = slice(first, first + len(found)) if follow else np.array(found, dtype=np.intp)
        room = len(self.sheets)
        if len(places) > room:
            room = max(len(places), 4 * room)  # what is never used of it takes hardly any memory; copying does
        self.sheets = _holding(self.sheets, room, 0)
        self.sheets[home] += sheets
        most = int(self.sheets[home].max(initial=0))
        self.counts = _holding(self.counts, room, most)
        for facet in self.facets:
            facet.scores = _holding(facet.scores, room, most * facet.largest**2)
        return home


class _FacetCounter:
    """The scores and cross moments of one facet."""

    def __init__(self, layout: Layout, facet: Facet) -> None:
        self.facet = facet
        self.columns = [int(column) for column in layout.columns(facet.items)]
        item = layout.items[self.columns[0]]
        # An answer is worth its option plus `offset`, or `offset` less its option where the item is turned round.
        turned = [key in facet.reversed_items for key in facet.items]
        self.sign = [-1 if down else 1 for down in turned]
        self.offset = [item.lowest + item.highest - layout.lowest if down else layout.lowest for down in turned]
        self.exact = np.float32 if BLOCK * layout.highest**2 < EXACT_IN_SINGLE else np.float64
        self.none = layout.highest - layout.lowest + 1
        self.places = len(facet.items) + 1
        self.largest = len(facet.items) * item.highest
        self.scores: SignedArray = np.zeros((SCORE_PARTS, self.places, 0), dtype=np.int8)
        self.table = np.empty((2 * len(facet.items), TABLE), dtype=self.exact)
        # Room for a piece: memory that is asked for anew costs as much as what is done in it.
        self.cell, self.total = np.empty((2, 0), dtype=np.intp)
        self.worth = np.empty(0, dtype=np.float64)
        self.inner = np.zeros((2 * len(facet.items), 2 * len(facet.items)), dtype=np.int64)
        self.answered = 0
        self.complete = 0

    def add(self, home: Home, atom: Places, columns: Sequence[Options], most: int) -> None:
        """Count a piece, in which no atom has more than `most` sheets.

        First whether each item was answered, then what the answers are worth.
        """
        size, rows = len(self.columns), len(atom)
        asked = [columns[column] for column in self.columns]
        kind = asked[0].dtype
        answered = np.zeros(rows, dtype=np.min_scalar_type(size))
        totals = np.zeros(rows, dtype=np.result_type(np.min_scalar_type(self.largest), kind))
        # What is turned round counts down, which without a sign is counting up by the largest number.
        sign, offset = (np.array(each).astype(kind)[:, None] for each in (self.sign, self.offset))
        for first in range(0, rows, TABLE):
            part = slice(first, min(first + TABLE, rows))
            option = np.stack([column[part] for column in asked])
            given = option != self.none
            worth = option * sign
            worth += offset
            worth *= given
            given.view(np.uint8).sum(axis=0, dtype=answered.dtype, out=answered[part])
            worth.sum(axis=0, dtype=totals.dtype, out=totals[part])
            self._cross(given, worth)
        self.answered += int(np.count_nonzero(answered))
        self.complete += int(np.count_nonzero(answered == size))
        atoms = int(atom.max(initial=-1)) + 1
        if len(self.cell) < rows:
            self.cell, self.total = np.empty((2, rows), dtype=np.intp)
            self.worth = np.empty(rows, dtype=np.float64)
        cell = np.multiply(answered, atoms, out=self.cell[:rows], dtype=np.intp)
        cell += atom
        least = (size + 1) // 2  # below half of the items a sheet has no score
        for place, found in enumerate(self._scores(cell, totals, self.places * atoms, most)):
            self.scores[place, least:][:, home] += found.reshape(self.places, atoms)[least:].astype(self.scores.dtype)

    def _cross(self, given: npt.NDArray[np.bool_], worth: Options) -> None:
        """Add up the products of every item with every other, block by block."""
        size, rows = worth.shape
        blocks = -(-rows // BLOCK)
        table = self.table[:, : blocks * BLOCK]
        table[:size, :rows] = given
        table[size:, :rows] = worth
        table[:, rows:] = 0
        blocked = table.reshape(2 * size, blocks, BLOCK).transpose(1, 0, 2)
        # Half by half: a matrix by all of itself takes NumPy another way, which is three times slower for so few rows.
        for half in (slice(size), slice(size, None)):
            found = (blocked[:, half] @ blocked.transpose(0, 2, 1)).sum(axis=0, dtype=np.float64)
            self.inner[half] += found.astype(np.int64)

    def _scores(self, cell: Places, totals: npt.NDArray[Any], cells: int, most: int) -> list[IntArray]:
        """Return for each cell how many sheets it has, the sum of their totals and that of their squares."""
        worth = np.arange(self.largest + 1, dtype=np.float64)
        total, room = self.total[: len(cell)], self.worth[: len(cell)]
        total[:] = totals
        first, second = most.bit_length(), (most * self.largest).bit_length()
        if first + second + (most * self.largest**2).bit_length() <= EXACT_BITS:
            # All three fit one number beside each other, and are added up in one go.
            together = 1 + np.ldexp(worth, first) + np.ldexp(worth * worth, first + second)
            found = np.bincount(cell, np.take(together, total, out=room, mode="clip"), cells).astype(np.int64)
            return [found & ((1 << first) - 1), (found >> first) & ((1 << second) - 1), found >> (first + second)]
        sums = [np.bincount(cell, np.take(each, total), cells).astype(np.int64) for each in (worth, worth * worth)]
        return [np.bincount(cell, minlength=cells), *sums]

    def absorb(self, home: Home, scores: IntArray, cross: CrossMoments) -> None:
        """Add what was counted elsewhere."""
        size = len(self.columns)
        self.scores[..., home] += scores.T.astype(self.scores.dtype)
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


def _tally(atom: Places, atoms: int, options: int, most: int) -> Callable[[Options, Places], npt.NDArray[np.integer]]:
    """Return what counts a column, giving (options, atoms), with room that is as long as the column."""
    starts = np.flatnonzero(np.diff(atom, prepend=-1))
    bits = 63 // options
    if most < 1 << bits and np.array_equal(atom[starts], np.arange(atoms)):
        # Each atom's rows follow each other. Every option has some bits of one number, no answer those that are left;
        # an answer is a one there, and the numbers of an atom are added up: half the time of sorting into places.
        shifts = bits * np.arange(options, dtype=np.uint64)[:, None]

        def of_runs(column: Options, room: Places) -> npt.NDArray[np.integer]:
            place = column * column.dtype.type(bits)
            one = np.left_shift(np.uint64(1), place, out=room.view(np.uint64), dtype=np.uint64)
            return (np.add.reduceat(one, starts) >> shifts) & np.uint64((1 << bits) - 1)

        return of_runs
    width = options + 1
    start = atom * width

    def of_any(column: Options, room: Places) -> npt.NDArray[np.integer]:
        cell = np.add(start, column, out=room)
        return np.bincount(cell, minlength=atoms * width).reshape(atoms, width).T[:-1]

    return of_any


def _holding(array: SignedArray, room: int, largest: int) -> SignedArray:
    """Return the array, or a copy with so much room along its last axis and for numbers so large."""
    kind = max(array.dtype, np.min_scalar_type(~largest))
    if room == array.shape[-1] and kind == array.dtype:
        return array
    held = np.zeros((*array.shape[:-1], room), dtype=kind)
    held[..., : array.shape[-1]] = array
    return held


@contextmanager
def workers() -> Iterator[ThreadPoolExecutor | None]:
    """Give a thread for each processor that the reader leaves to us, or none where only the caller's own is left."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    others = min(usable - 1, MOST_THREADS)
    if others < 2:
        yield None
        return
    with ThreadPoolExecutor(others, thread_name_prefix="counting") as pool:
        yield pool


def ahead(pieces: Iterator[T], reader: Executor) -> Iterator[T]:
    """Read the next pieces while this one is counted; `reader` has one thread."""
    over: Any = object()
    coming: deque[Future[T]] = deque(reader.submit(next, pieces, over) for _ in range(AHEAD))
    while (piece := coming.popleft().result()) is not over:
        coming.append(reader.submit(next, pieces, over))
        yield piece
