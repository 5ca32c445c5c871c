"""What a whole web of ties is like: how dense, how mutual, how much rests on few."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from collegium.science.networks._putting import estimate, jackknife, share, shares
from collegium.science.networks.network import Network
from collegium.science.results import Caution, Estimate, FloatArray, IntArray, Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Reciprocity:
    """Of the pairs with a tie, how many have both (`dyadic`); of the ties, how many are answered (`edgewise`)."""

    dyadic: Estimate
    edgewise: Estimate
    mutual: int
    one_way: int
    without: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Centralisation:
    """How near the web comes to one where all turn to one person (`incoming`), or one turns to all (`outgoing`)."""

    incoming: Estimate
    outgoing: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """How unequally people are turned to. `half_rests_on` is the smallest number of people who receive half of all."""

    gini: Estimate
    gini_corrected: Estimate
    top_tenth: Estimate
    half_rests_on: int | None


def density(network: Network, *, level: float = 0.95) -> Estimate:
    """Return the share of possible ties that are there.

    Parameters
    ----------
    network : Network
        Possible are the ties of those who answered to everybody else.
    level : float
        Of the interval, between 0 and 1.

    Returns
    -------
    Estimate
        From 0 to 1. No value with fewer than two people or where nobody answered; no interval below four people.

    Raises
    ------
    UnusableInput
        If the level is not between 0 and 1.

    Notes
    -----
    ``m / (a (n - 1))``: m ties among n people of whom a answered. The interval is the jackknife over people: it says
    how far the density would be another if ties came and went by chance, not how far missing answers bend it.

    References
    ----------
    Wasserman and Faust (1994), Social Network Analysis, eq. 4.9. Snijders and Borgatti (1999), Connections 22, 161-170.

    Examples
    --------
    >>> density(Network.of(4, [(0, 1), (1, 0), (2, 1)])).value
    0.25
    """
    Interval.check_level(level)
    n, answered = network.n, network.n_answered
    value = share(len(network), answered * (n - 1))
    told = network.told.astype(np.float64)
    left_out = shares(len(network) - network.in_degree - network.out_degree, (answered - told) * (n - 2))
    few = Caution.TOO_FEW_PEOPLE if value is None else None
    interval = jackknife(value, left_out, level)
    return estimate(network, value, "cohesion: density", few, interval=interval)


def reciprocity(network: Network, *, level: float = 0.95) -> Reciprocity:
    """Return how far ties go both ways.

    Parameters
    ----------
    network : Network
        Ties that name somebody who did not answer are left out: whether they would be answered is not known.
    level : float
        Of the intervals, between 0 and 1.

    Returns
    -------
    Reciprocity
        Both from 0 to 1; no value without ties (NO_TIES). `mutual`, `one_way` and `without` count pairs of people who
        answered, with both ties, one and none.

    Raises
    ------
    UnusableInput
        If the level is not between 0 and 1.

    Notes
    -----
    With M mutual and A one-way pairs: dyadic ``M / (M + A)``, edgewise ``2 M / (2 M + A)``. Pairs without a tie are not
    counted: in a large staff they are nearly all, and would call every staff mutual.

    References
    ----------
    Wasserman and Faust (1994), Social Network Analysis, section 13.3. In R's sna: "dyadic.nonnull" and "edgewise".

    Examples
    --------
    >>> found = reciprocity(Network.of(4, [(0, 1), (1, 0), (2, 1)]))
    >>> found.dyadic.value, round(found.edgewise.value, 4), found.without
    (0.5, 0.6667, 4)
    """
    Interval.check_level(level)
    people = network.n_answered
    told = network if network.answered is None else network.subset(network.answered)
    both = told.reciprocated
    mutual, ties = int(both.sum()) // 2, len(told)
    one_way = ties - 2 * mutual
    value = share(mutual, mutual + one_way), share(2 * mutual, ties)
    # What is left when each of the people goes with their ties.
    own_mutual = np.bincount(told.sources[both], minlength=people)
    own_ties = told.in_degree + told.out_degree
    rest_mutual, rest_ties = mutual - own_mutual, ties - own_ties
    left_out = shares(rest_mutual, rest_ties - rest_mutual), shares(2 * rest_mutual, rest_ties)
    none = None if ties else Caution.NO_TIES
    dyadic, edgewise = (
        estimate(network, found, f"cohesion: reciprocity, {form}", none, interval=jackknife(found, rest, level))
        for found, rest, form in zip(value, left_out, ("dyadic", "edgewise"), strict=True)
    )
    without = people * (people - 1) // 2 - mutual - one_way
    return Reciprocity(dyadic=dyadic, edgewise=edgewise, mutual=mutual, one_way=one_way, without=without)


def degree_centralisation(network: Network) -> Centralisation:
    """Return Freeman's centralisation of being named and of naming.

    Parameters
    ----------
    network : Network
        Of any size.

    Returns
    -------
    Centralisation
        From 0, where all have the same number, to 1, where all name one person and nobody else (incoming) or one
        person names all (outgoing). No value with fewer than two people.

    Raises
    ------
    UnusableInput
        Never: `Network` refuses what cannot be read.

    Notes
    -----
    ``sum(max(d) - d_i) / (n - 1)^2`` over the in-degrees or out-degrees d.

    References
    ----------
    Freeman (1979), Centrality in social networks, Social Networks 1, 215-239; for directed ties Wasserman and Faust
    (1994), Social Network Analysis, section 5.3.

    Examples
    --------
    >>> star = degree_centralisation(Network.of(4, [(1, 0), (2, 0), (3, 0)]))
    >>> star.incoming.value, round(star.outgoing.value, 4)
    (1.0, 0.1111)
    """
    few = Caution.TOO_FEW_PEOPLE if network.n < 2 else None

    def one(degrees: IntArray, which: str) -> Estimate:
        spread = float(degrees.max(initial=0) * network.n - degrees.sum())
        return estimate(network, share(spread, (network.n - 1) ** 2), f"concentration: centralisation, {which}", few)

    if few:
        incoming, outgoing = (
            estimate(network, None, f"concentration: centralisation, {which}", few) for which in ("in", "out")
        )
        return Centralisation(incoming=incoming, outgoing=outgoing)
    return Centralisation(incoming=one(network.in_degree, "in"), outgoing=one(network.out_degree, "out"))


def concentration(network: Network) -> Concentration:
    """Return how unequally people are turned to.

    Parameters
    ----------
    network : Network
        Everybody counts, named or not, whether they answered or not.

    Returns
    -------
    Concentration
        `gini` from 0 (all are named equally often) to ``1 - 1/n`` (one is named by all), `gini_corrected` to 1;
        `top_tenth` is the share of ties that the most named tenth of people receives, rounded up to whole people.
        No value without ties (NO_TIES); the corrected one not for one person either.

    Raises
    ------
    UnusableInput
        Never: `Network` refuses what cannot be read.

    Notes
    -----
    With in-degrees in rising order ``2 sum(i d_i) / (n sum(d)) - (n + 1) / n``; corrected, times ``n / (n - 1)``.

    References
    ----------
    Gini (1912), Variabilita e mutabilita. Deltas (2003), Review of Economics and Statistics 85, 226-234 (the small
    samples' correction).

    Examples
    --------
    >>> found = concentration(Network.of(4, [(1, 0), (2, 0), (3, 0), (0, 1)]))
    >>> round(found.gini.value, 4), found.top_tenth.value, found.half_rests_on
    (0.625, 0.75, 1)
    """
    n, ties = network.n, len(network)
    if not ties:
        none = [
            estimate(network, None, f"concentration: {form}", Caution.NO_TIES)
            for form in ("Gini", "Gini, corrected", "top tenth")
        ]
        return Concentration(gini=none[0], gini_corrected=none[1], top_tenth=none[2], half_rests_on=None)
    rising = np.sort(network.in_degree)
    gini = 2 * float((np.arange(1, n + 1) * rising).sum()) / (n * ties) - (n + 1) / n
    falling: FloatArray = np.cumsum(rising[::-1]).astype(np.float64)
    top = float(falling[math.ceil(n / 10) - 1]) / ties
    return Concentration(
        gini=estimate(network, gini, "concentration: Gini"),
        gini_corrected=estimate(network, gini * n / (n - 1), "concentration: Gini, corrected"),
        top_tenth=estimate(network, top, "concentration: top tenth"),
        half_rests_on=int(np.searchsorted(falling, ties / 2)) + 1,
    )
