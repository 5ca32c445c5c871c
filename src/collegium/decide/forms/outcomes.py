"""Being heard, publishing, understanding, reviewing."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet
from django.utils.translation import gettext_lazy as _

from collegium.base import prose
from collegium.decide.enums import Answer, Heard, Public, Verdict
from collegium.decide.forms.matters import Choices, area, capitalised
from collegium.decide.models import Poll
from collegium.decide.services import heard
from collegium.people.forms.filters import DateInput
from collegium.people.models import Person

NEW = "new"
STEPS = 6


class ThemeForm(forms.Form):
    """Comments that are put into a theme."""

    comments = forms.MultipleChoiceField(label=_("What people said"), widget=forms.CheckboxSelectMultiple)
    theme = forms.ChoiceField(label=_("Into which theme?"), widget=forms.RadioSelect, initial=NEW)
    title = forms.CharField(label=_("Name of a new theme"), required=False, max_length=heard.TITLE_LIMIT)

    def __init__(self, *args: Any, comments: Choices, themes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["comments"].choices = list(comments)  # type: ignore[attr-defined]
        self.fields["theme"].choices = [*themes, (NEW, _("a new one"))]  # type: ignore[attr-defined]

    def clean_comments(self) -> set[uuid.UUID]:
        """Return the ids of the comments."""
        return {uuid.UUID(value) for value in self.cleaned_data["comments"]}


class AnswerForm(forms.Form):
    """What came of a theme."""

    kind = forms.ChoiceField(
        label=_("What came of it?"), choices=lambda: capitalised(Answer.choices), widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=_("How, or why not"), max_length=4000, widget=area(4), help_text=_("Those who said it read this.")
    )


class DissentForm(forms.Form):
    """What one sees otherwise."""

    text = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=heard.DISSENT_LIMIT,
        widget=area(5),
        help_text=_("It stands beside the outcome, under your name. Leave it empty to take it back."),
    )


class StepForm(forms.Form):
    """Who does what by when; an empty one counts for nothing."""

    who = forms.ChoiceField(label=_("Who"), required=False)
    what = forms.CharField(label=_("Does what"), required=False, max_length=1000)
    due_on = forms.DateField(label=_("By when"), required=False, widget=DateInput())

    def __init__(self, *args: Any, people: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {str(person.id): person for person in people}
        names = [("", "–"), *((key, person.full_name) for key, person in self._people.items())]
        self.fields["who"].choices = names  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Raise where a step is said in part."""
        cleaned = super().clean() or {}
        given = [bool(cleaned.get(name)) for name in ("who", "what", "due_on")]
        if any(given) and not all(given) and not self.errors:
            raise forms.ValidationError(_("Say who, what and by when, or leave the whole step empty."))
        return cleaned

    @property
    def step(self) -> dict[str, Any] | None:
        """What was said, where anything was."""
        found = self.cleaned_data
        if not found.get("who"):
            return None
        return {"person": self._people[found["who"]], "what": found["what"], "due_on": found["due_on"]}


StepFormSet = forms.formset_factory(StepForm, formset=BaseFormSet, extra=STEPS, max_num=STEPS)


class OutcomeForm(forms.Form):
    """What was decided, why, and when it is looked at again."""

    statement = forms.CharField(
        label=_("What is decided?"),
        max_length=prose.LIMIT,
        widget=area(5),
        help_text=_("So that somebody who was not there understands it."),
    )
    reasons = forms.CharField(label=_("Why?"), max_length=prose.LIMIT, widget=area(5))
    poll = forms.ChoiceField(label=_("Which vote does it follow from?"), required=False)
    stop_if = forms.CharField(
        label=_("What would make us stop?"),
        required=False,
        max_length=2000,
        widget=area(3),
        help_text=_("Said now, while nobody has to lose face over it."),
    )
    review_on = forms.DateField(
        label=_("When do we look at it again?"),
        widget=DateInput(),
        help_text=_("On that day the matter opens again by itself."),
    )

    moves = forms.BooleanField(required=False)

    def __init__(self, *args: Any, polls: Sequence[Poll], moves_to: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["moves"].label = _("The register changes: from now on it is decided by %(whom)s") % {
            "whom": moves_to
        }
        if not moves_to:
            del self.fields["moves"]
        self._polls = {str(poll.id): poll for poll in polls}
        choices = [
            ("", _("none: it was agreed without a vote")),
            *((key, p.question) for key, p in self._polls.items()),
        ]
        self.fields["poll"].choices = choices  # type: ignore[attr-defined]

    def clean_poll(self) -> Poll | None:
        """Return the vote."""
        return self._polls.get(self.cleaned_data["poll"])


class PublicForm(forms.Form):
    """Who reads what was decided without signing in."""

    public = forms.ChoiceField(
        label=_("Who reads it?"), choices=lambda: capitalised(Public.choices), widget=forms.RadioSelect
    )


class HeardForm(forms.Form):
    """Whether one knows and understands an outcome."""

    state = forms.ChoiceField(
        label=_("Where are you with this?"),
        choices=[(Heard.UNDERSTOOD.value, _("I know and understand it")), (Heard.ASKS.value, _("I ask something"))],
        widget=forms.RadioSelect,
    )
    question = forms.CharField(label=_("Your question"), required=False, max_length=2000, widget=area(3))


class ReviewForm(forms.Form):
    """What a review found."""

    verdict = forms.ChoiceField(
        label=_("What follows?"), choices=lambda: capitalised(Verdict.choices), widget=forms.RadioSelect
    )
    found = forms.CharField(label=_("What was promised, and what happened?"), max_length=prose.LIMIT, widget=area(6))
