"""How ties link groups: within and between, across schools and levels, weak and close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.networks._groups import known_ties, possible_inside, unknown_groups
from collegium.science.networks._putting import estimate, share, shares
from collegium.science.networks.network import Network
from collegium.science.results import BoolArray, Caution, Estimate, FloatArray, IntArray, Locked


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bonding(Locked):
    """Ties inside groups (bonding) and between them (bridging), as shares of all.

    `turns_inward` marks people who answered and turn to nobody outside their group, `without_outside` those who have no
    tie there in either direction.
    """

    bonding: Estimate
    bridging: Estimate
    turns_inward: BoolArray
    without_outside: BoolArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Links(Locked):
    """Ties within (row 0) and across schools (row 1), to the same level (column 0) and to another (column 1).

    `horizontal` is the share of all ties that leads across schools to the same level, `vertical` the share that leads
    to another level, in the same school or another. `expected` is what each would be if all possible ties were as
    likely.
    """

    counts: IntArray
    possible: IntArray
    density: FloatArray
    horizontal: Estimate
    vertical: Estimate
    expected_horizontal: float | None
    expected_vertical: float | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Proximity(Locked):
    """How many ties are how close: columns are bands of weight from the weakest; row 0 inside groups, row 1 between."""

    bands: FloatArray
    counts: IntArray
    shares: FloatArray
    n_used: int
    n_missing: int
    method: str


def bonding_and_bridging(network: Network, groups: Sequence[int] | npt.NDArray[Any]) -> Bonding:
    """Return how many ties stay inside groups, how many lead between them, and for whom none does.

    Parameters
    ----------
    network : Network
        Ties of people without a known group are left out.
    groups : array of int, one for each person
        From 0, -1 where not known.

    Returns
    -------
    Bonding
        Shares from 0 to 1 that add up to 1; no value without ties (NO_TIES). People without a known group are not
        marked, nor, in `turns_inward`, people who did not answer.

    Raises
    ------
    UnusableInput
        If groups are not whole numbers of at least -1, one for each person.

    Notes
    -----
    Bridging is ``E / m``, E ties between groups of m; the E-I index is ``2 E / m - 1``.

    References
    ----------
    Putnam (2000), Bowling Alone, 22-24 (the words); Krackhardt and Stern (1988), Social Psychology Quarterly 51,
    123-140 (the count).

    Examples
    --------
    >>> found = bonding_and_bridging(Network.of(4, [(0, 1), (1, 0), (1, 2), (2, 3)]), [0, 0, 1, 1])
    >>> found.bridging.value, found.turns_inward.tolist(), found.without_outside.tolist()
    (0.25, [True, False, True, True], [True, False, False, True])
    """
    codes = network.codes(groups)
    kept = network.edges[known_ties(network, codes)]
    out = kept[codes[kept[:, 0]] != codes[kept[:, 1]]]
    bonding, bridging = share(len(kept) - len(out), len(kept)), share(len(out), len(kept))
    none = None if len(kept) else Caution.NO_TIES
    told = network.told
    outward = np.bincount(out[:, 0], minlength=network.n) > 0
    inward = np.bincount(out[:, 1], minlength=network.n) > 0
    return Bonding(
        bonding=estimate(network, bonding, "bonding: bonding", none, unknown_groups(codes)),
        bridging=estimate(network, bridging, "bonding: bridging", none, unknown_groups(codes)),
        turns_inward=~outward & told & (codes >= 0),
        without_outside=~outward & ~inward & (codes >= 0),
    )


def links(
    network: Network,
    schools: Sequence[int] | npt.NDArray[Any],
    levels: Sequence[int] | npt.NDArray[Any],
) -> Links:
    """Return how ties lead across schools and levels: horizontal and vertical links.

    Parameters
    ----------
    network : Network
        Ties of people whose school or level is not known are left out.
    schools, levels : array of int, one for each person
        From 0, -1 where not known.

    Returns
    -------
    Links
        No value without ties (NO_TIES).

    Raises
    ------
    UnusableInput
        If schools or levels are not whole numbers of at least -1, one for each person.

    Notes
    -----
    Possible ties are those of people who answered to everybody else; expected is the share of possible ties.

    References
    ----------
    Gu and others (2012), Leadership of great pedagogy in teaching school alliances (the two directions).

    Examples
    --------
    >>> found = links(Network.of(4, [(0, 1), (0, 2), (1, 3), (3, 2)]), [0, 0, 1, 1], [0, 1, 0, 1])
    >>> found.counts.tolist(), found.horizontal.value, found.vertical.value
    ([[0, 2], [2, 0]], 0.5, 0.5)
    """
    school, level = network.codes(schools), network.codes(levels)
    whole = np.where((school < 0) | (level < 0), -1, 0)
    known = known_ties(network, whole)
    edges = network.edges[known]
    across = school[edges[:, 0]] != school[edges[:, 1]]
    other = level[edges[:, 0]] != level[edges[:, 1]]
    counts = np.bincount(2 * across + other, minlength=4).reshape(2, 2)
    kinds = int(level.max(initial=-1)) + 1
    cells = np.where(whole < 0, -1, school * kinds + level)
    all_same, same_school, same_level, everybody = (
        possible_inside(network, np.where(whole < 0, -1, codes)) for codes in (cells, school, level, whole)
    )
    possible = np.array(
        [
            [all_same, same_school - all_same],
            [same_level - all_same, everybody - same_school - same_level + all_same],
        ]
    )
    ties, none, unknown = len(edges), None if len(edges) else Caution.NO_TIES, unknown_groups(whole)
    return Links(
        counts=counts,
        possible=possible,
        density=shares(counts, possible),
        horizontal=estimate(network, share(int(counts[1, 0]), ties), "links: horizontal", none, unknown),
        vertical=estimate(network, share(int(counts[:, 1].sum()), ties), "links: vertical", none, unknown),
        expected_horizontal=share(int(possible[1, 0]), everybody),
        expected_vertical=share(int(possible[:, 1].sum()), everybody),
    )


def proximity(network: Network, groups: Sequence[int] | npt.NDArray[Any], bands: Sequence[float]) -> Proximity:
    """Return how many ties are weak and how many close, inside groups and between them.

    Parameters
    ----------
    network : Network
        Without weights every tie weighs 1. Ties of people without a known group are left out.
    groups : array of int, one for each person
        From 0, -1 where not known.
    bands : sequence of float
        The lowest weight of each band, rising; the first is at most the smallest weight. With weights that count times
        a month, 1 and 4 tell monthly ties from weekly ones.

    Returns
    -------
    Proximity
        `shares` are of the ties of the row, NaN where it has none.

    Raises
    ------
    UnusableInput
        If groups are not whole numbers of at least -1, one for each person, or bands do not rise from a number that is
        at most the smallest weight.

    References
    ----------
    Granovetter (1973), The strength of weak ties, American Journal of Sociology 78, 1360-1380.

    Examples
    --------
    >>> web = Network.of(4, [(0, 1), (1, 0), (1, 2), (2, 3)], [4, 8, 1, 2])
    >>> proximity(web, [0, 0, 1, 1], [1, 4]).counts.tolist()
    [[1, 2], [1, 0]]
    """
    codes = network.codes(groups)
    known = known_ties(network, codes)
    edges = network.edges[known]
    weights = np.ones(len(edges)) if network.weights is None else network.weights[known]
    lowest = np.asarray(bands, dtype=np.float64)
    UnusableInput.unless(
        lowest.ndim == 1
        and len(lowest)
        and np.isfinite(lowest).all()
        and (np.diff(lowest) > 0).all()
        and lowest[0] <= weights.min(initial=np.inf),
        "bands",
        "Bands rise from a number that is at most the smallest weight.",
    )
    band = np.searchsorted(lowest, weights, side="right") - 1
    out = codes[edges[:, 0]] != codes[edges[:, 1]]
    counts = np.bincount(out * len(lowest) + band, minlength=2 * len(lowest)).reshape(2, len(lowest))
    return Proximity(
        bands=lowest,
        counts=counts,
        shares=shares(counts, counts.sum(axis=1, keepdims=True)),
        n_used=network.n_answered,
        n_missing=network.n - network.n_answered,
        method="proximity: bands",
    )
