"""A row in every table of the room, for tests that ask who can reach them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from collegium.base import time
from collegium.decide.enums import Method
from collegium.decide.models import (
    AgendaItem,
    Attendance,
    Box,
    Carrying,
    DecisionRight,
    Dissent,
    Draw,
    DrawEntry,
    Idea,
    IdeaMark,
    Matter,
    Meeting,
    Norms,
    OpenBallot,
    Option,
    Outcome,
    Part,
    Poll,
    Proposal,
    ProposalVersion,
    SecretBallot,
    SecretReason,
    Theme,
    ThemePoint,
    Told,
    Voter,
)
from collegium.intend.models import Commitment
from collegium.people.models import Person, Unit
from collegium.talk.models import Comment, Thread


def fill(unit: Unit, person: Person, *, facilitator: Person | None = None) -> dict[str, Any]:
    """Put a row into every table of the room, and return the ids that its addresses ask for."""
    owner = {"community": unit.community}
    now = time.now()
    Norms.objects.create(**owner, unit=unit, number=1, how="Whimbrels decide.")
    right = DecisionRight.objects.create(
        **owner, unit=unit, what="Whimbrel care", holder=unit, lowest="team", reason="Whimbrels wander."
    )
    matter = Matter.objects.create(**owner, unit=unit, question="Whose whimbrel?", facilitator=facilitator)
    part = Part.objects.create(**owner, matter=matter, person=person)
    proposal = Proposal.objects.create(**owner, matter=matter, number=1, author=person, title="Whimbrel", text="Ours")
    ProposalVersion.objects.create(**owner, proposal=proposal, number=1, title="Whimbrel", text="Ours", author=person)
    idea = Idea.objects.create(**owner, matter=matter, number=1, author=person, text="Whimbrels for all")
    IdeaMark.objects.create(**owner, idea=idea, person=person)
    poll = Poll.objects.create(
        **owner,
        matter=matter,
        number=1,
        method=Method.APPROVAL,
        question="Which whimbrel?",
        opened_at=now - dt.timedelta(hours=1),
        closes_at=now + dt.timedelta(days=2),
        asked=1,
    )
    options = [Option.objects.create(**owner, poll=poll, position=n, title=f"Whimbrel {n}") for n in (1, 2)]
    Voter.objects.create(**owner, poll=poll, person=person)
    ballot = OpenBallot.objects.create(**owner, poll=poll, person=person, marks=[1, None])
    Box.objects.create(**owner, poll=poll)
    SecretBallot.objects.create(**owner, poll=poll, code="ABCD", marks=[1, None])
    SecretReason.objects.create(**owner, poll=poll, text="Whimbrel")
    thread = Thread.objects.create(**owner, subject_kind="matter", subject_id=matter.id)
    comment = Comment.objects.create(**owner, thread=thread, number=1, author=person, text="Whimbrels wade.")
    theme = Theme.objects.create(**owner, matter=matter, number=1, title="Whimbrels")
    point = ThemePoint.objects.create(**owner, theme=theme, comment=comment)
    outcome = Outcome.objects.create(
        **owner, matter=matter, number=1, statement="Whimbrels", reasons="Many", review_on=time.today()
    )
    Dissent.objects.create(**owner, matter=matter, person=person, text="No whimbrels")
    promise = Commitment.objects.create(
        **owner, unit=unit, by_person=person, to_unit=unit, audience="colleagues", what="Feed", due_on=time.today()
    )
    Carrying.objects.create(**owner, outcome=outcome, commitment=promise)
    Told.objects.create(**owner, outcome=outcome, person=person)
    meeting = fill_meeting(matter, person, facilitator)
    draw = Draw.objects.create(**owner, matter=matter, number=1, purpose="Whimbrels", places=1, seed_from="Lottery")
    entry = DrawEntry.objects.create(**owner, draw=draw, number=1, person=person, part_of="Whimbrels")
    return {
        "meeting_id": meeting.id,
        "draw_id": draw.id,
        "entry_id": entry.id,
        "right_id": right.id,
        "matter_id": matter.id,
        "idea_id": idea.id,
        "part_id": part.id,
        "proposal_id": proposal.id,
        "poll_id": poll.id,
        "option_id": options[0].id,
        "ballot_id": ballot.id,
        "theme_id": theme.id,
        "point_id": point.id,
        "outcome_id": outcome.id,
    }


def fill_meeting(matter: Matter, person: Person, called_by: Person | None) -> Meeting:
    """Put a row into every table of meetings."""
    owner = {"community": matter.community}
    meeting = Meeting.objects.create(
        **owner, unit=matter.unit, title="Whimbrels", starts_at=time.now(), created_by=called_by
    )
    AgendaItem.objects.create(**owner, meeting=meeting, position=1, matter=matter, title="Whose whimbrel?")
    Attendance.objects.create(**owner, meeting=meeting, person=person, presence="there")
    return meeting
