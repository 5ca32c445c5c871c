"""Votes, found for somebody."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from collegium.base import time
from collegium.decide.enums import PollState
from collegium.decide.errors import NotFound
from collegium.decide.models import Matter, OpenBallot, Option, Poll, Voter
from collegium.decide.queries import matters
from collegium.decide.queries.matters import FoundMatter
from collegium.people.actors import Actor

PAGE = 50
STEP = 5  # how many voted in a secret vote is said in steps, so that nobody is seen to vote


@dataclass(frozen=True, slots=True)
class FoundPoll:
    """A vote with its options, its matter, and what whoever asked is to it."""

    poll: Poll
    options: list[Option]
    found: FoundMatter
    voter: Voter | None

    @property
    def takes_ballots(self) -> bool:
        """Whether it is open by the clock."""
        return self.poll.state == PollState.OPEN and self.poll.closes_at > time.now()


def get_poll_for(actor: Actor, poll_id: uuid.UUID) -> FoundPoll:
    """Return a vote of a matter the actor may read; NotFound when absent or not theirs."""
    poll = Poll.objects.filter(id=poll_id, community_id=actor.community_id).first()
    if poll is None:
        raise NotFound
    found = matters.get_matter_for(actor, poll.matter_id)
    poll.matter = found.matter
    return FoundPoll(
        poll,
        list(Option.objects.filter(poll=poll).select_related("proposal").order_by("position")),
        found,
        Voter.objects.filter(poll=poll, person_id=actor.person_id).first(),
    )


def get_option_for(found: FoundPoll, option_id: uuid.UUID) -> Option:
    """Return an option of the vote; NotFound when it is of another one."""
    for option in found.options:
        if option.id == option_id:
            return option
    raise NotFound


def list_polls(matter: Matter) -> list[Poll]:
    """Return the votes of a matter that was found for somebody, with their options, the latest first."""
    return list(Poll.objects.filter(matter=matter).prefetch_related("options").order_by("-number"))


def count_voted(polls: Collection[Poll]) -> dict[uuid.UUID, int]:
    """Return how many have voted in each; of secret votes in whole steps."""
    voted = Voter.objects.filter(poll__in=polls, has_voted=True).order_by().values_list("poll_id").annotate(Count("id"))
    counts: dict[uuid.UUID, int] = dict(voted)
    return {
        poll.id: counts.get(poll.id, 0) // STEP * STEP if poll.is_secret else counts.get(poll.id, 0) for poll in polls
    }


def get_own_ballot(actor: Actor, poll: Poll) -> OpenBallot | None:
    """Return the actor's own open ballot."""
    return OpenBallot.objects.filter(poll=poll, person_id=actor.person_id).first()


def list_open_ballots(poll: Poll) -> QuerySet[OpenBallot]:
    """Return the open ballots of a vote that was found for somebody, those with a reason first."""
    return OpenBallot.objects.filter(poll=poll).select_related("person").order_by("-reason", "id")


def list_waiting(actor: Actor) -> list[Poll]:
    """Return the open votes that wait for the actor's ballot, those that close soonest first."""
    waiting = Poll.objects.filter(
        state=PollState.OPEN,
        closes_at__gt=time.now(),
        community_id=actor.community_id,
        voters__person_id=actor.person_id,
        voters__has_voted=False,
    )
    return list(waiting.select_related("matter__unit").order_by("closes_at", "id"))


def list_closed(matter: Matter) -> list[Poll]:
    """Return the votes of a matter that have closed, the latest first."""
    return [poll for poll in list_polls(matter) if poll.state == PollState.CLOSED]
