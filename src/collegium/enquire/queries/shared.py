"""Enquiries with everybody who is in them: what schools do together is seen by where these work."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass

from collegium.enquire.models import Enquiry, EnquiryMember
from collegium.enquire.queries.enquiries import list_enquiries_for
from collegium.people.actors import Actor
from collegium.people.places import Place

LIMIT = 500


@dataclass(frozen=True, slots=True)
class Joined:
    """An enquiry, who works on it, and who looks at it from outside."""

    enquiry: Enquiry
    working: frozenset[uuid.UUID]
    friend: uuid.UUID | None


def list_joined_for(actor: Actor, place: Place) -> list[Joined]:
    """Return the open enquiries of a unit and within it that the actor may read, those worked on last first."""
    rows = list(list_enquiries_for(actor, place).filter(closed_at__isnull=True)[:LIMIT])
    team: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    members = EnquiryMember.objects.filter(enquiry__in=[row.id for row in rows])
    for enquiry_id, person_id in members.values_list("enquiry_id", "person_id"):
        team[enquiry_id].add(person_id)
    return [
        Joined(
            row,
            frozenset(team[row.id] | {one for one in (row.owner_id, row.second_owner_id) if one}),
            row.critical_friend_id,
        )
        for row in rows
    ]
