"""What each way of deciding is called, its rules and what came of it, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from collegium.cli.tallies import FORMS, BallotForm, Method, Rules
from collegium.decide import method_words
from collegium.decide.method_words import say_share
from collegium.science.choices.budget import Completion
from collegium.science.choices.outcomes import Outcome, Turnout
from collegium.science.choices.pairs import Unranked
from collegium.science.choices.positions import Of

Words = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodWords:
    """A method in words: what it is called, and what happens in a tie."""

    title: Words
    ties: Words


_STAYS = _("Options with the same result are level. Nothing here decides between them: you vote again, or draw a lot.")
_NO_TIES = _("There are no ties.")

METHODS: Mapping[Method, MethodWords] = {
    Method.SENSE_CHECK: MethodWords(
        title=method_words.SENSE,
        ties=_("Nothing wins, so there are no ties."),
    ),
    Method.ADVICE: MethodWords(
        title=method_words.ADVICE,
        ties=_("Nothing wins, so there are no ties."),
    ),
    Method.CONSENT: MethodWords(
        title=method_words.CONSENT,
        ties=_NO_TIES,
    ),
    Method.CONSENSUS: MethodWords(
        title=method_words.CONSENSUS,
        ties=_NO_TIES,
    ),
    Method.GRADIENTS: MethodWords(
        title=method_words.GRADIENTS,
        ties=_("The share of support is to be reached, so there are no ties."),
    ),
    Method.MAJORITY: MethodWords(
        title=_("Majority"),
        ties=_("As many yes as no do not carry: what is stays."),
    ),
    Method.PLURALITY: MethodWords(
        title=_("One choice each"),
        ties=_STAYS,
    ),
    Method.APPROVAL: MethodWords(
        title=method_words.APPROVAL,
        ties=_STAYS,
    ),
    Method.SCORE: MethodWords(
        title=method_words.SCORE,
        ties=_STAYS,
    ),
    Method.DOTS: MethodWords(
        title=method_words.DOTS,
        ties=_STAYS,
    ),
    Method.RANKED: MethodWords(
        title=method_words.RANKED,
        ties=_STAYS,
    ),
    Method.SCHULZE: MethodWords(
        title=_("Ranked choice (Schulze)"),
        ties=_STAYS,
    ),
    Method.RUNOFF: MethodWords(
        title=_("Instant runoff"),
        ties=_(
            "Options with fewest votes go out together. Where all that are left are level, they stay level. The result "
            "says if another option could have won had they gone out one at a time."
        ),
    ),
    Method.TRANSFERABLE: MethodWords(
        title=_("Single transferable vote"),
        ties=_(
            "The earliest count in which two were not level decides; else a lot that was drawn before the count; "
            "without one the count stops."
        ),
    ),
    Method.TIMES: MethodWords(
        title=method_words.TIME,
        ties=_STAYS,
    ),
    Method.BUDGET: MethodWords(
        title=method_words.BUDGET,
        ties=_(
            "Of level projects the one that more people want comes first, then the cheaper, then the first on the "
            "ballot. The result shows where that decided."
        ),
    ),
}

OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.CARRIED: _("Carried."),
    Outcome.NOT_CARRIED: _("Not carried."),
    Outcome.OPEN: _("Not decided: objections are open. Work them through, and ask again."),
    Outcome.CHOSEN: _("Chosen: {chosen}."),
    Outcome.TIED: _("Tied: {tied} are level. Vote again between them, or draw a lot."),
    Outcome.NO_QUORUM: _("Not decided: too few took part."),
    Outcome.NO_VOTES: _("Not decided: nobody expressed a choice."),
    Outcome.NO_OPTIONS: _("Not decided: there is nothing to choose from."),
    Outcome.SUMMARY: _("Heard, not decided."),
}

_OF: Mapping[Of, Words] = {
    Of.VOTES: _("of those who vote yes or no"),
    Of.TAKING_PART: _("of all who take part, abstentions too"),
    Of.ASKED: _("of all who are asked"),
}
_COMPLETIONS: Mapping[Completion, Words] = {
    Completion.NONE: _("Money that is left over stays."),
    Completion.BY_SUPPORT: _("With money that is left over, projects that fit are added, those most wanted first."),
    Completion.BY_RAISING: _(
        "If money is left over, shares are raised by a hundredth at a time as long as the budget holds, at most to "
        "double. After that, projects that fit are added, those most wanted first."
    ),
}


def outcome(found: Outcome, chosen: Sequence[str] = (), tied: Sequence[str] = ()) -> str:
    """Say what came of a vote."""
    if found is Outcome.CHOSEN and not chosen:
        return _now("Nothing was chosen: no project can be paid for.")
    said = str(OUTCOMES[found]).format(chosen=", ".join(chosen), tied=", ".join(tied))
    if found is Outcome.TIED and chosen:
        return f"{str(OUTCOMES[Outcome.CHOSEN]).format(chosen=', '.join(chosen))} {said}"
    return said


def turnout(found: Turnout) -> str:
    """Say who took part."""
    parts = [ngettext("%(n)s ballot counted", "%(n)s ballots counted", found.counted) % {"n": found.counted}]
    if found.abstained:
        parts.append(ngettext("%(n)s abstained", "%(n)s abstained", found.abstained) % {"n": found.abstained})
    if found.spoilt:
        parts.append(ngettext("%(n)s was spoilt", "%(n)s were spoilt", found.spoilt) % {"n": found.spoilt})
    if found.asked is not None:
        parts.append(ngettext("%(n)s was asked", "%(n)s were asked", found.asked) % {"n": found.asked})
    return "; ".join(parts) + "."


def rules(method: Method, agreed: Rules) -> list[str]:
    """Say the rules of a vote, one sentence each, as they stand before it."""
    said: list[Words] = [*_quorum(agreed), *_own_rules(method, agreed), METHODS[method].ties]
    if FORMS[method] is not BallotForm.POSITION and method is not Method.BUDGET and agreed.places > 1:
        said.insert(0, ngettext("%(n)s place.", "%(n)s places.", agreed.places) % {"n": agreed.places})
    if method not in {Method.SENSE_CHECK, Method.ADVICE}:
        said.append(_("A ballot on which nothing is marked is an abstention: it takes part and chooses nothing."))
    said.append(_("A ballot that breaks a rule is counted as spoilt, and nothing of it is guessed at."))
    return [str(each) for each in said]


def _quorum(agreed: Rules) -> list[Words]:
    found: list[Words] = []
    if agreed.quorum_share:
        found.append(
            format_lazy(_("At least {share} of those asked have to take part."), share=say_share(agreed.quorum_share))
        )
    if agreed.quorum_people:
        found.append(format_lazy(_("At least {people} have to take part."), people=agreed.quorum_people))
    return found


def _own_rules(method: Method, agreed: Rules) -> list[Words]:
    form = FORMS[method]
    if method is Method.MAJORITY:
        needed = agreed.needed or Fraction(1, 2)
        words = (
            _("More than {share} {of} have to say yes.")
            if needed == Fraction(1, 2)
            else _("At least {share} {of} have to say yes.")
        )
        return [format_lazy(words, share=say_share(needed), of=_OF[agreed.of])]
    if method is Method.CONSENT:
        return [_("It is carried once no objection is open. Who raised one says whether it is worked through.")]
    if method is Method.CONSENSUS:
        return [
            _("One block is enough to stop it."),
            format_lazy(_("It is not carried if more than {share} stand aside."), share=say_share(agreed.most_aside)),
        ]
    if method is Method.GRADIENTS:
        share = say_share(agreed.needed or Fraction(2, 3))
        return [
            format_lazy(_("At least {share} of those who do not abstain have to support it."), share=share),
            _("One veto is enough to stop it."),
        ]
    if method is Method.SCORE:
        return [format_lazy(_("Scores go from 0 to {highest}."), highest=agreed.highest)]
    if method is Method.DOTS:
        return _dots(agreed)
    if method is Method.APPROVAL and agreed.most_ticks:
        return [format_lazy(_("At most {ticks} options may be ticked."), ticks=agreed.most_ticks)]
    if method is Method.BUDGET:
        return [format_lazy(_("The budget is {budget}."), budget=agreed.budget), _COMPLETIONS[agreed.completion]]
    return _ranks(agreed) if form is BallotForm.RANKS else []


def _dots(agreed: Rules) -> list[Words]:
    found: list[Words] = [format_lazy(_("Everybody has {dots} dots."), dots=agreed.dots)]
    if agreed.most_on_one:
        found.append(format_lazy(_("At most {dots} may be put on one option."), dots=agreed.most_on_one))
    return found


def _ranks(agreed: Rules) -> list[Words]:
    found: list[Words] = []
    if agreed.strict:
        found.append(_("The same number twice, or a number left out, spoils a ballot."))
    if agreed.unranked is Unranked.NOT_COMPARED:
        found.append(_("Options without a number are compared with no other."))
    return found
