"""The pages of this room about a unit, as tabs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collegium.intend import policies, promise_policies
from collegium.people.actors import Actor
from collegium.people.places import Place


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its address takes the slug of the unit; `visible(actor, place)` says who has it."""

    key: str
    title: Any  # a lazily translated string
    url_name: str
    visible: Callable[[Actor, Place], bool] = lambda _actor, _place: True


@dataclass(frozen=True, slots=True, kw_only=True)
class TabLink:
    """A tab of one page."""

    title: str
    url: str
    current: bool


TABS: tuple[Tab, ...] = (
    Tab("line", _("Where we are going"), "intend:unit_intend"),
    Tab("throughline", _("Throughline"), "intend:throughline", policies.can_view_throughline),
    Tab("alignment", _("Across units"), "intend:alignment"),
    Tab("promises", _("Promises"), "intend:promises", promise_policies.can_view_promises),
    Tab("values", _("What we stand for"), "intend:unit_values", policies.can_view_values),
    Tab("beginning", _("How we begin"), "intend:unit_beginning", policies.can_view_path),
)


def tabs_of(actor: Actor, place: Place, current: str) -> tuple[TabLink, ...]:
    """Return the tabs that the actor has at a unit."""
    return tuple(
        TabLink(title=str(tab.title), url=reverse(tab.url_name, args=[place.slug]), current=tab.key == current)
        for tab in TABS
        if tab.visible(actor, place)
    )
