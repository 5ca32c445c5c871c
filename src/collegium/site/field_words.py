"""What every form says of a field that is empty or holds what was not offered: what to do, by the kind of field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

REQUIRED: dict[type[forms.Field], Any] = {
    forms.Field: _("Please fill this in."),
    forms.ChoiceField: _("Please choose one."),
    forms.BooleanField: _("Please tick this box."),
    forms.FileField: _("Please choose a file."),
}

NOT_OFFERED = _("Please choose one of these.")


def install() -> None:
    """Say it in all forms, also in those of packages."""
    for field, words in REQUIRED.items():
        field.default_error_messages = {**field.default_error_messages, "required": words}
    forms.ChoiceField.default_error_messages["invalid_choice"] = NOT_OFFERED
