"""The forms of how a unit begins."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.intend.enums import Path
from collegium.intend.models.paths import WHY_LIMIT
from collegium.intend.services.paths import LEARNED_LIMIT
from collegium.people.forms.filters import DateInput
from collegium.people.models import Person

PATHS = (
    (Path.TRUST_FIRST.value, _("Trust first: small promises kept, then a vision that people can believe")),
    (Path.VISION_FIRST.value, _("Vision first: a shared vision, and trust that grows as it is carried out")),
)


def _area(label: Any, limit: int, hint: Any = "", *, rows: int = 3, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=limit,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ChoosePathForm(forms.Form):
    """One of the two ways to begin."""

    path = forms.ChoiceField(label=_("How do you begin?"), choices=PATHS, widget=forms.RadioSelect)
    why = _area(
        _("Why?"),
        WHY_LIMIT,
        _("Needed where you choose otherwise than suggested. It stands beside your choice."),
        required=False,
    )


class LeavePathForm(forms.Form):
    """Why a path is left."""

    because = _area(_("Why do you leave it?"), WHY_LIMIT, _("It stays on record with the steps you took."))


class PlanStepForm(forms.Form):
    """Who sees to a step, who could in their place, and by when."""

    owner = forms.ChoiceField(label=_("Who sees to it?"))
    second = forms.ChoiceField(
        label=_("Who could carry it on?"),
        required=False,
        help_text=_("A second person, for when the first cannot."),
    )
    due_on = forms.DateField(label=_("By when?"), widget=DateInput())

    def __init__(self, *args: Any, people: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(person.id), person.full_name) for person in people]
        self.fields["owner"].choices = [("", _("Choose…")), *choices]  # type: ignore[attr-defined]
        self.fields["second"].choices = [("", _("Nobody yet")), *choices]  # type: ignore[attr-defined]

    def clean_owner(self) -> uuid.UUID:
        """Return the id of the person."""
        return uuid.UUID(self.cleaned_data["owner"])

    def clean_second(self) -> uuid.UUID | None:
        """Return the id of the person, if there is one."""
        chosen = self.cleaned_data["second"]
        return uuid.UUID(chosen) if chosen else None


class FinishStepForm(forms.Form):
    """What a step taught."""

    learned = _area(
        _("What did you learn?"),
        LEARNED_LIMIT,
        _("What worked, what did not, and what you would now do otherwise. Everybody here reads it."),
        rows=5,
    )


class RevisitForm(forms.Form):
    """What becomes of a text that is opened again."""

    learned = _area(_("What did you learn that bears on it?"), WHY_LIMIT)
    outcome = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=(
            ("reword", _("It is reworded: the next page is its text")),
            ("stands", _("It stands as it is")),
        ),
        widget=forms.RadioSelect,
        initial="reword",
    )
    stands_because = _area(_("If it stands: why?"), WHY_LIMIT, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask why a text stands."""
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == "stands" and not cleaned.get("stands_because", "").strip():
            self.add_error("stands_because", _("Say why it stands as it is."))
        if cleaned.get("outcome") == "reword":
            cleaned["stands_because"] = ""
        return cleaned
