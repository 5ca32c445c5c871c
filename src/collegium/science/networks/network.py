"""The ties among a number of people, as every function of this family takes them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.results import BoolArray, FloatArray, IntArray, Locked

if TYPE_CHECKING:
    from igraph import Graph
    from scipy.sparse import csr_array

NO_GROUP = -1


@dataclass(frozen=True, kw_only=True, eq=False)
class Network(Locked):
    """Directed ties among `n` people, who are numbered from 0.

    `edges` has a row for each tie: who said so (turns to, asks, supports ...) and whom. No row names somebody twice
    or stands there twice. `weights` are finite and above 0, one for each tie: how often, how much. Rows are kept in the
    order of their people, whatever order they come in, so that the same ties give the same results. `answered` says of
    each person whether they told their ties, where that was asked; None means that all did. To read it: `in_degree`,
    `out_degree`, `adjacency`, `pairs`; `digest` names what is in it.
    """

    n: int
    edges: IntArray
    weights: FloatArray | None = None
    answered: BoolArray | None = None

    def __post_init__(self) -> None:
        UnusableInput.unless(self.n >= 0, "people", "There cannot be fewer than no people.", n=self.n)
        UnusableInput.unless(
            self.edges.ndim == 2 and self.edges.shape[1] == 2 and np.issubdtype(self.edges.dtype, np.integer),
            "shape",
            "Ties are rows of two whole numbers.",
        )
        edges, weights = self.edges.astype(np.int64), self.weights
        _refuse_first(((edges < 0) | (edges >= self.n)).any(axis=1), edges, "unknown_person", "names nobody here")
        _refuse_first(edges[:, 0] == edges[:, 1], edges, "self_tie", "ties a person to themselves")
        keys = edges[:, 0] * max(self.n, 1) + edges[:, 1]
        order = np.argsort(keys, kind="stable")
        repeated = np.zeros(len(edges), dtype=np.bool_)
        repeated[order[1:]] = keys[order[1:]] == keys[order[:-1]]
        _refuse_first(repeated, edges, "duplicate_tie", "is there already")
        object.__setattr__(self, "edges", edges[order])
        if weights is not None:
            UnusableInput.unless(weights.shape == (len(edges),), "shape", "Each tie needs one weight, and no more.")
            _refuse_first(~(np.isfinite(weights) & (weights > 0)), edges, "weight", "has a weight that is not above 0")
            object.__setattr__(self, "weights", weights.astype(np.float64)[order])
        if self.answered is not None:
            UnusableInput.unless(
                self.answered.shape == (self.n,) and self.answered.dtype == np.bool_,
                "shape",
                "Whether somebody answered is said once for each person.",
            )
            _refuse_first(~self.answered[edges[:, 0]], edges, "not_answered", "was told by somebody who did not answer")
            object.__setattr__(self, "answered", self.answered.copy())
        Locked.__post_init__(self)

    @classmethod
    def of(
        cls,
        n: int,
        edges: npt.ArrayLike,
        weights: npt.ArrayLike | None = None,
        answered: npt.ArrayLike | None = None,
    ) -> Network:
        """Take ties in any shape that NumPy reads as rows of two; none at all is legal."""
        rows = np.asarray(edges)
        return cls(
            n=n,
            edges=rows.astype(np.int64).reshape(0, 2) if rows.size == 0 else rows,
            weights=None if weights is None else np.asarray(weights, dtype=np.float64),
            answered=None if answered is None else np.asarray(answered, dtype=np.bool_),
        )

    def __len__(self) -> int:
        """How many ties there are."""
        return len(self.edges)

    @property
    def n_answered(self) -> int:
        """How many people told their ties."""
        return self.n if self.answered is None else int(self.answered.sum())

    @cached_property
    def told(self) -> BoolArray:
        """Who told their ties: everybody, where nobody is known to have kept silent."""
        if self.answered is not None:
            return self.answered
        found = np.ones(self.n, dtype=np.bool_)
        found.setflags(write=False)
        return found

    @property
    def sources(self) -> IntArray:
        """Who named somebody, one a tie."""
        return self.edges[:, 0]

    @property
    def targets(self) -> IntArray:
        """Who was named, one a tie."""
        return self.edges[:, 1]

    @cached_property
    def in_degree(self) -> IntArray:
        """How many named each person."""
        return _locked(np.bincount(self.targets, minlength=self.n))

    @cached_property
    def out_degree(self) -> IntArray:
        """How many each person named."""
        return _locked(np.bincount(self.sources, minlength=self.n))

    @cached_property
    def keys(self) -> IntArray:
        """One number for each tie, rising: source times n plus target."""
        return _locked(self.sources * max(self.n, 1) + self.targets)

    @cached_property
    def reciprocated(self) -> BoolArray:
        """Whether each tie is answered by one the other way."""
        back = self.targets * max(self.n, 1) + self.sources
        places = np.searchsorted(self.keys, back)
        found = np.zeros(len(self), dtype=np.bool_)
        inside = places < len(self)
        found[inside] = self.keys[places[inside]] == back[inside]
        found.setflags(write=False)
        return found

    @cached_property
    def pairs(self) -> IntArray:
        """The pairs of people with a tie in either direction, the smaller number first, in order."""
        kept = (self.sources < self.targets) | ~self.reciprocated
        first, second = self.sources[kept], self.targets[kept]
        keys = np.sort(np.minimum(first, second) * max(self.n, 1) + np.maximum(first, second))
        return _locked(np.stack((keys // max(self.n, 1), keys % max(self.n, 1)), axis=1))

    @cached_property
    def adjacency(self) -> csr_array:
        """Ones where there is a tie, row to column; weights play no part."""
        from scipy.sparse import csr_array

        starts = np.concatenate(([0], np.cumsum(self.out_degree)))
        return csr_array((np.ones(len(self)), self.targets, starts), shape=(self.n, self.n))

    @cached_property
    def graph(self) -> Graph:
        """The same for igraph, directed; not to be changed."""
        return _graph(self.n, self.edges, directed=True)

    @cached_property
    def pair_graph(self) -> Graph:
        """The pairs for igraph, undirected; not to be changed."""
        return _graph(self.n, self.pairs, directed=False)

    @cached_property
    def digest(self) -> str:
        """A name of what is in it, by SHA-256: the same ties, the same name."""
        taken = hashlib.sha256(f"{self.n}\n".encode())
        taken.update(self.edges.astype("<i8").tobytes())
        if self.weights is not None:
            taken.update(b"weights" + self.weights.astype("<f8").tobytes())
        if self.answered is not None:
            taken.update(b"answered" + self.answered.tobytes())
        return taken.hexdigest()

    def codes(self, groups: Sequence[int] | npt.NDArray[Any]) -> IntArray:
        """Check groups of the people: whole numbers from 0, NO_GROUP (-1) where somebody's is not known."""
        codes = np.asarray(groups)
        UnusableInput.unless(
            codes.shape == (self.n,) and (self.n == 0 or np.issubdtype(codes.dtype, np.integer)),
            "groups",
            "Each person needs one group, given as a whole number.",
        )
        UnusableInput.unless((codes >= NO_GROUP).all(), "groups", "Groups are numbered from 0; -1 stands for none.")
        return codes.astype(np.int64)

    def subset(self, people: npt.ArrayLike) -> Network:
        """Keep these people, numbered anew in the order given, and the ties among them."""
        kept = np.asarray(people)
        kept = np.flatnonzero(kept) if kept.dtype == np.bool_ else kept.astype(np.int64)
        UnusableInput.unless(
            len(np.unique(kept)) == len(kept) and ((kept >= 0) & (kept < self.n)).all(),
            "unknown_person",
            "People to keep are named once each, and must be there.",
        )
        place = np.full(self.n, -1, dtype=np.int64)
        place[kept] = np.arange(len(kept))
        edges = place[self.edges]
        inside = (edges >= 0).all(axis=1)
        weights = None if self.weights is None else self.weights[inside]
        answered = None if self.answered is None else self.answered[kept]
        return Network(n=len(kept), edges=edges[inside], weights=weights, answered=answered)

    def at_least(self, weight: float) -> Network:
        """Keep the ties of at least this weight; without weights every tie weighs 1."""
        kept = (np.ones(len(self)) if self.weights is None else self.weights) >= weight
        return Network(n=self.n, edges=self.edges[kept], weights=None if self.weights is None else self.weights[kept])


def _refuse_first(wrong: npt.NDArray[np.bool_] | np.bool_, edges: IntArray, code: str, what: str) -> None:
    if wrong.any():
        row = int(np.argmax(wrong))
        source, target = (int(each) for each in edges[row])
        message = f"The tie from {source} to {target} (row {row}) {what}."
        raise UnusableInput(code, message, row=row, source=source, target=target)


def _locked(array: npt.NDArray[Any]) -> IntArray:
    whole: IntArray = array.astype(np.int64, copy=False)
    whole.setflags(write=False)
    return whole


def _graph(n: int, edges: IntArray, *, directed: bool) -> Graph:
    # Loading igraph takes longer than most measures do.
    from igraph import Graph

    return Graph(n=n, edges=edges.tolist(), directed=directed)
