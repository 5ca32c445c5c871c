"""Choosing by positions on one proposal: sense check, advice, majority, consent, consensus, gradients of agreement."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

from collegium.science.choices.outcomes import NO_QUORUM_NEEDED, Outcome, Quorum, Turnout
from collegium.science.choices.positions import (
    SUPPORT,
    Advice,
    Consensus,
    Consent,
    ConsentFound,
    Gradient,
    Gradients,
    Majority,
    Of,
    Positions,
    Sense,
    Vote,
)
from collegium.science.errors import UnusableInput

HALF = Fraction(1, 2)


def sense_check(counts: Mapping[str, int], *, asked: int | None = None, spoilt: int = 0) -> Positions:
    """Count how a thought is received. Nothing is decided by it.

    Parameters
    ----------
    counts : mapping of Sense to int
        How many took each position; one that nobody took may be left out.
    asked : int, optional
        How many could have answered.
    spoilt : int
        Ballots with another position, or several.

    Returns
    -------
    Positions
        With the outcome SUMMARY, or NO_VOTES where nobody answered.

    Raises
    ------
    UnusableInput
        If a position is none, a count is below zero, or more answered than were asked.

    References
    ----------
    Kaner (2014), Facilitator's Guide to Participatory Decision-Making, 3rd ed., ch. 20 (polling before deciding).

    Examples
    --------
    >>> sense_check({"looks good": 4, "concerned": 1}).outcome.value
    'heard, not decided'
    """
    full = _full(Sense, counts)
    turnout = _turnout(full, abstaining=None, asked=asked, spoilt=spoilt)
    return Positions(method="sense-check", outcome=_heard(turnout), turnout=turnout, counts=full)


def advice_process(counts: Mapping[str, int], *, asked: int | None = None, spoilt: int = 0) -> Positions:
    """Count what advice was given. The person whose decision it is decides, having heard it.

    Parameters
    ----------
    counts : mapping of Advice to int
        How many of those asked gave each kind of advice.
    asked : int, optional
        How many were asked for advice.
    spoilt : int
        Ballots with another position, or several.

    Returns
    -------
    Positions
        With the outcome SUMMARY, or NO_VOTES where nobody gave advice; who has nothing to say abstains.

    Raises
    ------
    UnusableInput
        If a position is none, a count is below zero, or more answered than were asked.

    References
    ----------
    Laloux (2014), Reinventing Organizations, ch. 2.3 (the advice process).

    Examples
    --------
    >>> advice_process({"go on": 2, "wait": 1}, asked=5).turnout.handed_in
    3
    """
    full = _full(Advice, counts)
    turnout = _turnout(full, abstaining=Advice.NOTHING, asked=asked, spoilt=spoilt)
    return Positions(method="advice-process", outcome=_heard(turnout), turnout=turnout, counts=full)


def majority(
    counts: Mapping[str, int],
    *,
    asked: int | None = None,
    spoilt: int = 0,
    needed: Fraction = HALF,
    of: Of = Of.VOTES,
    quorum: Quorum = NO_QUORUM_NEEDED,
) -> Majority:
    """Decide on a proposal by yes and no.

    Parameters
    ----------
    counts : mapping of Vote to int
        How many voted yes and no, and how many abstained.
    asked : int, optional
        How many could have voted.
    spoilt : int
        Ballots that are neither.
    needed : Fraction
        The share of yes that carries it. A half is to be passed; any other share is to be reached: two thirds of nine
        are six.
    of : Of
        What the share is taken of.
    quorum : Quorum
        How many have to take part.

    Returns
    -------
    Majority
        As many yes as no do not carry: what is stays. Abstentions alone give NO_VOTES.

    Raises
    ------
    UnusableInput
        If a position is none, a count is below zero, the share is not above 0 and at most 1, or a share of those asked
        is wanted where nobody knows how many these are.

    References
    ----------
    May (1952), A set of independent necessary and sufficient conditions for simple majority decision, Econometrica 20,
    680-684. Robert (2020), Robert's Rules of Order Newly Revised, 12th ed., sec. 44.

    Examples
    --------
    >>> majority({"yes": 6, "no": 3, "abstain": 2}, needed=Fraction(2, 3)).outcome.value
    'carried'
    """
    UnusableInput.unless(0 < needed <= 1, "needed", "A share that is needed is above 0 and at most 1.", needed=needed)
    UnusableInput.unless(
        of is not Of.ASKED or asked is not None, "asked", "A share of those asked needs how many were asked."
    )
    full = _full(Vote, counts)
    turnout = _turnout(full, abstaining=Vote.ABSTAIN, asked=asked, spoilt=spoilt)
    base = {
        Of.VOTES: turnout.counted,
        Of.TAKING_PART: turnout.counted + turnout.abstained,
        Of.ASKED: asked or 0,
    }[of]
    share = Fraction(full[Vote.YES], base) if base else None
    carries = share is not None and (share > needed if needed == HALF else share >= needed)
    outcome = _refused(turnout, quorum) or (Outcome.CARRIED if carries else Outcome.NOT_CARRIED)
    return Majority(method="majority", outcome=outcome, turnout=turnout, counts=full, share=share, needed=needed, of=of)


def consent(
    counts: Mapping[str, int],
    *,
    worked_through: int = 0,
    asked: int | None = None,
    spoilt: int = 0,
    quorum: Quorum = NO_QUORUM_NEEDED,
) -> ConsentFound:
    """Decide on a proposal by whether anybody sees a reason against it that has not been worked through.

    Parameters
    ----------
    counts : mapping of Consent to int
        How many took each position.
    worked_through : int
        How many of the objections were worked through: taken into the proposal, or withdrawn by who raised them.
    asked : int, optional
        How many could have taken part.
    spoilt : int
        Ballots with another position, or several.
    quorum : Quorum
        How many have to take part.

    Returns
    -------
    ConsentFound
        CARRIED without an open objection, else OPEN, whoever many consent. All abstain: NO_VOTES.

    Raises
    ------
    UnusableInput
        If a position is none, a count is below zero, or more objections were worked through than raised.

    References
    ----------
    Endenburg (1998), Sociocracy: the organization of decision-making. Buck and Villines (2007), We the People, ch. 5.

    Examples
    --------
    >>> consent({"consent": 8, "objection": 1}).outcome.value
    'objections are open'
    """
    full = _full(Consent, counts)
    raised = full[Consent.OBJECTION]
    UnusableInput.unless(
        0 <= worked_through <= raised,
        "worked_through",
        "No more objections can be worked through than were raised.",
        raised=raised,
        worked_through=worked_through,
    )
    turnout = _turnout(full, abstaining=Consent.ABSTAIN, asked=asked, spoilt=spoilt)
    found = Outcome.OPEN if raised > worked_through else Outcome.CARRIED
    return ConsentFound(
        method="consent",
        outcome=_refused(turnout, quorum) or found,
        turnout=turnout,
        counts=full,
        open=raised - worked_through,
        worked_through=worked_through,
    )


def consensus(
    counts: Mapping[str, int],
    *,
    most_aside: Fraction = Fraction(1, 3),
    asked: int | None = None,
    spoilt: int = 0,
    quorum: Quorum = NO_QUORUM_NEEDED,
) -> Positions:
    """Decide on a proposal by whether all can live with it.

    Parameters
    ----------
    counts : mapping of Consensus to int
        How many took each position.
    most_aside : Fraction
        If more than this share of those who took a position stand aside, the proposal is not carried: a decision that
        few carry out is none.
    asked : int, optional
        How many could have taken part.
    spoilt : int
        Ballots with another position, or several.
    quorum : Quorum
        How many have to take part.

    Returns
    -------
    Positions
        One block is enough for NOT_CARRIED. All abstain: NO_VOTES.

    Raises
    ------
    UnusableInput
        If a position is none, a count is below zero, or the share is not from 0 to 1.

    References
    ----------
    Hartnett (2011), Consensus-Oriented Decision-Making, ch. 8. Seeds for Change (2020), A Consensus Handbook, 2.

    Examples
    --------
    >>> consensus({"agree": 7, "stand aside": 2}).outcome.value
    'carried'
    """
    UnusableInput.unless(0 <= most_aside <= 1, "most_aside", "A share is from 0 to 1.", most_aside=most_aside)
    full = _full(Consensus, counts)
    turnout = _turnout(full, abstaining=Consensus.ABSTAIN, asked=asked, spoilt=spoilt)
    stops = full[Consensus.BLOCK] or full[Consensus.STAND_ASIDE] > most_aside * turnout.counted
    found = Outcome.NOT_CARRIED if stops else Outcome.CARRIED
    return Positions(method="consensus", outcome=_refused(turnout, quorum) or found, turnout=turnout, counts=full)


def gradients(
    counts: Mapping[str, int],
    *,
    needed: Fraction = Fraction(2, 3),
    asked: int | None = None,
    spoilt: int = 0,
    quorum: Quorum = NO_QUORUM_NEEDED,
) -> Gradients:
    """Decide on a proposal by how warmly it is supported.

    Parameters
    ----------
    counts : mapping of Gradient to int
        How many took each of the eight positions.
    needed : Fraction
        The share of those not abstaining that has to support it: endorse, agree, support with reservations, or support
        without liking it.
    asked : int, optional
        How many could have taken part.
    spoilt : int
        Ballots with another position, or several.
    quorum : Quorum
        How many have to take part.

    Returns
    -------
    Gradients
        One veto is enough for NOT_CARRIED. All abstain: NO_VOTES.

    Raises
    ------
    UnusableInput
        If a position is none, a count is below zero, or the share is not above 0 and at most 1.

    References
    ----------
    Kaner (2014), Facilitator's Guide to Participatory Decision-Making, 3rd ed., ch. 19 (gradients of agreement).

    Examples
    --------
    >>> found = gradients({"endorse": 1, "support with reservations": 5, "serious disagreement": 2})
    >>> found.outcome.value, found.support, found.is_lukewarm
    ('carried', Fraction(3, 4), True)
    """
    UnusableInput.unless(0 < needed <= 1, "needed", "A share that is needed is above 0 and at most 1.", needed=needed)
    full = _full(Gradient, counts)
    turnout = _turnout(full, abstaining=Gradient.ABSTAIN, asked=asked, spoilt=spoilt)
    supporting = sum(full[position] for position in SUPPORT)
    warm = full[Gradient.ENDORSE] + full[Gradient.AGREE]
    support = Fraction(supporting, turnout.counted) if turnout.counted else None
    carries = support is not None and support >= needed and not full[Gradient.VETO]
    found = Outcome.CARRIED if carries else Outcome.NOT_CARRIED
    return Gradients(
        method="gradients",
        outcome=_refused(turnout, quorum) or found,
        turnout=turnout,
        counts=full,
        support=support,
        needed=needed,
        warm=warm,
        is_lukewarm=2 * warm < supporting,
    )


def _full(kind: type[StrEnum], counts: Mapping[str, int]) -> dict[str, int]:
    names = [position.value for position in kind]
    unknown = [str(position) for position in counts if str(position) not in names]
    UnusableInput.unless(not unknown, "unknown_position", "There is no such position.", positions=unknown)
    found = {name: counts.get(name, 0) for name in names}
    UnusableInput.unless(
        all(isinstance(count, int) and count >= 0 for count in found.values()), "counts", "Counts are from 0."
    )
    return found


def _turnout(counts: Mapping[str, int], *, abstaining: str | None, asked: int | None, spoilt: int) -> Turnout:
    abstained = counts[abstaining] if abstaining else 0
    return Turnout(counted=sum(counts.values()) - abstained, abstained=abstained, spoilt=spoilt, asked=asked)


def _heard(turnout: Turnout) -> Outcome:
    return Outcome.SUMMARY if turnout.counted else Outcome.NO_VOTES


def _refused(turnout: Turnout, quorum: Quorum) -> Outcome | None:
    if not quorum.is_met(turnout):
        return Outcome.NO_QUORUM
    return None if turnout.counted else Outcome.NO_VOTES
