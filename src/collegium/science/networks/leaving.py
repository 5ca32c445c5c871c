"""What is lost when people leave: reach, ties between groups, the whole itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.networks._groups import known_ties
from collegium.science.networks._leavers import check_leavers
from collegium.science.networks._putting import estimate, share
from collegium.science.networks.network import Network
from collegium.science.networks.values import ChanceComparison
from collegium.science.results import BoolArray, Caution, Estimate, FloatArray, IntArray, Interval

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What those who stay lose when others leave.

    Shares lost, from 0 to 1: `reach` of the pairs of stayers of whom one came to the other in two steps, `ties` of all
    ties, `crossing` of the ties between groups. Counts of stayers: `cut_off` were in the largest part and are not in
    the largest piece that is left of it, `isolated` lose their last tie, `without_outside` the last to another group.
    `parted` counts pairs of groups that no tie joins any more.
    """

    leavers: int
    reach: Estimate
    ties: Estimate
    crossing: Estimate
    cut_off: int
    isolated: int
    without_outside: int
    parted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LossComparison:
    """What is lost, beside what is lost when as many leave whom chance picks."""

    loss: Loss
    reach: ChanceComparison
    ties: ChanceComparison
    crossing: ChanceComparison
    cut_off: ChanceComparison
    isolated: ChanceComparison
    without_outside: ChanceComparison
    parted: ChanceComparison


COMPARED = ("reach", "ties", "crossing", "cut_off", "isolated", "without_outside", "parted")


def most_called_on(network: Network, count: int) -> IntArray:
    """Return those whom most turn to.

    Parameters
    ----------
    network : Network
        Of any size.
    count : int
        How many, from 0 to all.

    Returns
    -------
    array of int
        From the most named on; of people named equally often the one with the lower number comes first.

    Raises
    ------
    UnusableInput
        If there are not so many people.

    References
    ----------
    Freeman (1979), Social Networks 1, 215-239 (degree).

    Examples
    --------
    >>> most_called_on(Network.of(4, [(0, 2), (1, 2), (2, 3), (3, 0)]), 2).tolist()
    [2, 0]
    """
    UnusableInput.unless(0 <= count <= network.n, "count", "There are not so many people.", count=count)
    order: IntArray = np.argsort(-network.in_degree, kind="stable")[:count]
    return order


def loss_when_leaving(
    network: Network, leavers: Sequence[int] | IntArray, groups: Sequence[int] | npt.NDArray[Any]
) -> Loss:
    """Return what is lost to the others when some leave.

    Parameters
    ----------
    network : Network
        Of any size.
    leavers : sequence of int
        People, once each; none is legal.
    groups : array of int, one for each person
        From 0, -1 where not known; ties of people without a known group do not count as between groups.

    Returns
    -------
    Loss
        A share has no value where there was nothing to lose (NO_TIES).

    Raises
    ------
    UnusableInput
        If a leaver is nobody or named twice, or groups are not whole numbers of at least -1, one for each person.

    Notes
    -----
    Reach before counts pairs of stayers with a path of one or two ties, over anybody; after, over stayers only.

    References
    ----------
    Borgatti (2006), Identifying sets of key players in a social network, Computational and Mathematical Organization
    Theory 12, 21-34.

    Examples
    --------
    >>> web = Network.of(5, [(0, 1), (1, 2), (3, 1), (3, 4)])
    >>> found = loss_when_leaving(web, [1], [0, 0, 1, 1, 1])
    >>> found.reach.value, found.cut_off, found.isolated, found.parted
    (0.6666666666666666, 2, 2, 1)
    """
    return _Before(network, network.codes(groups)).without(check_leavers(network, leavers))


def compare_with_random_leavers(
    network: Network,
    leavers: Sequence[int] | IntArray,
    groups: Sequence[int] | npt.NDArray[Any],
    *,
    draws: int = 200,
    seed: int = 1,
    level: float = 0.95,
) -> LossComparison:
    """Set what is lost when some leave beside what is lost when as many leave whom chance picks.

    Parameters
    ----------
    network, leavers, groups
        As in `loss_when_leaving`.
    draws : int
        How often chance picks, at least 1.
    seed : int
        The same seed picks the same people, at least 0.
    level : float
        Of what chance gives, between 0 and 1.

    Returns
    -------
    LossComparison
        Chance picks among all people alike, the leavers among them.

    Raises
    ------
    UnusableInput
        As `loss_when_leaving`, or if draws, seed or level are outside their range.

    References
    ----------
    Albert, Jeong and Barabasi (2000), Error and attack tolerance of complex networks, Nature 406, 378-382.

    Examples
    --------
    >>> star = Network.of(6, [(place, 0) for place in range(1, 6)] + [(0, place) for place in range(1, 6)])
    >>> found = compare_with_random_leavers(star, [0], [0] * 6, draws=50)
    >>> found.loss.reach.value, found.reach.mean < 0.5
    (1.0, True)
    """
    Interval.check_level(level)
    UnusableInput.unless(draws >= 1 and seed >= 0, "draws", "At least one draw, and a seed of at least 0, are needed.")
    before, chosen = _Before(network, network.codes(groups)), check_leavers(network, leavers)
    random = np.random.default_rng(seed)
    loss = before.without(chosen)
    drawn = [before.without(random.choice(network.n, len(chosen), replace=False)) for _ in range(draws)]
    compared = {
        name: ChanceComparison.of(_number(loss, name), [_number(one, name, np.nan) for one in drawn], level)
        for name in COMPARED
    }
    return LossComparison(loss=loss, **compared)


