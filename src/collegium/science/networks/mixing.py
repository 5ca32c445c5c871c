"""How ties mix groups: tables of ties from group to group, and how far ties lead out of groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.networks._groups import group_sizes, known_ties, unknown_groups
from collegium.science.networks._putting import estimate, jackknife, person_values, share, shares
from collegium.science.networks.network import Network
from collegium.science.networks.values import ChanceComparison, PersonValues
from collegium.science.results import Caution, Estimate, FloatArray, IntArray, Interval, Locked

AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mixing(Locked):
    """Ties from each group (row) to each group (column).

    `possible` are the ties that those who answered could have, `density` the share that is there (NaN where none is
    possible), `expected` what chance gives where everybody names, and is named by, as many. `senders` and `receivers`
    count the people who hold the ties at either end. `assortativity` is 1 where all ties stay inside groups, 0 where
    groups play no part.
    """

    counts: IntArray
    possible: IntArray
    density: FloatArray
    expected: FloatArray
    senders: IntArray
    receivers: IntArray
    sizes: IntArray
    assortativity: Estimate


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EIIndex(Locked):
    """External less internal ties, of all: 1 all lead out of groups, -1 none does.

    `expected` is what the sizes of groups alone give; `rescaled` is 0 there: it takes densities in place of counts.
    `chance` permutes the groups among people. `by_group` is about ties from each group, `by_group_both` about ties from
    or to it, `people` about whom each is tied to in either direction, counted once.
    """

    index: Estimate
    external: int
    internal: int
    expected: float | None
    rescaled: float | None
    chance: ChanceComparison
    by_group: FloatArray
    by_group_both: FloatArray
    people: PersonValues


def mixing(network: Network, groups: Sequence[int] | npt.NDArray[Any]) -> Mixing:
    """Return how many ties lead from each group to each.

    Parameters
    ----------
    network : Network
        Ties of people without a known group are left out.
    groups : array of int, one for each person
        From 0, -1 where not known; tables have a row for every number up to the highest.

    Returns
    -------
    Mixing
        `assortativity` has no value without ties, or where all lead to and from the same group (NO_DIFFERENCES).

    Raises
    ------
    UnusableInput
        If groups are not whole numbers of at least -1, one for each person.

    Notes
    -----
    Expected: ``out(a) in(b) / m``, which lets a few ties lead from a person to themselves. Assortativity ``(sum e(a, a)
    - sum f(a) t(a)) / (1 - sum f(a) t(a))``: e is the table as shares of all ties, f and t its sums of rows and of
    columns.

    References
    ----------
    Newman (2003), Mixing patterns in networks, Physical Review E 67, 026126, eq. 2.

    Examples
    --------
    >>> found = mixing(Network.of(4, [(0, 1), (1, 0), (1, 2), (2, 3)]), [0, 0, 1, 1])
    >>> found.counts.tolist(), round(found.assortativity.value, 4)
    ([[2, 1], [0, 1]], 0.5)
    """
    codes = network.codes(groups)
    size = int(codes.max(initial=-1)) + 1
    known = known_ties(network, codes)
    sources, targets = network.sources[known], network.targets[known]
    first, second = codes[sources], codes[targets]
    counts = np.bincount(first * size + second, minlength=size * size).reshape(size, size)
    sizes, told = group_sizes(network, codes, size)
    possible = np.outer(told, sizes) - np.diag(told)
    ties = len(first)
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    expected = np.outer(rows, columns) / max(ties, 1)
    alike, chance = share(float(np.trace(counts)), ties), share(float((rows * columns).sum()), ties**2)
    value = None if alike is None or chance is None or chance == 1 else (alike - chance) / (1 - chance)
    none = None if value is not None else Caution.NO_DIFFERENCES if ties else Caution.NO_TIES
    return Mixing(
        counts=counts,
        possible=possible,
        density=shares(counts, possible),
        expected=expected,
        senders=_distinct(sources, first, second, network.n, size),
        receivers=_distinct(targets, first, second, network.n, size),
        sizes=sizes,
        assortativity=estimate(network, value, "mixing: assortativity", none, unknown_groups(codes)),
    )


def _distinct(people: IntArray, first: IntArray, second: IntArray, n: int, size: int) -> IntArray:
    """Count different people for each pair of groups."""
    places = np.unique((first * size + second) * n + people) // max(n, 1)
    return np.bincount(places, minlength=size * size).reshape(size, size)


def ei_index(
    network: Network,
    groups: Sequence[int] | npt.NDArray[Any],
    *,
    permutations: int = 999,
    seed: int = 1,
    level: float = 0.95,
) -> EIIndex:
    """Return the E-I index: how far ties lead out of groups.

    Parameters
    ----------
    network : Network
        Ties of people without a known group are left out.
    groups : array of int, one for each person
        From 0, -1 where not known.
    permutations : int
        How often groups are dealt out anew among the people whose group is known; 0 for none.
    seed : int
        The same seed deals the same, at least 0.
    level : float
        Of the interval and of what chance gives, between 0 and 1.

    Returns
    -------
    EIIndex
        From -1 to 1; no value without ties (NO_TIES). The interval is the jackknife over people.

    Raises
    ------
    UnusableInput
        If groups are not whole numbers of at least -1, permutations or the seed are below 0, or the level is none.

    Notes
    -----
    ``(E - I) / (E + I)``, each tie counted once. Expected: the same of all possible ties. Rescaled: of the densities
    ``E / possible E`` and ``I / possible I``.

    References
    ----------
    Krackhardt and Stern (1988), Informal networks and organizational crises, Social Psychology Quarterly 51, 123-140.

    Examples
    --------
    >>> found = ei_index(Network.of(4, [(0, 1), (1, 0), (1, 2), (2, 3)]), [0, 0, 1, 1])
    >>> found.index.value, round(found.expected, 4)
    (-0.5, 0.3333)
    """
    Interval.check_level(level)
    UnusableInput.unless(permutations >= 0 and seed >= 0, "draws", "Permutations and seeds are at least 0.")
    table = mixing(network, groups)
    codes, size = network.codes(groups), len(table.sizes)
    kept = network.edges[known_ties(network, codes)]
    out = codes[kept[:, 0]] != codes[kept[:, 1]]
    internal, ties = int(np.trace(table.counts)), len(kept)
    external = ties - internal
    most_inside, most = int(np.trace(table.possible)), int(table.possible.sum())
    densities = share(external, most - most_inside), share(internal, most_inside)
    rescaled = None
    if None not in densities:
        rescaled = share((densities[0] or 0) - (densities[1] or 0), (densities[0] or 0) + (densities[1] or 0))
    value = share(external - internal, ties)
    own = np.bincount(kept.ravel(), minlength=network.n)
    own_out = np.bincount(kept[out].ravel(), minlength=network.n)
    left_out = 2 * shares(external - own_out, ties - own) - 1
    inside = np.diag(table.counts)
    rows, both = table.counts.sum(axis=1), table.counts.sum(axis=1) + table.counts.sum(axis=0) - inside
    drawn = _dealt(kept, codes, permutations, seed)
    return EIIndex(
        index=estimate(
            network,
            value,
            "ei-index: ties",
            None if ties else Caution.NO_TIES,
            unknown_groups(codes),
            interval=jackknife(value, left_out[codes >= 0], level),
        ),
        external=external,
        internal=internal,
        expected=share(most - 2 * most_inside, most),
        rescaled=rescaled,
        chance=ChanceComparison.of(value, drawn, level),
        by_group=shares(rows - 2 * inside, rows) if size else np.zeros(0),
        by_group_both=shares(both - 2 * inside, both) if size else np.zeros(0),
        people=_people(network, codes),
    )


def _people(network: Network, codes: IntArray) -> PersonValues:
    """Return the index of each person's pairs."""
    pairs = network.pairs[(codes[network.pairs] >= 0).all(axis=1)]
    out = pairs[codes[pairs[:, 0]] != codes[pairs[:, 1]]]
    all_of, out_of = (np.bincount(each.ravel(), minlength=network.n) for each in (pairs, out))
    return person_values(network, shares(2 * out_of - all_of, all_of), "ei-index: people", unknown_groups(codes))


def _dealt(edges: IntArray, codes: IntArray, permutations: int, seed: int) -> FloatArray:
    """Return the index with the groups dealt out anew, once for each permutation."""
    known = np.flatnonzero(codes >= 0)
    if not len(edges):
        return np.zeros(0)
    place = np.full(len(codes), -1, dtype=np.int64)
    place[known] = np.arange(len(known))
    sources, targets = place[edges].T
    random = np.random.default_rng(seed)
    external: list[FloatArray] = []
    block = max(AT_ONCE // max(len(edges), len(known)), 1)
    for start in range(0, permutations, block):
        rows = np.tile(codes[known].astype(np.int32), (min(block, permutations - start), 1))
        dealt = random.permuted(rows, axis=1, out=rows)
        external.append((dealt[:, sources] != dealt[:, targets]).sum(axis=1).astype(np.float64))
    found = np.concatenate(external) if external else np.zeros(0)
    return 2 * found / len(edges) - 1
