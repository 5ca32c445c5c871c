"""The ways of voting: what each is good for, what is on its ballot, and the rules that hold, said before the vote."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Any

from django.utils.translation import gettext_lazy as _

from collegium.decide.enums import Method
from collegium.decide.method_words import POSITIONS
from collegium.science.choices import positions
from collegium.science.choices.positions import Advice, Consensus, Consent, Gradient, Sense, Vote


@unique
class Shape(StrEnum):
    """What is on a ballot."""

    POSITION = "position"  # one position on one proposal
    CHOICES = "choices"  # any number of options
    NUMBERS = "numbers"  # a number for each option
    RANKS = "ranks"  # an order of options
    TIMES = "times"  # yes, if need be, or no for each option


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way of voting. `settings` are the fields of a poll that it uses; `page` its page among docs/methods."""

    shape: Shape
    good_for: Any
    rules: Any
    positions: tuple[tuple[str, Any], ...] = ()
    settings: tuple[str, ...] = ()
    fewest_options: int = 0
    may_be_secret: bool = True


def _named(kind: type[StrEnum]) -> tuple[tuple[str, Any], ...]:
    return tuple((str(each), POSITIONS[str(each)]) for each in kind)


_CHOICE_RULES = _(
    "Options that are level stay level: nothing is decided by chance. A ballot without a mark is an abstention: it "
    "counts for the quorum and chooses nothing. An option that is withdrawn is taken off every ballot, and the rest of "
    "the ballot stands."
)

WAYS: dict[Method, Way] = {
    Method.SENSE: Way(
        shape=Shape.POSITION,
        good_for=_("Finding out where people are before anything is decided. It decides nothing."),
        rules=_("Nothing is carried or lost. What people said is shown, with their reasons."),
        positions=_named(Sense),
    ),
    Method.ADVICE: Way(
        shape=Shape.POSITION,
        good_for=_(
            "A decision that one person or a small group takes, after asking those it affects and those who know."
        ),
        rules=_("Advice is heard and answered, not counted. Whoever decides says what they did with it."),
        positions=_named(Advice),
        may_be_secret=False,
    ),
    Method.CONSENT: Way(
        shape=Shape.POSITION,
        good_for=_(
            "Working decisions that are good enough for now and safe enough to try, with a date to review them."
        ),
        rules=_(
            "It is carried when no objection is open, however many consent. An objection says why it would do "
            "harm, and is "
            "worked through: taken into the proposal, or withdrawn by whoever raised it. Concerns are kept and stop "
            "nothing. Abstentions count for the quorum. If all abstain, nothing is decided."
        ),
        positions=_named(Consent),
        settings=("quorum_percent",),
        may_be_secret=False,
    ),
    Method.CONSENSUS: Way(
        shape=Shape.POSITION,
        good_for=_("A few far-reaching decisions that only work if everybody can live with them."),
        rules=_(
            "One block is enough for it not to be carried, and so is more than a third who stand aside: a "
            "decision that few "
            "carry out is none. A block says why. Abstentions count for the quorum. If everybody blocks, it is not "
            "carried; if all abstain, nothing is decided."
        ),
        positions=_named(Consensus),
        settings=("quorum_percent",),
        may_be_secret=False,
    ),
    Method.GRADIENTS: Way(
        shape=Shape.POSITION,
        good_for=_("Seeing how strong the support is, when a bare majority would not be enough to carry it out."),
        rules=_(
            "It is carried when the share of those who support it, in any of the four ways, reaches what is "
            "needed; those "
            "who abstain are left out of the share and count for the quorum. Where less than half of the support "
            "is warm, "
            "the page says so. One veto is enough for it not to be carried. If all abstain, nothing is decided."
        ),
        positions=_named(Gradient),
        settings=("quorum_percent", "needed"),
    ),
    Method.MAJORITY: Way(
        shape=Shape.POSITION,
        good_for=_("A plain yes or no where either way is bearable and time matters."),
        rules=_(
            "It is carried when more say yes than no. As many yes as no: not carried. Abstentions count for the "
            "quorum and "
            "are neither. If all abstain, nothing is decided."
        ),
        positions=_named(Vote),
        settings=("quorum_percent",),
    ),
    Method.QUALIFIED: Way(
        shape=Shape.POSITION,
        good_for=_("Changing rules that all rely on, such as how you decide."),
        rules=_(
            "It is carried when the share of yes among yes and no reaches what is needed, counted exactly: two thirds "
            "of nine are six. Abstentions count for the quorum and are neither. If all abstain, nothing is decided."
        ),
        positions=_named(Vote),
        settings=("quorum_percent", "needed"),
    ),
    Method.APPROVAL: Way(
        shape=Shape.CHOICES,
        good_for=_(
            "Choosing one or a few of many options when several would do: everybody ticks what they can live with."
        ),
        rules=_CHOICE_RULES,
        settings=("quorum_percent", "places", "most"),
        fewest_options=2,
    ),
    Method.SCORE: Way(
        shape=Shape.NUMBERS,
        good_for=_("Options that people like more or less, when how much matters."),
        rules=_CHOICE_RULES,
        settings=("quorum_percent", "places", "highest"),
        fewest_options=2,
    ),
    Method.DOTS: Way(
        shape=Shape.NUMBERS,
        good_for=_("Sorting a long list of ideas: everybody spends a few dots, several on one idea if they wish."),
        rules=_CHOICE_RULES,
        settings=("quorum_percent", "places", "most"),
        fewest_options=2,
    ),
    Method.RANKED: Way(
        shape=Shape.RANKS,
        good_for=_("Choosing one of three or more options that exclude each other."),
        rules=_(
            "Schulze's method decides: what beats every other option two by two is chosen where there is such an "
            "option. "
            "Instant runoff is shown beside it, so that a disagreement of the two is seen. Equal ranks are allowed; "
            "options without a rank are below those with one. Several on the first level are a tie, which stays one. "
            "A ballot without a rank is an abstention."
        ),
        settings=("quorum_percent",),
        fewest_options=2,
    ),
    Method.TIME: Way(
        shape=Shape.TIMES,
        good_for=_("Finding a time that suits most and leaves nobody out."),
        rules=_(
            "The time at which most can come is chosen, “if need be” included; of several such times the one that "
            "suits more. Times that are level stay level. Who marks nothing abstains."
        ),
        settings=("places",),
        fewest_options=2,
        may_be_secret=False,
    ),
    Method.BUDGET: Way(
        shape=Shape.CHOICES,
        good_for=_("Choosing several projects under one budget, so that smaller groups get their share too."),
        rules=_(
            "By the method of equal shares: everybody has the same part of the budget, and a project is chosen "
            "when those "
            "who want it can pay for it together. Money that is left over raises all shares alike as long as the "
            "budget "
            "holds; then the most wanted projects that fit are added. The budget is never exceeded. A ballot without a "
            "project is an abstention."
        ),
        settings=("quorum_percent", "budget"),
        fewest_options=1,
    ),
}

# Positions that say why: the beginning of a better proposal.
NEED_REASON = frozenset({str(Consent.OBJECTION), str(Consensus.BLOCK)})
ABSTAIN = str(positions.Vote.ABSTAIN)
TIMES = ((2, _("Suits me")), (1, _("If need be")), (0, _("Does not suit me")))


def way_of(method: str) -> Way:
    """Return how a method works."""
    return WAYS[Method(method)]
