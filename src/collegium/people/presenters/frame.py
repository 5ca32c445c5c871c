"""What every page about a unit says of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from collegium.base import time
from collegium.people import policies
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFrame:
    """The unit, the day it is looked at, and what the reader may do there. Only today can be changed."""

    name: str
    kind: str
    kind_label: str
    slug: str
    as_of: dt.date
    is_today: bool
    query: str
    url: str
    can_view_people: bool
    can_view_people_below: bool
    can_steward: bool
    can_lead: bool
    ended_on: dt.date | None
    begins_on: dt.date | None

    @property
    def lists_people(self) -> bool:
        """Whether its people are listed one by one; all larger kinds list the units they are made of."""
        return self.kind in (UnitKind.TEAM, UnitKind.SCHOOL)


def frame_of(actor: Actor, place: Place) -> UnitFrame:
    """Return the frame of a page about the place."""
    is_today = place.as_of == time.today()
    query = "" if is_today else f"?as_of={place.as_of.isoformat()}"
    return UnitFrame(
        name=place.name,
        kind=place.kind,
        kind_label=str(UnitKind(place.kind).label),
        slug=place.slug,
        as_of=place.as_of,
        is_today=is_today,
        query=query,
        url=reverse("people:unit_home", args=[place.slug]) + query,
        can_view_people=policies.can_view_people(actor, place),
        can_view_people_below=policies.can_view_people_below(actor, place),
        can_steward=is_today and policies.can_steward(actor, place),
        can_lead=is_today and policies.can_lead(actor, place),
        ended_on=place.ends_on if place.ends_on and place.ends_on <= place.as_of else None,
        begins_on=place.starts_on if place.starts_on and place.starts_on > place.as_of else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLink:
    """A person as pages name them."""

    name: str
    url: str


def link_person(person_id: object, name: str) -> PersonLink:
    """Return the link to a person's page."""
    return PersonLink(name=name, url=reverse("people:person", args=[person_id]))
