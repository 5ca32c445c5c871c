"""Moments: all that published survey numbers are made of, as whole numbers that add up.

Adding the moments of two sets of sheets gives the moments of both together: schools, districts, waves, machines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.measurement.groups import GroupMoments, OptionCounts
from collegium.science.measurement.layout import Facet, Layout
from collegium.science.results import BoolArray, FloatArray, IntArray, Locked

NO_ANSWER = -1
SCORE_PARTS = 3  # how many sheets, the sum of their totals, the sum of the squares of their totals


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CrossMoments(Locked):
    """Sums over sheets for every pair of a facet's items, reversed items turned round.

    Arrays have the shape (items, items). ``n[i, j]`` counts sheets that answer both; ``sums[i, j]`` adds item i over
    them, ``products[i, j]`` the product of both. `sheets` counts all, `answered` those with an answer to any of the
    items, `complete` those with an answer to each.
    """

    items: tuple[str, ...]
    n: IntArray
    sums: IntArray
    products: IntArray
    sheets: int
    answered: int
    complete: int

    def __post_init__(self) -> None:
        shape = (len(self.items), len(self.items))
        UnusableInput.unless(
            self.n.shape == self.sums.shape == self.products.shape == shape,
            "shape",
            "Cross moments need a row and a column for each item.",
        )
        Locked.__post_init__(self)

    def __add__(self, other: CrossMoments) -> CrossMoments:
        UnusableInput.unless(self.items == other.items, "other_items", "These moments are of different items.")
        return CrossMoments(
            items=self.items,
            n=self.n + other.n,
            sums=self.sums + other.sums,
            products=self.products + other.products,
            sheets=self.sheets + other.sheets,
            answered=self.answered + other.answered,
            complete=self.complete + other.complete,
        )

    def covariances(self) -> FloatArray:
        """Return the covariances (divided by n - 1), each over the sheets that answer both; NaN below two sheets."""
        # Products of two sums outgrow 64 bits in a nation; Python's whole numbers do not.
        n, sums, products = (array.astype(object) for array in (self.n, self.sums, self.products))
        deviations = n * products - sums * sums.T
        with np.errstate(divide="ignore", invalid="ignore"):
            matrix = deviations.astype(np.float64) / (self.n * (self.n - 1.0))
        return np.where(self.n >= 2, matrix, np.nan)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moments(Locked):
    """Everything that was counted. `scores` and `crosses` are None where only counts are known.

    `counts` and `scores` may be of as few bits as they need: turn them into 64 before multiplying or adding two.

    Attributes
    ----------
    layout : Layout
        The items and facets.
    atoms : tuple of str
        The smallest groups that are told apart, sorted.
    sheets : (atoms,) int array
        Sheets handed in, answered or not.
    counts : (atoms, items, options) int array
        Answers by option as given (nothing turned round); options run from the layout's lowest code to its highest.
    scores : tuple of (atoms, items of the facet + 1, 3) int arrays, one for each facet
        By the number m of a facet's items that a sheet answers (at least half of them): how many sheets, the sum of
        their totals, the sum of their squared totals. A sheet's score is its total divided by m.
    crosses : tuple of CrossMoments, one for each facet
        Over all atoms together.
    """

    layout: Layout
    atoms: tuple[str, ...]
    sheets: IntArray
    counts: IntArray
    scores: tuple[IntArray, ...] | None = None
    crosses: tuple[CrossMoments, ...] | None = None

    def __post_init__(self) -> None:
        for array in self.scores or ():
            array.setflags(write=False)
        Locked.__post_init__(self)

    def __add__(self, other: Moments) -> Moments:
        """Return the moments of both sets of sheets; atoms of the same name are the same."""
        UnusableInput.unless(self.layout == other.layout, "other_layout", "These moments have different layouts.")
        atoms = tuple(sorted({*self.atoms, *other.atoms}))
        mine, theirs = self._laid_out(self.atoms, atoms), other._laid_out(other.atoms, atoms)
        scores = crosses = None
        if mine.scores is not None and theirs.scores is not None:
            scores = tuple(a + b for a, b in zip(mine.scores, theirs.scores, strict=True))
        if self.crosses is not None and other.crosses is not None:
            crosses = tuple(a + b for a, b in zip(self.crosses, other.crosses, strict=True))
        return Moments(
            layout=self.layout,
            atoms=atoms,
            sheets=mine.sheets + theirs.sheets,
            counts=mine.counts + theirs.counts,
            scores=scores,
            crosses=crosses,
        )

    def regrouped(self, groups: Mapping[str, str]) -> Moments:
        """Add atoms up to larger groups, such as schools; atoms that `groups` does not name are left out.

        `crosses` stay those of all sheets: they are not kept by atom.
        """
        unknown = sorted(set(groups) - set(self.atoms))
        UnusableInput.unless(not unknown, "unknown_atom", f"Unknown atoms: {', '.join(unknown)}.", atoms=unknown)
        return self._laid_out([groups.get(atom) for atom in self.atoms], tuple(sorted(set(groups.values()))))

    def option_counts(self, items: tuple[str, ...]) -> OptionCounts:
        """Return the counts of some items that have the same options."""
        columns = self.layout.columns(items)
        ranges = {(self.layout.items[column].lowest, self.layout.items[column].highest) for column in columns}
        UnusableInput.unless(len(ranges) == 1, "mixed_ranges", "These items have different options.", items=items)
        ((lowest, highest),) = ranges
        start = lowest - self.layout.lowest
        first, follow = int(columns[0]), bool((np.diff(columns) == 1).all())
        # The items of a facet mostly follow each other: those need not be copied.
        asked = slice(first, first + len(columns)) if follow else columns
        counts = self.counts[:, asked, start : start + highest - lowest + 1]
        return OptionCounts(labels=self.atoms, items=items, counts=counts, sheets=self.sheets)

    def cross(self, facet: str) -> CrossMoments:
        """Return the cross moments of a facet."""
        if self.crosses is None:
            raise UnusableInput("counts_only", "Only counts are known; this needs the answer sheets.")
        return self.crosses[self.layout.facets.index(self.layout.facet(facet))]

    def facet_scores(self, facet: str) -> GroupMoments:
        """Return number, mean and spread of the sheets' scores of a facet in every atom."""
        if self.scores is None:
            raise UnusableInput("counts_only", "Only counts are known; this needs the answer sheets.")
        table = self.scores[self.layout.facets.index(self.layout.facet(facet))]
        # Below half of the items there are no scores. Atoms run along the last axis, where NumPy is quick.
        least = table.shape[1] // 2
        answered = np.arange(least, table.shape[1], dtype=np.float64)[:, None]
        n, sums, squares = np.ascontiguousarray(table[:, least:].transpose(2, 1, 0), dtype=np.float64)
        total_n = n.sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            means = np.where(n > 0, sums / (n * answered), 0.0)
            mean = (n * means).sum(axis=0) / total_n
        # Sheets with the same number of answers first, then their means: nothing large is subtracted from its like.
        inside = (squares - answered * sums * means) / answered**2
        between = np.where(n > 0, n * (means - mean) ** 2, 0.0)
        within = np.maximum(inside, 0.0).sum(axis=0) + between.sum(axis=0)
        whole = total_n.astype(np.int64)
        return GroupMoments(labels=self.atoms, n=whole, mean=mean, within=within, n_missing=self.sheets - whole)

    def _laid_out(self, names: Sequence[str | None], atoms: tuple[str, ...]) -> Moments:
        """Add rows of the same name up, in the order of `atoms`; rows without a name are left out."""
        places = {atom: place for place, atom in enumerate(atoms)}
        kept = np.array([name is not None for name in names], dtype=np.bool_)
        target = np.array([places[name] for name in names if name is not None], dtype=np.int64)

        def added(array: IntArray) -> IntArray:
            sums = np.zeros((len(atoms), *array.shape[1:]), dtype=np.int64)
            np.add.at(sums, target, array[kept])
            return sums

        return Moments(
            layout=self.layout,
            atoms=atoms,
            sheets=added(self.sheets),
            counts=added(self.counts),
            scores=None if self.scores is None else tuple(added(array) for array in self.scores),
            crosses=self.crosses,
        )