def _number(loss: Loss, name: str, none: float | None = None) -> Any:
    value = getattr(loss, name)
    value = value.value if isinstance(value, Estimate) else float(value)
    return none if value is None else value


class _Before:
    """What is there before anybody leaves, worked out once for any number of leavers."""

    def __init__(self, network: Network, codes: IntArray) -> None:
        self.network, self.codes = network, codes
        first, second = codes[network.sources], codes[network.targets]
        self.crossing: BoolArray = known_ties(network, codes) & (first != second)
        size = int(codes.max(initial=-1)) + 1
        # Pairs of groups, whichever way the tie leads.
        self.joins = np.minimum(first, second) * size + np.maximum(first, second)
        self.joined = self._joined(self.crossing)
        self.tied = self._touched(network.edges)
        self.outside = self._touched(network.edges[self.crossing])

    def _joined(self, ties: BoolArray) -> int:
        return len(np.unique(self.joins[ties]))

    def _touched(self, edges: IntArray) -> BoolArray:
        touched = np.zeros(self.network.n, dtype=np.bool_)
        touched[edges.ravel()] = True
        return touched

    @cached_property
    def near(self) -> csr_array:
        """Who comes to whom in one or two steps, themselves among them."""
        from scipy.sparse import eye_array

        step = self.network.adjacency + eye_array(self.network.n, format="csr")
        near = (step @ step).tocsr()
        near.data[:] = 1
        return near

    @cached_property
    def near_counts(self) -> tuple[FloatArray, FloatArray]:
        """How many each comes to, and how many come to each."""
        return np.asarray(self.near.sum(axis=1)).ravel(), np.asarray(self.near.sum(axis=0)).ravel()

    @cached_property
    def largest(self) -> BoolArray:
        """Who is in the largest part."""
        return _largest(self.network.n, self.network.edges)

    def without(self, leavers: IntArray) -> Loss:
        """Return what those who stay lose."""
        network = self.network
        stays = np.ones(network.n, dtype=np.bool_)
        stays[leavers] = False
        left = stays[network.sources] & stays[network.targets]
        edges = network.edges[left]
        crossing = self.crossing & left
        tied, outside = self._touched(edges), self._touched(network.edges[crossing])
        most = int(self.crossing.sum())
        were = self.largest & stays
        return Loss(
            leavers=len(leavers),
            reach=self._estimate(self._reach(stays, leavers), "reach"),
            ties=self._estimate(share(len(network) - len(edges), len(network)), "ties"),
            crossing=self._estimate(share(most - int(crossing.sum()), most), "ties between groups"),
            cut_off=int(were.sum()) - int(_largest(network.n, edges, were).sum()),
            isolated=int((self.tied & stays & ~tied).sum()),
            without_outside=int((self.outside & stays & ~outside).sum()),
            parted=self.joined - self._joined(crossing),
        )

    def _estimate(self, value: float | None, what: str) -> Estimate:
        return estimate(self.network, value, f"resilience: {what} lost", Caution.NO_TIES if value is None else None)

    def _reach(self, stays: BoolArray, leavers: IntArray) -> float | None:
        if not self.network.n:
            return None
        rows, columns = self.near_counts
        among = self.near[leavers][:, leavers].nnz
        staying = len(stays) - len(leavers)
        before = self.near.nnz - int(rows[leavers].sum() + columns[leavers].sum()) + among - staying
        kept = self.network.subset(stays)
        after = sum(kept.graph.neighborhood_size(order=2, mode="out")) - staying if staying else 0
        return share(before - after, before)


def _largest(n: int, edges: IntArray, among: BoolArray | None = None) -> BoolArray:
    """Mark the largest part, the first of several; of those in `among` only."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    people = np.ones(n, dtype=np.bool_) if among is None else among
    if not people.any():
        return people
    ties = coo_array((np.ones(len(edges), dtype=np.int8), (edges[:, 0], edges[:, 1])), shape=(n, n))
    _, part = connected_components(ties, directed=False)
    sizes = np.bincount(part[people], minlength=int(part.max()) + 1)
    found: BoolArray = people & (part == np.argmax(sizes))
    return found
