"""Forms about what is one's own."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

WEEKS = (
    (1, _("Once a week at most")),
    (2, _("Every two weeks at most")),
    (4, _("Every four weeks at most")),
    (0, _("Never")),
)


class RemindersForm(forms.Form):
    """How often one is reminded of one's promises."""

    weeks_between = forms.TypedChoiceField(
        label=_("How often may a mail remind you?"), choices=WEEKS, coerce=int, widget=forms.RadioSelect
    )
