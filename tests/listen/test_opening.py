"""Opening a pulse of many: apart from the request, in sight, and once, whoever else presses the button."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connections
from django.test import Client

from collegium.base import tenancy, time
from collegium.base.models import Event, Job
from collegium.listen import tasks
from collegium.listen.enums import PulseState, WayIn
from collegium.listen.errors import Conflict
from collegium.listen.models import Cell, Invitation, Pulse, PulseView, Slip, Tray
from collegium.listen.services import opening, preparing
from collegium.listen.services.opening import Slips
from collegium.people.models import Person, UnitRole
from tests import factories as make
from tests import jobs
from tests.listen import worlds
from tests.listen.pulse_pages import MONDAY, open_it, prepare, read, url
from tests.listen.worlds import School
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school(monkeypatch: pytest.MonkeyPatch) -> School:
    """A school that asks more people than are opened within a request."""
    monkeypatch.setattr(opening, "MOST_AT_ONCE", 20)
    return worlds.build_school(teams=(14, 8), name="Saltmarsh School")


def work_off() -> None:
    """Let the worker do all that waits, on the day of the pulse."""
    with time.at(MONDAY):
        jobs.work_off()


def begun(school: School, **choices: str) -> tuple[Client, Pulse]:
    """Prepare a pulse and press the button."""
    client = client_of(school.steward)
    with time.at(MONDAY):
        pulse = prepare(client, school)
        answer = open_it(client, school, pulse, **choices)
    assert answer["Location"] == url("pulse_preview", school, pulse.id)
    return client, pulse


def test_a_large_pulse_is_opened_apart_from_the_request_and_its_page_shows_how_far_it_has_come(school: School) -> None:
    client, pulse = begun(school)
    pulse.refresh_from_db()
    assert pulse.state == PulseState.DRAFT
    assert not Invitation.objects.exists()
    page = read(client, url("pulse_preview", school, pulse.id))
    assert "Being opened" in page
    assert "Writing down who is asked" in page
    part = client.get(url("pulse_opening", school, pulse.id))
    assert "<html" not in part.content.decode()
    assert "HX-Redirect" not in part
    work_off()
    pulse.refresh_from_db()
    assert (pulse.state, pulse.opened_at) == (PulseState.OPEN, MONDAY)
    assert Invitation.objects.filter(pulse=pulse, way=WayIn.LINK).count() == 22
    assert client.get(url("pulse_opening", school, pulse.id))["HX-Redirect"] == url("pulse_preview", school, pulse.id)
    assert client.get(url("pulse_preview", school, pulse.id))["Location"] == url("pulse_watch", school, pulse.id)
    event = Event.objects.get(verb="pulse.opened")
    assert (event.actor_id, event.data["asked"]) == (school.steward.id, 22)


def test_what_is_being_opened_is_neither_opened_again_nor_changed_nor_discarded(school: School) -> None:
    client, pulse = begun(school)
    with time.at(MONDAY):
        assert "Being opened" in open_it(client, school, pulse).content.decode()
        actor = make.actor_of(school.steward)
        with pytest.raises(Conflict, match="pulse_opening"):
            opening.begin_opening(actor=actor, pulse=pulse, asked=22, slips=Slips())
        with pytest.raises(Conflict, match="pulse_opening"):
            opening.open_pulse(actor=actor, pulse=pulse)
        with pytest.raises(Conflict, match="pulse_opening"):
            preparing.discard_pulse(actor=actor, pulse=pulse)
        assert "being opened at this moment" in client.post(url("pulse_discard", school, pulse.id)).content.decode()
    assert Job.objects.filter(name=opening.OPEN_JOB).count() == 1
    work_off()
    # A worker that is killed before it could say that it was done does it once more.
    again = Job.objects.get(name=opening.OPEN_JOB).arguments
    assert tasks.open_pulse(report=opening.say_nothing, **again) == {"opened": 0}
    assert Invitation.objects.filter(pulse=pulse).count() == 22


def test_slips_for_everybody_need_no_list_of_everybody(school: School) -> None:
    _client, pulse = begun(school, slips="everybody")
    assert Job.objects.get(name=opening.OPEN_JOB).arguments["slips"] == []
    work_off()
    assert Invitation.objects.filter(pulse=pulse, way=WayIn.SLIP).count() == 22 == Slip.objects.count()


def test_what_broke_off_says_so_leaves_nothing_and_can_be_tried_again(school: School) -> None:
    client, pulse = begun(school)
    UnitRole.objects.filter(person=school.steward).delete()
    work_off()
    assert Job.objects.get(name=opening.OPEN_JOB).state == Job.State.FAILED
    pulse.refresh_from_db()
    assert pulse.state == PulseState.DRAFT
    for model in (Cell, PulseView, Invitation, Tray):
        assert not model.objects.exists()
    client = client_of(make.steward_of(school.unit))
    with time.at(MONDAY):
        assert "Opening it broke off" in read(client, url("pulse_preview", school, pulse.id))
        open_it(client, school, pulse)
    work_off()
    pulse.refresh_from_db()
    assert pulse.state == PulseState.OPEN


@pytest.mark.parametrize("is_large", [False, True])
def test_of_two_who_open_one_draft_at_the_same_moment_one_does(school: School, *, is_large: bool) -> None:
    pulse = worlds.prepare(school.unit, school.steward, at=MONDAY)
    stewards = (school.steward, make.steward_of(school.unit))
    start = threading.Barrier(2)
    came: list[str] = []

    def act(steward: Person) -> Callable[[], None]:
        actor, own = make.actor_of(steward), Pulse.objects.select_related("unit", "instrument").get(id=pulse.id)

        def run() -> None:
            try:
                with tenancy.community_scope(school.community.id), time.at(MONDAY):
                    start.wait(10)
                    opening.begin_opening(actor=actor, pulse=own, asked=22 if is_large else 2, slips=Slips())
                came.append("opened")
            except Conflict as error:
                came.append(error.code)
            finally:
                connections.close_all()

        return run

    threads = [threading.Thread(target=act(steward)) for steward in stewards]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["opened", "pulse_opening" if is_large else "pulse_not_draft"]
    assert Job.objects.filter(name=opening.OPEN_JOB).count() == is_large
    work_off()
    assert Invitation.objects.filter(pulse=pulse).count() == 22
    assert Event.objects.filter(verb="pulse.opened").count() == 1
