"""How far a web of ties holds together: its parts, who is reached, how closed and how deep it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from collegium.science.errors import UnusableInput
from collegium.science.networks._putting import estimate, person_values, share
from collegium.science.networks._triads import closed_paths
from collegium.science.networks.network import Network
from collegium.science.networks.values import PersonValues
from collegium.science.results import BoolArray, Caution, Estimate, IntArray, Locked

# A product of tables holds every path of two ties: so many take some 100 MiB.
PATHS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Components(Locked):
    """The parts of a web. `weak` and `strong` name each person's part, numbered from the largest; sizes go with them.

    Within a weak part everybody is linked to everybody by ties of any direction, within a strong one by following ties
    from who turns to whom. `isolates` marks people without any tie; `largest` is the share of people in the largest
    weak part.
    """

    weak: IntArray
    weak_sizes: IntArray
    strong: IntArray
    strong_sizes: IntArray
    isolates: BoolArray
    largest: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How many others each person comes to within some steps, and what share of all others that is on average."""

    people: PersonValues
    mean: Estimate
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Transitivity:
    """How often two whom somebody links are linked themselves: by ties of any direction, and following the ties."""

    undirected: Estimate
    directed: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Cores:
    """How deep in the web each person is, the depth of its innermost part, and how many are in there."""

    people: PersonValues
    highest: int
    members: int


def components(network: Network) -> Components:
    """Return the parts of a web of ties.

    Parameters
    ----------
    network : Network
        Of any size.

    Returns
    -------
    Components
        The largest part has number 0; of parts of the same size the one with the first person comes first. `largest`
        has no value without people.

    Raises
    ------
    UnusableInput
        Never: `Network` refuses what cannot be read.

    References
    ----------
    Wasserman and Faust (1994), Social Network Analysis, section 4.3. Tarjan (1972), SIAM Journal on Computing 1,
    146-160.

    Examples
    --------
    >>> found = components(Network.of(5, [(3, 4), (4, 3), (2, 3)]))
    >>> found.weak.tolist(), found.weak_sizes.tolist(), found.strong_sizes.tolist(), found.largest.value
    ([1, 2, 0, 0, 0], [3, 1, 1], [2, 1, 1, 1], 0.6)
    """
    weak, weak_sizes = _parts(network.pair_graph.connected_components().membership)
    strong, strong_sizes = _parts(network.graph.connected_components(mode="strong").membership)
    largest = share(int(weak_sizes.max(initial=0)), network.n)
    return Components(
        weak=weak,
        weak_sizes=weak_sizes,
        strong=strong,
        strong_sizes=strong_sizes,
        isolates=(network.in_degree + network.out_degree) == 0,
        largest=estimate(
            network, largest, "cohesion: largest component", None if network.n else Caution.TOO_FEW_PEOPLE
        ),
    )


def _parts(membership: list[int]) -> tuple[IntArray, IntArray]:
    """Number the parts from the largest, and return their sizes."""
    codes = np.asarray(membership, dtype=np.int64)
    sizes = np.bincount(codes) if len(codes) else codes
    firsts = np.empty(len(sizes), dtype=np.int64)
    firsts[codes[::-1]] = np.arange(len(codes))[::-1]
    order = np.lexsort((firsts, -sizes))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return place[codes], sizes[order].astype(np.int64)


