"""What narrows a list, by GET: never an error, an unreadable value narrows nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from collegium.base import events
from collegium.people.enums import GroupKind, Level, UnitKind

ANY = ("", _("Any"))
TEXT_LIMIT = 100


def _search(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=TEXT_LIMIT, widget=forms.TextInput(attrs={"type": "search"})
    )


class DateInput(forms.DateInput):
    """The browser's own date field, which speaks ISO dates whatever the language of the page."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class FilterForm(forms.Form):
    """A filter whose fields may each be left open."""

    use_required_attribute = False

    def value(self, name: str) -> Any:
        """Return the cleaned value, or nothing where it could not be read."""
        return self.cleaned_data.get(name, "") if self.is_valid() or hasattr(self, "cleaned_data") else ""


class UnitFilter(FilterForm):
    """Narrows the list of units."""

    q = _search(_("Name"))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ANY, *UnitKind.choices])


class StaffFilter(FilterForm):
    """Narrows the people of a unit."""

    q = _search(_("Name or post"))
    level = forms.ChoiceField(label=_("Level"), required=False, choices=[ANY, *Level.choices])


class ContainedFilter(FilterForm):
    """Narrows the units that a unit is made of."""

    q = _search(_("Name"))


class GroupFilter(FilterForm):
    """Narrows the groups of a unit."""

    q = _search(_("Name or purpose"))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ANY, *GroupKind.choices])


class TrailFilterForm(FilterForm):
    """Narrows the trail of changes."""

    kind = forms.ChoiceField(label=_("About"), required=False, choices=lambda: [ANY, *events.list_kinds()])
    person = _search(_("By or about"))
    since = forms.DateField(label=_("From"), required=False, widget=DateInput())
    until = forms.DateField(label=_("Up to"), required=False, widget=DateInput())