def moments_of_sheets(layout: Layout, atoms: Sequence[str], answers: npt.ArrayLike) -> Moments:
    """Count the answer sheets of a school, or of one chunk of a nation.

    Parameters
    ----------
    layout : Layout
        Items in the order of the columns, and facets.
    atoms : sequence of str, length sheets
        The smallest group each sheet belongs to.
    answers : (sheets, items) array of whole numbers
        Codes within each item's range; `NO_ANSWER` (-1) where nothing was answered. A sheet gets a score in a facet
        when it answers at least half of its items: the mean of those, reversed items turned round
        (lowest + highest - answer).

    Returns
    -------
    Moments
        Whole numbers only; the same from every engine and in every order of the sheets.

    Raises
    ------
    UnusableInput
        If the shape does not fit, a number is not whole (NaN and infinity are not), or a code is outside its range;
        item and row (from 0) are in its data.

    Notes
    -----
    For items i, j and the sheets that answer both: ``n_ij``, ``s_ij = sum(x_i)``, ``S_ij = sum(x_i * x_j)``.

    References
    ----------
    Chan, Golub and LeVeque (1983), Algorithms for computing the sample variance, The American Statistician 37,
    242-247: sums of squares of parts combine exactly. Half-answered rule: Graham (2009), Missing data analysis,
    Annual Review of Psychology 60, 549-576.

    Examples
    --------
    >>> from collegium.science.measurement.layout import Facet, Item, Layout
    >>> layout = Layout(
    ...     items=(Item(key="a", lowest=1, highest=5), Item(key="b", lowest=1, highest=5)),
    ...     facets=(Facet(key="trust", items=("a", "b"), reversed_items=frozenset({"b"})),),
    ... )
    >>> moments = moments_of_sheets(layout, ["north", "north", "south"], [[4, 2], [5, -1], [1, 5]])
    >>> moments.facet_scores("trust").mean.tolist()
    [4.5, 1.0]
    """
    table = np.asarray(answers)
    UnusableInput.unless(
        table.shape == (len(atoms), len(layout.items)),
        "shape",
        "Answers need a row for each sheet's atom and a column for each item.",
    )
    UnusableInput.unless(
        np.issubdtype(table.dtype, np.integer) or table.size == 0,
        "not_whole",
        "Answers must be whole numbers; write NO_ANSWER where nothing was answered.",
    )
    table = table.astype(np.int64)
    given = table != NO_ANSWER
    _check_codes(layout, table, given)
    names, atom = np.unique(np.asarray(atoms, dtype=np.str_), return_inverse=True)
    options = layout.highest - layout.lowest + 1
    # One place more for each item takes what was not answered, and is cut off.
    option = np.where(given, table - layout.lowest, options)
    cell = (atom[:, None] * len(layout.items) + np.arange(len(layout.items))) * (options + 1) + option
    counts = np.bincount(cell.ravel(), minlength=len(names) * len(layout.items) * (options + 1))
    counts = counts.reshape(len(names), len(layout.items), options + 1)[:, :, :options]
    parts = [_of_facet(layout, facet, table, given, atom, len(names)) for facet in layout.facets]
    return Moments(
        layout=layout,
        atoms=tuple(str(name) for name in names),
        sheets=np.bincount(atom, minlength=len(names)).astype(np.int64),
        counts=np.ascontiguousarray(counts, dtype=np.int64),
        scores=tuple(scores for scores, _ in parts),
        crosses=tuple(cross for _, cross in parts),
    )


