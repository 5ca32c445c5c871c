"""What the time brings, whoever forgets it: reminders that nobody sees, and closing though the server was down."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from collegium.base import jobs, time
from collegium.base.models import Event, Job
from collegium.listen.enums import PulseState
from collegium.listen.models import Pulse
from collegium.listen.services import closing, mailing, upkeep
from tests.listen import answering_helpers as answer
from tests.listen import worlds
from tests.listen.worlds import School
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def school() -> School:
    return worlds.build_school(teams=(12,), accounts=True)


def let_it_be(at: dt.datetime) -> list[Job]:
    """Let the upkeep come by twice, as it may, and the worker do what it found; return what that was."""
    with time.at(at):
        for _time in range(2):
            upkeep.do_what_is_due()
        found = list(Job.objects.filter(state=Job.State.QUEUED))
        for job in found:
            jobs.run_job.call(str(job.id))
            job.refresh_from_db()
    return found


def opened(school: School) -> Pulse:
    pulse = worlds.open_at_start(worlds.prepare(school.unit, school.steward), school.steward)
    let_it_be(pulse.opens_at)
    assert len(mail.outbox) == len(school.staff)
    mail.outbox.clear()
    return pulse


def test_reminders_reach_those_who_have_not_answered_and_say_to_nobody_how_many(school: School) -> None:
    pulse = opened(school)
    known = Event.objects.count()
    for hours, answered, left in ((72, 5, 7), (24, 12, 0)):
        worlds.answer_all(
            pulse, [one for one in school.staff[:answered] if not worlds.invitation_of(pulse, one).answered]
        )
        (job,) = let_it_be(pulse.closes_at - hours * HOUR)
        assert job.name == mailing.REMIND_JOB
        assert {letter.to[0] for letter in mail.outbox} == {one.email for one in school.staff[answered:]}
        assert len(mail.outbox) == left
        assert job.result == {"sent": min(left, 1)}
        assert jobs.get_progress(job.id).total == 1
        assert let_it_be(pulse.closes_at - (hours - 1) * HOUR) == []
        mail.outbox.clear()
    assert Event.objects.count() == known


def test_a_pulse_closes_by_its_time_as_soon_as_a_server_that_was_down_is_back(school: School) -> None:
    pulse = opened(school)
    worlds.answer_all(pulse, school.staff[1:])
    back = pulse.results_at + dt.timedelta(days=3)
    late = answer.enter(Client(), answer.link_of(pulse, school.staff[0]), back)
    assert "It has closed" in late.content.decode()
    result = reverse("listen:result", args=[school.unit.slug, pulse.id])
    teacher = client_of(school.staff[0])
    with time.at(back):
        assert "being worked out" in teacher.get(result).content.decode()
    (job,) = let_it_be(back)
    assert (job.name, job.state) == (closing.CLOSE_JOB, Job.State.DONE)
    pulse.refresh_from_db()
    assert pulse.state == PulseState.CLOSED
    assert mail.outbox == []
    with time.at(back):
        assert "11 of 12 people answered" in teacher.get(result).content.decode()
    assert let_it_be(back + HOUR) == []
