"""What is written down beside a result."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.listen.enums import SenseQuestion
from collegium.listen.services.sense import NOTE_LIMIT


class NoteForm(forms.Form):
    """A new note: to which of the three questions, and what was said."""

    question = forms.ChoiceField(label=_("To which question"), choices=SenseQuestion.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What you made of it"),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody who sees this result sees the note, with your name."),
    )


class NoteChangeForm(forms.Form):
    """One's own note, to change or to take away."""

    text = forms.CharField(
        label=_("Your note"),
        max_length=NOTE_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Empty it to take it away."),
    )