def moments_of_counts(layout: Layout, atoms: Sequence[str], counts: npt.ArrayLike, sheets: npt.ArrayLike) -> Moments:
    """Take in a survey that reaches us already counted, and give everything that counts allow.

    Parameters
    ----------
    layout : Layout
        Items in the order of the second axis.
    atoms : sequence of str
        The groups of the first axis, each once.
    counts : (atoms, items, options) array of whole numbers, at least 0
        Answers by option; options run from the layout's lowest code to its highest.
    sheets : (atoms,) array of whole numbers
        Sheets handed in; at least as many as any item was answered.

    Returns
    -------
    Moments
        Without scores and cross moments.

    Raises
    ------
    UnusableInput
        If the shape does not fit, a count is not a whole number of at least 0, an option outside an item's range was
        counted, or an item has more answers than there were sheets.

    References
    ----------
    The counts are those of `moments_of_sheets`; see docs/methods/moments.md.

    Examples
    --------
    >>> from collegium.science.measurement.layout import Item, Layout
    >>> layout = Layout(items=(Item(key="a", lowest=1, highest=3),))
    >>> moments = moments_of_counts(layout, ["north"], [[[1, 0, 3]]], [5])
    >>> moments.option_counts(("a",)).moments("a", lowest=1).mean.tolist()
    [2.5]
    """
    table, handed_in = np.asarray(counts), np.asarray(sheets)
    options = layout.highest - layout.lowest + 1
    UnusableInput.unless(
        table.shape == (len(atoms), len(layout.items), options) and handed_in.shape == (len(atoms),),
        "shape",
        "Counts need a place for each atom, each item and each option, and sheets one for each atom.",
    )
    UnusableInput.unless(len(set(atoms)) == len(atoms), "same_name", "Two atoms have the same name.")
    whole = all(np.issubdtype(array.dtype, np.integer) or array.size == 0 for array in (table, handed_in))
    UnusableInput.unless(whole and (table >= 0).all(), "not_counts", "Counts must be whole numbers of at least 0.")
    UnusableInput.unless(
        (table.sum(axis=2) <= handed_in[:, None]).all(), "sheets", "An item has more answers than there were sheets."
    )
    for column, item in enumerate(layout.items):
        inside = table[:, column, item.lowest - layout.lowest : item.highest - layout.lowest + 1]
        UnusableInput.unless(
            inside.sum() == table[:, column].sum(),
            "outside_range",
            f"{item.key}: an option outside {item.lowest} to {item.highest} was counted.",
            item=item.key,
        )
    order = np.array(sorted(range(len(atoms)), key=lambda place: atoms[place]), dtype=np.int64)
    return Moments(
        layout=layout,
        atoms=tuple(atoms[place] for place in order),
        sheets=handed_in.astype(np.int64)[order],
        counts=table.astype(np.int64)[order],
    )


