"""Fields that the forms of this room share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.base import prose
from collegium.intend.models.line import TITLE_LIMIT
from collegium.intend.services import line, texts


def prose_field(label: Any, hint: Any = "", *, required: bool = False, rows: int = 4) -> forms.CharField:
    """Return a field for a longer text in Markdown."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=prose.LIMIT,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def title_field(label: Any, hint: Any = "") -> forms.CharField:
    """Return a field for a title."""
    return forms.CharField(label=label, help_text=hint, max_length=TITLE_LIMIT)


class TextForm(forms.Form):
    """A text of several parts. A form that rewords one carries the version it was written from, and asks why."""

    PARTS: tuple[str, ...] = ()

    def __init__(self, *args: Any, rewords: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if rewords:
            self.fields["reason"] = forms.CharField(
                label=_("Why is it changed?"),
                max_length=texts.REASON_LIMIT,
                help_text=_("A sentence. It stands in the history beside your name."),
            )
            self.fields["from_version"] = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @property
    def parts(self) -> dict[str, str]:
        """What the text consists of now."""
        return {name: self.cleaned_data[name] for name in self.PARTS}

    @property
    def wording(self) -> line.Wording:
        """What a service takes to reword a text."""
        return line.Wording(
            parts=self.parts, reason=self.cleaned_data["reason"], from_version=self.cleaned_data["from_version"]
        )


class WithdrawForm(forms.Form):
    """Why something is withdrawn."""

    because = forms.CharField(
        label=_("Why is it withdrawn?"),
        max_length=line.REASON_LIMIT,
        help_text=_("A sentence. It stays beside the text for everybody who could read it."),
    )
