"""First preferences among options that are still in, exactly: a ballot that puts several first is parted among them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from collegium.science.choices.ballots import HIGHEST_MARK, Ballots
from collegium.science.results import BoolArray, IntArray

UNRANKED = HIGHEST_MARK + 1
WORTH_PUTTING_TOGETHER = 20_000


def ranks_of(ballots: Ballots) -> tuple[IntArray, IntArray]:
    """Return ranks, a row for each option and a column for each kind of ballot, and how often each kind came."""
    ranks = np.where(ballots.marked, ballots.marks, UNRANKED)
    if not 0 < len(ranks) <= WORTH_PUTTING_TOGETHER:
        return np.ascontiguousarray(ranks.T), ballots.counts
    kinds, places = np.unique(ranks, axis=0, return_inverse=True)
    times = np.zeros(len(kinds), dtype=np.int64)
    np.add.at(times, places.reshape(-1), ballots.counts)
    return np.ascontiguousarray(kinds.T), times


def firsts(ranks: IntArray, left: list[int]) -> tuple[BoolArray, IntArray]:
    """Return which of the options `left` each ballot puts first, and how many these are; none once it is exhausted."""
    of_left = ranks[left]
    best = of_left.min(axis=0)
    top: BoolArray = (of_left == best) & (best < UNRANKED)
    return top, top.sum(axis=0)


def parted_sums(top: BoolArray, width: IntArray, times: IntArray) -> list[Fraction]:
    """Add ballots up for each option, each parted among those it puts first."""
    sums = [Fraction(0)] * len(top)
    for parts in np.unique(width[width > 0]).tolist():
        these = width == parts
        found: list[int] = (top[:, these] @ times[these]).tolist()
        sums = [before + Fraction(more, parts) for before, more in zip(sums, found, strict=True)]
    return sums
