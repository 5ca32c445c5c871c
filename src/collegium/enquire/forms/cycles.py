"""Planning a cycle with a prediction, and studying what came of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.base import prose
from collegium.enquire.enums import Decision
from collegium.enquire.forms.enquiries import area


class CycleForm(forms.Form):
    """What will be tried, and what the team expects."""

    plan = forms.CharField(
        label=_("What will you try?"),
        max_length=prose.LIMIT,
        widget=area(3),
        help_text=_("Small: one class, one week. Who does it, where, from when?"),
    )
    prediction = forms.CharField(
        label=_("What do you expect to see?"),
        max_length=prose.LIMIT,
        widget=area(3),
        help_text=_(
            "In numbers if you can, such as: eight of ten lessons begin on time. It can be changed until the "
            "next number is entered."
        ),
    )


class StudyForm(forms.Form):
    """What came of it, and what follows."""

    found = forms.CharField(label=_("What happened, beside what you expected?"), max_length=prose.LIMIT, widget=area(3))
    surprise = forms.CharField(label=_("What surprised you?"), required=False, max_length=prose.LIMIT, widget=area(2))
    decision = forms.ChoiceField(label=_("What follows?"), choices=Decision.choices, widget=forms.RadioSelect)
