"""What chance would give: seeded random webs that keep some of what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

import numpy as np

from collegium.science.errors import UnusableInput
from collegium.science.networks.network import Network
from collegium.science.networks.values import ChanceComparison
from collegium.science.results import BoolArray, Estimate, IntArray, Interval

Statistic = Callable[[Network], Estimate | float | None]
# Rounds of exchanges: in each, every tie is offered one. So many before the first web, so many between two.
FIRST_ROUNDS, MORE_ROUNDS = 40, 15


class Chance(StrEnum):
    """What random webs keep; see docs/methods/chance.md."""

    SAME_DEGREES = "same degrees"  # everybody names, and is named by, as many
    SAME_CHOICES = "same choices"  # everybody names as many
    SAME_DENSITY = "same density"  # those who answered name as many in all


def random_networks(
    network: Network, *, chance: Chance = Chance.SAME_DEGREES, draws: int = 200, seed: int = 1
) -> Iterator[Network]:
    """Draw random webs among the same people.

    Parameters
    ----------
    network : Network
        Weights are left out; who answered stays.
    chance : Chance
        What the random webs keep.
    draws : int
        How many, at least 1.
    seed : int
        The same seed draws the same webs, at least 0.

    Returns
    -------
    iterator of Network
        One after the other, so that only one is in memory.

    Raises
    ------
    UnusableInput
        If draws is below 1 or the seed below 0.

    Notes
    -----
    Same degrees: ties a-b and c-d become a-d and c-b, unless that gives a self tie or one that is there already. All
    ties are paired at random, and half of the pairs exchange at once. Exchanges that touch what another pair has or
    would have are left out, so that every exchange is as likely to be taken back as made, and all webs that exchanges
    lead to are equally likely in the end. Same choices, same density: names drawn without repetition.

    References
    ----------
    Maslov and Sneppen (2002), Science 296, 910-913. Rao, Jana and Bandyopadhyay (1996), Sankhya A 58, 225-242. Roberts
    (2000), Social Networks 22, 273-283.

    Examples
    --------
    >>> web = Network.of(4, [(0, 1), (1, 2), (2, 3), (3, 0)])
    >>> [drawn.in_degree.tolist() for drawn in random_networks(web, draws=2)]
    [[1, 1, 1, 1], [1, 1, 1, 1]]
    """
    UnusableInput.unless(draws >= 1 and seed >= 0, "draws", "At least one draw, and a seed of at least 0, are needed.")
    return _webs(network, chance, draws, np.random.default_rng(seed))


def _webs(network: Network, chance: Chance, draws: int, random: np.random.Generator) -> Iterator[Network]:
    sources, targets = network.sources.copy(), network.targets.copy()
    for draw in range(draws):
        if chance == Chance.SAME_DEGREES:
            for _ in range(MORE_ROUNDS if draw else FIRST_ROUNDS):
                _exchange(sources, targets, network.n, random)
            edges = np.stack((sources, targets), axis=1)
        elif chance == Chance.SAME_CHOICES:
            edges = _names(network, random)
        else:
            edges = _anywhere(network, random)
        yield replace(network, edges=edges, weights=None)


def compare_with_chance(
    network: Network,
    statistics: Mapping[str, Statistic],
    *,
    chance: Chance = Chance.SAME_DEGREES,
    draws: int = 200,
    seed: int = 1,
    level: float = 0.95,
) -> dict[str, ChanceComparison]:
    """Set numbers about a web beside those of random webs.

    Parameters
    ----------
    network : Network
        Of any size.
    statistics : mapping of str to function
        Each takes a web and returns an `Estimate`, a number or None. All are worked out on the same random webs.
    chance, draws, seed
        As in `random_networks`.
    level : float
        How much of what chance gives `usual` holds, between 0 and 1.

    Returns
    -------
    dict of str to ChanceComparison
        With the same keys. Draws without a value are left out.

    Raises
    ------
    UnusableInput
        As `random_networks`, or if the level is not between 0 and 1.

    References
    ----------
    As `random_networks`; the observed web counts among the drawn ones: Davison and Hinkley (1997), Bootstrap Methods
    and their Application, eq. 4.11.

    Examples
    --------
    >>> from collegium.science.networks.whole import reciprocity
    >>> web = Network.of(6, [(a, b) for a in (0, 1, 2) for b in (0, 1, 2) if a != b] + [(3, 4), (4, 5)])
    >>> found = compare_with_chance(web, {"mutual": lambda drawn: reciprocity(drawn).edgewise}, draws=99)
    >>> found["mutual"].observed, found["mutual"].observed > found["mutual"].mean
    (0.75, True)
    """
    Interval.check_level(level)
    drawn: dict[str, list[float]] = {name: [] for name in statistics}
    for web in random_networks(network, chance=chance, draws=draws, seed=seed):
        for name, statistic in statistics.items():
            value = _value(statistic(web))
            drawn[name].append(np.nan if value is None else value)
    return {
        name: ChanceComparison.of(_value(statistic(network)), drawn[name], level)
        for name, statistic in statistics.items()
    }


def _value(found: Estimate | float | None) -> float | None:
    return found.value if isinstance(found, Estimate) else found


def _exchange(sources: IntArray, targets: IntArray, n: int, random: np.random.Generator) -> None:
    """Offer every tie one exchange, in place."""
    half = len(sources) // 2
    order = random.permutation(len(sources))
    one, other, left_over = order[:half], order[half : 2 * half], order[2 * half :]
    a, b, c, d = sources[one], targets[one], sources[other], targets[other]
    keys = np.concatenate((a * n + b, c * n + d, a * n + d, c * n + b, sources[left_over] * n + targets[left_over]))
    # An exchange is taken where neither what it offers nor what it gives up stands anywhere else; and by half of the
    # pairs only, for if all of few ties moved together, some webs could not be reached.
    taken = _alone(keys)[: 4 * half].reshape(4, half).all(axis=0)
    taken &= (random.random(half) < 0.5) & (a != d) & (c != b)
    targets[one[taken]], targets[other[taken]] = d[taken], b[taken]


def _alone(keys: IntArray) -> BoolArray:
    """Mark what stands in a list once."""
    order = np.argsort(keys)
    ranked = keys[order]
    again = ranked[1:] == ranked[:-1]
    found = np.ones(len(keys), dtype=np.bool_)
    found[order[1:][again]] = False
    found[order[:-1][again]] = False
    return found


def _names(network: Network, random: np.random.Generator) -> IntArray:
    """Let everybody name as many at random."""
    n, counts = network.n, network.out_degree
    # Whoever names most of the others would be long in finding the last ones.
    many = np.flatnonzero(2 * counts > n)
    few = np.where(2 * counts > n, 0, counts)
    sources = np.repeat(np.arange(n), few)
    rows = [_distinct(sources * (n - 1), np.full(len(sources), n - 1), random)]
    for person in many:
        rows.append(person * (n - 1) + random.permutation(n - 1)[: counts[person]])
    return _edges(np.concatenate(rows), n)


def _anywhere(network: Network, random: np.random.Generator) -> IntArray:
    """Let those who answered name as many in all, at random."""
    n = network.n
    told = np.flatnonzero(network.told)
    places, ties = len(told) * (n - 1), len(network)
    if 2 * ties > places:
        found = random.permutation(places)[:ties]
    else:
        found = _distinct(np.zeros(ties, dtype=np.int64), np.full(ties, places), random)
    if not ties:
        return network.edges
    return _edges(told[found // (n - 1)] * (n - 1) + found % (n - 1), n)


def _distinct(starts: IntArray, sizes: IntArray, random: np.random.Generator) -> IntArray:
    """Draw a number of each range that no other draw has: whoever comes second draws again."""
    drawn = starts + random.integers(0, np.maximum(sizes, 1))
    while True:
        _, firsts = np.unique(drawn, return_index=True)
        again = np.ones(len(drawn), dtype=np.bool_)
        again[firsts] = False
        if not again.any():
            return drawn
        drawn[again] = starts[again] + random.integers(0, sizes[again])


def _edges(places: IntArray, n: int) -> IntArray:
    """Turn places in a table without its diagonal into ties."""
    sources, targets = places // max(n - 1, 1), places % max(n - 1, 1)
    edges: IntArray = np.stack((sources, targets + (targets >= sources)), axis=1).astype(np.int64)
    return edges
