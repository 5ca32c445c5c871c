"""Casting ballots, open and secret.

A secret ballot and the mark that its voter has voted become durable in one step; no event is recorded, nothing is
logged, and nothing leads from the one to the other.
"""

from __future__ import annotations

from django.db import transaction

from collegium.base import prose, time
from collegium.decide import marking, policies
from collegium.decide.ballots import boxes
from collegium.decide.enums import Method, PollState
from collegium.decide.errors import Conflict, Invalid, NotAllowed
from collegium.decide.marking import REASON_LIMIT, Marks, Paper
from collegium.decide.models import OpenBallot, Option, Poll, Voter
from collegium.decide.services import closing
from collegium.decide.services.polls import lock_open
from collegium.people.actors import Actor
from collegium.people.services.writing import record
from collegium.science.choices.positions import Consent

SECRET_REASON_LIMIT = 1000


class BoxClosed(Conflict):
    """This machine cannot open the box; nothing was marked and nothing was lost."""

    status = 503
    code = "vote_closed_box"


def paper_of(poll: Poll) -> Paper:
    """Return what ballots of a vote are read against."""
    options = Option.objects.filter(poll=poll).order_by("position").values_list("withdrawn_at", flat=True)
    return Paper(
        method=Method(poll.method),
        stands=tuple(withdrawn_at is None for withdrawn_at in options),
        most=poll.most,
        highest=poll.highest,
    )


def _voter(actor: Actor, poll: Poll) -> Voter:
    voter = Voter.objects.filter(poll=poll, person_id=actor.person_id).first()
    if voter is None:
        raise NotAllowed("not_on_roll")
    policies.check_can_vote(actor, voter.person_id)
    return voter


@transaction.atomic
def cast_open(*, actor: Actor, poll: Poll, marks: Marks, reason: str = "") -> OpenBallot:
    """Cast an open ballot, or change the one that was cast."""
    voter = _voter(actor, poll)
    if poll.is_secret:
        raise Conflict("vote_is_secret")
    held = lock_open(poll)
    said = prose.tidy(reason, limit=REASON_LIMIT)
    content = marking.read(paper_of(held), marks, said)
    ballot, is_new = OpenBallot.objects.get_or_create(
        poll=held,
        person_id=voter.person_id,
        defaults={"community_id": held.community_id, "marks": content, "reason": said, "cast_at": time.now()},
    )
    if not is_new:
        ballot.marks, ballot.reason, ballot.changed_at, ballot.worked_through = content, said, time.now(), ""
        ballot.save(update_fields=["marks", "reason", "changed_at", "worked_through"])
    Voter.objects.filter(id=voter.id).update(has_voted=True)
    record(actor, "ballot.cast", ballot, unit_id=poll.matter.unit_id, title=poll.question)
    return ballot


@transaction.atomic
def cast_secret(*, actor: Actor, poll: Poll, marks: Marks, reason: str = "") -> str:
    """Cast a secret ballot, once, and return the code by which its voter finds it in the published list."""
    voter = _voter(actor, poll)
    if not poll.is_secret:
        raise Conflict("vote_is_open")
    held = lock_open(poll)
    said = prose.tidy(reason, limit=SECRET_REASON_LIMIT)
    content = marking.read(paper_of(held), marks, said)
    if not Voter.objects.filter(id=voter.id, has_voted=False).update(has_voted=True):
        raise Conflict("voted_already")
    try:
        return boxes.put(held, content, said)
    except boxes.BoxesClosed as error:
        raise BoxClosed from error


@transaction.atomic
def work_through(*, actor: Actor, poll: Poll, ballot: OpenBallot, how: str) -> OpenBallot:
    """Say, as whoever objected, that an objection is worked through; a closed vote is counted again with that."""
    if ballot.person_id != actor.person_id or ballot.marks != str(Consent.OBJECTION):
        raise NotAllowed("objection_not_yours")
    held = Poll.objects.select_for_update().get(id=poll.id)
    if held.state == PollState.STOPPED:
        raise Conflict("vote_stopped")
    said = prose.tidy(how, limit=REASON_LIMIT)
    if not said:
        raise Invalid("why_missing")
    ballot.worked_through = said
    ballot.save(update_fields=["worked_through"])
    if held.state == PollState.CLOSED:
        closing.count_again(held)
    record(actor, "poll.worked_through", held, unit_id=poll.matter.unit_id, title=poll.question)
    return ballot
