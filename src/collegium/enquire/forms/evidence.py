"""Adding to what a stage rests on; telling a practice better."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.base import prose
from collegium.enquire.forms.enquiries import area
from collegium.enquire.models.enquiries import TITLE_LIMIT
from collegium.enquire.services.evidence import NOTE_LIMIT
from collegium.talk.files import MOST_BYTES, MOST_FILES
from collegium.talk.forms.writing import ManyFilesField


def _note() -> forms.CharField:
    return forms.CharField(label=_("What does it show?"), required=False, max_length=NOTE_LIMIT)


class FilesForm(forms.Form):
    """Files for a stage."""

    uploads = ManyFilesField(
        label=_("Files"),
        help_text=_(
            "Up to %(files)s at a time, each of at most %(size)s MB: pictures, PDF, text or office documents. Nothing "
            "in which a pupil can be recognised, please."
        )
        % {"files": MOST_FILES, "size": MOST_BYTES // 1024**2},
    )
    note = _note()


class LinkForm(forms.Form):
    """A link for a stage."""

    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
    title = forms.CharField(label=_("What is it?"), max_length=TITLE_LIMIT)
    note = _note()


class NumberForm(forms.Form):
    """A number to cite at a stage."""

    code = forms.ChoiceField(label=_("Which number?"))
    note = _note()

    def __init__(self, *args: Any, offered: Sequence[tuple[str, Sequence[tuple[str, str]]]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = list(offered)  # type: ignore[attr-defined]


class PracticeForm(forms.Form):
    """What others should hear of an enquiry."""

    title = forms.CharField(label=_("What do you call it?"), max_length=TITLE_LIMIT)
    finding = forms.CharField(
        label=_("What did you find out?"), max_length=prose.LIMIT, widget=area(4), help_text=_("In three sentences.")
    )
    how = forms.CharField(
        label=_("How is it done?"),
        required=False,
        max_length=prose.LIMIT,
        widget=area(5),
        help_text=_("So that a colleague elsewhere could try it, or knows what not to repeat."),
    )
    again = forms.CharField(label=_("What would you do again?"), required=False, max_length=prose.LIMIT, widget=area(3))
    who_should_know = forms.CharField(
        label=_("Who should know?"), required=False, max_length=prose.LIMIT, widget=area(2)
    )
