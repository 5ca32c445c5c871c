"""Choosing by marks that are added up: one choice each, approval, scores, dots, and times that suit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from collegium.science.choices._placing import Placed, levels_of, place
from collegium.science.choices.ballots import Ballots
from collegium.science.choices.outcomes import NO_QUORUM_NEEDED, Choice, Quorum
from collegium.science.errors import UnusableInput
from collegium.science.results import IntArray, Locked

SUITS, IF_NEED_BE = 2, 1


@dataclass(frozen=True, kw_only=True, eq=False)
class Scored(Locked, Choice):
    """A choice by sums: `scores` has the sum of each option, `markers` how many ballots have a mark for it."""

    scores: IntArray
    markers: IntArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Times(Locked, Choice):
    """Times in the order of who can come. At `nobody_out` everybody can who handed in a ballot that counts."""

    suits: IntArray
    if_need_be: IntArray
    nobody_out: tuple[int, ...]


def plurality(ballots: Ballots, *, places: int = 1, quorum: Quorum = NO_QUORUM_NEEDED) -> Scored:
    """Choose the options that most ballots name, each ballot naming one.

    Parameters
    ----------
    ballots : Ballots
        A mark of 1 for the one choice, and 0 or none for the others. More than one choice, or another mark, spoils it;
        so does a ballot of zeros alone.
    places : int
        How many options are to be chosen.
    quorum : Quorum
        How many have to take part.

    Returns
    -------
    Scored
        Options with equally many ballots are level.

    Raises
    ------
    UnusableInput
        If there is no place, or the quorum is a share of an unknown number.

    References
    ----------
    Brams and Fishburn (2002), Voting procedures, in Handbook of Social Choice and Welfare 1, ch. 4.

    Examples
    --------
    >>> found = plurality(Ballots.of(["hill", "vale"], [[1, 0], [1, 0], [0, 1]]))
    >>> found.chosen, found.scores.tolist()
    ((0,), [2, 1])
    """
    sound, turnout = ballots.sift_marks(1, (ballots.marks == 1).sum(axis=1) != 1)
    scores = _sums(sound)
    placed = place(levels_of(scores.tolist()), turnout, places=places, quorum=quorum)
    return _scored("plurality", placed, scores, sound)


def approval(
    ballots: Ballots, *, places: int = 1, most: int | None = None, quorum: Quorum = NO_QUORUM_NEEDED
) -> Scored:
    """Choose the options that most ballots approve of.

    Parameters
    ----------
    ballots : Ballots
        1 approves, 0 or no mark does not; any other mark spoils the ballot. Zeros alone count as approving of nothing.
    places : int
        How many options are to be chosen.
    most : int, optional
        A ballot that approves of more options is spoilt.
    quorum : Quorum
        How many have to take part.

    Returns
    -------
    Scored
        Options that equally many approve of are level.

    Raises
    ------
    UnusableInput
        If there is no place, `most` is below 1, or the quorum is a share of an unknown number.

    References
    ----------
    Brams and Fishburn (1978), Approval voting, American Political Science Review 72, 831-847.

    Examples
    --------
    >>> approval(Ballots.of(["hill", "vale", "moor"], [[1, 1, 0], [0, 1, 0], [0, 0, 1]])).chosen
    (1,)
    """
    UnusableInput.unless(most is None or most >= 1, "most", "At least one option may be approved of.", most=most)
    too_many = (ballots.marks == 1).sum(axis=1) > (len(ballots.options) if most is None else most)
    sound, turnout = ballots.sift_marks(1, too_many)
    scores = _sums(sound)
    placed = place(levels_of(scores.tolist()), turnout, places=places, quorum=quorum)
    return _scored("approval", placed, scores, sound)


def score(ballots: Ballots, *, highest: int, places: int = 1, quorum: Quorum = NO_QUORUM_NEEDED) -> Scored:
    """Choose the options with the highest sum of scores.

    Parameters
    ----------
    ballots : Ballots
        A score from 0 to `highest`; a higher one spoils the ballot. No mark counts as 0, so that an option that few
        know does not win by the marks of its friends; `markers` says how many scored it.
    highest : int
        The best score, at least 1.
    places : int
        How many options are to be chosen.
    quorum : Quorum
        How many have to take part.

    Returns
    -------
    Scored
        Options with equal sums are level.

    Raises
    ------
    UnusableInput
        If there is no place, `highest` is below 1, or the quorum is a share of an unknown number.

    References
    ----------
    Smith (2000), Range voting. Hillinger (2005), The case for utilitarian voting, Homo Oeconomicus 22, 295-321.

    Examples
    --------
    >>> score(Ballots.of(["hill", "vale"], [[5, 4], [0, 3]]), highest=5).scores.tolist()
    [5, 7]
    """
    UnusableInput.unless(highest >= 1, "highest", "The best score is at least 1.", highest=highest)
    sound, turnout = ballots.sift_marks(highest)
    scores = _sums(sound)
    placed = place(levels_of(scores.tolist()), turnout, places=places, quorum=quorum)
    return _scored("score", placed, scores, sound)


def dot_vote(
    ballots: Ballots,
    *,
    dots: int,
    most_on_one: int | None = None,
    places: int = 1,
    quorum: Quorum = NO_QUORUM_NEEDED,
) -> Scored:
    """Choose the options with most dots, everybody having the same number of dots to spread.

    Parameters
    ----------
    ballots : Ballots
        Dots on each option. More than `dots` in all, or than `most_on_one` on one option, spoil the ballot: nobody
        guesses which were meant. Fewer are legal.
    dots : int
        How many everybody has, at least 1.
    most_on_one : int, optional
        How many may be put on one option.
    places : int
        How many options are to be chosen.
    quorum : Quorum
        How many have to take part.

    Returns
    -------
    Scored
        Options with equally many dots are level; `markers` says how many ballots have a mark for one.

    Raises
    ------
    UnusableInput
        If there is no place, no dot, or the quorum is a share of an unknown number.

    References
    ----------
    Skowron, Slinko, Szufa and Talmon (2020), Participatory budgeting with cumulative votes, arXiv 2009.02690.

    Examples
    --------
    >>> found = dot_vote(Ballots.of(["hill", "vale"], [[3, 0], [1, 2], [4, 0]]), dots=3)
    >>> found.scores.tolist(), found.turnout.spoilt
    ([4, 2], 1)
    """
    UnusableInput.unless(
        dots >= 1 and (most_on_one is None or most_on_one >= 1), "dots", "Everybody has at least one dot.", dots=dots
    )
    used = np.where(ballots.marked, ballots.marks, 0)
    most = dots if most_on_one is None else most_on_one
    sound, turnout = ballots.sift_marks(most, used.sum(axis=1) > dots)
    scores = _sums(sound)
    placed = place(levels_of(scores.tolist()), turnout, places=places, quorum=quorum)
    return _scored("dot-vote", placed, scores, sound)


def time_poll(ballots: Ballots, *, places: int = 1, quorum: Quorum = NO_QUORUM_NEEDED) -> Times:
    """Choose the times at which most can come, and of these the ones that suit most.

    Parameters
    ----------
    ballots : Ballots
        For each time 2 where it suits, 1 where it will do if need be, 0 or no mark where it does not. Any other mark
        spoils the ballot.
    places : int
        How many times are to be chosen.
    quorum : Quorum
        How many have to take part.

    Returns
    -------
    Times
        Level are times at which equally many can come, and which suit equally many.

    Raises
    ------
    UnusableInput
        If there is no place, or the quorum is a share of an unknown number.

    References
    ----------
    Zou, Meir and Parkes (2015), Strategic voting behavior in Doodle polls, CSCW 2015, 464-472.

    Examples
    --------
    >>> found = time_poll(Ballots.of(["Monday", "Friday"], [[2, 1], [0, 1], [2, 1]]))
    >>> found.chosen, found.nobody_out
    ((1,), (1,))
    """
    sound, turnout = ballots.sift_marks(SUITS)
    suits, if_need_be = (((sound.marks == mark).T @ sound.counts).astype(np.int64) for mark in (SUITS, IF_NEED_BE))
    can = (suits + if_need_be).tolist()
    placed = place(levels_of(list(zip(can, suits.tolist(), strict=True))), turnout, places=places, quorum=quorum)
    return Times(
        method="time-poll",
        **placed,
        suits=suits,
        if_need_be=if_need_be,
        nobody_out=tuple(time for time, come in enumerate(can) if turnout.counted and come == turnout.counted),
    )


def _sums(ballots: Ballots) -> IntArray:
    sums: IntArray = np.where(ballots.marked, ballots.marks, 0).T @ ballots.counts
    return sums


def _scored(method: str, placed: Placed, scores: IntArray, ballots: Ballots) -> Scored:
    markers: IntArray = ballots.marked.T.astype(np.int64) @ ballots.counts
    return Scored(method=method, **placed, scores=scores, markers=markers)
