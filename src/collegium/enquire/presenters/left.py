"""What enquiries say to the room of ties: who works together, and what would stand without an owner."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.base.shared_work import Left, Together
from collegium.enquire.queries import together
from collegium.people.actors import Actor
from collegium.people.places import Place

TOGETHER = Together(
    key="enquiries",
    title=gettext_lazy("Working on an enquiry together"),
    inside=gettext_lazy("working on an enquiry together"),
    find=together.find_together,
)


def list_left(actor: Actor, place: Place, leavers: Collection[uuid.UUID]) -> list[Left]:
    """Return the enquiries that nobody would own."""
    return [
        Left(
            title=enquiry.title,
            url=reverse("enquire:enquiry", args=[enquiry.id]),
            words=_("An enquiry that nobody would own. Ask two of its team to carry it on."),
        )
        for enquiry in together.list_without_owner(actor, place, leavers)
    ]
