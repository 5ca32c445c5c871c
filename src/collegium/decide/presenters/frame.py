"""What the pages of this room say alike."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.decide.models import Matter, Meeting
from collegium.decide.queries.matters import FoundMatter
from collegium.decide.queries.meetings import FoundMeeting
from collegium.people.models import Person
from collegium.people.places import Place
from collegium.people.presenters.forms import FormPage


def nameless() -> str:
    """Return what stands for somebody whose name has been erased."""
    return _("Somebody whose details have been erased")


def name_of(person: Person | None) -> str:
    """Return what a person is called, in words where the name has been erased."""
    return (person.full_name if person else "") or nameless()


def address_of(matter: Matter) -> str:
    """Return the page of a matter."""
    return reverse("decide:matter", args=[matter.id])


def meeting_address(meeting: Meeting) -> str:
    """Return the page of a meeting."""
    return reverse("decide:meeting", args=[meeting.id])


def form_of_unit(place: Place, **texts: Any) -> FormPage:
    """Return what stands around a form of a unit in this room."""
    return FormPage(
        kicker=place.name,
        home_url=reverse("people:unit_home", args=[place.slug]),
        home_title=place.name,
        back_url=texts.pop("back_url", reverse("decide:unit_decide", args=[place.slug])),
        back_title=texts.pop("back_title", _("Decide")),
        **texts,
    )


def form_of_matter(found: FoundMatter, **texts: Any) -> FormPage:
    """Return what stands around a form about a matter."""
    return FormPage(
        kicker=found.place.name,
        home_url=reverse("decide:unit_decide", args=[found.place.slug]),
        home_title=_("Decide"),
        back_url=texts.pop("back_url", address_of(found.matter)),
        back_title=texts.pop("back_title", found.matter.question),
        **texts,
    )


def form_of_meeting(found: FoundMeeting, **texts: Any) -> FormPage:
    """Return what stands around a form about a meeting."""
    return FormPage(
        kicker=found.meeting.group.name if found.meeting.group else found.place.name,
        home_url=reverse("decide:meetings", args=[found.place.slug]),
        home_title=_("Meetings"),
        back_url=meeting_address(found.meeting),
        back_title=found.meeting.title,
        lede=texts.pop("lede", found.meeting.title),
        **texts,
    )
