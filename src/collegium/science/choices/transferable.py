"""Single transferable vote: several places shared out so that every group large enough for one gets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from collegium.science.choices._counting import firsts, parted_sums, ranks_of
from collegium.science.choices._placing import place
from collegium.science.choices.ballots import Ballots
from collegium.science.choices.outcomes import NO_QUORUM_NEEDED, Choice, Outcome, Quorum
from collegium.science.errors import UnusableInput
from collegium.science.results import IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One count: `votes` of the options still in, the `quota` to be passed, and who is elected or goes out after it."""

    votes: dict[int, Fraction]
    quota: Fraction
    elected: int | None
    out: int | None
    by_tie_rule: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class TransferableChoice(Choice):
    """A choice by counts. `chosen` is in the order of election."""

    counts: tuple[Count, ...]


def transferable_vote(
    ballots: Ballots,
    *,
    places: int,
    quorum: Quorum = NO_QUORUM_NEEDED,
    strict: bool = False,
    lot: Sequence[int] = (),
) -> TransferableChoice:
    """Choose several options from rankings so that groups of voters are represented by their size.

    Parameters
    ----------
    ballots : Ballots
        Ranks as in `instant_runoff`.
    places : int
        How many options are to be chosen.
    quorum : Quorum
        How many have to take part.
    strict : bool
        Equal ranks and gaps spoil a ballot.
    lot : sequence of int
        Options in an order drawn by lot beforehand, best first: decides where the tie rule does not. Without one the
        count stops there and those still in are tied.

    Returns
    -------
    TransferableChoice
        Its first level has all that are chosen, then those still in, then those that went out, the last first.

    Raises
    ------
    UnusableInput
        If there is no place, the quorum is a share of an unknown number, or `lot` does not name every option once.

    Notes
    -----
    In each count the quota is the votes that still count, divided by the places left plus one. The option with most
    votes, if it has more than the quota, is elected, and all its ballots go on with what it had too much, as a share of
    what it had. Else the option with fewest goes out. Options that are level are told apart by the earliest count in
    which they were not. As soon as no more options are in than places are left, all of them are elected.

    References
    ----------
    Tideman (1995), The single transferable vote, Journal of Economic Perspectives 9, 27-38. Sevcikova and Silverman,
    R package vote (quota worked out anew in each count, forwards tie-breaking).

    Examples
    --------
    >>> rows = [[1, 2, None], [2, 1, None], [None, None, 1]]
    >>> transferable_vote(Ballots.of("abc", rows, [5, 1, 4]), places=2).chosen
    (0, 2)
    """
    size = len(ballots.options)
    UnusableInput.unless(places >= 1, "places", "At least one place is to be filled.", places=places)
    UnusableInput.unless(
        not lot or sorted(lot) == list(range(size)), "lot", "A lot names every option once.", lot=tuple(lot)
    )
    sound, turnout = ballots.sift_ranks(strict=strict)
    placed = place([tuple(range(size))] if size else [], turnout, places=places, quorum=quorum)
    if placed["outcome"] not in {Outcome.CHOSEN, Outcome.TIED}:
        return TransferableChoice(method="transferable-vote", **placed, counts=())
    count = _Counting(*ranks_of(sound), places, lot)
    stopped = count.run()
    still_in = tuple(count.left)
    placed["levels"] = tuple(level for level in (tuple(sorted(count.elected)), still_in) if level) + count.gone
    placed["chosen"] = tuple(count.elected)
    placed["tied"] = still_in if stopped else ()
    placed["outcome"] = Outcome.TIED if stopped else Outcome.CHOSEN
    return TransferableChoice(method="transferable-vote", **placed, counts=tuple(count.counts))


class _Counting:
    """The state of a count. What a ballot is worth is one of a few fractions, so a row holds the number of its own."""

    def __init__(self, ranks: IntArray, times: IntArray, places: int, lot: Sequence[int]) -> None:
        self.ranks, self.times = ranks, times
        self.worths = [Fraction(1)]
        self.worth = np.zeros(len(times), dtype=np.int64)
        self.left = list(range(len(ranks)))
        self.free = places
        self.lot = {option: -at for at, option in enumerate(lot)}
        self.elected: list[int] = []
        self.counts: list[Count] = []
        self.out: list[int] = []

    @property
    def gone(self) -> tuple[tuple[int, ...], ...]:
        return tuple((option,) for option in self.out[::-1])

    def run(self) -> bool:
        """Count until all places are filled; say whether a tie stopped it before."""
        while self.free and self.left:
            if len(self.left) <= self.free:
                votes = self._votes()
                self.elected += sorted(self.left, key=lambda option: (-votes[option], option))
                self.left = []
                return False
            if self._one_count():
                return True
        return False

    def _votes(self) -> dict[int, Fraction]:
        top, width = firsts(self.ranks, self.left)
        votes = dict.fromkeys(self.left, Fraction(0))
        for number, worth in enumerate(self.worths):
            these = self.worth == number
            if worth and these.any():
                sums = parted_sums(top[:, these], width[these], self.times[these])
                for option, more in zip(self.left, sums, strict=True):
                    votes[option] += worth * more
        return votes

    def _one_count(self) -> bool:
        votes = self._votes()
        quota = sum(votes.values(), Fraction(0)) / (self.free + 1)
        wins = max(votes.values()) > quota
        level = [o for o in self.left if votes[o] == (max if wins else min)(votes.values())]
        option = self._apart(level, best=wins)
        if option is None:
            self.counts.append(Count(votes=votes, quota=quota, elected=None, out=None, by_tie_rule=False))
            return True
        self.counts.append(
            Count(
                votes=votes,
                quota=quota,
                elected=option if wins else None,
                out=None if wins else option,
                by_tie_rule=len(level) > 1,
            )
        )
        if wins:
            self._pass_on(option, (votes[option] - quota) / votes[option])
            self.elected.append(option)
            self.free -= 1
        else:
            self.out.append(option)
        self.left.remove(option)
        return False

    def _apart(self, level: list[int], *, best: bool) -> int | None:
        """Choose one of options that are level: by the earliest count that tells them apart, then by lot."""
        pick = max if best else min
        for count in self.counts:
            end = pick(count.votes[option] for option in level)
            level = [option for option in level if count.votes[option] == end]
        if len(level) > 1 and not self.lot:
            return None
        return pick(level, key=lambda option: self.lot.get(option, 0))

    def _pass_on(self, option: int, share: Fraction) -> None:
        """Let ballots of an elected option go on with a share of their worth.

        A ballot that puts it first beside others was worth only its part here: the rest of it keeps its worth.
        """
        top, width = firsts(self.ranks, self.left)
        these = top[self.left.index(option)]
        before = self.worth.copy()
        known = {worth: number for number, worth in enumerate(self.worths)}
        for number in np.unique(before[these]).tolist():
            for parts in np.unique(width[these & (before == number)]).tolist():
                worth = self.worths[number] * (Fraction(parts - 1, parts) + share / parts)
                at = known.setdefault(worth, len(known))
                if at == len(self.worths):
                    self.worths.append(worth)
                self.worth[these & (before == number) & (width == parts)] = at
