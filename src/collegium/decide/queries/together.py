"""Who decides something together, and which decisions rest on people who leave."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from collegium.base import time
from collegium.decide.enums import Readers, Stage
from collegium.decide.models import Matter, Part
from collegium.decide.queries import matters
from collegium.people.actors import Actor
from collegium.people.models import GroupMembership
from collegium.people.places import Place


def find_together(community_id: uuid.UUID, day: dt.date) -> list[set[uuid.UUID]]:
    """Return who facilitated, or took part by name or through a group, in each matter that was open on a day.

    What a whole unit decides ties nobody in particular, and what others may not read of is not told by a tie either.
    """
    ends = time.start_of(day + dt.timedelta(days=1))
    rows = Matter.objects.filter(community_id=community_id, created_at__lt=ends).exclude(readers=Readers.INVOLVED)
    rows = rows.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=ends))
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for matter_id, *facilitators in rows.values_list("id", "facilitator_id", "second_id"):
        found[matter_id] |= {each for each in facilitators if each}
    parts = Part.objects.filter(matter__in=rows.values("id"), unit__isnull=True, community_id=community_id)
    members = defaultdict(list)
    in_groups = GroupMembership.objects.on(day).filter(group_id__in=parts.values("group_id"))
    for group_id, person_id in in_groups.values_list("group_id", "person_id"):
        members[group_id].append(person_id)
    for matter_id, group_id, person_id in parts.values_list("matter_id", "group_id", "person_id"):
        found[matter_id].update([person_id] if person_id else members[group_id])
    return list(found.values())


def list_without_facilitator(actor: Actor, place: Place, leavers: Collection[uuid.UUID]) -> list[Matter]:
    """Return the open matters of a unit that the actor may read and that nobody would facilitate."""
    gone = Q(facilitator_id__in=leavers), Q(second_id__in=leavers)
    nobody = Q(facilitator__isnull=True), Q(second__isnull=True)
    rows = matters.list_matters_for(actor, place).exclude(stage=Stage.CLOSED)
    rows = rows.filter(gone[0] | gone[1]).filter(gone[0] | nobody[0]).filter(gone[1] | nobody[1])
    return list(rows.order_by("question", "id"))