def _check_codes(layout: Layout, table: IntArray, given: BoolArray) -> None:
    """Refuse codes outside their item's range, and say where the first one is."""
    lowest = np.array([item.lowest for item in layout.items])
    highest = np.array([item.highest for item in layout.items])
    wrong = np.argwhere(given & ((table < lowest) | (table > highest)))
    if len(wrong):
        row, column = (int(place) for place in wrong[0])
        item = layout.items[column]
        raise UnusableInput(
            "outside_range",
            f"{item.key}, row {row}: {table[row, column]} is not between {item.lowest} and {item.highest}.",
            item=item.key,
            row=row,
            value=int(table[row, column]),
        )


def _of_facet(
    layout: Layout, facet: Facet, table: IntArray, given: BoolArray, atom: npt.NDArray[np.intp], atoms: int
) -> tuple[IntArray, CrossMoments]:
    """Return the score table and the cross moments of one facet."""
    columns = layout.columns(facet.items)
    has = given[:, columns]
    values = np.where(has, layout.scored(facet, table[:, columns]), 0)
    answered = has.sum(axis=1)
    enough = (2 * answered >= len(columns)) & (answered > 0)
    totals = values[enough].sum(axis=1)
    places = len(columns) + 1
    scores = np.zeros((atoms * places, SCORE_PARTS), dtype=np.int64)
    where = atom[enough] * places + answered[enough]
    for part, amount in enumerate((np.ones_like(totals), totals, totals**2)):
        np.add.at(scores[:, part], where, amount)
    # Whole numbers below 2 ** 53 are exact in floating point, and its matrix product is many times faster.
    present, amounts = has.astype(np.float64), values.astype(np.float64)
    cross = CrossMoments(
        items=facet.items,
        n=(present.T @ present).astype(np.int64),
        sums=(amounts.T @ present).astype(np.int64),
        products=(amounts.T @ amounts).astype(np.int64),
        sheets=len(table),
        answered=int((answered > 0).sum()),
        complete=int((answered == len(columns)).sum()),
    )
    return scores.reshape(atoms, places, SCORE_PARTS), cross
