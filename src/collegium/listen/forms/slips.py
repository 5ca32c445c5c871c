"""Which paper to print on."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PaperForm(forms.Form):
    """The size of the paper."""

    paper = forms.ChoiceField(
        label=_("Paper"),
        choices=[("a4", "A4"), ("letter", _("US Letter"))],
        initial="a4",
        widget=forms.RadioSelect,
    )
