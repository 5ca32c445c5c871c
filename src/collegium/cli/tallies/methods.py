"""The ways of deciding, and what a ballot looks like in each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, unique

from collegium.science.choices.positions import Advice, Consensus, Consent, Gradient, Sense, Vote


@unique
class BallotForm(StrEnum):
    """What is put on a ballot."""

    POSITION = "position"
    CHOICE = "choice"
    TICKS = "ticks"
    SCORES = "scores"
    DOTS = "dots"
    RANKS = "ranks"
    TIMES = "times"


@unique
class Method(StrEnum):
    """A way of deciding; each is a page in docs/methods by the same name."""

    SENSE_CHECK = "sense-check"
    ADVICE = "advice-process"
    CONSENT = "consent"
    CONSENSUS = "consensus"
    GRADIENTS = "gradients"
    MAJORITY = "majority"
    PLURALITY = "plurality"
    APPROVAL = "approval"
    SCORE = "score"
    DOTS = "dot-vote"
    RANKED = "ranked-choice"
    SCHULZE = "schulze"
    RUNOFF = "instant-runoff"
    TRANSFERABLE = "transferable-vote"
    TIMES = "time-poll"
    BUDGET = "equal-shares"


FORMS: Mapping[Method, BallotForm] = {
    **dict.fromkeys(
        (Method.SENSE_CHECK, Method.ADVICE, Method.CONSENT, Method.CONSENSUS, Method.GRADIENTS, Method.MAJORITY),
        BallotForm.POSITION,
    ),
    Method.PLURALITY: BallotForm.CHOICE,
    Method.APPROVAL: BallotForm.TICKS,
    Method.SCORE: BallotForm.SCORES,
    Method.DOTS: BallotForm.DOTS,
    **dict.fromkeys((Method.RANKED, Method.SCHULZE, Method.RUNOFF, Method.TRANSFERABLE), BallotForm.RANKS),
    Method.TIMES: BallotForm.TIMES,
    Method.BUDGET: BallotForm.TICKS,
}

POSITIONS: Mapping[Method, type[StrEnum]] = {
    Method.SENSE_CHECK: Sense,
    Method.ADVICE: Advice,
    Method.CONSENT: Consent,
    Method.CONSENSUS: Consensus,
    Method.GRADIENTS: Gradient,
    Method.MAJORITY: Vote,
}
