"""The frame round every page, built from the registry of navigation."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext as _

from collegium.base import navigation
from collegium.people.enums import UnitKind
from collegium.people.places import Place
from collegium.people.queries import units
from collegium.site.shell import NavEntry, Shell, UnitChoice


def shell(request: HttpRequest) -> dict[str, object]:
    """Give templates the shell; a page about a unit has set `request.place`."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"shell": None}
    place: Place | None = getattr(request, "place", None)
    choices = units.list_switcher_units(actor)
    current = place.slug if place else next((c.slug for c in choices if c.id == actor.home_unit_id), None)
    entries = tuple(
        _entry(entry, current, request.path)
        for entry in navigation.list_entries()
        if (current or not entry.of_unit) and entry.visible(actor, place)
    )
    return {
        "shell": Shell(
            actor_name=actor.name,
            actor_url=reverse("people:my_part"),
            sign_in_url=reverse("account_settings"),
            sign_out_url=reverse("account_logout"),
            my_part=NavEntry(
                key="my-part",
                title=_("My part"),
                url=reverse("people:my_part"),
                icon="my-part",
                is_current=request.path == reverse("people:my_part"),
                group="house",
            ),
            nav=entries,
            units=_switcher(choices, place),
            all_units_url=reverse("people:unit_list"),
        )
    }


def _switcher(choices: list[units.UnitName], place: Place | None) -> tuple[UnitChoice, ...]:
    """Offer the person's own units, and first of all the one they look at when it is none of these."""
    own = tuple(
        UnitChoice(
            title=choice.name,
            url=reverse("people:unit_home", args=[choice.slug]),
            kind=choice.kind_label,
            is_current=place is not None and choice.slug == place.slug,
        )
        for choice in choices
    )
    if place is None or any(choice.is_current for choice in own):
        return own
    here = UnitChoice(
        title=place.name,
        url=reverse("people:unit_home", args=[place.slug]),
        kind=str(UnitKind(place.kind).label),
        is_current=True,
    )
    return (here, *own)


def _entry(entry: navigation.Entry, slug: str | None, path: str) -> NavEntry:
    url = reverse(entry.url_name, args=[slug] if entry.of_unit else [])
    further = [get_script_prefix() + each.format(slug=slug) for each in entry.around]
    # Everything about a unit stands under its home, so that the home says nothing about where one is.
    beginnings = () if entry.url_name == "people:unit_home" else (url, *further)
    return NavEntry(
        key=entry.key,
        title=str(entry.title),
        url=url,
        icon=entry.icon,
        is_current=path == url,
        is_around=path != url and path.startswith(beginnings),
        group="unit" if entry.of_unit else "house",
    )
