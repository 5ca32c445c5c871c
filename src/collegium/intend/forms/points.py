"""The form of a plain point of the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from collegium.intend.enums import POINT_KINDS, NodeKind
from collegium.intend.forms.fields import prose_field, title_field
from collegium.intend.services.points import kind_of
from collegium.people.forms.filters import DateInput
from collegium.people.models import Person

NOBODY = ("", _("Nobody yet"))


class PointForm(forms.Form):
    """A goal, an obligation, a strategy, an action, a pathway or a standard."""

    title = title_field(_("In one line"))
    serves = forms.ChoiceField(label=_("It serves"), required=False)
    serves_also = forms.ChoiceField(label=_("And also"), required=False)
    owner = forms.ChoiceField(label=_("Who carries it?"), required=False)
    second_owner = forms.ChoiceField(label=_("Who could carry it on?"), required=False)
    by_on = forms.DateField(label=_("By"), required=False, widget=DateInput())
    note = prose_field(_("What else is to be said?"), rows=3)

    def __init__(self, *args: Any, uppers: Sequence[Any], people: Sequence[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.uppers = {str(upper.id): upper for upper in uppers}
        self.people = {str(person.id): person for person in people}
        nothing: list[tuple[str, Any]] = [("", _("Nothing yet"))]
        offered = [(key, f"{capfirst(NodeKind(kind_of(it)).label)}: {it.title}") for key, it in self.uppers.items()]
        persons: list[tuple[str, Any]] = [NOBODY, *((key, person.full_name) for key, person in self.people.items())]
        for name in ("serves", "serves_also"):
            self.fields[name].choices = nothing + offered  # type: ignore[attr-defined]
        for name in ("owner", "second_owner"):
            self.fields[name].choices = persons  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What the services take."""
        cleaned = self.cleaned_data
        return {
            "title": cleaned["title"],
            "serves": [self.uppers[key] for key in (cleaned["serves"], cleaned["serves_also"]) if key],
            "owner": self.people.get(cleaned["owner"]),
            "second_owner": self.people.get(cleaned["second_owner"]),
            "by_on": cleaned["by_on"],
            "note": cleaned["note"],
        }


class PointKindForm(forms.Form):
    """Which kind of point is added; what it may serve follows from it."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=lambda: [(kind.value, f"{capfirst(str(kind.label))}. {POINT_WORDS[kind]}") for kind in POINT_KINDS],
        widget=forms.RadioSelect,
    )


POINT_WORDS: dict[NodeKind, Any] = {
    NodeKind.GOAL: _("What we want to have reached on the way."),
    NodeKind.OBLIGATION: _("What a role owes the others."),
    NodeKind.STRATEGY: _("How we go about it."),
    NodeKind.ACTION: _("What somebody does."),
    NodeKind.PATHWAY: _("The steps by which it can be reached."),
    NodeKind.STANDARD: _("How good it has to be."),
}
