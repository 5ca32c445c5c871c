"""Forms of those who keep a public board."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.intend.models import Board
from collegium.intend.services import boards


class BoardForm(forms.Form):
    """What a board is called, where it is read, and whether it is public."""

    title = forms.CharField(label=_("Title"), max_length=boards.TITLE_LIMIT)
    intro = forms.CharField(
        label=_("What stands above the promises"),
        required=False,
        max_length=boards.INTRO_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Two or three sentences for parents and neighbours."),
    )
    address = forms.CharField(
        label=_("Last part of its address"),
        max_length=boards.ADDRESS_MOST,
        help_text=_("Small letters, digits and hyphens. Printed posters lead there, so choose it once."),
    )
    hosts = forms.CharField(
        label=_("Websites that may show it inside their pages"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One on each line, such as https://www.school.example. Leave empty for none."),
    )
    is_public = forms.BooleanField(
        label=_("Anybody may read it"), required=False, help_text=_("Until then only you can look at it.")
    )

    def clean_hosts(self) -> list[str]:
        """Return the lines."""
        return [line.strip() for line in self.cleaned_data["hosts"].splitlines() if line.strip()]

    @staticmethod
    def initial_of(board: Board | None, proposed: dict[str, Any]) -> dict[str, Any]:
        """Return what the form begins with."""
        if board is None:
            return proposed
        kept = {name: getattr(board, name) for name in ("title", "intro", "address", "is_public")}
        return kept | {"hosts": "\n".join(board.hosts)}


class EntryForm(forms.Form):
    """A promise in words for the public."""

    words = forms.CharField(
        label=_("In words for the public"),
        max_length=boards.WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Leave out names: a person’s name stands there only when that person allows it."),
    )
    next_step = forms.CharField(
        label=_("What comes next"), required=False, max_length=boards.NEXT_LIMIT, help_text=_("One step, if you like.")
    )


class TakeOffForm(forms.Form):
    """Why a promise is taken off."""

    why = forms.CharField(
        label=_("Why is it taken off?"),
        max_length=boards.WHY_LIMIT,
        help_text=_("It stands on the board with today’s date, where the promise was."),
    )
