"""The conversation that hangs on each challenge."""

from __future__ import annotations

import uuid

from django.urls import reverse

from collegium.intend import policies
from collegium.intend.enums import Standing
from collegium.intend.errors import NotFound
from collegium.intend.models import Challenge
from collegium.intend.queries import line, names
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.talk.subjects import Subject

KIND = "challenge"


def load(actor: Actor, challenge_id: uuid.UUID) -> Subject:
    """Find a challenge for whoever takes part in what is said of it; NotFound for everybody else."""
    place, challenge = line.find_challenge_for(actor, challenge_id)
    if not policies.can_view_throughline(actor, place):
        raise NotFound
    return subject_of(actor, place, challenge)


def subject_of(actor: Actor, place: Place, challenge: Challenge) -> Subject:
    """Return a challenge that was found for the actor as something to talk about."""
    return Subject(
        kind=KIND,
        id=challenge.id,
        place=place,
        title=challenge.title,
        url=reverse("intend:challenge", args=[place.slug, challenge.id]),
        can_post=challenge.standing != Standing.WITHDRAWN and policies.can_draft(actor, place),
        can_moderate=policies.can_keep(actor, place),
        list_people=lambda: names.list_colleagues_for(actor, place),
    )
