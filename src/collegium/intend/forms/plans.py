"""The forms that bring a plan in from a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.intend.line_tables import FIELDS

FIELD_LABELS: dict[str, Any] = {
    "kind": _("What each row is (vision, intent, challenge, goal, action …)"),
    "title": _("Its title"),
    "id": _("An id of each row"),
    "serves": _("What it serves, by id or title"),
    "text": _("Its text"),
    "owner": _("Who carries it, by email address"),
    "second_owner": _("Who could carry it on, by email address"),
    "starts": _("When work begins (2026-09-01)"),
    "by": _("By when (2027-07-31)"),
}


class PlanUploadForm(forms.Form):
    """A file with a plan."""

    upload = forms.FileField(
        label=_("Your plan"), help_text=_("CSV, a spreadsheet or JSON, at most 5 MB and 2,000 rows.")
    )


class PlanColumnsForm(forms.Form):
    """Which column holds what."""

    def __init__(self, *args: Any, headers: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        choices: list[tuple[str, Any]] = [("", _("No column"))]
        choices += [(title, title) for title in dict.fromkeys(headers) if title]
        for name in sorted(FIELDS, key=list(FIELD_LABELS).index):
            self.fields[name] = forms.ChoiceField(label=FIELD_LABELS[name], choices=choices, required=False)
