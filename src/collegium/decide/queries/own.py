"""What is one's own in deciding: for the file one takes away, and for an erasure."""

from __future__ import annotations

import uuid
from typing import Any

from collegium.decide.models import (
    AgendaItem,
    Attendance,
    Dissent,
    Idea,
    IdeaMark,
    OpenBallot,
    ProposalVersion,
    Told,
    Voter,
)
from collegium.people.actors import Actor


def count_own(actor: Actor) -> tuple[int, int]:
    """Return how many wordings of proposals, and how many open ballots, are the actor's."""
    proposals = ProposalVersion.objects.filter(author_id=actor.person_id).count()
    return proposals, OpenBallot.objects.filter(person_id=actor.person_id).count()


def dump(person_id: uuid.UUID) -> dict[str, Any]:
    """Return what a person proposed, voted openly and said of outcomes, as plain values.

    That they voted in secret is in it; what, nobody can tell, so it is not.
    """
    wordings = ProposalVersion.objects.filter(author_id=person_id).order_by("written_at", "id")
    ballots = OpenBallot.objects.filter(person_id=person_id).select_related("poll").order_by("cast_at", "id")
    secret = Voter.objects.filter(person_id=person_id, has_voted=True, poll__is_secret=True).select_related("poll")
    told = Told.objects.filter(person_id=person_id).select_related("outcome__matter").order_by("id")
    ideas = Idea.objects.filter(author_id=person_id).order_by("said_at", "id")
    return {
        "ideas": [{"text": row.text, "said_at": row.said_at.isoformat()} for row in ideas],
        "ideas_seen_so_too": [
            row.idea.text for row in IdeaMark.objects.filter(person_id=person_id).select_related("idea").order_by("id")
        ],
        "proposals": [
            {"title": row.title, "text": row.text, "why": row.why, "written_at": row.written_at.isoformat()}
            for row in wordings
        ],
        "open_ballots": [
            {
                "vote": row.poll.question,
                "ballot": row.marks,
                "reason": row.reason,
                "worked_through": row.worked_through,
                "cast_at": row.cast_at.isoformat(),
            }
            for row in ballots
        ],
        "voted_in_secret": sorted(row.poll.question for row in secret),
        "dissent": [
            {"question": row.matter.question, "text": row.text, "written_at": row.written_at.isoformat()}
            for row in Dissent.objects.filter(person_id=person_id).select_related("matter").order_by("written_at")
        ],
        "meetings": [
            {"meeting": row.meeting.title, "on": row.meeting.starts_at.isoformat(), "was": row.presence}
            for row in Attendance.objects.filter(person_id=person_id).select_related("meeting").order_by("id")
        ],
        "brought_to_meetings": [
            {"meeting": row.meeting.title, "point": row.title}
            for row in AgendaItem.objects.filter(brought_by_id=person_id).select_related("meeting").order_by("id")
        ],
        "outcomes": [
            {"question": row.outcome.matter.question, "state": row.state, "asked": row.question} for row in told
        ],
    }
