"""The forms of challenges: what should become true, when and for whom, the change check, and how it ended."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from collegium.base.indicators import Indicator
from collegium.base.numbers import Number
from collegium.intend.enums import Agenda, Belief, Gateway, Measured, Outcome
from collegium.intend.forms.fields import TextForm, prose_field, title_field
from collegium.intend.models import Intent
from collegium.intend.services.challenges import CURRICULUM_LIMIT, NOTE_LIMIT
from collegium.people.forms.filters import DateInput
from collegium.people.models import Unit


def _choices(enum: Any) -> Any:
    return lambda: [(value, capfirst(str(label))) for value, label in enum.choices]


class ChallengeWordsForm(TextForm):
    """The words of a challenge (I3)."""

    PARTS = ("title", "what", "how_known", "why", "why_now")
    title = title_field(_("In one line"), _("Such as “Every pupil of eleven reads a book alone”."))
    what = prose_field(
        _("What should become true?"),
        _("Say what will be different for pupils, families or colleagues, not what somebody will do about it."),
        required=True,
    )
    how_known = prose_field(
        _("How will we know?"), _("What will we see and hear? If a number tells it, choose it further down.")
    )
    why = prose_field(_("Why does it matter?"), rows=3)
    why_now = prose_field(_("Why now?"), _("Evidence is cited on the challenge's own page."), rows=3)


class ChallengePlaceForm(forms.Form):
    """When, for whom, how it is known, and what it belongs to."""

    intent = forms.ChoiceField(label=_("It is a step towards"), required=False)
    starts_on = forms.DateField(label=_("Work begins"), widget=DateInput())
    by_on = forms.DateField(label=_("It should be true by"), widget=DateInput())
    measured = forms.ChoiceField(
        label=_("How is it known?"), choices=_choices(Measured), widget=forms.RadioSelect, initial=Measured.STATEMENT
    )
    indicator_key = forms.ChoiceField(label=_("Which number?"), required=False)
    measure_id = forms.ChoiceField(
        label=_("Which measure of an enquiry?"),
        required=False,
        help_text=_("It can be chosen later, when the enquiry has set it up."),
    )
    asks = forms.MultipleChoiceField(
        label=_("Whom does it ask something of?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "The change check counts whom several challenges ask at once. Nothing ticked means everybody here."
        ),
    )
    gateways = forms.MultipleChoiceField(
        label=_("Gateways it opens"), choices=_choices(Gateway), required=False, widget=forms.CheckboxSelectMultiple
    )
    agenda = forms.MultipleChoiceField(
        label=_("What leadership works at"),
        choices=_choices(Agenda),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    curriculum = forms.CharField(
        label=_("Part of the curriculum"),
        required=False,
        max_length=CURRICULUM_LIMIT,
        help_text=_("Where learning is weak, if it is about one. Such as “reading” or “fractions”."),
    )
    FIRST = ("intent", "starts_on", "by_on")
    MORE = ("measured", "indicator_key", "measure_id", "asks", "gateways", "agenda", "curriculum")

    def __init__(
        self,
        *args: Any,
        intents: Sequence[Intent],
        units: Sequence[Unit],
        measures: Sequence[Indicator],
        enquired: Sequence[Number],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.intents = {str(intent.id): intent for intent in intents}
        self.units = {str(unit.id): unit for unit in units}
        chosen: list[tuple[str, Any]] = [("", _("No intent yet"))]
        chosen += [(key, f"{intent.title} ({intent.unit.name})") for key, intent in self.intents.items()]
        self.fields["intent"].choices = chosen  # type: ignore[attr-defined]
        self.fields["asks"].choices = [(key, unit.name) for key, unit in self.units.items()]  # type: ignore[attr-defined]
        numbers: list[tuple[str, Any]] = [("", _("None"))]
        numbers += [(each.key, each.title) for each in measures]
        self.fields["indicator_key"].choices = numbers  # type: ignore[attr-defined]
        enquiring: list[tuple[str, Any]] = [("", _("None yet"))]
        enquiring += [(str(each.ref.source_id), f"{each.title} ({each.whole})") for each in enquired]
        now = str(self.initial.get("measure_id") or "")
        if now not in dict(enquiring):
            enquiring.append((now, _("The one that was chosen, which is not yours to read")))
        self.fields["measure_id"].choices = enquiring  # type: ignore[attr-defined]
        if len(enquiring) == 1:
            del self.fields["measure_id"]
        if not units:
            del self.fields["asks"]

    def clean(self) -> dict[str, Any]:
        """Return what the service takes."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("measured") == Measured.INDICATOR and not cleaned.get("indicator_key"):
            self.add_error("indicator_key", _("Choose the number that will tell."))
        return cleaned

    @property
    def place(self) -> dict[str, Any]:
        """When, for whom, how it is known, and what it belongs to, as the service takes it."""
        cleaned = self.cleaned_data
        return {
            "intent": self.intents.get(cleaned["intent"]),
            "asks": [self.units[key] for key in cleaned.get("asks", ())],
            **{key: cleaned[key] for key in ("starts_on", "by_on", "measured", "gateways", "agenda", "curriculum")},
            "indicator_key": cleaned["indicator_key"] if cleaned["measured"] == Measured.INDICATOR else "",
            "measure_id": uuid.UUID(chosen) if (chosen := cleaned.get("measure_id", "")) else None,
        }

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that everybody sees."""
        return [self[name] for name in self.FIRST]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields behind "More"."""
        return [self[name] for name in self.MORE if name in self.fields]

    @property
    def is_more_open(self) -> bool:
        """Whether something behind "More" has to be looked at."""
        return any(name in self.errors for name in self.MORE)


