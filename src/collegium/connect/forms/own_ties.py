"""Whom somebody lets see their name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.people.forms.changes import PickPersonForm


class ColleagueForm(PickPersonForm):
    """One colleague."""


class UnitForm(forms.Form):
    """Everybody who works in one's own team or school."""

    unit = forms.ChoiceField(label=_("Whose people may see it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].choices = list(choices)  # type: ignore[attr-defined]
