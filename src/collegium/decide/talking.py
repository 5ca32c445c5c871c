"""The conversation that hangs on each matter."""

from __future__ import annotations

import uuid

from django.urls import reverse

from collegium.base import time
from collegium.decide import policies
from collegium.decide.queries import matters, standing
from collegium.decide.queries.matters import FoundMatter
from collegium.people.actors import Actor
from collegium.talk.subjects import Subject

KIND = "matter"


def load(actor: Actor, matter_id: uuid.UUID) -> Subject:
    """Find a matter for whoever may read it; NotFound for everybody else."""
    return subject_of(actor, matters.get_matter_for(actor, matter_id))


def subject_of(actor: Actor, found: FoundMatter) -> Subject:
    """Return a matter as something to talk about."""
    matter, place = found.matter, found.place
    return Subject(
        kind=KIND,
        id=matter.id,
        place=place,
        title=matter.question,
        url=reverse("decide:matter", args=[matter.id]),
        can_post=policies.can_speak(actor, place, matter.stage, found.standing),
        can_moderate=policies.can_keep_order(actor, place, found.standing),
        list_people=lambda: standing.list_names_taking_part(matter, time.today()),
    )
