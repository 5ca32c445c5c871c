"""The forms of what people value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from collegium.intend.enums import Side
from collegium.intend.models.mindscapes import STATEMENT_LIMIT
from collegium.intend.queries.circles import Choice
from collegium.intend.services.texts import REASON_LIMIT
from collegium.intend.services.values import BODY_LIMIT

SIDES = (
    (Side.HEART.value, _("Heart: what I value")),
    (Side.HEAD.value, _("Head: what I think makes it so")),
    (Side.HAND.value, _("Hand: what I do")),
)


class MindscapeForm(forms.Form):
    """One short statement."""

    side = forms.ChoiceField(label=_("Which of the three is it?"), choices=SIDES, widget=forms.RadioSelect)
    body = forms.CharField(
        label=_("In one sentence"),
        max_length=STATEMENT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Say one thing. Two make two statements."),
    )


class ShareForm(forms.Form):
    """With whom a statement is shared, and whether they read who wrote it."""

    choice = forms.ChoiceField(label=_("With whom?"), widget=forms.RadioSelect)
    named = forms.ChoiceField(
        label=_("Who do they read that it is from?"),
        choices=(("no", _("From all of us: my name is not shown")), ("yes", _("From me: my name stands beside it"))),
        widget=forms.RadioSelect,
        initial="no",
    )

    def __init__(self, *args: Any, offered: Sequence[Choice], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["choice"].choices = [(each.key, _write(each)) for each in offered]  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.fields["choice"].initial = offered[0].key


def _write(choice: Choice) -> str:
    size = ngettext("%(n)s person", "%(n)s people", choice.people) % {"n": choice.people}
    return f"{choice.name} ({size})"


class StatementForm(forms.Form):
    """The wording of a statement of values. It carries the wording it was written from, 0 for none."""

    body = forms.CharField(
        label=_("We stand for …"),
        max_length=BODY_LIMIT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("A few sentences that everybody here could sign. A blank line begins a new paragraph."),
    )
    reason = forms.CharField(
        label=_("Why is it changed?"),
        max_length=REASON_LIMIT,
        help_text=_("A sentence. It stands in the history beside your name."),
    )
    from_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        written_from = self.data.get("from_version") if self.is_bound else self.initial.get("from_version")
        if str(written_from or 0) == "0":
            del self.fields["reason"]


class SignForm(forms.Form):
    """The wording that somebody signs."""

    wording = forms.IntegerField(min_value=1)
