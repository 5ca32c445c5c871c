"""Mail of this room: a vote that waits for somebody, and what was decided. Each goes to everybody once.

Who was written to is marked beside whom a thing is for, one by one and before the mail goes out, so that a worker that
is killed in the middle goes on where it was: somebody may get one too few, and nobody gets two.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from collegium.base import jobs, time
from collegium.base.jobs import Report
from collegium.base.letters import send_letters
from collegium.decide.enums import PollState
from collegium.decide.models import Outcome, Poll, Told, Voter
from collegium.people.models import Person

TELL_JOB = "decide.tell"
CALL_JOB = "decide.call"
BATCH = 200
ToWhom = QuerySet[Any]  # of Told, or of Voter


def tell_later(outcome: Outcome) -> None:
    """Send an outcome to all whom it was written down for."""
    jobs.enqueue(TELL_JOB, community_id=outcome.community_id, started_by=None, outcome_id=str(outcome.id))


def call_later(poll: Poll) -> None:
    """Write to all who may vote that a vote has opened."""
    jobs.enqueue(CALL_JOB, community_id=poll.community_id, started_by=None, poll_id=str(poll.id))


def tell(*, report: Report, outcome_id: str) -> dict[str, int]:
    """Send an outcome to those it was not sent to yet."""
    outcome = Outcome.objects.select_related("matter__unit").filter(id=uuid.UUID(outcome_id)).first()
    if outcome is None:
        return {"sent": 0}
    link = settings.BASE_URL + reverse("decide:matter", args=[outcome.matter_id])
    to = Told.objects.filter(outcome=outcome)
    return {"sent": _send(to, "decide/email/outcome", {"outcome": outcome, "link": link}, report)}


def call(*, report: Report, poll_id: str) -> dict[str, int]:
    """Write to those who may vote, have not, and were not written to; nothing once the vote is over."""
    polls = Poll.objects.select_related("matter__unit").filter(state=PollState.OPEN, closes_at__gt=time.now())
    poll = polls.filter(id=uuid.UUID(poll_id)).first()
    if poll is None:
        return {"sent": 0}
    link = settings.BASE_URL + reverse("decide:poll", args=[poll.id])
    to = Voter.objects.filter(poll=poll)
    return {"sent": _send(to, "decide/email/vote", {"poll": poll, "link": link}, report)}


def skip(*, outcome: Outcome | None = None, poll: Poll | None = None) -> None:
    """Take everybody for written to, without writing: nobody of a story reads mail."""
    Told.objects.filter(outcome=outcome).update(mailed=True)
    Voter.objects.filter(poll=poll).update(mailed=True)


def _send(to: ToWhom, template: str, context: dict[str, Any], report: Report) -> int:
    letters = ((person.email, {**context, "person": person}) for person in _one_by_one(to))
    return send_letters(template, letters, total=to.filter(mailed=False).count(), report=report)


def _one_by_one(to: ToWhom) -> Iterator[Person]:
    """Yield whoever is to be written to, each marked before; no more than a batch of them is held."""
    rows: list[Told | Voter]
    while rows := list(to.filter(mailed=False).select_related("person").order_by("id")[:BATCH]):
        for row in rows:
            is_first = to.filter(id=row.id, mailed=False).update(mailed=True)
            if is_first and _waits(row) and row.person.email and row.person.erased_at is None:
                yield row.person


def _waits(row: Told | Voter) -> bool:
    """Say whether it is news to somebody. Who has voted is marked too: else the marks would say who voted early."""
    return isinstance(row, Told) or not row.has_voted
