"""How far two layers of ties, such as advice and support, are the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from collegium.science.errors import UnusableInput
from collegium.science.networks._putting import cautions_of, share
from collegium.science.networks.network import Network
from collegium.science.networks.values import ChanceComparison
from collegium.science.results import Caution, Estimate, FloatArray, Interval

# A table of all pairs is quicker to look into than a list of ties, and takes 25 MB for so many people.
TABLE_UP_TO = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerCorrelation:
    """The correlation of two layers with what permuting people gives, and how many ties they share.

    `overlap` is the share of ties in both of ties in either (Jaccard), `different` the number of ties in one only.
    """

    correlation: Estimate
    chance: ChanceComparison
    overlap: Estimate
    shared: int
    different: int


def correlate_layers(
    first: Network, second: Network, *, permutations: int = 999, seed: int = 1, level: float = 0.95
) -> LayerCorrelation:
    """Return the correlation of two layers of ties among the same people, by quadratic assignment (QAP).

    Parameters
    ----------
    first, second : Network
        Numbered alike. Only people who answered both are counted, as far as they name each other; weights play no part.
    permutations : int
        How often the people of the second layer are permuted; 0 for none.
    seed : int
        The same seed permutes alike, at least 0.
    level : float
        How much of what chance gives the comparison holds, between 0 and 1.

    Returns
    -------
    LayerCorrelation
        From -1 to 1; no value where a layer has no tie or all of them (NO_DIFFERENCES).

    Raises
    ------
    UnusableInput
        If the layers do not have the same number of people, permutations or the seed are below 0, or the level is none.

    Notes
    -----
    Pearson's correlation over all ordered pairs of two people. With N pairs, m and l ties and s in both:
    ``(s / N - m l / N^2) / sqrt(m / N (1 - m / N) l / N (1 - l / N))``. Permuting people keeps each layer as it is and
    breaks only what they have in common.

    References
    ----------
    Hubert (1987), Assignment Methods in Combinatorial Data Analysis. Krackhardt (1988), Predicting with networks,
    Social Networks 10, 359-381.

    Examples
    --------
    >>> advice = Network.of(4, [(0, 1), (1, 2), (2, 3)])
    >>> support = Network.of(4, [(0, 1), (1, 2), (3, 2)])
    >>> found = correlate_layers(advice, support)
    >>> round(found.correlation.value, 4), found.overlap.value
    (0.5556, 0.5)
    """
    Interval.check_level(level)
    UnusableInput.unless(first.n == second.n, "people", "Both layers have the same people.")
    UnusableInput.unless(permutations >= 0 and seed >= 0, "draws", "Permutations and seeds are at least 0.")
    told = np.ones(first.n, dtype=np.bool_)
    for layer in (first, second):
        told &= True if layer.answered is None else layer.answered
    one, other = (layer if told.all() else layer.subset(told) for layer in (first, second))
    n, pairs = one.n, one.n * (one.n - 1)
    shared = len(np.intersect1d(one.keys, other.keys, assume_unique=True))
    either = len(one) + len(other) - shared
    alike = Caution.NO_DIFFERENCES if len({0, pairs} & {len(one), len(other)}) else None
    drawn = np.zeros(0) if alike else _permuted(one, other, permutations, seed)
    value = None if alike else float(_pearson(np.array([float(shared)]), pairs, len(one), len(other))[0])

    def estimate(found: float | None, form: str, none: Caution | None) -> Estimate:
        cautions = [none, None if told.all() else Caution.NOT_ALL_ANSWERED]
        return Estimate(
            value=found,
            n_used=n,
            n_missing=first.n - n,
            method=f"layers: {form}",
            cautions=cautions_of(one, cautions),
        )

    return LayerCorrelation(
        correlation=estimate(value, "QAP", alike),
        chance=ChanceComparison.of(value, _pearson(drawn, pairs, len(one), len(other)), level),
        overlap=estimate(share(shared, either), "overlap", None if either else Caution.NO_TIES),
        shared=shared,
        different=either - shared,
    )


def _pearson(shared: FloatArray, pairs: int, first: int, second: int) -> FloatArray:
    if not len(shared):
        return shared
    one, other = first / pairs, second / pairs
    found: FloatArray = (shared / pairs - one * other) / np.sqrt(one * (1 - one) * other * (1 - other))
    return found


def _permuted(first: Network, second: Network, permutations: int, seed: int) -> FloatArray:
    """Count the ties shared with each permutation of the second layer's people."""
    few, many = sorted((first, second), key=len)  # permuting either comes to the same
    random = np.random.default_rng(seed)
    found = np.zeros(permutations)
    table = np.zeros(first.n**2, dtype=np.bool_) if first.n <= TABLE_UP_TO else None
    if table is not None:
        table[many.keys] = True
    for draw in range(permutations):
        place = random.permutation(first.n)
        keys = place[few.sources] * first.n + place[few.targets]
        if table is not None:
            found[draw] = np.count_nonzero(table[keys])
        else:
            places = np.minimum(np.searchsorted(many.keys, keys), len(many) - 1)
            found[draw] = np.count_nonzero(many.keys[places] == keys)
    return found
