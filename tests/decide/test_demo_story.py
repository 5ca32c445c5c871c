"""The deciding demo: what docs/reference/demo.md says of it is there."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from collegium.base import tenancy, time
from collegium.decide import demo
from collegium.decide.demo import story
from collegium.decide.enums import PollState, Stage, Verdict
from collegium.decide.models import AgendaItem, DecisionRight, Matter, Meeting, Norms, Outcome, Poll, Told, Voter
from collegium.decide.models.ballots import Box, SecretBallot
from collegium.intend.queries import reminding
from collegium.people import demo as people_demo

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

TODAY = dt.date(2026, 11, 26)


def test_three_decisions_stand_in_different_stages_and_one_was_reversed() -> None:
    with tenancy.across_communities(), transaction.atomic(), time.at(TODAY):
        community = people_demo.build(seed=1, today=TODAY)
        demo.build(community, seed=1, today=TODAY)
    stages = {matter.question: matter.stage for matter in Matter.objects.filter(community=community)}
    assert stages == {
        story.MEETINGS.question: Stage.CLOSED,
        story.CORRIDORS.question: Stage.CARRYING_OUT,
        story.HOUR.question: Stage.DECIDING,
        story.GROUP_QUESTION: Stage.CARRYING_OUT,
    }
    assert Outcome.objects.get(matter__question=story.MEETINGS.question).verdict == Verdict.REVERSE
    carried = Poll.objects.get(matter__question=story.CORRIDORS.question)
    assert (carried.state, carried.result["outcome"]) == (PollState.CLOSED, "carried")
    assert Poll.objects.get(matter__question=story.MEETINGS.question).result["outcome"] == "carried"
    secret = Poll.objects.get(matter__question=story.HOUR.question)
    assert (secret.is_secret, secret.state) == (True, PollState.OPEN)
    assert secret.closes_at.date() > TODAY
    assert Box.objects.filter(poll=secret).exists()
    assert not SecretBallot.objects.exists()
    assert 10 < Voter.objects.filter(poll=secret, has_voted=True).count() < secret.asked
    told = Told.objects.filter(outcome__matter__question=story.CORRIDORS.question)
    assert 0 < told.filter(state="known").count() < told.count()
    met, to_come = Meeting.objects.filter(community=community).order_by("starts_at")
    assert (met.title, to_come.title) == (story.GROUP_MEETING, story.STAFF_MEETING)
    assert met.starts_at.date() < TODAY < to_come.starts_at.date()
    assert met.written_at is not None
    assert AgendaItem.objects.get(meeting=met, outcome__isnull=False).matter is not None
    assert AgendaItem.objects.filter(meeting=to_come, matter=secret.matter).exists()
    assert (Norms.objects.count(), DecisionRight.objects.count()) == (1, 3)
    with time.at(TODAY):
        assert reminding.list_due(community.id) == [], "nobody of a story reads mail"
