"""The shapes in which every tally is handed over: who took part, what came of it, who is level with whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from fractions import Fraction

from collegium.science.errors import UnusableInput

Levels = tuple[tuple[int, ...], ...]


@unique
class Outcome(StrEnum):
    """What a tally came to. A page words each one."""

    CARRIED = "carried"
    NOT_CARRIED = "not carried"
    OPEN = "objections are open"
    CHOSEN = "chosen"
    TIED = "options are level at the last place"
    NO_QUORUM = "too few took part"
    NO_VOTES = "nobody expressed a choice"
    NO_OPTIONS = "there is nothing to choose from"
    SUMMARY = "heard, not decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """Who took part: `counted` ballots express a choice, `abstained` are handed in without one, `spoilt` break a rule.

    `asked` is None where it is not known how many could have taken part.
    """

    counted: int
    abstained: int = 0
    spoilt: int = 0
    asked: int | None = None

    def __post_init__(self) -> None:
        UnusableInput.unless(
            min(self.counted, self.abstained, self.spoilt) >= 0, "turnout", "There cannot be fewer than no ballots."
        )
        UnusableInput.unless(
            self.asked is None or self.asked >= self.handed_in,
            "turnout",
            "More ballots were handed in than people were asked.",
            asked=self.asked,
            handed_in=self.handed_in,
        )

    @property
    def handed_in(self) -> int:
        """How many ballots there are, whatever is on them."""
        return self.counted + self.abstained + self.spoilt


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """How many have to take part: a `share` of those asked, or at least `people`, or both; nobody by default.

    Who abstains takes part; a spoilt ballot does not.
    """

    share: Fraction = Fraction(0)
    people: int = 0

    def __post_init__(self) -> None:
        UnusableInput.unless(0 <= self.share <= 1, "quorum", "A quorum is a share from 0 to 1.", share=self.share)
        UnusableInput.unless(self.people >= 0, "quorum", "A quorum cannot be below zero.", people=self.people)

    def is_met(self, turnout: Turnout) -> bool:
        """Say whether enough took part; a share of those asked is refused where nobody knows how many were asked."""
        UnusableInput.unless(
            not self.share or turnout.asked is not None, "asked", "A quorum by share needs how many were asked."
        )
        part = turnout.counted + turnout.abstained
        return part >= self.people and part >= self.share * (turnout.asked or 0)


NO_QUORUM_NEEDED = Quorum()


@dataclass(frozen=True, kw_only=True, eq=False)
class Choice:
    """Which options a tally chose.

    Options are numbers from 0, in the order of the ballots. `levels` are all options, best first, those that are level
    together. `chosen` have a place for certain; `tied` are level at the last places, of which `open_places` are left:
    nothing here decides between them.
    """

    method: str
    outcome: Outcome
    turnout: Turnout
    places: int
    levels: Levels
    chosen: tuple[int, ...]
    tied: tuple[int, ...]

    @property
    def open_places(self) -> int:
        """How many places the tied are level for."""
        return min(self.places - len(self.chosen), len(self.tied))

    @property
    def leading(self) -> tuple[int, ...]:
        """Every option that is chosen or level for a place."""
        return tuple(sorted(self.chosen + self.tied))
