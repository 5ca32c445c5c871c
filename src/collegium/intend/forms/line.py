"""The forms of visions and intents, and of what is said around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from collegium.intend.enums import ConversationFormat, LinkKind
from collegium.intend.forms.fields import TextForm, prose_field, title_field
from collegium.intend.models import Intent, Vision
from collegium.intend.services import conversing
from collegium.people.forms.filters import DateInput


class VisionForm(TextForm):
    """What a unit wants to be."""

    PARTS = ("title", "body")
    title = title_field(_("In a few words"), _("Such as “A school where everybody reads”."))
    body = prose_field(
        _("The vision"),
        _("What would somebody see, hear and feel here in some years? A blank line begins a new paragraph."),
        required=True,
        rows=8,
    )


class IntentWordsForm(TextForm):
    """The words of an intent (I1), and why people believe in it (H8)."""

    PARTS = ("title", "direction", "discovery", "destiny", "belief")
    title = title_field(_("The big idea"), _("One line that everybody can say from memory."))
    direction = prose_field(_("Direction"), _("Where are we going, and what will we no longer do?"), required=True)
    discovery = prose_field(_("Discovery"), _("What do we not know yet, and how will we find out?"))
    destiny = prose_field(_("Destiny"), _("Why does it matter to us? What makes it worth the effort?"))
    belief = prose_field(
        _("Belief"),
        _("Why do we believe that together we can do it? What have we managed before?"),
    )


class IntentPlaceForm(forms.Form):
    """Where an intent comes from, and how far it looks."""

    vision = forms.ChoiceField(label=_("It comes from the vision"), required=False)
    horizon_on = forms.DateField(
        label=_("It looks as far as"),
        required=False,
        widget=DateInput(),
        help_text=_("Often about five years from now."),
    )

    def __init__(self, *args: Any, visions: Sequence[Vision], **options: Any) -> None:
        super().__init__(*args, **options)
        self.visions = {str(vision.id): vision for vision in visions}
        choices: list[tuple[str, Any]] = [("", _("No vision yet"))]
        choices += [(key, f"{vision.title} ({vision.unit.name})") for key, vision in self.visions.items()]
        self.fields["vision"].choices = choices  # type: ignore[attr-defined]

    def clean_vision(self) -> Vision | None:
        """Return the vision."""
        return self.visions.get(self.cleaned_data["vision"])


class IntentForm(IntentPlaceForm, IntentWordsForm):
    """A new intent."""

    field_order = [*IntentWordsForm.PARTS, "vision", "horizon_on"]


class ConversationForm(forms.Form):
    """A strategic conversation (I2)."""

    held_on = forms.DateField(label=_("When was it?"), widget=DateInput())
    format = forms.ChoiceField(
        label=_("Where?"),
        choices=lambda: [(value, capfirst(str(label))) for value, label in ConversationFormat.choices],
        widget=forms.RadioSelect,
    )
    who = forms.CharField(
        label=_("Who talked?"),
        required=False,
        max_length=conversing.WHO_LIMIT,
        help_text=_("Such as “the science team and two governors”. Name nobody who would not want to be named."),
    )
    outcome = forms.CharField(
        label=_("What came of it?"),
        max_length=conversing.OUTCOME_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Three lines at most, for somebody who was not there."),
    )
    intent = forms.ChoiceField(label=_("It was about"), required=False)

    def __init__(self, *args: Any, intents: Sequence[Intent], **options: Any) -> None:
        super().__init__(*args, **options)
        self.intents = {str(intent.id): intent for intent in intents}
        choices: list[tuple[str, Any]] = [("", _("Where we are going in general"))]
        choices += [(key, intent.title) for key, intent in self.intents.items()]
        self.fields["intent"].choices = choices  # type: ignore[attr-defined]

    def clean_intent(self) -> Intent | None:
        """Return the intent."""
        return self.intents.get(self.cleaned_data["intent"])


class DissentForm(forms.Form):
    """Somebody sees an intent otherwise (I4)."""

    body = forms.CharField(
        label=_("How do you see it?"),
        max_length=conversing.DISSENT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("It stands beside the intent under your name, for everybody who belongs here."),
    )


class AnswerForm(forms.Form):
    """An answer to somebody who sees it otherwise."""

    answer = forms.CharField(
        label=_("Your answer"), max_length=conversing.DISSENT_LIMIT, widget=forms.Textarea(attrs={"rows": 5})
    )


class LinkForm(forms.Form):
    """An intent adopts or serves one of another unit."""

    upper = forms.ChoiceField(label=_("Which intent?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("How does ours stand to it?"),
        choices=lambda: [(value, capfirst(str(label))) for value, label in LinkKind.choices],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("What does that mean here?"),
        required=False,
        max_length=conversing.NOTE_LIMIT,
        help_text=_("A sentence, if it helps."),
    )

    def __init__(self, *args: Any, offered: Sequence[Intent], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered: dict[str, Intent] = {str(intent.id): intent for intent in offered}
        self.fields["upper"].choices = [  # type: ignore[attr-defined]
            (key, f"{intent.title} ({intent.unit.name})") for key, intent in self.offered.items()
        ]

    def clean_upper(self) -> Intent:
        """Return the intent."""
        return self.offered[self.cleaned_data["upper"]]
