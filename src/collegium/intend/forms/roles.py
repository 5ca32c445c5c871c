"""Forms about roles in groups."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from collegium.intend.forms.promises import offer_served
from collegium.intend.models import Challenge, Point
from collegium.intend.promise_enums import Work
from collegium.intend.services import roles
from collegium.people.models import GroupMembership, Person


class RoleForm(forms.Form):
    """What a role is called, what it is for, and what comes with it."""

    title = forms.CharField(label=_("Title"), max_length=roles.TITLE_LIMIT)
    purpose = forms.CharField(
        label=_("What is it for?"),
        required=False,
        max_length=roles.PURPOSE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    obligations = forms.CharField(
        label=_("What does whoever holds it owe the others?"),
        required=False,
        max_length=roles.OBLIGATION_LIMIT * roles.OBLIGATIONS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line, at most 12. A role without obligations binds nobody."),
    )
    serves = forms.ChoiceField(label=_("Which challenge or goal does it serve?"), required=False)
    works = forms.MultipleChoiceField(
        label=_("Which work does it do for the group?"),
        required=False,
        choices=lambda: [(value, capfirst(str(label))) for value, label in Work.choices],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, served: Mapping[uuid.UUID, Challenge | Point], **options: Any) -> None:
        super().__init__(*args, **options)
        self.served = {str(key): row for key, row in served.items()}
        self.fields["serves"].choices = offer_served(served.values())  # type: ignore[attr-defined]

    def clean_serves(self) -> Challenge | Point | None:
        """Return the challenge or the goal."""
        return self.served.get(self.cleaned_data["serves"])

    def clean_obligations(self) -> list[str]:
        """Return the lines."""
        return [line.strip() for line in self.cleaned_data["obligations"].splitlines() if line.strip()]


class HolderForm(forms.Form):
    """Who of the group holds a role from today on."""

    person = forms.ChoiceField(label=_("Who holds it from today on?"))

    def __init__(self, *args: Any, members: list[GroupMembership], **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = {str(row.person_id): row.person for row in members}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (key, person.full_name) for key, person in self.members.items()
        ]

    def clean_person(self) -> Person:
        """Return the person."""
        return self.members[str(uuid.UUID(self.cleaned_data["person"]))]
