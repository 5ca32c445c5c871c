"""Closing a vote and counting it. Nobody starts it and nobody can hold it back: the time does."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction

from collegium.base import events, jobs, time
from collegium.base.jobs import Report
from collegium.decide import tallying
from collegium.decide.ballots import boxes
from collegium.decide.enums import Method, PollState
from collegium.decide.marking import Marks
from collegium.decide.models import OpenBallot, Option, Poll
from collegium.decide.tallying import Rules
from collegium.science.choices.positions import Consent

CLOSE_JOB = "decide.close"
FEWEST_SECRET = 6  # ballots: five beside whoever looks, who knows their own
FEWEST_REASONS = 5


def close_later(poll: Poll) -> None:
    """Have a vote closed whose time has come."""
    jobs.enqueue(CLOSE_JOB, community_id=poll.community_id, started_by=None, poll_id=str(poll.id))


def close(*, report: Report, poll_id: str) -> dict[str, int]:
    """Close a vote if its time has come; run twice, the second finds it closed."""
    with transaction.atomic():
        found = Poll.objects.select_for_update(of=("self",)).select_related("matter")
        poll = found.filter(id=uuid.UUID(poll_id), state=PollState.OPEN).first()
        if poll is None or time.now() < poll.closes_at:
            return {"closed": 0}
        report(1, 3, "")
        poll.result = _count_secret(poll) if poll.is_secret else _count_open(poll)
        report(2, 3, "")
        poll.state, poll.closed_at = PollState.CLOSED, time.now()
        poll.save(update_fields=["state", "closed_at", "result"])
        events.record(
            "poll.closed",
            community_id=poll.community_id,
            actor_id=None,
            object_kind="poll",
            object_id=poll.id,
            unit_id=poll.matter.unit_id,
            data={"title": poll.question},
        )
    report(3, 3, "")
    return {"closed": 1}


def rules_of(poll: Poll) -> Rules:
    """Return what a vote is counted by."""
    options = list(Option.objects.filter(poll=poll).order_by("position"))
    return Rules(
        method=Method(poll.method),
        asked=poll.asked,
        quorum_percent=poll.quorum_percent,
        needed=poll.needed,
        options=tuple(option.title for option in options),
        stands=tuple(option.withdrawn_at is None for option in options),
        costs=tuple(option.cost or 0 for option in options),
        places=poll.places,
        most=poll.most,
        highest=poll.highest,
        budget=poll.budget,
    )


def _count_open(poll: Poll) -> dict[str, object]:
    ballots = OpenBallot.objects.filter(poll=poll)
    through = ballots.filter(marks=str(Consent.OBJECTION)).exclude(worked_through="").count()
    cast: Iterable[Marks] = ballots.values_list("marks", flat=True).iterator()
    return tallying.count(rules_of(poll), cast, worked_through=through)


def count_again(poll: Poll) -> None:
    """Count a closed open vote anew, after an objection was worked through."""
    poll.result = _count_open(poll)
    poll.save(update_fields=["result"])


def _count_secret(poll: Poll) -> dict[str, object]:
    """Open the boxes. Where too few took part nothing is kept; where a key is gone nothing is left."""
    try:
        held = boxes.empty(poll)
    except boxes.BoxesClosed:
        boxes.BOXES.destroy(poll)
        return {"lost": True}
    if len(held) < FEWEST_SECRET:
        return {"withheld": True}
    with_reasons = sum(bool(cast.reason) for cast in held) >= FEWEST_REASONS
    boxes.publish(poll, held, with_reasons=with_reasons)
    return tallying.count(rules_of(poll), [cast.read() for cast in held])
