"""What people who did not answer leave unknown, and which numbers stand without them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.networks._naming import Urns
from collegium.science.networks._putting import estimate, share
from collegium.science.networks.chance import Statistic
from collegium.science.networks.network import Network
from collegium.science.results import BoolArray, Caution, Estimate, IntArray, Interval


class Standing(StrEnum):
    """What may be done with a number."""

    STANDS = "stands"
    WITH_CARE = "with care"
    HIDDEN = "hidden"


class Measure(StrEnum):
    """What is measured: the pages of docs/methods, parted where non-response bends a part more than the rest."""

    DENSITY = "density"
    RECIPROCITY = "reciprocity"
    COMPONENTS = "components"
    REACH = "reach"
    TRANSITIVITY = "transitivity"
    CORES = "cores"
    CENTRALISATION_IN = "centralisation, in"
    CENTRALISATION_OUT = "centralisation, out"
    CONCENTRATION = "concentration"
    KRACKHARDT = "krackhardt"
    BETWEENNESS = "betweenness"
    CONSTRAINT = "constraint"
    BROKERAGE = "brokerage"
    MIXING = "mixing"
    EI_INDEX = "ei-index"
    BONDING = "bonding"
    LINKS = "links"
    PROXIMITY = "proximity"
    FORMAL_INFORMAL = "formal-informal"
    RESILIENCE = "resilience"
    LAYERS = "layers"
    CHANGE_OF_TIES = "change-of-ties"


# Shares among the ties that were told, and how often people are named: a sample of those who tell says much about them.
NAMED_OR_TOLD = frozenset(
    {
        Measure.DENSITY,
        Measure.CENTRALISATION_IN,
        Measure.CONCENTRATION,
        Measure.MIXING,
        Measure.EI_INDEX,
        Measure.BONDING,
        Measure.LINKS,
        Measure.PROXIMITY,
        Measure.FORMAL_INFORMAL,
    }
)
# Below the first nothing but those; below the second everything with care. Costenbader and Valente 2003.
HALF, MOST = 0.5, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """Who answered, and how many ties lead to people who did not.

    `to_silent` is the share of ties that lead to people who did not answer, `expected_to_silent` what it would be if
    they were named like all others: far above, and the web lacks those whom people turn to. `silent_named` of the
    silent are named by somebody at least.
    """

    rate: Estimate
    to_silent: Estimate
    expected_to_silent: float | None
    silent: int
    silent_named: int


def response(network: Network) -> Response:
    """Return how many answered, and how many ties lead to those who did not.

    Parameters
    ----------
    network : Network
        With `answered`; without it all answered.

    Returns
    -------
    Response
        `rate` has no value without people, `to_silent` none without ties.

    Raises
    ------
    UnusableInput
        Never: `Network` refuses what cannot be read.

    Notes
    -----
    Expected: the silent, divided by everybody whom somebody who answered could name.

    References
    ----------
    Huisman (2009), Imputation of missing network data, Journal of Social Structure 10. Kossinets (2006), Effects of
    missing data in social networks, Social Networks 28, 247-268.

    Examples
    --------
    >>> found = response(Network.of(4, [(0, 1), (0, 3), (1, 3)], answered=[True, True, True, False]))
    >>> found.rate.value, round(found.to_silent.value, 4), round(found.expected_to_silent, 4)
    (0.75, 0.6667, 0.3333)
    """
    silent = _silent(network)
    count = int(silent.sum())
    to_silent = int(silent[network.targets].sum())
    return Response(
        rate=estimate(
            network,
            share(network.n_answered, network.n),
            "missing-ties: response",
            None if network.n else Caution.TOO_FEW_PEOPLE,
        ),
        to_silent=estimate(
            network,
            share(to_silent, len(network)),
            "missing-ties: ties to people who did not answer",
            None if len(network) else Caution.NO_TIES,
        ),
        expected_to_silent=share(count, network.n - 1) if network.n_answered else None,
        silent=count,
        silent_named=int((silent & (network.in_degree > 0)).sum()),
    )


def _silent(network: Network) -> BoolArray:
    return ~network.told


def standing_of_measures(network: Network) -> dict[Measure, Standing]:
    """Return which numbers stand, which need care, and which are not to be shown.

    Parameters
    ----------
    network : Network
        With `answered`; without it all answered.

    Returns
    -------
    dict of Measure to Standing
        All stand from 80 in 100 answers on, all need care from 50. Below, numbers about ties told and people named
        need care, and all others are hidden: paths, parts and triangles are made of ties that are not there.

    Raises
    ------
    UnusableInput
        Never: `Network` refuses what cannot be read.

    References
    ----------
    Costenbader and Valente (2003), The stability of centrality measures when networks are sampled, Social Networks 25,
    283-307. Borgatti, Carley and Krackhardt (2006), Social Networks 28, 124-136.

    Examples
    --------
    >>> found = standing_of_measures(Network.of(4, [(0, 1)], answered=[True, False, False, False]))
    >>> found[Measure.CONCENTRATION].value, found[Measure.BETWEENNESS].value
    ('with care', 'hidden')
    """
    rate = share(network.n_answered, network.n)
    if rate is None or rate >= MOST:
        return dict.fromkeys(Measure, Standing.STANDS)
    if rate >= HALF:
        return dict.fromkeys(Measure, Standing.WITH_CARE)
    return {
        measure: Standing.WITH_CARE if measure in NAMED_OR_TOLD and rate > 0 else Standing.HIDDEN for measure in Measure
    }


def range_with_missing(
    network: Network,
    statistics: Mapping[str, Statistic],
    *,
    groups: Sequence[int] | npt.NDArray[Any] | None = None,
    draws: int = 100,
    seed: int = 1,
    level: float = 0.9,
) -> dict[str, Interval | None]:
    """Return between what numbers would lie if those who did not answer name others as those who did.

    Parameters
    ----------
    network : Network
        With `answered`; where all answered, each range is the number itself.
    statistics : mapping of str to function
        Each takes a web and returns an `Estimate`, a number or None.
    groups : array of int, one for each person, optional
        From 0, -1 where not known. With them, whoever did not answer names as many of their own group and of others as
        somebody who did.
    draws : int
        How many webs are filled in, at least 1.
    seed : int
        The same seed fills in alike, at least 0.
    level : float
        How much of the numbers the range holds, between 0 and 1.

    Returns
    -------
    dict of str to Interval or None
        None where nobody answered, or no web filled in has a value. It is no confidence interval: it shows how much
        hangs on the answers that are missing, if those who are silent are like the others, and less than that if not.

    Raises
    ------
    UnusableInput
        If groups do not fit the people, draws is below 1, the seed below 0, or the level none.

    Notes
    -----
    Whoever did not answer is given the number of ties of somebody who did, drawn at random, inside and outside the
    group. They name back those who named them, each with the share of ties that is answered among people who answered;
    the rest is drawn with weight in-degree + 1.

    References
    ----------
    Huisman (2009), Imputation of missing network data, Journal of Social Structure 10 (reconstruction and preferential
    attachment). Krause, Huisman, Steglich and Snijders (2020), Social Networks 62, 99-112.

    Examples
    --------
    >>> from collegium.science.networks.whole import concentration
    >>> web = Network.of(5, [(0, 1), (1, 2), (2, 1), (3, 1)], answered=[True, True, True, True, False])
    >>> found = range_with_missing(web, {"top": lambda one: concentration(one).top_tenth})
    >>> round(found["top"].low, 2), round(found["top"].high, 2)
    (0.6, 0.8)
    """
    Interval.check_level(level)
    UnusableInput.unless(draws >= 1 and seed >= 0, "draws", "At least one draw, and a seed of at least 0, are needed.")
    codes = np.zeros(network.n, dtype=np.int64) if groups is None else network.codes(groups)
    silent = np.flatnonzero(_silent(network))
    if len(silent) == network.n:
        return dict.fromkeys(statistics, None)
    urns, chance = _Silent(network, codes, silent), np.random.default_rng(seed)
    found: dict[str, list[float]] = {name: [] for name in statistics}
    for _ in range(draws if len(silent) else 1):
        filled = urns.filled(chance) if len(silent) else network
        for name, statistic in statistics.items():
            value = statistic(filled)
            number = value.value if isinstance(value, Estimate) else value
            if number is not None:
                found[name].append(number)
    tail = (1 - level) / 2
    return {name: _range(values, tail, level) for name, values in found.items()}


def _range(values: list[float], tail: float, level: float) -> Interval | None:
    if not values:
        return None
    low, high = (float(each) for each in np.quantile(values, (tail, 1 - tail)))
    return Interval(low=low, high=high, level=level)


class _Silent:
    """Those who did not answer, and what is needed to fill in whom they might have named."""

    def __init__(self, network: Network, codes: IntArray, silent: IntArray) -> None:
        self.network, self.codes, self.silent = network, codes, silent
        same = codes[network.sources] == codes[network.targets]
        n = network.n
        told = ~_silent(network)
        self.inside = np.bincount(network.sources[same], minlength=n)[told]
        self.outside = np.bincount(network.sources[~same], minlength=n)[told]
        among = told[network.targets]
        self.answered_ties = share(int(network.reciprocated[among].sum()), int(among.sum())) or 0.0
        to_silent = network.edges[~among]
        self.back = to_silent[:, ::-1]
        self.urns = Urns(codes, network.in_degree.astype(np.float64) + 1)

    def filled(self, chance: np.random.Generator) -> Network:
        """Return the web with names for everybody."""
        donors = chance.integers(0, len(self.inside), len(self.silent))
        back = self.back[chance.random(len(self.back)) < self.answered_ties]
        added = self.urns.names(self.silent, self.inside[donors], self.outside[donors], back, chance)
        edges = np.concatenate((self.network.edges, added))
        return replace(self.network, edges=edges, weights=None, answered=None)
