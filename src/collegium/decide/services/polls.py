"""Opening a vote, withdrawing an option, stopping it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import Max

from collegium.base import prose, time
from collegium.decide import policies
from collegium.decide.ballots import boxes
from collegium.decide.enums import BEFORE_OUTCOME, Method, PollState, Stage, Voice
from collegium.decide.errors import Conflict, Invalid
from collegium.decide.marking import HIGHEST_SCORE
from collegium.decide.methods import Shape, way_of
from collegium.decide.models import Matter, OpenBallot, Option, Poll, Proposal, Voter
from collegium.decide.policies import Standing
from collegium.decide.queries import standing as standings
from collegium.decide.services import mailing
from collegium.decide.services.matters import QUESTION_LIMIT
from collegium.people.actors import Actor
from collegium.people.services.writing import locate, record, tidy

LONGEST = dt.timedelta(days=90)
MOST_OPTIONS = 100
TITLE_LIMIT = 160
FEWEST_SECRET = 6  # five beside whoever looks, who knows their own ballot
BATCH = 2000
FINEST = 1000  # into how many parts a whole is cut at the most, for the share that is needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """All that is said about a vote before it opens; what the method does not use is left out of it."""

    method: Method
    question: str
    closes_at: dt.datetime
    is_secret: bool = False
    proposal: Proposal | None = None
    options: Sequence[tuple[str, int | None]] = ()  # titles, with what each costs where that counts
    quorum_percent: int = 0
    needed: Fraction = Fraction(1, 2)
    places: int = 1
    most: int | None = None
    highest: int | None = None
    budget: int | None = None


@transaction.atomic
def open_poll(*, actor: Actor, matter: Matter, standing: Standing, opening: Opening) -> Poll:
    """Open a vote. Who may vote is written down now, and the rules stay as they are until it closes."""
    policies.check_can_facilitate(actor, locate(matter.unit), standing)
    held = Matter.objects.select_for_update().get(id=matter.id)
    if held.stage == Stage.CLOSED:
        raise Conflict("matter_closed")
    if held.stage not in BEFORE_OUTCOME:
        raise Conflict("outcome_is_out")
    _check(matter, opening)
    voters = [each for each in standings.list_taking_part(matter, time.today()) if each.voice == Voice.VOTE]
    if not voters:
        raise Invalid("vote_nobody")
    if opening.is_secret and len(voters) < FEWEST_SECRET:
        raise Invalid("vote_too_few_secret", asked=len(voters), needed=FEWEST_SECRET)
    poll = _write(actor, matter, opening, len(voters))
    Voter.objects.bulk_create(
        (Voter(community_id=poll.community_id, poll=poll, person_id=each.person_id) for each in voters),
        batch_size=BATCH,
    )
    if poll.is_secret:
        boxes.BOXES.lay_out(poll, poll.asked)
    if held.stage != Stage.DECIDING:
        matter.stage = Stage.DECIDING
        matter.save(update_fields=["stage"])
    mailing.call_later(poll)
    record(actor, "poll.opened", poll, unit_id=matter.unit_id, title=poll.question)
    return poll


def _check(matter: Matter, opening: Opening) -> None:
    way, now = way_of(opening.method), time.now()
    if opening.closes_at <= now:
        raise Invalid("vote_closes_past")
    if opening.closes_at - now > LONGEST:
        raise Invalid("vote_too_long", days=LONGEST.days)
    if opening.is_secret and not way.may_be_secret:
        raise Invalid("vote_must_be_open")
    if not 0 < opening.needed <= 1 or opening.needed.denominator > FINEST:
        raise Invalid("vote_needed")
    if way.shape is Shape.POSITION:
        proposal = opening.proposal
        if proposal is None or proposal.matter_id != matter.id or proposal.withdrawn_at is not None:
            raise Invalid("vote_needs_proposal")
        return
    _check_options(opening)


def _check_options(opening: Opening) -> None:
    titles = [tidy(title, limit=TITLE_LIMIT) for title, _cost in opening.options]
    fewest = way_of(opening.method).fewest_options
    if len(titles) < fewest:
        raise Invalid("vote_needs_options", needed=fewest)
    if len(titles) > MOST_OPTIONS:
        raise Invalid("vote_too_many_options", most=MOST_OPTIONS)
    known: set[str] = set()
    for title in titles:
        if title.casefold() in known:
            raise Invalid("vote_same_options", title=title)
        known.add(title.casefold())
    if not 1 <= opening.places <= len(titles):
        raise Invalid("vote_places", options=len(titles))
    if opening.method is Method.BUDGET:
        if not opening.budget or opening.budget < 0:
            raise Invalid("vote_no_budget")
        for title, cost in opening.options:
            if not cost or cost < 0:
                raise Invalid("vote_costs", title=title)


def _write(actor: Actor, matter: Matter, opening: Opening, asked: int) -> Poll:
    way = way_of(opening.method)
    used: dict[str, Any] = {name: getattr(opening, name) for name in way.settings}
    if needed := used.pop("needed", None):
        used |= {"needed_part": needed.numerator, "needed_of": needed.denominator}
    if opening.method is Method.SCORE:
        used["highest"] = min(max(1, opening.highest or 5), HIGHEST_SCORE)
    if opening.method is Method.DOTS:
        used["most"] = max(1, opening.most or 5)
    last = Poll.objects.filter(matter=matter).aggregate(last=Max("number"))["last"] or 0
    poll = Poll.objects.create(
        community_id=matter.community_id,
        matter=matter,
        number=last + 1,
        method=opening.method,
        question=tidy(opening.question, limit=QUESTION_LIMIT),
        is_secret=opening.is_secret,
        opened_at=time.now(),
        closes_at=opening.closes_at,
        asked=asked,
        opened_by_id=actor.recorded_id,
        **used,
    )
    if way.shape is Shape.POSITION and opening.proposal is not None:
        _add_option(poll, 1, opening.proposal.title, None, opening.proposal)
    else:
        for position, (title, cost) in enumerate(opening.options, start=1):
            _add_option(poll, position, title, cost if opening.method is Method.BUDGET else None, None)
    return poll


def _add_option(poll: Poll, position: int, title: str, cost: int | None, proposal: Proposal | None) -> None:
    Option.objects.create(
        community_id=poll.community_id,
        poll=poll,
        position=position,
        title=tidy(title, limit=TITLE_LIMIT),
        cost=cost,
        proposal=proposal,
        proposal_version=proposal.version if proposal else None,
    )


def lock_open(poll: Poll) -> Poll:
    """Hold a vote that still takes ballots; raise why it does not."""
    held: Poll = Poll.objects.select_for_update().get(id=poll.id)
    if held.state == PollState.STOPPED:
        raise Conflict("vote_stopped")
    if held.state != PollState.OPEN or held.closes_at <= time.now():
        raise Conflict("vote_over")
    return held


@transaction.atomic
def withdraw_option(*, actor: Actor, poll: Poll, standing: Standing, option: Option, why: str) -> Option:
    """Withdraw an option from an open vote: it counts no more on any ballot, and stays to be read with the reason."""
    policies.check_can_facilitate(actor, locate(poll.matter.unit), standing)
    lock_open(poll)
    if way_of(poll.method).shape is Shape.POSITION:
        raise Conflict("option_of_proposal")
    option.refresh_from_db()
    if option.withdrawn_at is not None:
        raise Conflict("option_withdrawn")
    if not Option.objects.filter(poll=poll, withdrawn_at__isnull=True).exclude(id=option.id).exists():
        raise Conflict("option_last")
    reason = prose.tidy(why)
    if not reason:
        raise Invalid("why_missing")
    option.withdrawn_at, option.withdrawn_because = time.now(), reason
    option.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record(actor, "poll.option_withdrawn", poll, unit_id=poll.matter.unit_id, title=poll.question)
    return option


@transaction.atomic
def stop(*, actor: Actor, poll: Poll, standing: Standing, why: str) -> Poll:
    """Stop an open vote that should not have been opened. Its ballots are deleted, secret ones unread."""
    policies.check_can_facilitate(actor, locate(poll.matter.unit), standing)
    held = lock_open(poll)
    reason = prose.tidy(why)
    if not reason:
        raise Invalid("why_missing")
    OpenBallot.objects.filter(poll=held).delete()
    boxes.BOXES.destroy(held)
    Voter.objects.filter(poll=held).update(has_voted=False)
    held.state, held.closed_at, held.result = PollState.STOPPED, time.now(), {"why": reason}
    held.save(update_fields=["state", "closed_at", "result"])
    record(actor, "poll.stopped", held, unit_id=poll.matter.unit_id, title=poll.question)
    return held
