"""What is written in a conversation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.talk.enums import ReactionKind
from collegium.talk.files import KINDS, MOST_BYTES, MOST_FILES
from collegium.talk.services.comments import TEXT_LIMIT
from collegium.talk.services.moderation import REASON_LIMIT


class ManyFilesInput(forms.ClearableFileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, or none."""

    def __init__(self, **options: Any) -> None:
        accept = ",".join(KINDS)
        super().__init__(required=False, widget=ManyFilesInput(attrs={"accept": accept}), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ARG002 Django passes it
        """Return the files as they came; what may be kept of them the service says."""
        return [each for each in data if each] if isinstance(data, list | tuple) else [data] if data else []


class CommentForm(forms.Form):
    """A comment. The service counts its length, so that nothing that was typed is cut off."""

    text = forms.CharField(
        label=_("Your comment"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("You can use Markdown. An @ before somebody's whole name tells them."),
    )
    uploads = ManyFilesField(
        label=_("Files"),
        help_text=_("Up to %(files)s, each of at most %(size)s MB: pictures, PDF, text or office documents.")
        % {"files": MOST_FILES, "size": MOST_BYTES // 1024**2},
    )


class ChangeForm(forms.Form):
    """Other words for a comment."""

    text = forms.CharField(
        label=_("Your comment"), required=False, max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 8})
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever wrote it and everybody else reads this in its place."),
    )


class AppealForm(forms.Form):
    """Why one thinks that a comment should stand."""

    text = forms.CharField(
        label=_("Why should it stand?"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Somebody other than who took it out reads this and looks at your comment again."),
    )


class AppealAnswerForm(forms.Form):
    """What another look found."""

    restore = forms.ChoiceField(
        label=_("The comment"),
        choices=[("yes", _("goes back to where it stood")), ("no", _("stays out"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Why"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Its writer reads this."),
    )


class ReactionForm(forms.Form):
    """A button under a comment: which, and whether it is pressed or taken back."""

    press = forms.ChoiceField(choices=[(f"{kind}:{on}", "") for kind in ReactionKind.values for on in ("yes", "no")])
