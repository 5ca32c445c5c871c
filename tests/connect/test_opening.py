"""Opening a tie survey of many apart from the request, in sight and once; and narrowing whom one asks."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from collegium.base import time
from collegium.base.errors import CollegiumError
from collegium.base.models import Event, Job
from collegium.connect import tasks
from collegium.connect.enums import WaveState
from collegium.connect.models import TieWave, WaveMember
from collegium.connect.queries import waves
from collegium.connect.services import opening
from collegium.listen.services.opening import say_nothing
from collegium.people.enums import UnitKind
from collegium.people.models import Person, Unit
from tests import factories as make
from tests import jobs
from tests.connect import worlds
from tests.listen import worlds as schools
from tests.listen.worlds import School
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(monkeypatch: pytest.MonkeyPatch) -> School:
    """A school that asks more people than are written down within a request."""
    monkeypatch.setattr(opening, "MOST_AT_ONCE", 5)
    return schools.build_school(teams=(4, 3), accounts=True)


def page(name: str, school: School, *args: Any) -> str:
    return reverse(f"connect:{name}", args=[school.unit.slug, *args])


def press(client: Client, school: School, **chosen: Any) -> Any:
    """Open a survey as a browser does."""
    closes = (worlds.OPENS.replace(tzinfo=None).date()).isoformat()
    form = {"title": "Who?", "closes_at": f"{closes}T23:00", "instrument": worlds.INSTRUMENT, "levels": ["classroom"]}
    with time.at(worlds.OPENS):
        return client.post(page("wave_add", school), {**form, **chosen})


def get(client: Client, url: str) -> Any:
    with time.at(worlds.OPENS):
        return client.get(url)


def people_of(wave: TieWave) -> set[Person | None]:
    return {member.person for member in WaveMember.objects.filter(wave=wave).select_related("person")}


# --- many -------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_many_are_written_down_apart_from_the_request_and_the_page_shows_how_far_it_has_come(school: School) -> None:
    client = client_of(school.steward)
    answer = press(client, school)
    wave = TieWave.objects.get()
    assert answer["Location"] == page("wave", school, wave.id)
    assert (wave.state, people_of(wave)) == (WaveState.OPENING, set())
    shown = get(client, page("wave", school, wave.id)).content.decode()
    assert "Being opened" in shown
    assert "Writing down who is asked" in shown
    part = get(client, page("wave_opening", school, wave.id))
    assert "<html" not in part.content.decode()
    assert "HX-Redirect" not in part
    assert press(client, school).status_code == 422, "there is one already"
    with time.at(worlds.OPENS):
        jobs.work_off()
    wave.refresh_from_db()
    assert (wave.state, len(people_of(wave))) == (WaveState.OPEN, 7)
    assert get(client, page("wave_opening", school, wave.id))["HX-Redirect"] == page("wave", school, wave.id)
    assert "0 of 7" in get(client, page("wave", school, wave.id)).content.decode()
    event = Event.objects.get(verb="wave.opened")
    assert (event.actor_id, event.data["asked"]) == (school.steward.id, 7)
    # A worker that is killed before it could say that it was done does it once more.
    again = Job.objects.get(name=opening.OPEN_JOB).arguments
    assert tasks.open_wave(report=say_nothing, **again) == {"asked": 0}
    assert WaveMember.objects.filter(wave=wave).count() == 7


@pytest.mark.django_db(transaction=True)
def test_what_could_not_be_opened_says_so_and_makes_room_for_another(school: School) -> None:
    client = client_of(school.steward)
    press(client, school)
    wave = TieWave.objects.get()
    with time.at(wave.closes_at):
        jobs.work_off()
    wave.refresh_from_db()
    assert (wave.state, Job.objects.get(name=opening.OPEN_JOB).error_code) == (WaveState.OPENING, "wave_closes_in_past")
    shown = get(client, page("wave", school, wave.id)).content.decode()
    assert "It could not be opened" in shown
    assert page("wave_stop", school, wave.id) in shown
    with time.at(worlds.OPENS):
        client.post(page("wave_stop", school, wave.id))
    wave.refresh_from_db()
    assert wave.state == WaveState.STOPPED
    assert not waves.has_open(school.unit.id)


# --- some -------------------------------------------------------------------------------------------------------------
def test_only_some_units_are_asked_or_a_group_of_them() -> None:
    school = schools.build_school(teams=(3, 3, 3), accounts=True)
    english, science = school.teams[:2]
    group = make.make_group(school.unit, "Assessment")
    for person in (*school.staff[:2], *school.staff[3:6], school.staff[8]):
        make.make_membership(person, group)
    client = client_of(school.steward)
    assert "Only some units" in get(client, page("wave_add", school)).content.decode()
    press(client, school, units=[str(english.id), str(science.id)])
    wave = TieWave.objects.get()
    assert people_of(wave) == set(school.staff[:6])
    client.post(page("wave_stop", school, wave.id))
    press(client, school, units=[str(english.id), str(science.id)], group=str(group.id))
    assert people_of(TieWave.objects.exclude(id=wave.id).get()) == {*school.staff[:2], *school.staff[3:6]}


def test_a_single_team_is_not_asked_by_way_of_its_school_or_of_a_group() -> None:
    school = schools.build_school(teams=(6, 3), accounts=True)
    answer = press(client_of(school.steward), school, units=[str(school.teams[0].id)])
    assert answer.status_code == 422
    assert "by itself everybody in it would be known by sight" in answer.content.decode()
    group = make.make_group(school.unit, "Readers")
    for person in school.staff[:5]:
        make.make_membership(person, group)
    assert press(client_of(school.steward), school, group=str(group.id)).status_code == 422
    assert not TieWave.objects.exists()


def test_nobody_of_elsewhere_is_asked(school: School) -> None:
    elsewhere: Unit = make.make_unit(make.make_community(), kind=UnitKind.SCHOOL)
    with pytest.raises(CollegiumError, match="other_community"):
        worlds.open_wave(school.unit, school.steward, units=[elsewhere])
    assert press(client_of(school.steward), school, units=[str(elsewhere.id)]).status_code == 422
