"""Position and ability: whether those who hold a post are those whom people turn to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.networks._groups import unknown_groups
from collegium.science.networks._putting import estimate, share
from collegium.science.networks._ranks import rank_correlation, ranks
from collegium.science.networks.network import Network
from collegium.science.networks.values import ChanceComparison
from collegium.science.results import Caution, Estimate, FloatArray, IntArray, Interval

AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FormalInformal:
    """Posts held against whom people turn to.

    `correlation` of the level of posts and in-degree, over people whose level is known, and what chance gives when
    levels are dealt out anew. Shares of ties: `to_no_post` leads to people without a post, `expected_to_no_post` would
    if everybody else were named alike; `upwards`, `sideways` and `downwards` lead to a higher, the same and a lower
    level. `top_without_post` is the share of people without a post among the most named tenth.
    """

    correlation: Estimate
    chance: ChanceComparison
    to_no_post: Estimate
    expected_to_no_post: float | None
    top_without_post: Estimate
    upwards: Estimate
    sideways: Estimate
    downwards: Estimate


def formal_and_informal(
    network: Network,
    levels: Sequence[int] | npt.NDArray[Any],
    has_post: npt.ArrayLike,
    *,
    permutations: int = 999,
    seed: int = 1,
    confidence: float = 0.95,
) -> FormalInformal:
    """Return how far those who hold a post are those whom people turn to.

    Parameters
    ----------
    network : Network
        Of any size.
    levels : array of int, one for each person
        Higher numbers for higher posts, from 0; -1 where not known, and then left out of what is about levels.
    has_post : array of bool, one for each person
        Who holds a post of leadership.
    permutations : int
        How often levels are dealt out anew among those whose level is known; 0 for none.
    seed : int
        The same seed deals the same, at least 0.
    confidence : float
        How much of what chance gives the comparison holds, between 0 and 1.

    Returns
    -------
    FormalInformal
        `correlation` from -1 to 1; no value where all have the same level or are named alike (NO_DIFFERENCES). Shares
        have none without ties (NO_TIES).

    Raises
    ------
    UnusableInput
        If levels are not whole numbers of at least -1 or posts not yes or no, one for each person, permutations or the
        seed are below 0, or the confidence is none.

    Notes
    -----
    Spearman's correlation: Pearson's of ranks, with the mean rank for people who are alike. Whoever is on the edge of
    the most named tenth with others counts with the share of them that fits in.

    References
    ----------
    Spearman (1904), American Journal of Psychology 15, 72-101. Krackhardt and Hanson (1993), Informal networks,
    Harvard Business Review 71(4), 104-111.

    Examples
    --------
    >>> web = Network.of(4, [(1, 0), (2, 0), (3, 0), (3, 2)])
    >>> found = formal_and_informal(web, [2, 1, 0, 0], [True, True, False, False])
    >>> round(found.correlation.value, 4), found.to_no_post.value, found.upwards.value
    (0.5, 0.25, 0.75)
    """
    Interval.check_level(confidence)
    UnusableInput.unless(permutations >= 0 and seed >= 0, "draws", "Permutations and seeds are at least 0.")
    level, post = network.codes(levels), np.asarray(has_post)
    UnusableInput.unless(
        post.shape == (network.n,) and (network.n == 0 or post.dtype == np.bool_),
        "shape",
        "Whether somebody holds a post is said once for each person.",
    )
    post = post.astype(np.bool_)
    known = np.flatnonzero(level >= 0)
    value = rank_correlation(level[known], network.in_degree[known])
    alike = Caution.NO_DIFFERENCES if value is None else None
    drawn = np.zeros(0) if alike else _dealt(level[known], network.in_degree[known], permutations, seed)
    ties = network.edges[(level[network.sources] >= 0) & (level[network.targets] >= 0)]
    steps = np.sign(level[ties[:, 1]] - level[ties[:, 0]])

    def part(count: float, whole: int, what: str, *cautions: Caution | None) -> Estimate:
        none = None if whole else Caution.NO_TIES
        return estimate(network, share(count, whole), f"formal-informal: {what}", none, *cautions)

    told = network.told
    without = int((~post).sum())
    # Everybody else may be named: of those without a post one fewer by somebody without a post.
    possible = int(told.sum()) * without - int((told & ~post).sum())
    unknown = unknown_groups(level)
    return FormalInformal(
        correlation=estimate(network, value, "formal-informal: Spearman", alike, unknown),
        chance=ChanceComparison.of(value, drawn, confidence),
        to_no_post=part(int((~post)[network.targets].sum()), len(network), "ties to no post"),
        expected_to_no_post=share(possible, int(told.sum()) * (network.n - 1)),
        top_without_post=estimate(
            network,
            _top_without(network.in_degree, post) if len(network) else None,
            "formal-informal: most named without a post",
            None if len(network) else Caution.NO_TIES,
        ),
        upwards=part(int((steps > 0).sum()), len(ties), "upwards", unknown),
        sideways=part(int((steps == 0).sum()), len(ties), "same level", unknown),
        downwards=part(int((steps < 0).sum()), len(ties), "downwards", unknown),
    )


def _top_without(named: IntArray, post: npt.NDArray[np.bool_]) -> float:
    """Return the share of the most named tenth without a post; who is named as often counts alike."""
    size = math.ceil(len(named) / 10)
    edge = np.sort(named)[-size]
    above, at = named > edge, named == edge
    room = size - int(above.sum())
    return float(((~post & above).sum() + (~post & at).sum() * room / at.sum()) / size)


def _dealt(levels: IntArray, named: IntArray, permutations: int, seed: int) -> FloatArray:
    """Return the correlation with levels dealt out anew, once for each permutation."""
    first, second = (each - each.mean() for each in (ranks(levels), ranks(named)))
    size = float(np.sqrt((first**2).sum() * (second**2).sum()))
    random = np.random.default_rng(seed)
    found = []
    block = max(AT_ONCE // max(len(first), 1), 1)
    for start in range(0, permutations, block):
        rows = np.tile(first, (min(block, permutations - start), 1))
        found.append(random.permuted(rows, axis=1, out=rows) @ second / size)
    return np.concatenate(found) if found else np.zeros(0)
