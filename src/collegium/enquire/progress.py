"""How far an enquiry is, from 0.5 to 5: what each step says, and what has to be there for it to be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from collegium.enquire.enums import Signal
from collegium.enquire.models.enquiries import MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What can be seen of an enquiry, in numbers."""

    owners: int
    measures: int
    points: int
    cycles: int
    studied: int
    adopted: int
    signal: str
    has_held: bool
    places: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the scale: what it says of an enquiry, and what it rests on beside the steps before it."""

    says: Promise
    asks: Promise

    def __str__(self) -> str:
        return str(self.says)


# By how many half steps.
STEPS: Mapping[int, Step] = {
    1: Step(_("There is a question that somebody wants to answer."), _("a question")),
    2: Step(_("Two people own it, so that it does not hang on one."), _("a second owner")),
    3: Step(_("What is counted is defined, and a first test is planned."), _("a measure and a planned cycle")),
    4: Step(_("Numbers come in."), _("a first number")),
    5: Step(_("A first test is done, and the team has said what came of it."), _("a cycle that has been studied")),
    6: Step(_("Several tests have built on each other."), _("two studied cycles and ten numbers")),
    7: Step(_("A change for the better can be seen."), _("an outcome whose chart says so")),
    8: Step(_("What made it better is adopted: it is how things are done."), _("a cycle that ends with “adopt”")),
    9: Step(
        _("The change has held for a term."), _("thirteen weeks since it was adopted, and a chart that still says so")
    ),
    10: Step(_("It has held, and another place has tried it with numbers of its own."), _("a trial in another place")),
}


def find_missing(half_steps: int, evidence: Evidence) -> tuple[str, ...]:
    """Return what the steps up to this one rest on and that cannot be seen yet."""
    found = _supported(evidence)
    return tuple(str(STEPS[step].asks) for step in range(1, half_steps + 1) if not found[step])


def find_supported(evidence: Evidence) -> int:
    """Return the highest step for which everything is there."""
    found = _supported(evidence)
    return next((step - 1 for step in STEPS if not found[step]), MOST)


def _supported(evidence: Evidence) -> Mapping[int, bool]:
    is_better = evidence.signal == Signal.BETTER
    return {
        1: True,
        2: evidence.owners > 1,
        3: evidence.measures > 0 and evidence.cycles > 0,
        4: evidence.points > 0,
        5: evidence.studied > 0,
        6: evidence.studied > 1 and evidence.points > 9,
        7: is_better,
        8: evidence.adopted > 0,
        9: is_better and evidence.has_held,
        10: evidence.places > 1,
    }
