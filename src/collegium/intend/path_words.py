"""How the ways to begin, their steps and what the guidance says are put into words. Nothing is worked out here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.intend.enums import Path, StepKind
from collegium.intend.trusting import Evidence, Reason, Suggested
from collegium.listen.result_words import write_score

TITLES: dict[str, Any] = {
    Path.TRUST_FIRST.value: gettext_lazy("Trust first"),
    Path.VISION_FIRST.value: gettext_lazy("Vision first"),
    Suggested.UNKNOWN.value: gettext_lazy("We don't know yet"),
}
MEANINGS: dict[str, Any] = {
    Path.TRUST_FIRST.value: gettext_lazy(
        "Begin with small promises that are kept where everybody can see it. A vision comes when people can believe it."
    ),
    Path.VISION_FIRST.value: gettext_lazy(
        "Begin with a vision that people word together. Trust grows further as it is carried out."
    ),
    Suggested.UNKNOWN.value: gettext_lazy(
        "Choose what you think right. Trust first is the careful choice: it costs some weeks and loses nothing."
    ),
}
STEPS: dict[str, tuple[Any, Any]] = {
    StepKind.TRUST.value: (
        gettext_lazy("Build trust"),
        gettext_lazy(
            "Take up what people said when they were asked. Promise little, keep it, and show that it was kept."
        ),
    ),
    StepKind.VISION.value: (
        gettext_lazy("Say what we want to be"),
        gettext_lazy("Word a vision together: what would somebody see and hear here in some years?"),
    ),
    StepKind.STRATEGY.value: (
        gettext_lazy("Choose where to begin"),
        gettext_lazy("One big idea, and few challenges that say what should become true."),
    ),
    StepKind.ACTION.value: (
        gettext_lazy("Act together"),
        gettext_lazy("Promises that people make to each other, and keep: each serves a challenge."),
    ),
    StepKind.REVISIT.value: (
        gettext_lazy("Revisit vision and strategy"),
        gettext_lazy("Open each again with what was learned: reword it, or say why it stands."),
    ),
    StepKind.USE.value: (
        gettext_lazy("Use the trust gained"),
        gettext_lazy("Ask again how trust stands. What was too hard to take on before may now be possible."),
    ),
}


def write_suggestion(reason: Reason, unit: str) -> str:
    """Return why the guidance says what it says, in a sentence or two."""
    words = {
        Reason.NEVER_ASKED: _("No result about trust at %(unit)s has been published yet."),
        Reason.NOT_SHOWN: _(
            "The latest result about trust cannot be shown as a number: too few answered, or they answered too much "
            "alike."
        ),
        Reason.TOO_OLD: _("The latest result about trust is more than a year old. Ask again before you rest on it."),
        Reason.FELL: _(
            "Trust has clearly fallen since an earlier round. A vision would now be heard as one more thing done to "
            "people."
        ),
        Reason.LOW: _(
            "Trust is low, and the answers leave no doubt about it. A vision would now be heard as one more thing done "
            "to people."
        ),
        Reason.HIGH: _("Most people say that there is trust here, and the answers leave no doubt about it."),
        Reason.BETWEEN: _("Trust stands near the middle, and the answers do not say on which side of it."),
    }
    return words[reason] % {"unit": unit}


def write_trust(evidence: Evidence | None) -> str:
    """Return where trust stood, with its interval and how many answered; empty where it is not shown."""
    if evidence is None or evidence.mean is None or evidence.low is None or evidence.high is None:
        return ""
    return _("%(mean)s of 5 (%(low)s to %(high)s; %(n)s answers)") % {
        "mean": write_score(evidence.mean),
        "low": write_score(evidence.low),
        "high": write_score(evidence.high),
        "n": evidence.n,
    }
