"""The pages with which somebody prepares and opens a pulse."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.utils.timezone import localtime

from collegium.base import time
from collegium.base.models import Event
from collegium.listen.enums import PulseState, WayIn
from collegium.listen.models import Invitation, Pulse, PulseSeries, PulseView
from collegium.listen.services import recurring
from collegium.people.models import Person
from tests import factories as make
from tests.listen import worlds
from tests.listen.pulse_pages import LONDON, MONDAY, fill, main_of, open_it, prepare, read, url
from tests.listen.worlds import School
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return worlds.build_school(teams=(14, 8, 3), support=4, name="Saltmarsh School")


# --- from nothing to an open pulse ------------------------------------------------------------------------------------
def test_an_empty_page_teaches_and_offers_the_button_to_those_alone_who_may(school: School) -> None:
    member = make.make_person(school.community, account=True)
    make.make_post(member, school.unit)
    steward, others = (read(client_of(who), url("unit_listen", school)) for who in (school.steward, member))
    for page in (steward, others):
        assert "Nobody has been asked yet" in page
    assert url("pulse_add", school) in steward
    assert url("pulse_add", school) not in others
    assert "can open one" in others


def test_the_defaults_are_enough_to_open_a_pulse(school: School) -> None:
    client = client_of(school.steward)
    with time.at(MONDAY):
        pulse = prepare(client, school)
        preview = read(client, url("pulse_preview", school, pulse.id))
        assert "Nobody has been asked yet" in preview
        response = open_it(client, school, pulse)
    assert response["Location"] == url("pulse_watch", school, pulse.id)
    pulse.refresh_from_db()
    assert pulse.state == PulseState.OPEN
    assert pulse.instrument.key == "heartbeat"
    assert pulse.title == "How are we doing? March 2026"
    assert pulse.opens_at <= MONDAY
    assert localtime(pulse.closes_at) == dt.datetime(2026, 3, 9, 16, 0, tzinfo=LONDON)
    assert localtime(pulse.results_at) == dt.datetime(2026, 3, 10, 8, 0, tzinfo=LONDON)
    assert (pulse.k, pulse.remind_before_hours, pulse.sheets_kept_days) == (5, [72, 24], 0)
    assert Invitation.objects.filter(pulse=pulse, way=WayIn.LINK).count() == 29


@pytest.mark.parametrize(
    ("closes", "results"),
    [
        ("2026-03-06T16:00", "2026-03-09T08:00"),  # a Friday: the Monday after
        ("2026-03-07T12:00", "2026-03-09T08:00"),
        ("2026-03-27T16:00", "2026-03-30T08:00"),  # over the weekend on which the clocks change
    ],
)
def test_results_come_out_on_the_first_school_day_after_closing(school: School, closes: str, results: str) -> None:
    with time.at(MONDAY):
        pulse = prepare(client_of(school.steward), school, closes_at=closes)
    assert localtime(pulse.results_at).strftime("%Y-%m-%dT%H:%M") == results


def test_everything_that_is_chosen_is_kept_and_stands_in_the_form_again(school: School) -> None:
    group = make.make_group(school.unit, "Fractions")
    client = client_of(school.steward)
    chosen = {
        "title": "Trust between us",
        "why": "To see what our new meetings did.",
        "instrument": "trust",
        "referent": "trust:leaders",
        "levels": ["classroom", "middle"],
        "units": [str(school.teams[0].id)],
        "group": str(group.id),
        "opens_at": "2026-03-04T07:30",
        "closes_at": "2026-03-30T12:00",
        "results_at": "2026-03-31T12:00",
        "reminders": ["48"],
        "k": "7",
        "sheets_kept_days": "30",
        "every_weeks": "6",
        "parts": "2",
    }
    with time.at(MONDAY):
        pulse = prepare(client, school, **chosen)
        kept = fill(client, url("pulse_change", school, pulse.id))
        assert {name: kept[name] for name in chosen} == {
            **chosen,
            "reminders": [48],
            "k": 7,
            "sheets_kept_days": 30,
            "every_weeks": 6,
            "parts": 2,
        }
        again = fill(client, url("pulse_add", school) + f"?from={pulse.id}")
        assert (again["title"], again["referent"], again["every_weeks"]) == ("Trust between us", "trust:leaders", 0)
        assert again["closes_at"] == "2026-03-09T16:00"
    assert localtime(pulse.opens_at) == dt.datetime(2026, 3, 4, 7, 30, tzinfo=LONDON)
    assert pulse.closes_at.utcoffset() == dt.timedelta(0)
    assert localtime(pulse.closes_at).utcoffset() == dt.timedelta(hours=1)
    assert PulseSeries.objects.get().title == "Trust between us"


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no title": ({"title": " "}, "Please fill this in."),
    "closes before it opens": ({"opens_at": "2026-03-10T16:00"}, "opens first, then closes"),
    "closes in the past": ({"closes_at": "2026-03-01T16:00", "results_at": "2026-03-20T08:00"}, "in that order"),
    "results before it closes": ({"results_at": "2026-03-09T16:10"}, "30 minutes after closing at the earliest"),
    "open for too long": ({"closes_at": "2026-05-10T16:00"}, "60 days at most"),
    "far away": ({"closes_at": "9999-12-31T23:59"}, "less than a year from now"),
    "no date": ({"closes_at": "soon"}, "Write a day and an hour"),
    "an hour that the clock skips": ({"closes_at": "2026-03-29T01:30"}, "01:30 does not exist"),
    "an hour that comes twice": ({"results_at": "2026-10-25T01:30"}, "01:30 comes twice"),
    "too few for a result": ({"k": "4"}, "greater than or equal to 5"),
    "no level": ({"levels": []}, "Please choose one."),
    "an unknown questionnaire": ({"instrument": "horoscope"}, "Please choose one of these."),
    "about somebody else": ({"instrument": "value_added", "referent": "trust:partners"}, "Other questions are asked"),
    "a unit outside": ({"units": [str(uuid.uuid4())]}, "is not one of the available choices"),
    "a group of others": ({"group": str(uuid.uuid4())}, "Please choose one of these."),
    "too many parts": ({"every_weeks": "4", "parts": "7"}, "Please choose one of these."),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_makes_no_sense_is_said_and_nothing_is_kept(school: School, what: str) -> None:
    changes, said = WRONG[what]
    make.make_group(school.unit)
    client = client_of(school.steward)
    address = url("pulse_add", school)
    with time.at(MONDAY):
        response = client.post(address, fill(client, address, **changes))
    assert response.status_code == 422
    assert said in main_of(response)
    assert not Pulse.objects.exists()
    if set(changes) - {"title", "why", "closes_at"} and response.context["form"].is_more_open:
        assert '<details class="disclosure" open>' in main_of(response)


# --- before it opens --------------------------------------------------------------------------------------------------
def test_the_preview_says_who_is_asked_and_what_can_and_cannot_be_shown(school: School) -> None:
    Person.objects.filter(id=school.staff[0].id).update(email="")
    client = client_of(school.steward)
    with time.at(MONDAY):
        page = read(client, url("pulse_preview", school, prepare(client, school).id))
    assert "29 people: 28 by a personal link each, 1 with a slip of paper" in page
    assert re.search(r"Heartbeat: 12 questions and 1 in one’s own words, about [\d.]+ minutes\. Trust, ", page)
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', page)
    small = next(row for row in rows if row.startswith(school.teams[2].name))
    assert "few" in small
    assert "All of it" in small.partition("Cannot be shown")[2]
    whole = next(row for row in rows if row.startswith("Saltmarsh School"))
    assert "Support" not in whole.partition("Cannot be shown")[0]
    for words in (
        "Nobody can see what you answered",
        "What is still possible",
        "in steps of 5",
        "hold the results back",
    ):
        assert words in page
    assert not any(person.family_name in page.partition("Slips of paper")[0] for person in school.staff)


@pytest.mark.parametrize(
    ("levels", "said"),
    [(["governance"], "Nobody in this unit would be asked"), (["support"], "Only 4 people would be asked")],
)
def test_what_cannot_be_opened_says_so_instead_of_a_button(school: School, levels: list[str], said: str) -> None:
    client = client_of(school.steward)
    with time.at(MONDAY):
        pulse = prepare(client, school, levels=levels)
        page = read(client, url("pulse_preview", school, pulse.id))
        response = open_it(client, school, pulse)
    assert said in page
    assert "Open it</span></button>" not in page
    assert response.status_code == 422
    assert said in main_of(response)
    assert not Invitation.objects.exists()


def test_a_draft_whose_closing_time_has_passed_is_not_opened(school: School) -> None:
    client = client_of(school.steward)
    with time.at(MONDAY):
        pulse = prepare(client, school)
    with time.at(MONDAY + dt.timedelta(days=8)):
        assert "The closing time has passed." in read(client, url("pulse_preview", school, pulse.id))
        assert open_it(client, school, pulse).status_code == 422


def test_a_draft_is_opened_once_however_often_the_button_is_pressed(school: School) -> None:
    client = client_of(school.steward)
    with time.at(MONDAY):
        pulse = prepare(client, school, k="7")
        assert open_it(client, school, pulse).status_code == 302
        again = open_it(client, school, pulse)
        assert again["Location"] == url("pulse_watch", school, pulse.id)
        assert "It is open already." in read(client, again["Location"])
        for page in ("pulse_preview", "pulse_change"):
            moved = client.get(url(page, school, pulse.id))
            assert moved["Location"] == url("pulse_watch", school, pulse.id)
        views = PulseView.objects.count()
        changed = client.post(
            url("pulse_change", school, pulse.id), fill(client, url("pulse_add", school), title="Another", k="5")
        )
        assert changed.status_code == 422
        assert client.post(url("pulse_discard", school, pulse.id)).status_code == 422
    pulse.refresh_from_db()
    assert (pulse.title != "Another", pulse.k) == (True, 7)
    assert PulseView.objects.count() == views
    assert Invitation.objects.filter(pulse=pulse).count() == 29
    assert Event.objects.filter(verb="pulse.opened").count() == 1


def test_slips_for_those_who_are_chosen_or_for_all(school: School) -> None:
    client = client_of(school.steward)
    with time.at(MONDAY):
        chosen, everybody = (prepare(client, school) for _each in range(2))
        stranger = make.make_person(school.community)
        refused = open_it(client, school, chosen, slips="chosen", people=[str(stranger.id)])
        assert refused.status_code == 422
        open_it(client, school, chosen, slips="chosen", people=[str(school.staff[3].id)])
        open_it(client, school, everybody, slips="everybody")
    by_slip = Invitation.objects.filter(way=WayIn.SLIP)
    assert by_slip.get(pulse=chosen).person == school.staff[3]
    assert by_slip.filter(pulse=everybody).count() == 29


def test_drafts_are_seen_by_those_who_run_pulses_and_can_be_discarded(school: School) -> None:
    client = client_of(school.steward)
    member = make.make_person(school.community, account=True)
    make.make_post(member, school.unit)
    pulse = prepare(client, school, title="Half a thought")
    assert "Half a thought" in read(client, url("unit_listen", school))
    assert "Half a thought" not in read(client_of(member), url("unit_listen", school))
    assert "Discard this draft?" in read(client, url("pulse_discard", school, pulse.id))
    assert client.post(url("pulse_discard", school, pulse.id)).status_code == 302
    assert not Pulse.objects.exists()


# --- whose it is ------------------------------------------------------------------------------------------------------
def test_a_pulse_of_another_unit_is_not_there(school: School) -> None:
    beside = worlds.build_school(school.community, teams=(8,))
    elsewhere = worlds.build_school(teams=(8,))
    client = client_of(school.steward)
    recurring_one = worlds.prepare(beside.unit, beside.steward)
    recurring.set_recurrence(actor=make.actor_of(beside.steward), pulse=recurring_one, every_weeks=4, parts=1)
    for pulse in (worlds.prepare(beside.unit, beside.steward), worlds.prepare(elsewhere.unit, elsewhere.steward)):
        for name in ("pulse_change", "pulse_discard", "pulse_preview", "pulse_watch", "pulse_naming"):
            assert client.get(url(name, school, pulse.id)).status_code == 404, name
            assert client.post(url(name, school, pulse.id)).status_code in (404, 405), name
    assert client.get(url("series_end", school, recurring_one.series_id)).status_code == 404
    unlike = fill(client, url("pulse_add", school) + f"?from={recurring_one.id}")
    assert unlike["title"].startswith("How are we doing?")
    assert fill(client, url("pulse_add", school) + "?from=nonsense")["instrument"] == "heartbeat"
    assert fill(client, url("pulse_add", school) + "?instrument=trust")["instrument"] == "trust"
