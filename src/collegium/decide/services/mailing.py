"""Mail of this room: a vote that waits for somebody, and what was decided. Each goes out once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from collegium.base import jobs, time
from collegium.base.jobs import Report
from collegium.decide.models import Outcome, Told
from collegium.people.models import Person

TELL_JOB = "decide.tell"


def tell_later(outcome: Outcome) -> None:
    """Send an outcome to all whom it was written down for."""
    jobs.enqueue(TELL_JOB, community_id=outcome.community_id, started_by=None, outcome_id=str(outcome.id))


def tell(*, report: Report, outcome_id: str) -> dict[str, int]:
    """Send an outcome; run twice, the second finds it sent."""
    with transaction.atomic():
        held = Outcome.objects.select_for_update(of=("self",)).select_related("matter__unit")
        outcome = held.filter(id=uuid.UUID(outcome_id)).first()
        if outcome is None or outcome.sent_at is not None:
            return {"sent": 0}
        outcome.sent_at = time.now()
        outcome.save(update_fields=["sent_at"])
    to = Told.objects.filter(outcome=outcome).values("person_id")
    people = Person.objects.filter(id__in=to, erased_at__isnull=True).exclude(email="").order_by("id")
    link = settings.BASE_URL + reverse("decide:matter", args=[outcome.matter_id])
    return {"sent": _send(people, "decide/email/outcome", {"outcome": outcome, "link": link}, report)}


def skip(outcome: Outcome) -> None:
    """Take an outcome for sent, without writing to anybody: nobody of a story reads mail."""
    Outcome.objects.filter(id=outcome.id).update(sent_at=time.now())


def _send(people: Iterable[Person], template: str, context: dict[str, Any], report: Report) -> int:
    everybody = list(people)
    with get_connection() as connection:
        for place, person in enumerate(everybody, start=1):
            filled = {**context, "person": person}
            subject = " ".join(render_to_string(f"{template}_subject.txt", filled).split())
            EmailMessage(
                subject, render_to_string(f"{template}.txt", filled), to=[person.email], connection=connection
            ).send()
            report(place, len(everybody), "")
    return len(everybody)
