"""Instant runoff: the option with fewest first preferences goes, until one has more than half."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from collegium.science.choices._counting import firsts, parted_sums, ranks_of
from collegium.science.choices._placing import place
from collegium.science.choices.ballots import Ballots
from collegium.science.choices.outcomes import NO_QUORUM_NEEDED, Choice, Quorum
from collegium.science.results import IntArray

MOST_WORK = 50_000_000  # cells looked at to follow every way of breaking ties
MOST_SETS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round: `votes` of the options still in, those that go out after it, and how much of the ballots is left over.

    A ballot that puts several options first is parted among them equally, hence fractions.
    """

    votes: dict[int, Fraction]
    out: tuple[int, ...]
    exhausted: int


@dataclass(frozen=True, kw_only=True, eq=False)
class RunoffChoice(Choice):
    """A choice by rounds. `each_way` are the options that win if those level at the end go out one at a time.

    It holds every order in which that can be done; None where these are too many to follow.
    """

    rounds: tuple[Round, ...]
    each_way: tuple[int, ...] | None


def instant_runoff(ballots: Ballots, *, quorum: Quorum = NO_QUORUM_NEEDED, strict: bool = False) -> RunoffChoice:
    """Choose one option from rankings by instant runoff.

    Parameters
    ----------
    ballots : Ballots
        Ranks as in `compare_pairs`. A ballot counts for the option it ranks highest of those still in; where these are
        several of equal rank it is parted among them; without any it is exhausted.
    quorum : Quorum
        How many have to take part.
    strict : bool
        Equal ranks and gaps spoil a ballot.

    Returns
    -------
    RunoffChoice
        The option with more than half of the ballots that still count. Until there is one, the option with fewest goes
        out; several that are level there go out together; where all are level, they are tied.

    Raises
    ------
    UnusableInput
        If the quorum is a share of an unknown number.

    References
    ----------
    Tideman (2006), Collective Decisions and Voting, ch. 11. Delemazure and Peters (2024), Generalizing instant runoff
    voting to allow for indifferences, EC 2024 (parted ballots: split-IRV). Wang et al. (2019), Practical algorithms for
    multi-stage voting rules with parallel universes tiebreaking, AAAI 33 (each way).

    Examples
    --------
    >>> found = instant_runoff(Ballots.of("abc", [[1, 2, 3], [3, 1, 2], [3, 2, 1]], [4, 2, 3]))
    >>> found.chosen, [int(votes) for votes in found.rounds[0].votes.values()]
    ((2,), [4, 2, 3])
    """
    sound, turnout = ballots.sift_ranks(strict=strict)
    ranks, times = ranks_of(sound)
    rounds, levels = _play(ranks, times)
    placed = place(levels, turnout, quorum=quorum)
    each_way: tuple[int, ...] | None = placed["chosen"] + placed["tied"]
    if each_way and any(len(each.out) > 1 for each in rounds):
        each_way = _each_way(ranks, times)
    return RunoffChoice(method="instant-runoff", **placed, rounds=rounds, each_way=each_way)


def _votes(ranks: IntArray, times: IntArray, left: list[int]) -> tuple[dict[int, Fraction], int]:
    top, width = firsts(ranks, left)
    return dict(zip(left, parted_sums(top, width, times), strict=True)), int(times[width == 0].sum())


def _has_won(votes: dict[int, Fraction], option: int) -> bool:
    return len(votes) == 1 or 2 * votes[option] > sum(votes.values())


def _play(ranks: IntArray, times: IntArray) -> tuple[tuple[Round, ...], list[tuple[int, ...]]]:
    left = list(range(len(ranks)))
    rounds: list[Round] = []
    gone: list[tuple[int, ...]] = []
    while left:
        votes, exhausted = _votes(ranks, times, left)
        fewest = min(votes.values())
        last = tuple(option for option in left if votes[option] == fewest)
        won = [option for option in left if _has_won(votes, option)]
        ends = bool(won) or len(last) == len(left)
        rounds.append(Round(votes=votes, out=() if ends else last, exhausted=exhausted))
        if ends:
            by_votes: dict[Fraction, list[int]] = {}
            for option in left:
                by_votes.setdefault(votes[option], []).append(option)
            best_first = [tuple(by_votes[count]) for count in sorted(by_votes, reverse=True)]
            return tuple(rounds), best_first + gone[::-1]
        gone.append(last)
        left = [option for option in left if option not in last]
    return tuple(rounds), []


def _each_way(ranks: IntArray, times: IntArray) -> tuple[int, ...] | None:
    """Follow every order in which level options can go out; one set of options is looked at once."""
    winners: set[int] = set()
    seen = {frozenset(range(len(ranks)))}
    waiting = list(seen)
    states = MOST_WORK // max(ranks.size, 1)
    while waiting:
        left = sorted(waiting.pop())
        votes, _ = _votes(ranks, times, left)
        won = [option for option in left if _has_won(votes, option)]
        if won:
            winners.update(won)
            continue
        fewest = min(votes.values())
        last = [frozenset({option}) for option in left if votes[option] == fewest]
        if not fewest:  # nobody's vote moves when they go, so the order among them does not matter
            last = [frozenset().union(*last)]
        for out in last:
            rest = frozenset(left) - out
            if rest not in seen:
                seen.add(rest)
                waiting.append(rest)
        if len(seen) > min(states, MOST_SETS):
            return None
    return tuple(sorted(winners))
