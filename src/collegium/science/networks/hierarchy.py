"""How far a web of ties is the tree that a chart of an organisation draws: Krackhardt's four dimensions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from collegium.science.networks._bounds import Order, order_of
from collegium.science.networks._putting import estimate, share
from collegium.science.networks.cohesion import Components, components
from collegium.science.networks.network import Network
from collegium.science.results import Caution, Estimate, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Krackhardt:
    """All 1 for a tree whose ties lead away from its root. `efficiency_of_ties` counts mutual ties twice."""

    connectedness: Estimate
    hierarchy: Estimate
    efficiency: Estimate
    efficiency_of_ties: Estimate
    lubness: Estimate


def krackhardt(network: Network) -> Krackhardt:
    """Return Krackhardt's dimensions: connectedness, hierarchy, efficiency and least upper bounds.

    Parameters
    ----------
    network : Network
        Somebody is above those whom following the ties from them comes to; for ties of advice, which lead from who asks
        to who is asked, turn the ties round first if who is asked is to be above.

    Returns
    -------
    Krackhardt
        Each from 0 to 1. `connectedness` has no value with fewer than two people, `hierarchy` without ties (NO_TIES),
        `efficiency` and `lubness` where no part has three people (TOO_FEW_PEOPLE). `hierarchy` and `lubness` have none
        either in webs with a part that falls into more than some 20,000 strong parts, or takes too long (TOO_LARGE).

    Raises
    ------
    UnusableInput
        Never: `Network` refuses what cannot be read.

    Notes
    -----
    Over the weak parts, of N_c people with P_c linked pairs: ``connectedness = sum N_c (N_c - 1) / (n (n - 1))``;
    ``efficiency = 1 - sum(P_c - (N_c - 1)) / sum(N_c (N_c - 1) / 2 - (N_c - 1))``, and for ties with m_c ties in place
    of P_c and ``N_c (N_c - 1)`` possible ones; ``hierarchy``: of the pairs of whom one is above the other, the share
    whose other is not above the one; ``lubness = 1 - V / sum((N_c - 1)(N_c - 2) / 2)`` with V pairs of the same part
    that have no least upper bound: a person above both (or one of the two) below all others who are above both.

    References
    ----------
    Krackhardt (1994), Graph theoretical dimensions of informal organizations, in Carley and Prietula (eds),
    Computational Organization Theory, 89-111.

    Examples
    --------
    >>> found = krackhardt(Network.of(5, [(0, 2), (1, 2), (2, 3), (2, 4)]))  # two bosses
    >>> found.hierarchy.value, round(found.lubness.value, 4)
    (1.0, 0.8333)
    """
    parts = components(network)
    n, sizes = network.n, parts.weak_sizes
    excess = int((sizes - 1).sum())
    possible = int((sizes * (sizes - 1)).sum())
    orders = _orders(network, parts)
    mutual = int((parts.strong_sizes * (parts.strong_sizes - 1)).sum()) // 2
    one_way = None if orders is None else sum(order.one_way for order in orders)
    unbounded = None if orders is None else [order.unbounded for order in orders]
    few = Caution.TOO_FEW_PEOPLE
    large = Caution.TOO_LARGE

    def efficiency(count: int, most: int, form: str) -> Estimate:
        wasted = share(count - excess, most - excess)
        value = None if wasted is None else 1 - wasted
        return estimate(network, value, f"krackhardt: {form}", few if value is None else None)

    above = None if one_way is None else share(one_way, one_way + mutual)
    no_order = large if one_way is None else Caution.NO_TIES
    connected = share(possible, n * (n - 1))
    most_unbounded = int(((sizes - 1) * (sizes - 2)).sum()) // 2
    bounded, no_bounds = None, few
    if most_unbounded:
        if unbounded is None or None in unbounded:
            no_bounds = large
        else:
            bounded = 1 - sum(count or 0 for count in unbounded) / most_unbounded
    return Krackhardt(
        connectedness=estimate(network, connected, "krackhardt: connectedness", few if connected is None else None),
        hierarchy=estimate(network, above, "krackhardt: hierarchy", no_order if above is None else None),
        efficiency=efficiency(len(network.pairs), possible // 2, "efficiency"),
        efficiency_of_ties=efficiency(len(network), possible, "efficiency of ties"),
        lubness=estimate(network, bounded, "krackhardt: LUBness", no_bounds if bounded is None else None),
    )


def _orders(network: Network, parts: Components) -> list[Order] | None:
    """Return what every weak part of two or more people comes to; None where one is too large."""
    from igraph import Graph

    strong = parts.strong[network.edges]
    count = len(parts.strong_sizes)
    between = np.unique(strong[strong[:, 0] != strong[:, 1]] @ np.array([count, 1])) if len(strong) else strong[:, 0]
    ties: IntArray = np.stack((between // max(count, 1), between % max(count, 1)), axis=1)
    order = np.asarray(Graph(n=count, edges=ties.tolist(), directed=True).topological_sorting(), dtype=np.int64)
    weak = np.empty(count, dtype=np.int64)
    weak[parts.strong] = parts.weak
    # Weak part by weak part, and within each whoever is above first.
    order = order[np.argsort(weak[order], kind="stable")]
    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count)
    ties = place[ties]
    ties = ties[np.argsort(ties[:, 1], kind="stable")]
    sizes = parts.strong_sizes[order]
    bounds = np.searchsorted(weak[order], np.arange(len(parts.weak_sizes) + 1))
    found = []
    for start, stop in pairwise(bounds.tolist()):
        if stop - start < 2:  # one strong part: everybody is above everybody
            continue
        first, last = np.searchsorted(ties[:, 1], (start, stop))
        one = order_of(sizes[start:stop], ties[first:last] - start)
        if one is None:
            return None
        found.append(one)
    return found
