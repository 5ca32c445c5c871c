"""Who stands between people: paths that run through them, and how much those they know know each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from collegium.science.errors import UnusableInput
from collegium.science.networks._putting import estimate, person_values, share
from collegium.science.networks.network import Network
from collegium.science.networks.values import PersonValues
from collegium.science.results import Caution, Estimate

# With more people, only paths of a few steps are followed: all of them would take minutes.
ALL_PATHS_UP_TO = 50_000
SHORT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Betweenness:
    """How many shortest paths run through each person, how unequally, and how many steps were followed (None: all)."""

    people: PersonValues
    centralisation: Estimate
    cutoff: int | None


def betweenness(network: Network, *, cutoff: int | None = None) -> Betweenness:
    """Return how many shortest paths between others run through each person.

    Parameters
    ----------
    network : Network
        Paths follow the ties; weights play no part.
    cutoff : int, optional
        Follow paths of at most so many steps. Without it all paths are followed up to 50,000 people, and above those
        of at most 3 steps (caution SHORT_PATHS).

    Returns
    -------
    Betweenness
        `people` from 0 to (n - 1)(n - 2); `centralisation` from 0 to 1, where all paths run through one person. It has
        no value with fewer than three people.

    Raises
    ------
    UnusableInput
        If the cutoff is below 1.

    Notes
    -----
    ``b(v) = sum over a, c of g(a, v, c) / g(a, c)``: g(a, c) shortest paths from a to c, g(a, v, c) of them over v, not
    divided by anything. Centralisation ``sum(max(b) - b(v)) / ((n - 1)^2 (n - 2))``.

    References
    ----------
    Freeman (1977), Sociometry 40, 35-41; (1979), Social Networks 1, 215-239. Brandes (2001), Journal of Mathematical
    Sociology 25, 163-177.

    Examples
    --------
    >>> betweenness(Network.of(4, [(0, 1), (1, 2), (2, 3)])).people.value.tolist()
    [0.0, 2.0, 2.0, 0.0]
    """
    UnusableInput.unless(cutoff is None or cutoff >= 1, "cutoff", "Paths have at least one step.", cutoff=cutoff)
    short = Caution.SHORT_PATHS if cutoff is None and network.n > ALL_PATHS_UP_TO else None
    if short:
        cutoff = SHORT
    values = np.asarray(network.graph.betweenness(directed=True, cutoff=cutoff), dtype=np.float64)
    n = network.n
    spread = float(values.max(initial=0) * n - values.sum())
    value = share(spread, (n - 1) ** 2 * (n - 2)) if n > 2 else None
    few = Caution.TOO_FEW_PEOPLE if value is None else None
    method = "betweenness: all paths" if cutoff is None else f"betweenness: paths of at most {cutoff} steps"
    return Betweenness(
        people=person_values(network, values, method, short),
        centralisation=estimate(network, value, f"{method}, centralisation", few, short),
        cutoff=cutoff,
    )


def constraint(network: Network) -> PersonValues:
    """Return Burt's constraint: how far somebody's ties all lead to people who know each other.

    Parameters
    ----------
    network : Network
        Ties of either direction count, both where there are both; weights play no part.

    Returns
    -------
    PersonValues
        Above 0; 1 for one tie only, and up to 1.125 where few ties repeat each other. NaN without a tie.

    Raises
    ------
    UnusableInput
        Never: `Network` refuses what cannot be read.

    Notes
    -----
    With ``p(i, j) = (a(i, j) + a(j, i)) / sum_k (a(i, k) + a(k, i))``: ``sum_j (p(i, j) + sum_q p(i, q) p(q, j))^2``
    over all j that i is tied to, and q other than both.

    References
    ----------
    Burt (1992), Structural Holes, eq. 2.4, p. 55.

    Examples
    --------
    >>> found = constraint(Network.of(4, [(0, 1), (0, 2)]))
    >>> found.value.tolist()
    [0.5, 1.0, 1.0, nan]
    """
    values = np.asarray(network.graph.constraint() if network.n else [], dtype=np.float64)
    values[(network.in_degree + network.out_degree) == 0] = np.nan
    return person_values(network, values, "constraint: Burt", None if len(network) else Caution.NO_TIES)
