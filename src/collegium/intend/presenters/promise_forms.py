"""What stands around the forms about promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.intend.models import Commitment
from collegium.intend.presenters import promise_words as words
from collegium.intend.promise_enums import Audience
from collegium.intend.queries.choices import Choices
from collegium.intend.queries.promises import Found
from collegium.people.places import Place
from collegium.people.presenters.forms import FormPage

SAY_WHY = gettext_lazy("Missing a day is no disgrace. Say what happened: those concerned read it, and can answer.")
WHY_SECOND = gettext_lazy("They see it on “My part” and can check in on it, so that nothing rests on one person.")
WHY_OWNER = gettext_lazy("Whoever you choose finds it on “My part”, and makes the promise anew or not.")
WHO_READS = gettext_lazy("Everybody who sees the promise reads it, with your name.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseFormPage(FormPage):
    """The form of a new promise, with the promise that it answers."""

    answered_who: str = ""
    answered_what: str = ""

    @property
    def template(self) -> str:
        """It shows first what every promise needs."""
        return "intend/promise_form.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class RewordingPage(FormPage):
    """The form that rewords a promise, with the words as they stand now."""

    now: str

    @property
    def template(self) -> str:
        """It shows both."""
        return "intend/promise_reword.html"


def around(found: Found, heading: Any, lede: Any, submit: Any, *, is_danger: bool = False) -> FormPage:
    """Return what stands around a form about one promise."""
    return FormPage(**_texts(found), heading=heading, lede=lede, submit=submit, is_danger=is_danger)


def around_rewording(found: Found) -> RewordingPage:
    """Return what stands around the form that rewords a promise."""
    return RewordingPage(
        **_texts(found),
        heading=_("Reword this promise"),
        lede=_("Its former words stay in its history, with your reason. A new day is given on “Renew”."),
        submit=_("Save"),
        now=found.promise.what,
    )


def _texts(found: Found) -> dict[str, Any]:
    return {
        "kicker": found.place.name,
        "back_url": reverse("intend:promise", args=[found.promise.id]),
        "back_title": words.write_line(found.promise.what, 60),
    }


def around_new(place: Place, answered: Commitment | None) -> PromiseFormPage:
    """Return what stands around the form of a new promise."""
    return PromiseFormPage(
        kicker=place.name,
        home_url=reverse("people:unit_home", args=[place.slug]),
        home_title=place.name,
        back_url=reverse("intend:promises", args=[place.slug]),
        back_title=_("Promises"),
        heading=_("Answer this promise with one of yours") if answered else _("Promise something"),
        lede=_("Say it as you would to those you promise it to. They say later whether it was kept."),
        submit=_("Write it down"),
        answered_who=words.write_who(answered) if answered else "",
        answered_what=answered.what if answered else "",
    )


def initial_new(serves: str, choices: Choices) -> dict[str, Any]:
    """Return what the form of a new promise begins with; `serves` is what an address says it is for."""
    served = next((each for each in choices.served if str(each) == serves), None)
    return {"by": "me", "audience": Audience.COLLEAGUES} | ({"serves": served} if served else {})


def initial_answer(answered: Commitment, choices: Choices) -> dict[str, Any]:
    """Return what a form begins with that answers a promise: it goes back to whoever made that one."""
    found: dict[str, Any] = {"by": "me", "audience": Audience.COLLEAGUES, "due_on": answered.due_on}
    if answered.serves is not None:
        found["serves"] = answered.serves.id
    if answered.to_group_id in choices.groups:
        found["by"] = f"group:{answered.to_group_id}"
    if answered.by_group_id in choices.groups:
        found |= {"audience": Audience.GROUP, "to_group": answered.by_group_id}
    elif answered.by_person_id in choices.people:
        found |= {"audience": Audience.PERSON, "to_person": answered.by_person_id}
    return found
