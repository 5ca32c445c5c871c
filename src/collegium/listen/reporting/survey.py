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
        counts = self.moments.counts
        kept: IntArray = np.where(counts.sum(axis=2, keepdims=True) >= self.rules.fewest, counts, 0)
        return kept

    @cached_property
    def _columns(self) -> Mapping[str, int]:
        return {item.key: place for place, item in enumerate(self.moments.layout.items)}

    @cached_property
    def _scored(self) -> dict[tuple[str, str], GroupMoments]:
        """The scores of views and facets that have been asked for so far: several figures rest on the same."""
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

    def answers(self, view: str, key: str) -> IntArray:
        """Return how many chose each option of an item in a view, as given."""
        item = self.item(key)
        start = item.lowest - self._lowest
        found: IntArray = self.view_counts[self.places[view], self._columns[key], start : start + item.options]
        return found

    @cached_property
    def _lowest(self) -> int:
        return self.moments.layout.lowest

    def facet_scores(self, view: str, facet: Facet) -> GroupMoments:
        """Return the scores of a facet in a view as one group."""
        asked = (view, facet.key)
        if asked not in self._scored:
            if facet.key in self.scores:
                places = np.array(self.views[view], dtype=np.int64)
                self._scored[asked] = _together(view, self.scores[facet.key], places, self.rules.fewest)
            else:
                self._scored[asked] = self._scores_of_counts(view, facet)
        return self._scored[asked]

    def _scores_of_counts(self, view: str, facet: Facet) -> GroupMoments:
        """Return a facet's mean as the mean of its items' means.

        How the items go together nobody has counted: the spread is the widest possible, as if all went the same way.
        """
        item = self.item(facet.items[0])
        rows = [self.answers(view, key) for key in facet.items]
        table = np.array(
            [row[::-1] if key in facet.reversed_items else row for key, row in zip(facet.items, rows, strict=True)]
        )
        n = table.sum(axis=1)
        least = int(n.min())
        whole = np.array([least], dtype=np.int64)
        mean, within = np.full(1, np.nan), np.zeros(1)
        if least:
            codes = np.arange(item.lowest, item.highest + 1)
            means = table @ codes / n
            errors = np.sqrt((table * (codes - means[:, None]) ** 2).sum(axis=1) / np.maximum(n - 1, 1) / n)
            mean = means.mean(keepdims=True)
            within = np.array([float(errors.mean()) ** 2 * least * (least - 1)])
        missing = self.sheets(view) - whole
        return GroupMoments(labels=(view,), n=whole, mean=mean, within=within, n_missing=missing)

    def option_counts(self, view: str, items: tuple[str, ...]) -> OptionCounts:
        """Return the answers to items with the same options in a view as one group, as given."""
        place = self.places[view]
        return self._option_counts((view,), slice(place, place + 1), items)

    @cached_property
    def agreement(self) -> Mapping[str, FloatArray]:
        """The agreement (rwg(j)) on each facet in every view: of thousands, together is far less work than one by one.

        NaN where there is none, or fewer than twice as many answered as anything shown rests on.
        """
        found = {}
        for facet in self.moments.layout.facets:
            counts = self._option_counts(tuple(self.views), slice(None), facet.items)
            enough = counts.answers.min(axis=1) >= 2 * self.rules.fewest
            found[facet.key] = np.where(enough, rwg_j(counts).value, np.nan)
        return found

    def _option_counts(self, labels: tuple[str, ...], places: slice, items: tuple[str, ...]) -> OptionCounts:
        layout = self.moments.layout
        columns = layout.columns(items)
        item = layout.items[columns[0]]
        start = item.lowest - layout.lowest
        counts = self.view_counts[places][:, columns, start : start + item.options]
        return OptionCounts(labels=labels, items=items, counts=counts, sheets=self.view_sheets[places])


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


def _together(view: str, groups: GroupMoments, places: IntArray, fewest: int) -> GroupMoments:
    """Return some atoms as one group, without those that hold too few scores."""
    kept = places[groups.n[places] >= fewest]
    n, whole = groups.n[kept], groups.n[kept].sum(keepdims=True)
    mean, within = np.full(1, np.nan), np.zeros(1)
    if len(kept):
        mean = (n * groups.mean[kept]).sum(keepdims=True) / whole
        within = (groups.within[kept] + n * (groups.mean[kept] - mean) ** 2).sum(keepdims=True)
    everybody = (groups.n[places] + groups.n_missing[places]).sum(keepdims=True)
    return GroupMoments(labels=(view,), n=whole, mean=mean, within=within, n_missing=everybody - whole)
