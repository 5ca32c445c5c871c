"""What stands around a check-in, and around saying whether a promise was kept: who learns what, said before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.intend.confirming import ASKED_AT_LEAST, K
from collegium.intend.models import Commitment, Confirmation
from collegium.intend.presenters import promise_words as words
from collegium.intend.promise_enums import Kept, Question
from collegium.intend.queries.promises import Found
from collegium.intend.services.confirming import OPEN_DAYS
from collegium.people.presenters.forms import FormPage


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInPage(FormPage):
    """The check-in, with the other four questions one could answer instead."""

    questions: tuple[tuple[str, str], ...]

    @property
    def template(self) -> str:
        """It offers the other questions."""
        return "intend/check_in.html"


def choose_question(promise: Commitment, wished: str) -> Question:
    """Return the question that was wished for, or else the next of the five since the last check-in."""
    if wished in Question.values:
        return Question(wished)
    day = (promise.checked_on or promise.made_on or promise.due_on).toordinal()
    return list(Question)[day % len(Question)] if promise.checked_on else Question.PURPOSE


def around_check_in(found: Found, question: Question) -> CheckInPage:
    """Return what stands around a check-in."""
    url = reverse("intend:promise_check_in", args=[found.promise.id])
    return CheckInPage(
        **_texts(found.promise, found.place.name),
        heading=_("How does it go?"),
        lede=found.promise.what,
        submit=_("That is it"),
        questions=tuple((each.prompt, f"{url}?question={each.value}") for each in Question if each != question),
    )


def around_asking(found: Found, asked: int) -> FormPage:
    """Return what stands around asking whether a promise was kept, with how many are asked and how."""
    return FormPage(
        **_texts(found.promise, found.place.name),
        heading=_("Ask whether it was kept"),
        lede=_("Whether a promise was kept, those it was made to say: never those who made it alone."),
        submit=_("Ask them"),
        consequences=tuple(_say_asking(asked)),
    )


def _say_asking(asked: int) -> list[str]:
    if not asked:
        return [_("Nobody is known here who could say it. On “Reword”, choose a group that speaks for them.")]
    people = ngettext("%(n)s person is asked", "%(n)s people are asked", asked) % {"n": asked}
    first = _("%(people)s on “My part”, for %(days)s days.") % {"people": people, "days": OPEN_DAYS}
    if asked < ASKED_AT_LEAST:
        return [first, _("They are so few that they answer with their names, and are told so before.")]
    return [
        first,
        _("Nobody learns who said what, and nothing is shown before the last day, not even how many have answered."),
        _("Only what most of them say is told then, and only when more than %(k)s have answered.") % {"k": K},
    ]


def around_confirming(asked: Confirmation) -> FormPage:
    """Return what stands around saying whether a promise was kept: before that, who learns what of it."""
    asking, promise = asked.round, asked.round.commitment
    who = words.write_who(promise)
    said: list[Any] = [
        _("%(who)s: “%(what)s”") % {"who": who, "what": promise.what},
        _("They see it as: %(claim)s.") % {"claim": Kept(asking.claim).label},
    ]
    if asking.is_by_name:
        said.append(_("So few are asked that nothing could hide you: your answer is shown with your name."))
    else:
        said += [
            _("Your answer is added to the others in a sealed box. Nobody can tell which is yours."),
            _("What most say is told after %(day)s, if more than %(k)s answer. You cannot change it later.")
            % {"day": date_format(localtime(asking.closes_at), "DATE_FORMAT"), "k": K},
        ]
    return FormPage(
        kicker=_("My part"),
        back_url=reverse("people:my_part"),
        back_title=_("My part"),
        heading=_("Was this promise kept?"),
        lede=_("It was made to you, among others. Whether you answer is up to you."),
        submit=_("Say it"),
        consequences=tuple(said),
    )


def _texts(promise: Commitment, kicker: str) -> dict[str, Any]:
    return {
        "kicker": kicker,
        "back_url": reverse("intend:promise", args=[promise.id]),
        "back_title": words.write_line(promise.what, 60),
    }
