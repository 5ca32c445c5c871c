"""Announcing a draw, and doing it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.decide.enums import DrawBy
from collegium.decide.forms.matters import capitalised
from collegium.decide.services import draws


class AnnounceForm(forms.Form):
    """What is said before a draw."""

    purpose = forms.CharField(
        label=_("What are people drawn for?"),
        max_length=draws.PURPOSE_LIMIT,
        help_text=_("Such as: the working group that plans the new timetable"),
    )
    places = forms.IntegerField(label=_("How many"), min_value=1, max_value=1000, initial=5)
    by = forms.ChoiceField(
        label=_("Draw so that these are there by their size"),
        choices=lambda: capitalised(DrawBy.choices),
        widget=forms.RadioSelect,
        initial=DrawBy.ALL,
    )
    seed_from = forms.CharField(
        label=_("Where will the seed come from?"),
        max_length=draws.SEED_LIMIT,
        help_text=_(
            "Something that nobody can know or choose today, and that everybody can look up later. Such as: the "
            "numbers of the national lottery of next Saturday."
        ),
    )

    def clean_by(self) -> DrawBy:
        """Return the groups."""
        return DrawBy(self.cleaned_data["by"])


class SeedForm(forms.Form):
    """The seed, once it is known."""

    seed = forms.CharField(
        label=_("The seed"),
        max_length=draws.SEED_LIMIT,
        help_text=_("Write it as it was published, such as: 17 4 33 8 21 6. Blanks count, except around it."),
    )
