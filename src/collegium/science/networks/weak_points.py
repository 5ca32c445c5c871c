"""Where a web hangs together by one person or one tie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from collegium.science.networks._putting import cautions_of
from collegium.science.networks.network import Network
from collegium.science.results import BoolArray, Caution, IntArray, Locked


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WeakPoints(Locked):
    """People and pairs without whom parts of the web would come apart, in ties of any direction.

    `articulation` marks the people; `cut_off` is for each person how many would be parted from the largest piece that
    is left of their part (0 for all others); `bridges` are the pairs whose tie alone joins two pieces, the smaller
    number first, in order.
    """

    articulation: BoolArray
    cut_off: IntArray
    bridges: IntArray
    n_used: int
    n_missing: int
    method: str
    cautions: tuple[Caution, ...]

    @property
    def worst(self) -> int | None:
        """The person without whom most would be cut off, the first of several; None where nobody is."""
        return int(np.argmax(self.cut_off)) if self.cut_off.any() else None


def weak_points(network: Network) -> WeakPoints:
    """Return the people and the ties without which the web would come apart.

    Parameters
    ----------
    network : Network
        Ties of either direction hold two people together.

    Returns
    -------
    WeakPoints
        All empty without ties.

    Raises
    ------
    UnusableInput
        Never: `Network` refuses what cannot be read.

    Notes
    -----
    A person is an articulation point who belongs to two or more blocks (largest sets of people that any one of them may
    leave without the others coming apart). Blocks and articulation points form a tree; what hangs on each branch is
    added up once, from the leaves.

    References
    ----------
    Hopcroft and Tarjan (1973), Communications of the ACM 16, 372-378. Harary (1969), Graph Theory, chapter 3.

    Examples
    --------
    >>> found = weak_points(Network.of(5, [(0, 1), (1, 2), (2, 3), (3, 1), (3, 4)]))
    >>> found.articulation.tolist(), found.cut_off.tolist(), found.bridges.tolist()
    ([False, True, False, True, False], [0, 1, 0, 1, 0], [[0, 1], [3, 4]])
    """
    graph = network.pair_graph
    blocks, points = graph.biconnected_components(return_articulation_points=True)
    articulation = np.zeros(network.n, dtype=np.bool_)
    articulation[points] = True
    bridges = network.pairs[np.sort(np.asarray(graph.bridges(), dtype=np.int64))]
    return WeakPoints(
        articulation=articulation,
        cut_off=_cut_off(network, list(blocks), articulation),
        bridges=bridges,
        n_used=network.n_answered,
        n_missing=network.n - network.n_answered,
        method="resilience: weak points",
        cautions=cautions_of(network),
    )


def _cut_off(network: Network, blocks: list[list[int]], articulation: BoolArray) -> IntArray:
    """Count for each person those parted from the largest piece that is left."""
    found = np.zeros(network.n, dtype=np.int64)
    if not articulation.any():
        return found
    # The tree of blocks and articulation points; blocks are numbered after the people.
    beside: dict[int, list[int]] = {}
    weight: dict[int, int] = {}
    for number, people in enumerate(blocks):
        block, points = network.n + number, [person for person in people if articulation[person]]
        weight[block] = len(people) - len(points)
        for person in points:
            weight[person] = 1
            beside.setdefault(block, []).append(person)
            beside.setdefault(person, []).append(block)
    seen: set[int] = set()
    for root in beside:
        if root not in seen:
            seen.update(_branches(root, beside, weight, found))
    return found


def _branches(root: int, beside: dict[int, list[int]], weight: dict[int, int], found: IntArray) -> list[int]:
    """Add up what hangs on each branch of one tree, from the leaves, and return what is in the tree."""
    above, order = {root: -1}, [root]
    for one in order:
        for other in beside[one]:
            if other not in above:
                above[other] = one
                order.append(other)
    hanging = {one: weight[one] for one in order}
    for one in reversed(order[1:]):
        hanging[above[one]] += hanging[one]
    for one in order:
        if one < len(found):
            pieces = [hanging[other] for other in beside[one] if above[other] == one]
            found[one] = hanging[root] - 1 - max(*pieces, hanging[root] - hanging[one], 0)
    return order
