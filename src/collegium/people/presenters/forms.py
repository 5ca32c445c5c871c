"""Pages that are mostly a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collegium.people.places import Place

_SECTIONS = {
    "people:unit_people": _("People"),
    "people:unit_groups": _("Groups"),
    "people:unit_organisation": _("Organisation"),
    "people:unit_roles": _("Looking after it"),
    "people:unit_audit": _("Trail of changes"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """What stands around a form. `consequences` says what will happen, before something that ends or erases.

    `back` is where the form was opened from, `home` what that belongs to.
    """

    kicker: Any
    heading: Any
    lede: Any
    submit: Any
    back_url: str
    back_title: Any
    home_url: str = ""
    home_title: str = ""
    consequences: tuple[Any, ...] = ()
    is_danger: bool = False

    @property
    def template(self) -> str:
        """What is hard to undo is asked in the design's own way."""
        return "people/confirm.html" if self.is_danger else "people/form.html"


def form_of_unit(place: Place, section: str, **texts: Any) -> FormPage:
    """Return what stands around a form that is opened from one of the pages of a unit."""
    return FormPage(
        kicker=place.name,
        home_url=reverse("people:unit_home", args=[place.slug]),
        home_title=place.name,
        back_url=reverse(section, args=[place.slug]),
        back_title=_SECTIONS[section],
        **texts,
    )
