"""What is somebody's own: how they are reminded, their calendar's address, and all that the room holds of them."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from collegium.base import tenancy, time
from collegium.intend.errors import NotFound
from collegium.intend.models import (
    AskingChoice,
    CalendarFeed,
    CheckIn,
    Commitment,
    Confirmation,
    NamedAnswer,
    PromiseStep,
    RoleHolding,
)
from collegium.people.actors import Actor
from collegium.people.models import Person
from collegium.people.queries import actors

USUAL_WEEKS = 2


def get_weeks_between(person_id: uuid.UUID) -> int:
    """Return after how many weeks at the least somebody is reminded by mail; 0 for never."""
    row = AskingChoice.objects.filter(person_id=person_id).first()
    return row.weeks_between if row else USUAL_WEEKS


def find_feed(actor: Actor) -> CalendarFeed | None:
    """Return that the actor has an address for their calendar, or None."""
    return CalendarFeed.objects.filter(person_id=actor.person_id).first()


def digest_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_owner_of_feed(secret: str) -> Actor:
    """Return whose calendar reads this address, whoever asks; NotFound for any other secret."""
    with tenancy.across_communities():
        rows = CalendarFeed.objects.filter(digest=digest_of(secret), person__erased_at__isnull=True)
        feed = rows.select_related("person").first()
    if feed is None:
        raise NotFound
    return find_actor(feed.person)


def find_actor(person: Person) -> Actor:
    """Return a person found by a secret as the one whose own is read, inside their community."""
    with tenancy.community_scope(person.community_id):
        return actors.get_actor(person, time.today())


@dataclass(frozen=True, slots=True)
class OwnHeld:
    """Everything about promises that names a person."""

    promises: list[Commitment]
    check_ins: int
    notes: int
    roles: list[RoleHolding]
    asked: int
    named: list[NamedAnswer]


def get_held(person_id: uuid.UUID) -> OwnHeld:
    """Return what the room holds of a person about promises."""
    own = Q(by_person_id=person_id) | Q(second_id=person_id) | Q(to_person_id=person_id)
    return OwnHeld(
        promises=list(Commitment.objects.filter(own).order_by("-created_at", "id")),
        check_ins=CheckIn.objects.filter(by_id=person_id).count(),
        notes=PromiseStep.objects.filter(by_id=person_id).exclude(text="").count(),
        roles=list(RoleHolding.objects.filter(person_id=person_id).select_related("role__group").order_by("id")),
        asked=Confirmation.objects.filter(person_id=person_id).count(),
        named=list(NamedAnswer.objects.filter(person_id=person_id).select_related("round__commitment").order_by("id")),
    )


def dump(person_id: uuid.UUID) -> dict[str, Any]:
    """Return everything the room holds of a person about promises as plain values, for the file they take away."""
    held = get_held(person_id)
    parts = {"promised": "by_person_id", "second": "second_id", "promised_to_you": "to_person_id"}
    return {
        **{
            key: [_promise(row) for row in held.promises if getattr(row, field) == person_id]
            for key, field in parts.items()
        },
        "check_ins": [
            {"on": row.on.isoformat(), "going": row.going, "text": row.text, "next_step": row.next_step}
            for row in CheckIn.objects.filter(by_id=person_id).order_by("at", "id")
        ],
        "said_of_promises": [
            {"at": row.at.isoformat(), "kind": row.kind, "text": row.text}
            for row in PromiseStep.objects.filter(by_id=person_id).exclude(text="").order_by("at", "id")
        ],
        "said_by_name": [{"what": row.round.commitment.what, "said": row.said} for row in held.named],
        "asked_whether_kept": held.asked,
        "roles_in_groups": [
            {
                "role": row.role.title,
                "group": row.role.group.name,
                "starts_on": row.starts_on.isoformat() if row.starts_on else None,
                "ends_on": row.ends_on.isoformat() if row.ends_on else None,
            }
            for row in held.roles
        ],
        "weeks_between_reminders": get_weeks_between(person_id),
        "has_calendar_address": CalendarFeed.objects.filter(person_id=person_id).exists(),
    }


def _promise(row: Commitment) -> dict[str, Any]:
    return {"what": row.what, "due_on": row.due_on.isoformat(), "state": row.state}
