"""Schulze's method: the option that no other beats along a chain of stronger comparisons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique

import numpy as np

from collegium.science.choices._placing import place
from collegium.science.choices.ballots import Ballots
from collegium.science.choices.outcomes import NO_QUORUM_NEEDED, Choice, Levels, Quorum
from collegium.science.choices.pairs import Pairs, Unranked, compare_pairs
from collegium.science.results import IntArray, Locked


@unique
class Strength(StrEnum):
    """What makes one comparison stronger than another."""

    MARGIN = "how many more prefer the one"
    WINNING_VOTES = "how many prefer the one"


@dataclass(frozen=True, kw_only=True, eq=False)
class SchulzeChoice(Locked, Choice):
    """A choice by strongest paths: `paths[a, b]` is the strength of the strongest chain from a to b, 0 without one."""

    pairs: Pairs
    paths: IntArray


def schulze(
    ballots: Ballots,
    *,
    places: int = 1,
    quorum: Quorum = NO_QUORUM_NEEDED,
    unranked: Unranked = Unranked.LAST,
    strength: Strength = Strength.MARGIN,
    strict: bool = False,
) -> SchulzeChoice:
    """Choose from rankings by Schulze's method.

    Parameters
    ----------
    ballots : Ballots
        Ranks as in `compare_pairs`.
    places : int
        How many options are to be chosen: the best of the order that the method gives.
    quorum : Quorum
        How many have to take part.
    unranked : Unranked
        What it means to leave an option without a rank.
    strength : Strength
        Margins, or Schulze's own choice of winning votes; both agree where every ballot ranks every option.
    strict : bool
        Equal ranks and gaps spoil a ballot.

    Returns
    -------
    SchulzeChoice
        On the first level are the options that none beats, on the next those that only these beat, and so on.

    Raises
    ------
    UnusableInput
        If there is no place, or the quorum is a share of an unknown number.

    Notes
    -----
    The strength of a chain is that of its weakest link; a beats b where the strongest chain from a to b is stronger
    than the one back. This relation has no circles.

    References
    ----------
    Schulze (2011), A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner
    election method, Social Choice and Welfare 36, 267-303, sec. 2.2 and 2.3.

    Examples
    --------
    >>> rows = [[1, 2, 3], [3, 1, 2], [2, 3, 1]]
    >>> schulze(Ballots.of("abc", rows, [4, 3, 2])).levels
    ((0,), (1,), (2,))
    """
    pairs = compare_pairs(ballots, unranked=unranked, strict=strict)
    paths = _strongest_paths(pairs, strength)
    placed = place(_levels(paths > paths.T), pairs.turnout, places=places, quorum=quorum)
    return SchulzeChoice(method="schulze", **placed, pairs=pairs, paths=paths)


def _strongest_paths(pairs: Pairs, strength: Strength) -> IntArray:
    links = pairs.margins if strength is Strength.MARGIN else pairs.prefer
    paths: IntArray = np.where(pairs.margins > 0, links, 0)
    for over in range(len(paths)):
        np.maximum(paths, np.minimum(paths[:, over, None], paths[None, over, :]), out=paths)
    np.fill_diagonal(paths, 0)
    return paths


def _levels(beats: np.typing.NDArray[np.bool_]) -> Levels:
    found: list[tuple[int, ...]] = []
    left = np.arange(len(beats))
    while left.size:
        beaten = beats[np.ix_(left, left)].any(axis=0)
        found.append(tuple(left[~beaten].tolist()))
        left = left[beaten]
    return tuple(found)
