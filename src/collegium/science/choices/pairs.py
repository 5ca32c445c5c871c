"""Options of ranked ballots compared two by two."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from functools import cached_property

import numpy as np

from collegium.science.choices.ballots import HIGHEST_MARK, Ballots
from collegium.science.choices.outcomes import Turnout
from collegium.science.results import IntArray, Locked


@unique
class Unranked(StrEnum):
    """What it means to leave an option without a rank."""

    LAST = "below all that have a rank, and level with each other"
    NOT_COMPARED = "not compared with any option"


@dataclass(frozen=True, kw_only=True, eq=False)
class Pairs(Locked):
    """`prefer[a, b]` ballots put option a above option b; `turnout` says which ballots that is about."""

    prefer: IntArray
    turnout: Turnout

    @cached_property
    def margins(self) -> IntArray:
        """How many more put a above b than b above a."""
        found: IntArray = self.prefer - self.prefer.T
        found.setflags(write=False)
        return found

    @property
    def condorcet_winner(self) -> int | None:
        """The option that wins against every other, if there is one; a single option does."""
        wins = np.flatnonzero((self.margins > 0).sum(axis=1) == len(self.prefer) - 1)
        return int(wins[0]) if wins.size and self.turnout.counted else None

    @property
    def condorcet_loser(self) -> int | None:
        """The option that loses against every other, if there is one."""
        loses = np.flatnonzero((self.margins < 0).sum(axis=1) == len(self.prefer) - 1)
        return int(loses[0]) if loses.size and len(self.prefer) > 1 else None

    @property
    def copeland(self) -> IntArray:
        """Wins less losses of each option."""
        found: IntArray = (self.margins > 0).sum(axis=1) - (self.margins < 0).sum(axis=1)
        return found


def compare_pairs(ballots: Ballots, *, unranked: Unranked = Unranked.LAST, strict: bool = False) -> Pairs:
    """Count for each two options how many ballots put the one above the other.

    Parameters
    ----------
    ballots : Ballots
        Ranks from 1, the best; only their order counts, so gaps do no harm, and equal ranks put neither above the
        other. A rank of 0 spoils the ballot.
    unranked : Unranked
        What it means to leave an option without a rank.
    strict : bool
        Equal ranks and gaps spoil the ballot too.

    Returns
    -------
    Pairs
        Margins, Condorcet winner and loser, and Copeland's scores follow from it.

    Raises
    ------
    UnusableInput
        Never for ballots that could be built; what is wrong with one is counted as spoilt.

    References
    ----------
    Condorcet (1785), Essai sur l'application de l'analyse. Copeland (1951). Fishburn (1977), SIAM Journal on Applied
    Mathematics 33, 469-489.

    Examples
    --------
    >>> pairs = compare_pairs(Ballots.of("abc", [[1, 2, 3], [2, 1, None]], [3, 2]))
    >>> pairs.prefer.tolist(), pairs.condorcet_winner
    ([[0, 3, 5], [2, 0, 5], [0, 0, 0]], 0)
    """
    sound, turnout = ballots.sift_ranks(strict=strict)
    size = len(sound.options)
    prefer = np.zeros((size, size), dtype=np.int64)
    marked = sound.marked.T
    ranks = np.ascontiguousarray(np.where(marked, sound.marks.T, HIGHEST_MARK + 1))
    for option in range(size):
        above = ranks[option] < ranks
        if unranked is Unranked.NOT_COMPARED:
            above &= marked
        prefer[option] = above @ sound.counts
    return Pairs(prefer=prefer, turnout=turnout)
