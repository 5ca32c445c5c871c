"""What narrows the enquiries of a unit; saying how far one is, and asking for help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.base import prose
from collegium.enquire.enums import Freshness, Signal, Stage
from collegium.enquire.forms.enquiries import area
from collegium.enquire.progress import STEPS
from collegium.enquire.services.progress import WHY_LIMIT
from collegium.intend.models import Challenge
from collegium.people.forms.filters import ANY, FilterForm
from collegium.people.models import Group

SHOWN = [ANY, ("running", _("Running")), ("ended", _("Ended")), ("help", _("Asking for help"))]


class PortfolioFilter(FilterForm):
    """Narrows the enquiries of a unit."""

    show = forms.ChoiceField(label=_("Which"), required=False, choices=SHOWN)
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[ANY, *Stage.choices])
    signal = forms.ChoiceField(label=_("What its outcomes say"), required=False, choices=[ANY, *Signal.choices])
    freshness = forms.ChoiceField(label=_("Worked on"), required=False, choices=[ANY, *Freshness.choices])
    challenge = forms.ChoiceField(label=_("Serves"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)

    def __init__(self, *args: Any, challenges: Sequence[Challenge], groups: Sequence[Group]) -> None:
        super().__init__(*args)
        titles = [(str(row.id), row.title) for row in challenges]
        names = [(str(row.id), row.name) for row in groups]
        for name, choices in (("challenge", titles), ("group", names)):
            self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]
            if not choices:
                del self.fields[name]

    def wanted(self) -> dict[str, str]:
        """Return what was asked for."""
        return {name: value for name in self.fields if (value := self.value(name))}


class ProgressForm(forms.Form):
    """How far an enquiry is."""

    half_steps = forms.TypedChoiceField(
        label=_("Which sentence is true of it?"),
        coerce=int,
        choices=[(step, f"{step / 2:g}") for step in STEPS],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("What do you rest that on?"), required=False, max_length=WHY_LIMIT, help_text=_("A sentence is enough.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["half_steps"].choices = [  # type: ignore[attr-defined]
            (step, f"{step / 2:g}: {each.says}") for step, each in STEPS.items()
        ]


class HelpForm(forms.Form):
    """What would help an enquiry that is stuck."""

    wanted = forms.CharField(
        label=_("What would help?"),
        required=False,
        max_length=prose.LIMIT,
        widget=area(4),
        help_text=_("Such as: somebody who has counted lateness before. Leave it empty when you are no longer stuck."),
    )
