"""What the pages of this room say alike."""

from __future__ import annotations

import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.enquire.models import Enquiry
from collegium.enquire.queries.enquiries import FoundEnquiry
from collegium.people.models import Person
from collegium.people.places import Place
from collegium.people.presenters.forms import FormPage


def name_of(person: Person | None) -> str:
    """Return what a person is called; nothing where there is nobody, or where the name has been erased."""
    return person.full_name if person and not person.erased_at else ""


def address_of(enquiry: Enquiry, name: str = "enquiry", *more: object) -> str:
    """Return a page of an enquiry."""
    return reverse(f"enquire:{name}", args=[enquiry.id, *more])


def read_id(text: str) -> uuid.UUID | None:
    """Return the id that a text is; None where it is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def form_of_unit(place: Place, **texts: Any) -> FormPage:
    """Return what stands around a form of a unit in this room."""
    return FormPage(
        kicker=place.name,
        home_url=reverse("people:unit_home", args=[place.slug]),
        home_title=place.name,
        back_url=reverse("enquire:unit_enquire", args=[place.slug]),
        back_title=_("Enquire"),
        **texts,
    )


def form_of_enquiry(found: FoundEnquiry, **texts: Any) -> FormPage:
    """Return what stands around a form about an enquiry."""
    return FormPage(
        kicker=found.place.name,
        home_url=reverse("enquire:unit_enquire", args=[found.place.slug]),
        home_title=_("Enquire"),
        back_url=texts.pop("back_url", address_of(found.enquiry)),
        back_title=texts.pop("back_title", found.enquiry.title),
        **texts,
    )
