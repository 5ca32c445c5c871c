"""The digest by mail."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from collegium.base import time
from collegium.base.jobs import Report
from collegium.base.letters import deliver, write_letter
from collegium.guide.presenters.digest import Digest, present_digest
from collegium.guide.queries import digests as queries
from collegium.guide.services import digests
from collegium.people import stop_links
from collegium.people.models import Person
from collegium.people.queries import actors

AT_ONCE = 500  # a job is short; the next one takes the next


def send(*, report: Report, community: str) -> dict[str, int]:
    """Send the digests that are due in a community; run twice, the second finds them sent.

    Each is taken in hand before it is made: a worker that is killed leaves one mail unsent rather than sent twice.
    """
    day, sent = time.today(), 0
    due = list(queries.list_due(uuid.UUID(community), day)[:AT_ONCE])
    with get_connection() as connection:
        for place, person in enumerate(due, start=1):
            sent += _send(person, day, connection)
            report(place, len(due), "")
    return {"made": len(due), "sent": sent}


def _send(person: Person, day: dt.date, connection: BaseEmailBackend) -> int:
    """Send one, and return how many that is: none where there is nothing to say, or nothing else than the last time."""
    row = digests.claim(person, day)
    digest = present_digest(actors.get_actor(person, day)) if row is not None else None
    if row is None or digest is None or digest.fingerprint == row.said:
        return 0
    if not deliver(write_mail(person, digest), connection):
        return 0
    digests.note_said(row, digest.fingerprint)
    return 1


def write_mail(person: Person, digest: Digest) -> EmailMultiAlternatives:
    """Return a digest as a mail, the same in plain text and in HTML."""
    stop = settings.BASE_URL + digests.stop_path(person)
    context = {
        "digest": digest,
        "name": person.given_name,
        "settings_url": settings.BASE_URL + reverse("guide:my_digest"),
        "stop": stop,
    }
    message = write_letter("guide/email/digest", context, to=person.email, headers=stop_links.headers(stop))
    message.attach_alternative(render_to_string("guide/email/digest.html", context), "text/html")
    return message
