"""Counts by any method; what does not belong together is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from collegium.cli.tallies.cast import Cast
from collegium.cli.tallies.methods import Method
from collegium.cli.tallies.rules import Rules
from collegium.science.choices import marks, proposals
from collegium.science.choices.ballots import Ballots
from collegium.science.choices.budget import BudgetChoice, equal_shares
from collegium.science.choices.outcomes import Choice
from collegium.science.choices.positions import Positions
from collegium.science.choices.ranked import RankedChoice, ranked_choice
from collegium.science.choices.runoff import instant_runoff
from collegium.science.choices.schulze import schulze
from collegium.science.choices.transferable import transferable_vote
from collegium.science.errors import UnusableInput

Counted = Choice | Positions | RankedChoice | BudgetChoice


def count(method: Method, handed_in: Ballots | Cast, rules: Rules) -> Counted:
    """Count ballots on options, or positions on one proposal. Raises UnusableInput for what cannot be counted so."""
    if isinstance(handed_in, Cast):
        UnusableInput.unless(
            method in _PROPOSALS, "form", "This method needs ballots with a mark for each option.", method=method.value
        )
        return _PROPOSALS[method](handed_in, rules)
    UnusableInput.unless(
        method in _OPTIONS, "form", "This method needs ballots with one position each.", method=method.value
    )
    return _OPTIONS[method](handed_in, rules)


def _shares(ballots: Ballots, rules: Rules) -> BudgetChoice:
    return equal_shares(
        ballots, rules.costs, rules.budget, completion=rules.completion, worth=rules.worth, quorum=rules.quorum
    )


def _schulze(ballots: Ballots, rules: Rules) -> Choice:
    return schulze(
        ballots,
        places=rules.places,
        quorum=rules.quorum,
        unranked=rules.unranked,
        strength=rules.strength,
        strict=rules.strict,
    )


_OPTIONS: Mapping[Method, Callable[[Ballots, Rules], Counted]] = {
    Method.PLURALITY: lambda ballots, rules: marks.plurality(ballots, places=rules.places, quorum=rules.quorum),
    Method.APPROVAL: lambda ballots, rules: marks.approval(
        ballots, places=rules.places, most=rules.most_ticks, quorum=rules.quorum
    ),
    Method.SCORE: lambda ballots, rules: marks.score(
        ballots, highest=rules.highest, places=rules.places, quorum=rules.quorum
    ),
    Method.DOTS: lambda ballots, rules: marks.dot_vote(
        ballots, dots=rules.dots, most_on_one=rules.most_on_one, places=rules.places, quorum=rules.quorum
    ),
    Method.TIMES: lambda ballots, rules: marks.time_poll(ballots, places=rules.places, quorum=rules.quorum),
    Method.RANKED: lambda ballots, rules: ranked_choice(ballots, quorum=rules.quorum, strict=rules.strict),
    Method.SCHULZE: _schulze,
    Method.RUNOFF: lambda ballots, rules: instant_runoff(ballots, quorum=rules.quorum, strict=rules.strict),
    Method.TRANSFERABLE: lambda ballots, rules: transferable_vote(
        ballots, places=rules.places, quorum=rules.quorum, strict=rules.strict, lot=rules.lot
    ),
    Method.BUDGET: _shares,
}


def _sense_check(cast: Cast, _rules: Rules) -> Positions:
    # A sense check has no abstention: who handed in nothing is not heard.
    return proposals.sense_check(cast.for_method(Method.SENSE_CHECK), asked=cast.asked, spoilt=cast.spoilt)


def _advice(cast: Cast, _rules: Rules) -> Positions:
    return proposals.advice_process(cast.for_method(Method.ADVICE), asked=cast.asked, spoilt=cast.spoilt)


def _consent(cast: Cast, rules: Rules) -> Positions:
    return proposals.consent(
        cast.for_method(Method.CONSENT),
        worked_through=rules.worked_through,
        asked=cast.asked,
        spoilt=cast.spoilt,
        quorum=rules.quorum,
    )


def _consensus(cast: Cast, rules: Rules) -> Positions:
    return proposals.consensus(
        cast.for_method(Method.CONSENSUS),
        most_aside=rules.most_aside,
        asked=cast.asked,
        spoilt=cast.spoilt,
        quorum=rules.quorum,
    )


def _gradients(cast: Cast, rules: Rules) -> Positions:
    needed = {} if rules.needed is None else {"needed": rules.needed}
    return proposals.gradients(
        cast.for_method(Method.GRADIENTS), asked=cast.asked, spoilt=cast.spoilt, quorum=rules.quorum, **needed
    )


def _majority(cast: Cast, rules: Rules) -> Positions:
    needed = {} if rules.needed is None else {"needed": rules.needed}
    return proposals.majority(
        cast.for_method(Method.MAJORITY),
        asked=cast.asked,
        spoilt=cast.spoilt,
        of=rules.of,
        quorum=rules.quorum,
        **needed,
    )


_PROPOSALS: Mapping[Method, Callable[[Cast, Rules], Positions]] = {
    Method.SENSE_CHECK: _sense_check,
    Method.ADVICE: _advice,
    Method.CONSENT: _consent,
    Method.CONSENSUS: _consensus,
    Method.GRADIENTS: _gradients,
    Method.MAJORITY: _majority,
}
