"""What a person says about a token they make."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.people.services.tokens import NAME_LIMIT

READ, WRITE = "read", "write"


class TokenForm(forms.Form):
    """What a token is for, what it may do, how long it works."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=NAME_LIMIT,
        help_text=_("Such as: Spreadsheet of the data office. It tells you later which one to end."),
    )
    scope = forms.ChoiceField(
        label=_("What may it do?"),
        choices=[(READ, _("Read what you may read")), (WRITE, _("Read, and change what you may change"))],
        initial=READ,
        widget=forms.RadioSelect,
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work?"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("A year"))],
        coerce=int,
        initial=90,
        widget=forms.RadioSelect,
    )

    def chosen(self) -> dict[str, Any]:
        """Return what was said, for the service."""
        cleaned = self.cleaned_data
        return {"name": cleaned["name"], "can_write": cleaned["scope"] == WRITE, "days": cleaned["days"]}
