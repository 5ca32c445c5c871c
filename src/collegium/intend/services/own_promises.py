"""What is somebody's own: how often they are reminded, their calendar's address; and forgetting an erased person."""

from __future__ import annotations

import secrets
import uuid

from django.db import transaction

from collegium.base import time
from collegium.intend.errors import Invalid
from collegium.intend.models import (
    AskingChoice,
    BoardEntry,
    CalendarFeed,
    CheckIn,
    Commitment,
    Confirmation,
    NamedAnswer,
    PromiseStep,
    RoleHolding,
)
from collegium.intend.queries import own_promises
from collegium.people.actors import Actor

WEEKS = (0, 1, 2, 4)


@transaction.atomic
def choose_reminders(*, actor: Actor, weeks_between: int) -> AskingChoice:
    """Say after how many weeks one is reminded of one's check-ins by mail; 0 for never."""
    if weeks_between not in WEEKS:
        raise Invalid
    row, _made = AskingChoice.objects.update_or_create(
        person_id=actor.person_id, defaults={"community_id": actor.community_id, "weeks_between": weeks_between}
    )
    return row


@transaction.atomic
def make_calendar_address(*, actor: Actor) -> str:
    """Make a secret address for one's calendar, and return the secret: it is shown once. The former one ends."""
    secret = secrets.token_urlsafe(24)
    CalendarFeed.objects.update_or_create(
        person_id=actor.person_id,
        defaults={
            "community_id": actor.community_id,
            "digest": own_promises.digest_of(secret),
            "made_at": time.now(),
        },
    )
    return secret


@transaction.atomic
def end_calendar_address(*, actor: Actor) -> None:
    """Let nobody read one's dates at the address any more."""
    CalendarFeed.objects.filter(person_id=actor.person_id).delete()


def forget_person(person_id: uuid.UUID) -> None:
    """Forget an erased person. A promise stays, with nobody's name: it was made to others as well."""
    BoardEntry.objects.filter(commitment__by_person_id=person_id).update(name_allowed=False)
    Commitment.objects.filter(second_id=person_id).update(second=None)
    Commitment.objects.filter(proposed_by_id=person_id).update(proposed_by=None)
    CheckIn.objects.filter(by_id=person_id).update(by=None, text="", question="", next_step="")
    PromiseStep.objects.filter(by_id=person_id).update(by=None, text="")
    Confirmation.objects.filter(person_id=person_id).delete()
    NamedAnswer.objects.filter(person_id=person_id).delete()
    RoleHolding.objects.filter(person_id=person_id).delete()
    AskingChoice.objects.filter(person_id=person_id).delete()
    CalendarFeed.objects.filter(person_id=person_id).delete()