class ChallengeForm(ChallengePlaceForm, ChallengeWordsForm):
    """A new challenge."""

    @property
    def word_fields(self) -> list[forms.BoundField]:
        """The fields of its words."""
        return [self[name] for name in self.PARTS]


class ChangeCheckForm(forms.Form):
    """What makes change fail, asked before it starts (C4), and whether people are ready (L6)."""

    not_isolated = forms.ChoiceField(
        label=_("Nobody does this alone"),
        choices=_choices(Belief),
        widget=forms.RadioSelect,
        help_text=_("Whoever carries it has at least one other person to turn to for it, week by week."),
    )
    fits_priorities = forms.ChoiceField(
        label=_("It fits with what the same people are asked to do already"),
        choices=_choices(Belief),
        widget=forms.RadioSelect,
        help_text=_("Look at the list above: what will wait for it?"),
    )
    clear_why = forms.ChoiceField(
        label=_("Those concerned can say why"), choices=_choices(Belief), widget=forms.RadioSelect
    )
    clear_what = forms.ChoiceField(
        label=_("Those concerned can say what it will look like"), choices=_choices(Belief), widget=forms.RadioSelect
    )
    believed = forms.ChoiceField(
        label=_("Those concerned believe that together we can"), choices=_choices(Belief), widget=forms.RadioSelect
    )
    design_work = prose_field(_("Who has designed it?"), _("With those who will do it, or for them?"), rows=3)
    pilot = prose_field(_("Where was it tried, or will it be?"), _("Small, and where failing is allowed."), rows=3)
    note = prose_field(_("What else should be remembered?"), rows=3)


class StartForm(forms.Form):
    """Starting a challenge, knowing what the check says."""


class CloseForm(forms.Form):
    """What became of a challenge."""

    outcome = forms.ChoiceField(label=_("What became of it?"), choices=_choices(Outcome), widget=forms.RadioSelect)
    learned = prose_field(
        _("What did we learn?"),
        _("For whoever tries something like it next. Not reaching it is worth as much."),
        rows=4,
    )


class CiteForm(forms.Form):
    """A number to cite as evidence."""

    cited = forms.ChoiceField(label=_("Which number?"))
    note = forms.CharField(
        label=_("What does it show?"),
        required=False,
        max_length=NOTE_LIMIT,
        help_text=_("A sentence, such as “fewer than half say they can speak openly”."),
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, Sequence[tuple[str, str]]]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["cited"].choices = [("", _("Choose one")), *offered]  # type: ignore[attr-defined]
