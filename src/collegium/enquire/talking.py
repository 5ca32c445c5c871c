"""The conversation that hangs on each enquiry."""

from __future__ import annotations

import uuid

from collegium.enquire import policies
from collegium.enquire.presenters.frame import address_of
from collegium.enquire.queries import enquiries
from collegium.enquire.queries.enquiries import FoundEnquiry
from collegium.people.actors import Actor
from collegium.talk.subjects import Subject

KIND = "enquiry"


def load(actor: Actor, enquiry_id: uuid.UUID) -> Subject:
    """Find an enquiry for whoever may read it; NotFound for everybody else."""
    return subject_of(actor, enquiries.get_enquiry_for(actor, enquiry_id))


def subject_of(actor: Actor, found: FoundEnquiry) -> Subject:
    """Return an enquiry as something to talk about."""
    row, place, standing = found.enquiry, found.place, found.standing
    return Subject(
        kind=KIND,
        id=row.id,
        place=place,
        title=row.title,
        url=address_of(row),
        can_post=policies.can_speak(actor, place, standing, is_closed=found.is_closed),
        can_moderate=policies.can_keep_order(actor, place, standing),
        list_people=lambda: enquiries.list_names_of(row),
    )