def reach(network: Network, *, steps: int = 2) -> Reach:
    """Return how many others people come to by asking those whom they ask, and so on.

    Parameters
    ----------
    network : Network
        Steps follow the ties, from who turns to whom.
    steps : int
        At least 1. With two steps: those one turns to, and those whom they turn to.

    Returns
    -------
    Reach
        `people` counts others, from 0 to n - 1; NaN for those who did not answer. `mean` is the average of those who
        answered, as a share of all others, from 0 to 1; no value with fewer than two people or without answers.

    Raises
    ------
    UnusableInput
        If steps is below 1.

    References
    ----------
    Borgatti (2006), Identifying sets of key players in a social network, Computational and Mathematical Organization
    Theory 12, 21-34 (reach in k steps).

    Examples
    --------
    >>> found = reach(Network.of(4, [(0, 1), (1, 2), (2, 3)]))
    >>> found.people.value.tolist(), round(found.mean.value, 4)
    ([2.0, 2.0, 1.0, 0.0], 0.4167)
    """
    UnusableInput.unless(steps >= 1, "steps", "Ties are followed for at least one step.", steps=steps)
    sizes = network.graph.neighborhood_size(order=steps, mode="out") if network.n else []
    others = np.asarray(sizes, dtype=np.float64) - 1
    if network.answered is not None:
        others[~network.answered] = np.nan
    few = Caution.TOO_FEW_PEOPLE if network.n < 2 or not network.n_answered else None
    value = None if few else float(np.nanmean(others)) / (network.n - 1)
    method = f"cohesion: reach, {steps} steps"
    return Reach(people=person_values(network, others, method), mean=estimate(network, value, method, few), steps=steps)


def transitivity(network: Network) -> Transitivity:
    """Return how often those whom somebody links are linked themselves.

    Parameters
    ----------
    network : Network
        Of any size.

    Returns
    -------
    Transitivity
        Both from 0 to 1. No value where nobody links two people (NO_TIES).

    Raises
    ------
    UnusableInput
        Never: `Network` refuses what cannot be read.

    Notes
    -----
    Undirected: three times the triangles of pairs, divided by the paths of two pairs. Directed: of all paths from a
    over v to b, with a and b two people, the share with a tie from a to b.

    References
    ----------
    Newman (2010), Networks, eq. 7.41. Wasserman and Faust (1994), Social Network Analysis, section 6.5; in R's sna:
    "weak" transitivity.

    Examples
    --------
    >>> found = transitivity(Network.of(4, [(0, 1), (1, 2), (0, 2), (2, 3)]))
    >>> round(found.undirected.value, 4), round(found.directed.value, 4)
    (0.6, 0.3333)
    """
    undirected = float(network.pair_graph.transitivity_undirected()) if network.n else np.nan
    paths = int((network.in_degree * network.out_degree).sum()) - int(network.reciprocated.sum())
    directed = share(_closed(network, paths), paths)
    no_pairs = Caution.NO_TIES if np.isnan(undirected) else None
    no_paths = Caution.NO_TIES if directed is None else None
    return Transitivity(
        undirected=estimate(network, None if no_pairs else undirected, "cohesion: transitivity, undirected", no_pairs),
        directed=estimate(network, directed, "cohesion: transitivity, directed", no_paths),
    )


def _closed(network: Network, paths: int) -> int:
    """Count the paths of two ties whose ends are tied; as a product of tables where there are not too many."""
    if paths > PATHS_AT_ONCE:
        return sum(len(found) for found in closed_paths(network))
    ties = network.adjacency
    return int((ties @ ties).multiply(ties).sum())


def cores(network: Network) -> Cores:
    """Return how deep in the web each person is.

    Parameters
    ----------
    network : Network
        Ties of either direction count once.

    Returns
    -------
    Cores
        Somebody is k deep who belongs to a group in which everybody is tied to at least k others of the group, and to
        no such group with k + 1. `highest` is the largest depth (0 without ties), `members` the number of people there.

    Raises
    ------
    UnusableInput
        Never: `Network` refuses what cannot be read.

    References
    ----------
    Seidman (1983), Network structure and minimum degree, Social Networks 5, 269-287. Batagelj and Zaversnik (2011),
    Advances in Data Analysis and Classification 5, 129-145.

    Examples
    --------
    >>> found = cores(Network.of(5, [(0, 1), (1, 2), (2, 0), (2, 3)]))
    >>> found.people.value.tolist(), found.highest, found.members
    ([2.0, 2.0, 2.0, 1.0, 0.0], 2, 3)
    """
    depth = np.asarray(network.pair_graph.coreness(), dtype=np.int64)
    highest = int(depth.max(initial=0))
    return Cores(
        people=person_values(network, depth, "cohesion: cores"),
        highest=highest,
        members=int((depth == highest).sum()),
    )
