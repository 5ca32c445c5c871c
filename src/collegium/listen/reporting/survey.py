"""The answers of a survey as far as anything may be published of them: moments by atom, and the views made of atoms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from collegium.science.disclosure.atoms import AtomPlan
from collegium.science.errors import UnusableInput
from collegium.science.measurement.agreement import rwg_j
from collegium.science.measurement.groups import GroupMoments, OptionCounts
from collegium.science.measurement.layout import Facet, Item
from collegium.science.measurement.moments import Moments
from collegium.science.results import FloatArray, IntArray

# What somebody thinks correlates with what they thought a term ago by one half or more; the rest is the day's. With the
# full correction of a finite population, nearly everybody having answered would make every trifle a clear difference.
LASTING = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How many answers anything shown rests on.

    `k` is what people were promised. Where those who read are among those who answered, each knows an answer, so that
    k others takes one more.
    """

    k: int = 5
    readers_answered: bool = True

    @property
    def fewest(self) -> int:
        """The smallest number of answers of which anything is shown; pass it to `form_atoms` as well."""
        return self.k + 1 if self.readers_answered else self.k


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A facet in one view: how many have a score, how many have none, the mean (NaN of nobody) and the spread."""

    n: int
    mean: float
    within: float
    n_missing: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Survey:
    """Moments with a row for each atom, and the views as places of atoms.

    In an atom where fewer than `rules.fewest` answered an item or have a score in a facet, those few are left out of
    all figures of that item or facet. So everything published of it is still a union of groups of at least so many.
    """

    moments: Moments
    views: Mapping[str, tuple[int, ...]]
    rules: Rules = Rules()

    @cached_property
    def scores(self) -> Mapping[str, GroupMoments]:
        """Number, mean and spread of each facet's scores by atom; empty where only counts are known."""
        if self.moments.scores is None:
            return {}
        return {facet.key: self.moments.facet_scores(facet.key) for facet in self.moments.layout.facets}

    @cached_property
    def counts(self) -> IntArray:
        """Answers by atom, item and option, without those of items that too few of an atom answered."""
        counts = self.moments.counts.astype(np.int64)
        kept: IntArray = np.where(counts.sum(axis=2, keepdims=True) >= self.rules.fewest, counts, 0)
        return kept

    @cached_property
    def _columns(self) -> Mapping[str, int]:
        return {item.key: place for place, item in enumerate(self.moments.layout.items)}

    @cached_property
    def _scored(self) -> dict[str, list[Score]]:
        """The scores by facet in every view, of the facets that have been asked for so far."""
        return {}

    @cached_property
    def _chosen(self) -> dict[str, list[list[int]]]:
        """The answers by option in every view, of the items that have been asked for so far."""
        return {}

    @cached_property
    def _pooled(self) -> dict[str, list[list[int]]]:
        """The same of all items of a facet together."""
        return {}

    def item(self, key: str) -> Item:
        """Return an item by its key."""
        return self.moments.layout.items[self._columns[key]]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each view in arrays of all views."""
        return {view: place for place, view in enumerate(self.views)}

    @cached_property
    def view_counts(self) -> IntArray:
        """Answers by view, item and option: `counts` added up once for all."""
        shape = (len(self.views), *self.counts.shape[1:])
        added = np.zeros(shape, dtype=np.int64)
        for place, atoms in enumerate(self.views.values()):
            added[place] = self.counts[list(atoms)].sum(axis=0)
        added.setflags(write=False)
        return added

    @cached_property
    def view_sheets(self) -> IntArray:
        """Sheets by view."""
        sheets = np.array([self.moments.sheets[list(atoms)].sum() for atoms in self.views.values()], dtype=np.int64)
        sheets.setflags(write=False)
        return sheets

    def sheets(self, view: str) -> int:
        """How many sheets a view holds."""
        return int(self.view_sheets[self.places[view]])

    def answers(self, view: str, key: str) -> list[int]:
        """Return how many chose each option of an item in a view, as given."""
        if key not in self._chosen:
            self._chosen[key] = self._by_option((key,))[:, 0].tolist()
        return self._chosen[key][self.places[view]]

    def pooled_answers(self, view: str, facet: Facet) -> list[int]:
        """Return how the answers to all items of a facet fall in a view, reversed items turned round."""
        if facet.key not in self._pooled:
            self._pooled[facet.key] = self._turned(facet).sum(axis=1).tolist()
        return self._pooled[facet.key][self.places[view]]

    def _by_option(self, items: tuple[str, ...]) -> IntArray:
        """Return the answers by view, item and option, of items that have the same options."""
        item = self.item(items[0])
        start = item.lowest - self.moments.layout.lowest
        columns = [self._columns[key] for key in items]
        found: IntArray = self.view_counts[:, columns, start : start + item.options]
        return found

    def _turned(self, facet: Facet) -> IntArray:
        """Return the answers to a facet's items, reversed items turned round."""
        given = self._by_option(facet.items)
        turned = np.array([key in facet.reversed_items for key in facet.items])
        return np.where(turned[:, None], given[:, :, ::-1], given)

    def facet_scores(self, view: str, facet: Facet) -> Score:
        """Return the scores of a facet in a view."""
        if facet.key not in self._scored:
            found = self._scores_of_sheets(facet) if facet.key in self.scores else self._scores_of_counts(facet)
            columns = (each.tolist() for each in (found.n, found.mean, found.within, found.n_missing))
            self._scored[facet.key] = [
                Score(n=n, mean=mean, within=within, n_missing=missing)
                for n, mean, within, missing in zip(*columns, strict=True)
            ]
        return self._scored[facet.key][self.places[view]]

    def _scores_of_sheets(self, facet: Facet) -> GroupMoments:
        """Add up the atoms of every view, without those that hold too few scores."""
        atoms = self.scores[facet.key]
        sizes = [len(places) for places in self.views.values()]
        view = np.repeat(np.arange(len(sizes)), sizes)
        places = np.array([place for places in self.views.values() for place in places], dtype=np.int64)
        enough = atoms.n[places] >= self.rules.fewest
        n, own = np.where(enough, atoms.n[places], 0), np.where(enough, atoms.mean[places], 0.0)

        def add(values: FloatArray | IntArray) -> FloatArray:
            return np.bincount(view, values, len(sizes)).astype(np.float64)

        whole = add(n)
        with np.errstate(invalid="ignore"):
            mean = add(n * own) / whole
        within = add(np.where(enough, atoms.within[places] + n * (own - mean[view]) ** 2, 0.0))
        everybody = add(atoms.n[places] + atoms.n_missing[places])
        counted, missing = whole.astype(np.int64), (everybody - whole).astype(np.int64)
        return GroupMoments(labels=tuple(self.views), n=counted, mean=mean, within=within, n_missing=missing)

    def _scores_of_counts(self, facet: Facet) -> GroupMoments:
        """Return a facet's mean as the mean of its items' means.

        How the items go together nobody has counted: the spread is the widest possible, as if all went the same way.
        """
        item = self.item(facet.items[0])
        table = self._turned(facet)
        n = table.sum(axis=2)
        least = n.min(axis=1)
        codes = np.arange(item.lowest, item.highest + 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            means = table @ codes / n
            squares = (table * (codes - means[:, :, None]) ** 2).sum(axis=2)
            errors = np.sqrt(squares / np.maximum(n - 1, 1) / n)
        mean = np.where(least > 0, means.mean(axis=1), np.nan)
        within = np.where(least > 0, errors.mean(axis=1) ** 2 * least * (least - 1), 0.0)
        missing = self.view_sheets - least
        return GroupMoments(labels=tuple(self.views), n=least, mean=mean, within=within, n_missing=missing)

    @cached_property
    def agreement(self) -> Mapping[str, list[float]]:
        """The agreement (rwg(j)) on each facet in every view: of thousands, together is far less work than one by one.

        NaN where there is none, or fewer than twice as many answered as anything shown rests on.
        """
        found = {}
        for facet in self.moments.layout.facets:
            counts = OptionCounts(
                labels=tuple(self.views),
                items=facet.items,
                counts=self._by_option(facet.items),
                sheets=self.view_sheets,
            )
            enough = counts.answers.min(axis=1) >= 2 * self.rules.fewest
            found[facet.key] = np.where(enough, rwg_j(counts).value, np.nan).tolist()
        return found


def make_survey(moments: Moments, plan: AtomPlan, rules: Rules | None = None) -> Survey:
    """Add the cells of moments up to the atoms of a plan. Cells that the plan withholds are left out of everything."""
    rules = rules or Rules()
    # Numbers of one length, so that the sorted atoms keep the order of the plan.
    names = [f"{place:08}" for place in range(len(plan.atoms))]
    homes = {cell: name for name, atom in zip(names, plan.atoms, strict=True) for cell in atom}
    known = set(moments.atoms)
    added = moments.regrouped({cell: name for cell, name in homes.items() if cell in known})
    UnusableInput.unless(
        len(added.atoms) == len(plan.atoms), "unknown_atom", "The plan has atoms of which the moments hold no answers."
    )
    return Survey(moments=added, views=plan.views, rules=rules)
