"""What the time brings: votes close, and decisions are looked at again; for every community, by the worker."""

from __future__ import annotations

import datetime as dt

from collegium.base import jobs, tenancy, time
from collegium.decide.ballots import boxes
from collegium.decide.enums import PollState
from collegium.decide.models import Poll
from collegium.decide.queries import outcomes as outcome_queries
from collegium.decide.services import closing, outcomes

KEYS_KEPT = dt.timedelta(days=1)


def do_what_is_due() -> None:
    """Start everything whose time has come. Missed minutes are made up for, and nothing is done twice."""
    with tenancy.across_communities():
        for poll in Poll.objects.filter(state=PollState.OPEN, closes_at__lte=time.now()):
            if jobs.is_wanted(closing.CLOSE_JOB, community_id=poll.community_id, poll_id=str(poll.id)):
                closing.close_later(poll)
        for outcome in outcome_queries.list_due_for_review():
            with tenancy.community_scope(outcome.community_id):
                outcomes.reopen(outcome)
        boxes.BOXES.forget_old_keys(time.now() - KEYS_KEPT)
