"""Ranked choice as a page shows it: Schulze and instant runoff side by side."""

from __future__ import annotations

from dataclasses import dataclass

from collegium.science.choices.ballots import Ballots
from collegium.science.choices.outcomes import NO_QUORUM_NEEDED, Quorum
from collegium.science.choices.pairs import Unranked
from collegium.science.choices.runoff import RunoffChoice, instant_runoff
from collegium.science.choices.schulze import SchulzeChoice, schulze


@dataclass(frozen=True, kw_only=True)
class RankedChoice:
    """The same ballots by both methods. `agree` where both lead to the same options, tied or not."""

    schulze: SchulzeChoice
    runoff: RunoffChoice

    @property
    def agree(self) -> bool:
        """Whether both come to the same outcome and the same options."""
        return self.schulze.outcome is self.runoff.outcome and self.schulze.leading == self.runoff.leading


def ranked_choice(ballots: Ballots, *, quorum: Quorum = NO_QUORUM_NEEDED, strict: bool = False) -> RankedChoice:
    """Choose one option from rankings by two methods, so that a disagreement is seen and talked about.

    Parameters
    ----------
    ballots : Ballots
        Ranks as in `compare_pairs`; options without a rank are last.
    quorum : Quorum
        How many have to take part.
    strict : bool
        Equal ranks and gaps spoil a ballot.

    Returns
    -------
    RankedChoice
        Which of the two decides has to be said before the vote; Collegium's pages say Schulze.

    Raises
    ------
    UnusableInput
        If the quorum is a share of an unknown number.

    References
    ----------
    As for `schulze` and `instant_runoff`.

    Examples
    --------
    >>> rows = [[1, 2, 3], [3, 1, 2], [3, 2, 1]]
    >>> found = ranked_choice(Ballots.of("abc", rows, [4, 2, 3]))
    >>> found.schulze.chosen, found.runoff.chosen, found.agree
    ((1,), (2,), False)
    """
    return RankedChoice(
        schulze=schulze(ballots, quorum=quorum, unranked=Unranked.LAST, strict=strict),
        runoff=instant_runoff(ballots, quorum=quorum, strict=strict),
    )
