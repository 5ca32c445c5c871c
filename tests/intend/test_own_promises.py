"""What is one's own: My part, reminders that end with one click, a secret calendar, one's data and its erasure."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from collegium.base import time
from collegium.base.models import Job
from collegium.intend.models import AskingChoice, CheckIn, Commitment, PromiseStep
from collegium.intend.promise_enums import Audience, Going, Kept
from collegium.intend.queries import own_promises as queries
from collegium.intend.services import checking, confirming, promise_upkeep, promising, reminding
from collegium.intend.services.promising import By, To
from collegium.people.models import Person
from collegium.people.services import persons
from tests import factories as make
from tests.intend import promised
from tests.intend.promised import NOON
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db
MY_PART = reverse("people:my_part")
WEEK = dt.timedelta(days=7)


def read(client: Client, url: str, at: dt.datetime = NOON) -> str:
    with time.at(at):
        response: Any = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return str(response.content.decode())


def send_reminders(community_id: Any, at: dt.datetime) -> int:
    with time.at(at):
        return reminding.remind(report=lambda *_: None, community=str(community_id))["sent"]


# --- My part ----------------------------------------------------------------------------------------------------------
def test_my_part_shows_what_i_promised_and_takes_a_check_in_of_one_click() -> None:
    school = promised.build_school(accounts=True)
    promise, client = promised.promise(school), client_of(school.head)
    page = read(client, MY_PART)
    assert "We answer every question within two days." in page
    check_in = reverse("intend:promise_check_in", args=[promise.id])
    assert check_in not in page, "it was made today"
    assert check_in in read(client, MY_PART, NOON + WEEK)
    with time.at(NOON + WEEK):
        client.post(check_in, {"going": Going.WELL})
    page = read(client, MY_PART, NOON + WEEK)
    assert "You checked in on 9 Mar 2026." in page
    assert check_in not in page
    assert "We answer every question" not in read(client_of(school.staff[3]), MY_PART)


def test_my_part_shows_what_asks_me() -> None:
    school = promised.build_school(accounts=True)
    proposed = promised.promise(school, by=By(person=school.staff[5]), what="I open the library.")
    promise = promised.promise(school, school.staff[4], second=school.staff[5])
    asking = promised.ask(promised.promise(school, what="No bells."), school.head)
    page = read(client_of(school.staff[5]), MY_PART)
    assert all(words in page for words in ("I open the library.", "No bells.", "Say whether it was kept", "Make it"))
    assert reverse("intend:promise_make", args=[proposed.id]) in page
    school.staff[4].posts.update(ends_on=promised.TODAY)
    assert "asks for a new owner" in read(client_of(school.staff[5]), MY_PART)
    promised.answer(asking, school.staff[5])
    assert "No bells." not in read(client_of(school.staff[5]), MY_PART)
    assert promise.second == school.staff[5]


def test_my_part_asks_the_database_as_often_for_one_promise_as_for_twenty() -> None:
    school = promised.build_school(accounts=True)
    client, counts = client_of(school.head), []
    for number in (1, 19):
        for _each in range(number):
            promised.promise(school)
            promised.promise(school, school.staff[0], second=school.head, by=By(group=school.group))
            promised.ask(promised.promise(school, school.staff[1]), school.staff[1])
        with CaptureQueriesContext(connection) as seen:
            read(client, MY_PART)
        counts.append(len(seen))
    assert counts[0] == counts[1]


# --- reminders --------------------------------------------------------------------------------------------------------
def test_a_reminder_comes_once_in_two_weeks_with_everything_in_it() -> None:
    school = promised.build_school()
    promise = promised.promise(school, second=school.staff[0])
    assert send_reminders(school.community.id, NOON + WEEK) == 0
    assert send_reminders(school.community.id, NOON + 2 * WEEK) == 1
    (message,) = mail.outbox
    assert message.to == [school.head.email]
    assert reverse("intend:promise_check_in", args=[promise.id]) in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for days in (0, 6, 13):
        assert send_reminders(school.community.id, NOON + 2 * WEEK + dt.timedelta(days=days)) == 0
    assert send_reminders(school.community.id, NOON + 4 * WEEK) == 1
    with time.at(NOON + 5 * WEEK):
        checking.check_in(actor=make.actor_of(school.head), promise=promise, going=Going.WELL)
    assert send_reminders(school.community.id, NOON + 6 * WEEK) == 0


def test_those_who_are_asked_and_have_not_answered_are_reminded_and_groups_by_who_calls_them_together() -> None:
    school = promised.build_school(staff=7)
    promised.promise(school, school.staff[0], by=By(group=school.group))
    asking = promised.ask(promised.promise(school), school.head)
    promised.answer(asking, school.staff[6])
    assert send_reminders(school.community.id, NOON) == 6
    asked = {message.to[0] for message in mail.outbox}
    assert asked == {person.email for person in school.staff[:6]}
    assert send_reminders(school.community.id, NOON + 2 * WEEK) == 2
    assert {message.to[0] for message in mail.outbox[6:]} == {school.head.email, school.staff[0].email}


def test_one_click_ends_reminders_for_good() -> None:
    school = promised.build_school()
    promised.promise(school)
    send_reminders(school.community.id, NOON + 2 * WEEK)
    (stop,) = re.findall(r"<http://[^/]+(/[^>]+)>", mail.outbox[0].extra_headers["List-Unsubscribe"])
    client = Client(enforce_csrf_checks=True)
    assert client.get(stop).status_code == 200
    assert send_reminders(school.community.id, NOON + 4 * WEEK) == 1, "looking at the page ends nothing"
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert send_reminders(school.community.id, NOON + 9 * WEEK) == 0
    for wrong in (stop.replace(":", ":x"), "/reminders/stop/nonsense/"):
        assert client.post(wrong).status_code == 404


def test_one_chooses_how_often() -> None:
    school = promised.build_school(accounts=True)
    promised.promise(school)
    client, url = client_of(school.head), reverse("intend:my_reminders")
    assert re.search(r'value="2"[^>]*checked', read(client, url))
    with time.at(NOON):
        assert client.post(url, {"weeks_between": "3"}).status_code == 422
        assert client.post(url, {"weeks_between": "1"})["Location"] == MY_PART
    assert AskingChoice.objects.get().weeks_between == 1
    assert send_reminders(school.community.id, NOON + WEEK) == 1


def test_the_worker_closes_rounds_at_their_time_and_writes_by_day() -> None:
    school = promised.build_school()
    asking = promised.ask(promised.promise(school), school.head)
    with time.at(asking.closes_at - dt.timedelta(minutes=1)):
        promise_upkeep.do_what_is_due()
    assert not Job.objects.exists()
    with time.at(asking.closes_at):
        for _twice in range(2):
            promise_upkeep.do_what_is_due()
    assert Job.objects.get().name == confirming.CLOSE_JOB
    with time.at(NOON.replace(hour=3) + 2 * WEEK):
        promise_upkeep.look_after()
    assert not Job.objects.filter(name=reminding.REMIND_JOB).exists()
    with time.at(NOON + 2 * WEEK):
        for _twice in range(2):
            promise_upkeep.look_after()
    assert Job.objects.filter(name=reminding.REMIND_JOB).count() == 1


# --- the calendar -----------------------------------------------------------------------------------------------------
def test_a_secret_address_gives_ones_own_dates_and_nobodys_name_until_it_is_ended() -> None:
    school = promised.build_school(accounts=True)
    promise = promised.promise(
        school, to=To(audience=Audience.PERSON, person=school.staff[0]), what="Bread, roses; ä\n!"
    )
    promised.ask(promised.promise(school, school.staff[1]), school.staff[1])
    client, made = client_of(school.head), reverse("intend:my_calendar_make")
    with time.at(NOON):
        page = client.post(made).content.decode()
    (path,) = re.findall(r"(/calendar/[\w-]+\.ics)", page)
    response = Client().get(path)
    assert response["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(response.content).walk("VEVENT")
    (due,) = [each for each in events if str(each["uid"]).startswith("due-")]
    assert (due["summary"], due.decoded("dtstart")) == ("Promised: Bread, roses; ä !", promise.due_on)
    assert str(due["url"]).endswith(f"/promises/{promise.id}/")
    text = response.content.decode()
    assert not any(person.family_name in text for person in [school.head, *school.staff])
    with time.at(NOON):
        assert len(Calendar.from_ical(Client().get(path).content).walk("VEVENT")) == 2, "one is asked, too"
        client.post(made)
        assert Client().get(path).status_code == 404, "a new address ends the former one"
        client.post(reverse("intend:my_calendar_end"))
    assert queries.find_feed(make.actor_of(school.head)) is None


# --- one's data -------------------------------------------------------------------------------------------------------
def test_what_is_held_of_somebody_goes_with_them_and_is_forgotten_when_they_ask() -> None:
    school = promised.build_school(accounts=True)
    teacher = school.staff[0]
    promise = promised.promise(school, teacher, to=To(audience=Audience.PERSON, person=school.head))
    other = promised.promise(school, second=teacher, to=To(audience=Audience.PERSON, person=teacher))
    with time.at(NOON):
        actor = make.actor_of(teacher)
        checking.check_in(actor=actor, promise=promise, going=Going.WELL, text="Whimbrel")
        promising.write_note(actor=actor, promise=promise, text="Whimbrel")
    dumped = queries.dump(teacher.id)
    assert [row["what"] for row in dumped["promised"]] == [promise.what]
    assert (len(dumped["second"]), len(dumped["promised_to_you"]), dumped["check_ins"][0]["text"]) == (1, 1, "Whimbrel")
    assert "What you promised" in read(client_of(teacher), reverse("people:my_data"))
    with time.at(NOON):
        persons.erase_person(actor=make.actor_of(teacher), person=teacher)
    assert not any("Whimbrel" in row.text for row in [*CheckIn.objects.all(), *PromiseStep.objects.all()])
    assert Commitment.objects.get(id=other.id).second is None
    page = read(client_of(school.head), reverse("intend:promise", args=[promise.id]))
    assert "asks for a new owner" in page
    assert Person.objects.get(id=teacher.id).full_name == ""


def test_said_by_name_is_in_the_data_of_who_said_it() -> None:
    school = promised.build_school()
    promise = promised.promise(school, to=To(audience=Audience.GROUP, group=school.group))
    promised.answer(promised.ask(promise, school.head), school.staff[0], Kept.PARTLY)
    assert queries.dump(school.staff[0].id)["said_by_name"] == [{"what": promise.what, "said": Kept.PARTLY}]
