"""The positions that people take on one proposal, and the shapes of what these come to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from fractions import Fraction

from collegium.science.choices.outcomes import Outcome, Turnout


@unique
class Sense(StrEnum):
    """Positions of a sense check."""

    GOOD = "looks good"
    UNSURE = "unsure"
    CONCERN = "concerned"


@unique
class Advice(StrEnum):
    """What somebody who was asked for advice gave."""

    GO_ON = "go on"
    CHANGE = "go on with a change"
    WAIT = "wait"
    NOTHING = "no advice to give"


@unique
class Vote(StrEnum):
    """Positions of a majority vote."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


@unique
class Consent(StrEnum):
    """Positions of consent."""

    CONSENT = "consent"
    CONCERN = "consent with a concern"
    OBJECTION = "objection"
    ABSTAIN = "abstain"


@unique
class Consensus(StrEnum):
    """Positions of consensus."""

    AGREE = "agree"
    RESERVATION = "agree with reservations"
    STAND_ASIDE = "stand aside"
    BLOCK = "block"
    ABSTAIN = "abstain"


@unique
class Gradient(StrEnum):
    """Gradients of agreement, from the warmest."""

    ENDORSE = "endorse"
    AGREE = "agree with minor points"
    RESERVATIONS = "support with reservations"
    ABSTAIN = "abstain"
    DISCUSS = "more discussion needed"
    SUPPORT_ANYWAY = "do not like it, will support it"
    DISAGREE = "serious disagreement"
    VETO = "veto"


SUPPORT = (Gradient.ENDORSE, Gradient.AGREE, Gradient.RESERVATIONS, Gradient.SUPPORT_ANYWAY)


@unique
class Of(StrEnum):
    """What a share of yes is taken of."""

    VOTES = "yes and no"
    TAKING_PART = "everybody who took part, abstentions too"
    ASKED = "everybody who was asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Positions:
    """What a group said to one proposal: how often each position was taken, and what that comes to."""

    method: str
    outcome: Outcome
    turnout: Turnout
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Majority(Positions):
    """A vote with its share of yes, None where it is a share of nothing, and the share that was needed."""

    share: Fraction | None
    needed: Fraction
    of: Of


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentFound(Positions):
    """Consent with how many objections are `open`: raised and not yet worked through."""

    open: int
    worked_through: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gradients(Positions):
    """Gradients with the share that supports, of those who did not abstain, and how many of these do so warmly.

    `is_lukewarm` where less than half of the support is warm: endorses, or agrees with minor points.
    """

    support: Fraction | None
    needed: Fraction
    warm: int
    is_lukewarm: bool
