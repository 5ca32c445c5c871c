"""Reminders by mail: at most one a week for each, with everything in it, and a link that ends them for good."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.urls import reverse

from collegium.base import jobs, tenancy, time
from collegium.base.jobs import Report
from collegium.base.letters import deliver, write_letter
from collegium.intend.errors import NotFound
from collegium.intend.models import AskingChoice, Commitment
from collegium.intend.promise_enums import PromiseState
from collegium.intend.queries.own_promises import USUAL_WEEKS
from collegium.intend.queries.reminding import Reminder, list_due
from collegium.people import stop_links
from collegium.people.models import Person

REMIND_JOB = "intend.remind"
_SALT = "collegium.intend.reminders"


def remind_later() -> None:
    """Let the worker write to those who are due a reminder, community by community."""
    with tenancy.across_communities():
        made = Commitment.objects.filter(state=PromiseState.MADE).order_by("community_id")
        for community_id in list(made.values_list("community_id", flat=True).distinct()):
            if jobs.is_wanted(REMIND_JOB, community_id=community_id) and list_due(community_id):
                jobs.enqueue(REMIND_JOB, community_id=community_id, started_by=None, community=str(community_id))


def remind(*, report: Report, community: str) -> dict[str, int]:
    """Write to everybody in a community who is due a reminder; run twice, the second finds them written to."""
    due, sent = list_due(uuid.UUID(community)), 0
    with get_connection() as connection:
        for place, reminder in enumerate(due, start=1):
            _mark(reminder.person)  # before it is sent: better one too few than two
            sent += deliver(_write(reminder), connection)
            report(place, len(due), "")
    return {"sent": sent}


def skip_due(community_id: uuid.UUID) -> None:
    """Take everybody who is due a reminder for reminded, without writing to them: nobody of a story reads mail."""
    for reminder in list_due(community_id):
        _mark(reminder.person)


def stop_reminders(token: str) -> None:
    """End the reminders of whoever the link of a mail was written for; NotFound for any other text."""
    community, person = check_stop(token)
    with tenancy.community_scope(community), transaction.atomic():
        if not Person.objects.filter(id=person, community_id=community).exists():
            raise NotFound
        AskingChoice.objects.update_or_create(
            person_id=person, defaults={"community_id": community, "weeks_between": 0}
        )


def check_stop(token: str) -> tuple[uuid.UUID, uuid.UUID]:
    """Return the community and the person that the link of a mail was written for; NotFound for any other text."""
    return stop_links.read_token(token, _SALT)


def stop_path(person: Person) -> str:
    """Return the address that ends the reminders of a person."""
    return reverse("intend:reminders_stop", args=[stop_links.write_token(person, _SALT)])


def _mark(person: Person) -> None:
    with transaction.atomic():
        AskingChoice.objects.update_or_create(
            person=person,
            defaults={"sent_on": time.today()},
            create_defaults={
                "community_id": person.community_id,
                "weeks_between": USUAL_WEEKS,
                "sent_on": time.today(),
            },
        )


def _write(reminder: Reminder) -> EmailMultiAlternatives:
    stop = settings.BASE_URL + stop_path(reminder.person)
    context = {
        "reminder": reminder,
        "base_url": settings.BASE_URL,
        "my_part": settings.BASE_URL + reverse("people:my_part"),
        "stop": stop,
    }
    to = reminder.person.email
    return write_letter("intend/email/reminder", context, to=to, headers=stop_links.headers(stop))
