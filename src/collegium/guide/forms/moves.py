"""What somebody makes of a move."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.guide.enums import MoveAnswer
from collegium.guide.services.answering_moves import REASON_LIMIT


class AnswerForm(forms.Form):
    """Take it up, put it off or decline it."""

    answer = forms.ChoiceField(
        label=_("What do you make of it?"),
        widget=forms.RadioSelect,
        choices=[
            (MoveAnswer.TAKEN, _("We take it up")),
            (MoveAnswer.PUT_OFF, _("We put it off")),
            (MoveAnswer.DECLINED, _("We decline it")),
        ],
        initial=MoveAnswer.TAKEN,
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to put it off or decline it. Everybody who sees this guide can read it."),
    )
    until = forms.DateField(
        label=_("Put off until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("It is suggested again from that day, if the numbers still say so."),
    )

    def clean(self) -> dict[str, Any]:
        """Keep the day only where something is put off."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") != MoveAnswer.PUT_OFF:
            cleaned["until"] = None
        return cleaned


class FinishForm(forms.Form):
    """What came of a move."""

    came_of_it = forms.CharField(
        label=_("What came of it?"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you did, what you see now, and what you learnt, also where it did not work."),
    )
