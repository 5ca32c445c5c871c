"""Atoms: the smallest groups that anything published may be made of. Every one holds at least k answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from collegium.science.errors import UnusableInput

# A group of neighbours is searched completely up to so many cells below k, and so many partitions.
MOST_SMALL_CELLS = 12
LARGEST_SEARCH = 2000
SMALLEST_K = 3

Cells = frozenset[str]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtomPlan:
    """How the cells of a pulse are put together.

    Attributes
    ----------
    atoms : tuple of frozensets of str
        Each a set of cells with at least k answers together; sorted, disjoint.
    views : mapping of str to tuple of int
        The requested views that can be shown, each with its atoms (places in `atoms`).
    lost : tuple of str
        The requested views that cannot: an atom lies across their edge, or nothing of them may be shown.
    withheld : tuple of str
        Cells that reach k with none of their neighbours. Nothing published contains them.
    is_best : bool
        Whether the search was complete in every group of neighbours.
    """

    atoms: tuple[Cells, ...]
    views: Mapping[str, tuple[int, ...]]
    lost: tuple[str, ...]
    withheld: tuple[str, ...]
    is_best: bool


def form_atoms(
    answers: Mapping[str, int],
    neighbours: Sequence[Collection[Pair]],
    views: Mapping[str, Collection[str]],
    *,
    k: int = 5,
) -> AtomPlan:
    """Merge reporting cells until every atom holds at least k answers, keeping as many views as possible.

    Parameters
    ----------
    answers : mapping of str to int
        Every cell in which somebody was asked, and how many answered; 0 is legal, and merged like any other.
    neighbours : sequence of collections of pairs of cells
        Along which pairs cells may be merged; the pairs of an earlier collection are preferred (same school next level,
        then same team's school, then same kind of school in the district).
    views : mapping of str to collection of str
        What one would like to show: a name and its cells. Earlier views do not matter more than later ones.
    k : int
        At least 3. Where those who see the results are among those who answered, each knows an answer: pass k + 1 for k
        others.

    Returns
    -------
    AtomPlan
        The same for any order of the input.

    Raises
    ------
    UnusableInput
        If k is below 3, a count is no whole number of at least 0, or a pair or a view names an unknown cell.

    Notes
    -----
    In each group of cells joined by neighbours, the smallest atom below k is merged with each of its neighbours in turn
    (branch and bound). Best is the partition with most views kept, then the least sum of preferences used, then most
    atoms. With more than 12 cells below k in a group, or beyond 2000 partitions, the best next step is taken without
    looking further: once the one that loses fewest views, once the one to the nearest neighbour, and the better end of
    the two is kept.

    References
    ----------
    Adam and Wortmann (1989), Security-control methods for statistical databases, ACM Computing Surveys 21, 515-556
    (partitioning). The search is ours.

    Examples
    --------
    >>> plan = form_atoms(
    ...     {"hill: teachers": 9, "hill: assistants": 3, "valley: teachers": 6},
    ...     [[("hill: teachers", "hill: assistants")]],
    ...     {"hill": ["hill: teachers", "hill: assistants"], "hill's assistants": ["hill: assistants"]},
    ... )
    >>> [sorted(atom) for atom in plan.atoms], sorted(plan.views), plan.lost
    ([['hill: assistants', 'hill: teachers'], ['valley: teachers']], ['hill'], ("hill's assistants",))
    """
    _check(answers, neighbours, views, k)
    few = [cell for cell, n in answers.items() if n < k]
    # Where nobody near is below k, there is nothing to merge and nothing to search.
    asked = {name: frozenset(cells) for name, cells in views.items()} if few else {}
    beside = _neighbours(answers, neighbours) if few else {}
    groups = _groups(beside, few)
    searched = {cell for group in groups for cell in group}
    views_of: dict[str, list[str]] = {}
    for name, cells in asked.items():
        for cell in cells & searched:
            views_of.setdefault(cell, []).append(name)
    alive = set(views)
    # By its first cell, which no other atom holds.
    atoms: dict[str, Cells] = {cell: frozenset((cell,)) for cell in answers if cell not in searched}
    withheld: list[str] = []
    is_best = True
    for group in groups:
        if sum(answers[cell] for cell in group) < k:
            withheld.extend(group)
            continue
        touched = sorted({name for cell in group for name in views_of.get(cell, ())} & alive)
        partition, complete = _Search(answers, beside, [asked[name] for name in touched], group, k).best()
        is_best &= complete
        atoms |= {min(atom): atom for atom in partition}
        merged = [atom for atom in partition if len(atom) > 1]
        alive -= {name for name in touched if any(_cuts(asked[name], atom) for atom in merged)}
    found = tuple(map(atoms.__getitem__, sorted(atoms)))
    home = {cell: place for place, atom in enumerate(found) for cell in atom}
    gone = frozenset(withheld)
    shown = {}
    for name in sorted(alive):
        places = set(map(home.__getitem__, asked[name] - gone if gone else views[name]))
        if places:
            shown[name] = tuple(sorted(places))
    return AtomPlan(
        atoms=found,
        views=shown,
        lost=tuple(sorted(views.keys() - shown.keys())),
        withheld=tuple(sorted(withheld)),
        is_best=is_best,
    )


def _check(
    answers: Mapping[str, int],
    neighbours: Sequence[Collection[Pair]],
    views: Mapping[str, Collection[str]],
    k: int,
) -> None:
    UnusableInput.unless(k >= SMALLEST_K, "k", f"k is at least {SMALLEST_K}.", k=k)
    UnusableInput.unless(
        all(issubclass(kind, int) for kind in set(map(type, answers.values())))
        and min(answers.values(), default=0) >= 0,
        "not_counts",
        "Answers are counted from 0.",
    )
    named = set(chain.from_iterable(chain(views.values(), chain.from_iterable(neighbours))))
    unknown = sorted(named - answers.keys())
    UnusableInput.unless(not unknown, "unknown_cell", f"Unknown cells: {', '.join(unknown)}.", cells=unknown)


def _neighbours(answers: Mapping[str, int], neighbours: Sequence[Collection[Pair]]) -> dict[str, dict[str, int]]:
    """Return each cell's neighbours, each with the first collection that names the pair."""
    beside: dict[str, dict[str, int]] = {cell: {} for cell in answers}
    for place, pairs in enumerate(neighbours):
        for one, other in pairs:
            if one != other:
                beside[one].setdefault(other, place)
                beside[other].setdefault(one, place)
    return beside


def _groups(beside: Mapping[str, Mapping[str, int]], few: Collection[str]) -> list[list[str]]:
    """Return the cells that neighbours join to those of `few`, directly or through others, sorted."""
    groups, seen = [], set[str]()
    for start in sorted(few):
        if start in seen:
            continue
        group, waiting = {start}, [start]
        while waiting:
            new = set(beside[waiting.pop()]) - group
            group |= new
            waiting.extend(new)
        seen |= group
        groups.append(sorted(group))
    return groups


def _cuts(view: Cells, atom: Cells) -> bool:
    """Say whether an atom lies across the edge of a view."""
    return not (atom <= view or atom.isdisjoint(view))


@dataclass(frozen=True, slots=True)
class _State:
    """A partition on its way: its atoms, the views they leave whole (one bit each), and the preferences used so far."""

    atoms: frozenset[Cells]
    whole: int
    cost: int


class _Search:
    """The search in one group of neighbours; `views` are those that touch it and are not yet lost in another."""

    def __init__(
        self,
        answers: Mapping[str, int],
        beside: Mapping[str, Mapping[str, int]],
        views: Sequence[Cells],
        group: Sequence[str],
        k: int,
    ) -> None:
        cells = frozenset(group)
        self.inside = dict.fromkeys(group, 0)
        for bit, view in enumerate(views):
            for cell in view & cells:
                self.inside[cell] |= 1 << bit
        self.sizes: dict[Cells, int] = {frozenset((cell,)): answers[cell] for cell in group}
        self.start = _State(frozenset(self.sizes), (1 << len(views)) - 1, 0)
        self.beside = beside
        self.k = k

    def best(self) -> tuple[frozenset[Cells], bool]:
        """Return the best partition, and whether all were considered."""
        # Neither way is always better: one looks at what each step loses, the other keeps to the nearest neighbours.
        best = max(self._greedy(_fewest_lost), self._greedy(_nearest), key=_score)
        if sum(self.sizes[atom] < self.k for atom in self.start.atoms) > MOST_SMALL_CELLS:
            return best.atoms, False
        waiting, seen = [self.start], {self.start.atoms}
        while waiting:
            state = waiting.pop()
            if state.whole.bit_count() < best.whole.bit_count():
                continue  # merging on only loses views
            steps = self._steps(state)
            if not steps:
                best = max(best, state, key=_score)
            for step in steps:
                if step.atoms not in seen:
                    seen.add(step.atoms)
                    waiting.append(step)
            if len(seen) > LARGEST_SEARCH:
                return best.atoms, False
        return best.atoms, True

    def _greedy(self, prefer: Callable[[_State], tuple[int, int]]) -> _State:
        """Take the preferred step until none is left; of equals the last in order."""
        state = self.start
        while steps := self._steps(state):
            state = max(steps, key=prefer)
        return state

    def _steps(self, state: _State) -> list[_State]:
        """Merge the smallest atom below k with each of its neighbours, in the order of their names."""
        few = [atom for atom in state.atoms if self.sizes[atom] < self.k]
        if not few:
            return []
        smallest = min(few, key=lambda atom: (self.sizes[atom], min(atom)))
        home = {cell: atom for atom in state.atoms for cell in atom}
        costs: dict[Cells, int] = {}
        for cell in smallest:
            for other, cost in self.beside[cell].items():
                if (atom := home[other]) != smallest:
                    costs[atom] = min(cost, costs.get(atom, cost))
        steps = []
        for atom in sorted(costs, key=min):
            merged = smallest | atom
            self.sizes[merged] = self.sizes[smallest] + self.sizes[atom]
            # An atom of a whole view lies inside it or outside; so one cell of each says which views are cut.
            cut = self.inside[min(smallest)] ^ self.inside[min(atom)]
            atoms = state.atoms - {smallest, atom} | {merged}
            steps.append(_State(atoms, state.whole & ~cut, state.cost + costs[atom]))
        return steps


def _fewest_lost(step: _State) -> tuple[int, int]:
    return step.whole.bit_count(), -step.cost


def _nearest(step: _State) -> tuple[int, int]:
    return -step.cost, step.whole.bit_count()


def _score(state: _State) -> tuple[int, int, int, list[list[str]]]:
    """Better is larger; the names decide between equals, so that the order of the input cannot."""
    return state.whole.bit_count(), -state.cost, len(state.atoms), sorted(sorted(atom) for atom in state.atoms)
