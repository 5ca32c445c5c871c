"""The rules of a vote, agreed before it begins."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from collegium.science.choices.budget import Completion, Worth
from collegium.science.choices.outcomes import Quorum
from collegium.science.choices.pairs import Unranked
from collegium.science.choices.positions import Of
from collegium.science.choices.schulze import Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a method needs to know beside the ballots; each method looks at its own.

    `needed` is the share of yes, or of support, that carries; None leaves it to the method. `costs` are those of the
    options, in their order. `lot` is an order of options drawn beforehand, for ties of the transferable vote.
    """

    places: int = 1
    quorum_share: Fraction = Fraction(0)
    quorum_people: int = 0
    needed: Fraction | None = None
    of: Of = Of.VOTES
    most_aside: Fraction = Fraction(1, 3)
    worked_through: int = 0
    highest: int = 5
    dots: int = 5
    most_on_one: int | None = None
    most_ticks: int | None = None
    strict: bool = False
    unranked: Unranked = Unranked.LAST
    strength: Strength = Strength.MARGIN
    budget: int = 0
    costs: tuple[int, ...] = ()
    completion: Completion = Completion.BY_RAISING
    worth: Worth = Worth.COST
    lot: tuple[int, ...] = ()

    @property
    def quorum(self) -> Quorum:
        """How many have to take part."""
        return Quorum(share=self.quorum_share, people=self.quorum_people)
