"""Bringing in decisions that were taken elsewhere."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.decide.services.matters import QUESTION_LIMIT


class BringForm(forms.Form):
    """A Loomio group, or ballots on one question."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "What Loomio exports of a group (.json), or the ballots of one vote: a table (CSV, Excel) or from PrefLib."
        ),
    )
    question = forms.CharField(
        label=_("What was asked?"),
        required=False,
        max_length=QUESTION_LIMIT,
        help_text=_("For a file of ballots. A Loomio group brings its own questions."),
    )
    is_ranking = forms.BooleanField(
        label=_("The numbers in the table are ranks: 1 is the best"),
        required=False,
        help_text=_("Otherwise they are added up: ticks, dots or scores."),
    )


class KeepForm(forms.Form):
    """The preview, to be confirmed."""

    kept = forms.CharField(max_length=2_000_000, widget=forms.HiddenInput)
