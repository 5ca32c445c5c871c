"""Telling a change idea, and saying how it is tried."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.base import prose
from collegium.enquire.enums import Fidelity, Setting
from collegium.enquire.forms.enquiries import area
from collegium.enquire.models import IdeaOutcome, Measure
from collegium.enquire.models.enquiries import TITLE_LIMIT
from collegium.enquire.services.ideas import Told, Tried
from collegium.people.forms.filters import DateInput


class IdeaForm(forms.Form):
    """An idea, so that somebody elsewhere could do it."""

    title = forms.CharField(label=_("What do you call the idea?"), max_length=TITLE_LIMIT)
    how = forms.CharField(
        label=_("How is it done?"),
        max_length=prose.LIMIT,
        widget=area(6),
        help_text=_("So that a colleague in another school could do it next week: who, when, how long, with what."),
    )
    why = forms.CharField(
        label=_("Why should it help?"),
        required=False,
        max_length=prose.LIMIT,
        widget=area(3),
        help_text=_("And what must not be left out, whatever else is changed."),
    )

    def told(self) -> Told:
        """Return what was told, for the service."""
        return Told(**{name: self.cleaned_data[name] for name in ("title", "how", "why")})


class TellForm(IdeaForm):
    """The same of an enquiry, with what everybody who tries it measures."""

    outcomes = forms.MultipleChoiceField(
        label=_("What should everybody who tries it measure?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One or two are enough. What others measure in the same way can be added up."),
    )

    def __init__(self, *args: Any, measures: Sequence[Measure], **options: Any) -> None:
        super().__init__(*args, **options)
        self._measures = {str(row.id): row for row in measures}
        self.fields["outcomes"].choices = [(key, row.title) for key, row in self._measures.items()]  # type: ignore[attr-defined]

    def clean_outcomes(self) -> list[Measure]:
        """Return the measures that were chosen."""
        return [self._measures[key] for key in self.cleaned_data["outcomes"]]


class TrialForm(forms.Form):
    """How an idea is tried in an enquiry, and which measures stand for its outcomes."""

    since = forms.DateField(
        label=_("Since when is it tried?"),
        widget=DateInput(),
        help_text=_("Numbers of periods before this day are compared with those from it on."),
    )
    setting = forms.ChoiceField(label=_("Where?"), choices=Setting.choices, widget=forms.RadioSelect)
    context = forms.CharField(
        label=_("What should others know about the place?"),
        max_length=prose.LIMIT,
        widget=area(3),
        help_text=_("Who the pupils are as a group, what else was going on, what made it easy or hard. No names."),
    )
    fidelity = forms.ChoiceField(
        label=_("How far is it done as it is told?"), choices=Fidelity.choices, widget=forms.RadioSelect
    )
    adaptation = forms.CharField(
        label=_("What did you change, and why?"), required=False, max_length=prose.LIMIT, widget=area(3)
    )

    def __init__(
        self, *args: Any, outcomes: Sequence[IdeaOutcome], measures: Sequence[Measure], **options: Any
    ) -> None:
        chosen: Mapping[uuid.UUID, uuid.UUID] = options.pop("chosen", {})
        super().__init__(*args, **options)
        self._measures = {str(row.id): row for row in measures}
        self._outcomes = outcomes
        titles = [("", _("None yet")), *((key, row.title) for key, row in self._measures.items())]
        by_title = {row.title: row.id for row in measures}
        for outcome in outcomes:
            self.fields[f"outcome-{outcome.id}"] = forms.ChoiceField(
                label=_("Which of your measures is “%(title)s”?") % {"title": outcome.title},
                required=False,
                choices=titles,
                initial=str(chosen.get(outcome.id) or by_title.get(outcome.title) or ""),
                help_text=_("Only shares, counts, rates or averages of the same kind can be added up."),
            )

    def tried(self) -> Tried:
        """Return what was said, for the service."""
        cleaned = self.cleaned_data
        chosen = {one.id: self._measures.get(cleaned.get(f"outcome-{one.id}", "")) for one in self._outcomes}
        return Tried(
            since=cleaned["since"],
            setting=Setting(cleaned["setting"]),
            fidelity=Fidelity(cleaned["fidelity"]),
            context=cleaned["context"],
            adaptation=cleaned["adaptation"],
            measures={key: row for key, row in chosen.items() if row is not None},
        )
