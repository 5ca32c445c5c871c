"""Who works on an enquiry together, and which enquiries rest on people who leave."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from collegium.base import time
from collegium.enquire.models import Enquiry, EnquiryMember
from collegium.enquire.queries import enquiries
from collegium.people.actors import Actor
from collegium.people.places import Place


def find_together(community_id: uuid.UUID, day: dt.date) -> list[set[uuid.UUID]]:
    """Return the owners and the team of each enquiry that was open on a day."""
    ends = time.start_of(day + dt.timedelta(days=1))
    rows = Enquiry.objects.filter(community_id=community_id, created_at__lt=ends)
    rows = rows.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=ends))
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for enquiry_id, *owners in rows.values_list("id", "owner_id", "second_owner_id"):
        found[enquiry_id] |= {each for each in owners if each}
    members = EnquiryMember.objects.filter(enquiry__in=rows.values("id"), community_id=community_id)
    for enquiry_id, person_id in members.values_list("enquiry_id", "person_id"):
        found[enquiry_id].add(person_id)
    return list(found.values())


def list_without_owner(actor: Actor, place: Place, leavers: Collection[uuid.UUID]) -> list[Enquiry]:
    """Return the open enquiries of a unit that the actor may read and both of whose owners would be gone."""
    gone = Q(owner_id__in=leavers), Q(second_owner_id__in=leavers)
    nobody = Q(owner__isnull=True), Q(second_owner__isnull=True)
    rows = enquiries.list_readable(actor, place).filter(closed_at__isnull=True)
    rows = rows.filter(gone[0] | gone[1]).filter(gone[0] | nobody[0]).filter(gone[1] | nobody[1])
    return list(rows.order_by("title", "id"))
