"""What ways of deciding and positions are called, for the pages and for the command line; it knows no tables."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from collegium.science.choices.positions import Advice, Consensus, Consent, Gradient, Sense, Vote

SENSE = _("Sense check")
ADVICE = _("Advice process")
CONSENT = _("Consent")
CONSENSUS = _("Consensus")
GRADIENTS = _("Gradients of agreement")
MAJORITY = _("Simple majority")
QUALIFIED = _("Qualified majority")
APPROVAL = _("Approval")
SCORE = _("Score")
DOTS = _("Dot vote")
RANKED = _("Ranked choice")
TIME = _("Time poll")
BUDGET = _("Projects under a budget")

POSITIONS: Mapping[str, Promise] = {
    Sense.GOOD.value: _("It looks good"),
    Sense.UNSURE.value: _("I am unsure"),
    Sense.CONCERN.value: _("I am concerned"),
    Advice.GO_ON.value: _("Go on"),
    Advice.CHANGE.value: _("Go on, with a change"),
    Advice.WAIT.value: _("Wait"),
    Advice.NOTHING.value: _("I have no advice to give"),
    Vote.YES.value: _("Yes"),
    Vote.NO.value: _("No"),
    Vote.ABSTAIN.value: _("I abstain"),
    Consent.CONSENT.value: _("I consent"),
    Consent.CONCERN.value: _("I consent, with a concern"),
    Consent.OBJECTION.value: _("I object: it would do harm"),
    Consensus.AGREE.value: _("I agree"),
    Consensus.RESERVATION.value: _("I agree, with reservations"),
    Consensus.STAND_ASIDE.value: _("I stand aside: not for me, but go on"),
    Consensus.BLOCK.value: _("I block it"),
    Gradient.ENDORSE.value: _("I endorse it"),
    Gradient.AGREE.value: _("I agree, with minor points"),
    Gradient.RESERVATIONS.value: _("I support it, with reservations"),
    Gradient.DISCUSS.value: _("It needs more discussion"),
    Gradient.SUPPORT_ANYWAY.value: _("I do not like it, and will support it"),
    Gradient.DISAGREE.value: _("I seriously disagree"),
    Gradient.VETO.value: _("I veto it"),
}


def say_share(share: Fraction) -> str:
    """Say a share: halves, thirds and quarters in words, anything else in percent."""
    known = {
        Fraction(1, 2): gettext("half"),
        Fraction(1, 3): gettext("a third"),
        Fraction(2, 3): gettext("two thirds"),
        Fraction(1, 4): gettext("a quarter"),
        Fraction(3, 4): gettext("three quarters"),
    }
    return known.get(share) or f"{float(share * 100):g}%"
