"""How often the digest comes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.guide.enums import Often


class OftenForm(forms.Form):
    """Weekly, monthly or never."""

    often = forms.ChoiceField(label=_("How often it comes by email"), widget=forms.RadioSelect, choices=Often.choices)
