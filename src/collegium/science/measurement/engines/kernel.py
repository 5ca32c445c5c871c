"""The one way of counting that every engine uses: columns of options, piece by piece, into whole numbers.

A piece holds, for each item, the place of the answer among the layout's options (one place beyond the last where
nothing was answered) and for each sheet the place of its atom. Pieces may come in any order and from any machine.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from collegium.science.measurement.layout import Facet, Layout
from collegium.science.measurement.moments import SCORE_PARTS, CrossMoments, Moments
from collegium.science.results import FloatArray, IntArray

Places = npt.NDArray[np.intp]
Options = npt.NDArray[np.uint8 | np.uint16]

# Whole numbers up to here are exact in floating point of 32 bits.
EXACT_IN_SINGLE = 1 << 24


class Counter:
    """Gathers pieces and gives moments; its size depends on the atoms, not on the sheets."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.options = layout.highest - layout.lowest + 1
        self.places: dict[str, int] = {}
        self.sheets = np.zeros(0, dtype=np.int64)
        # An item's own table is small enough to stay near the processor while a piece is counted into it.
        self.counts = np.zeros((len(layout.items), 0, self.options + 1), dtype=np.int64)
        self.facets = [_FacetCounter(layout, facet) for facet in layout.facets]

    @property
    def rows(self) -> int:
        """How many sheets were counted."""
        return int(self.sheets.sum())

    def add(self, names: Sequence[str], atom: Places, columns: Sequence[Options]) -> None:
        """Count a piece: `atom` holds the place of each sheet's atom in `names`, which are all different."""
        home = self._home(names)
        self.sheets[home] += np.bincount(atom, minlength=len(names))
        width = self.options + 1
        start = atom * width
        cell = np.empty_like(start)
        for item, column in enumerate(columns):
            np.add(start, column, out=cell)
            table = np.bincount(cell, minlength=len(names) * width).reshape(len(names), width)
            self.counts[item, home] += table
        for facet in self.facets:
            facet.add(home, atom, columns)

    def absorb(self, moments: Moments) -> None:
        """Add what was counted elsewhere."""
        home = self._home(moments.atoms)
        self.sheets[home] += moments.sheets
        self.counts[:, home, : self.options] += moments.counts.transpose(1, 0, 2)
        for place, facet in enumerate(self.facets):
            if moments.scores is not None and moments.crosses is not None:
                facet.absorb(home, moments.scores[place], moments.crosses[place])

    def moments(self) -> Moments:
        """Return what was counted."""
        names = sorted(self.places)
        order = np.array([self.places[name] for name in names], dtype=np.intp)
        counts = np.empty((len(names), len(self.layout.items), self.options), dtype=np.int64)
        for item in range(len(self.layout.items)):
            counts[:, item] = self.counts[item, order, : self.options]
        return Moments(
            layout=self.layout,
            atoms=tuple(names),
            sheets=self.sheets[order],
            counts=counts,
            scores=tuple(facet.scores[order] for facet in self.facets),
            crosses=tuple(facet.cross(self.rows) for facet in self.facets),
        )

    def _home(self, names: Sequence[str]) -> Places:
        """Return the place of each atom, making room for new ones."""
        places = self.places
        home = np.array([places.setdefault(name, len(places)) for name in names], dtype=np.intp)
        if len(places) > len(self.sheets):
            room = max(len(places), 2 * len(self.sheets))
            self.sheets = _longer(self.sheets, room, 0)
            self.counts = _longer(self.counts, room, 1)
            for facet in self.facets:
                facet.scores = _longer(facet.scores, room, 0)
        return home


class _FacetCounter:
    """The scores and cross moments of one facet."""

    def __init__(self, layout: Layout, facet: Facet) -> None:
        self.facet = facet
        self.columns = [int(column) for column in layout.columns(facet.items)]
        codes = np.arange(layout.lowest, layout.highest + 1)
        items = np.broadcast_to(codes[:, None], (len(codes), len(facet.items)))
        turned = layout.scored(facet, items)
        # One place more for what was not answered: it adds nothing.
        self.worth = np.vstack([turned, np.zeros_like(turned[:1])]).T.astype(np.float32)
        self.highest = int(layout.highest)
        self.none = len(codes)
        self.places = len(facet.items) + 1
        self.scores = np.zeros((0, self.places, SCORE_PARTS), dtype=np.int64)
        self.inner = np.zeros((2 * len(facet.items), 2 * len(facet.items)), dtype=np.int64)
        self.answered = 0
        self.complete = 0

    def add(self, home: Places, atom: Places, columns: Sequence[Options]) -> None:
        """Count a piece. First whether each item was answered, then what the answers are worth."""
        size, rows = len(self.columns), len(atom)
        table = np.empty((2 * size, rows), dtype=np.float32)
        for place, column in enumerate(self.columns):
            np.not_equal(columns[column], self.none, out=table[place], casting="unsafe")
            np.take(self.worth[place], columns[column], out=table[size + place], mode="clip")
        self._add_scores(home, atom, table)
        exact = rows * self.highest**2 < EXACT_IN_SINGLE
        wide = table if exact else table.astype(np.float64)
        self.inner += (wide @ wide.T).astype(np.int64)

    def _add_scores(self, home: Places, atom: Places, table: npt.NDArray[np.float32]) -> None:
        size = len(self.columns)
        answered = table[:size].sum(axis=0).astype(np.intp)
        totals: FloatArray = table[size:].sum(axis=0).astype(np.float64)
        self.answered += int(np.count_nonzero(answered))
        self.complete += int(np.count_nonzero(answered == size))
        cell = atom * self.places + answered
        cells = len(home) * self.places
        parts = [np.bincount(cell, minlength=cells)]
        parts += [np.bincount(cell, weights, cells).astype(np.int64) for weights in (totals, totals * totals)]
        found = np.stack(parts, axis=1).reshape(len(home), self.places, SCORE_PARTS)
        # Below half of the items a sheet has no score.
        found[:, : (size + 1) // 2] = 0
        self.scores[home] += found

    def absorb(self, home: Places, scores: IntArray, cross: CrossMoments) -> None:
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


def _longer(array: IntArray, room: int, axis: int) -> IntArray:
    """Make room along one axis."""
    shape = list(array.shape)
    shape[axis] = room - shape[axis]
    return np.concatenate([array, np.zeros(shape, dtype=np.int64)], axis=axis)
