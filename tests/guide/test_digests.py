"""The digest by mail: what it says, who gets it and when, and how it ends."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from collegium.base import time
from collegium.base.models import Job
from collegium.guide import mailing
from collegium.guide.enums import Often
from collegium.guide.models import DigestChoice
from collegium.guide.presenters.digest import present_digest
from collegium.guide.queries import digests as queries
from collegium.guide.queries import own
from collegium.guide.services import digests
from collegium.intend.services import reminding
from collegium.people.enums import Role
from collegium.people.models import Person, Unit
from collegium.people.presenters.home import present_home
from collegium.people.services import persons
from tests import factories as make
from tests.decide import worlds as decisions
from tests.decide.test_polls import DURING, open_poll
from tests.jobs import work_off
from tests.listen import published
from tests.listen.published import Told
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 3, 2)  # the first of its month
WEEK, DAY = dt.timedelta(weeks=1), dt.timedelta(days=1)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


@pytest.fixture
def school() -> Unit:
    """A school with a steward, two teachers, and a heartbeat that has come out."""
    unit = make.make_unit(make.make_community(), "Saltmarsh")
    for _number in range(2):
        make.make_post(make.make_person(unit.community, account=True), unit, starts_on=MONDAY - 90 * DAY)
    steward = make.make_person(unit.community, "Wren", account=True)
    make.make_role(steward, unit, starts_on=MONDAY - 90 * DAY)
    pulse = published.make_pulse(unit, at=noon(MONDAY) - 3 * WEEK)
    published.tell(pulse, unit, Told(means={"trust": 2.8, "collaboration": 3.2, "efficacy": 3.4, "voice": 3.1}))
    return unit


def steward_of(unit: Unit) -> Person:
    return Person.objects.get(given_name="Wren", community=unit.community)


def send(unit: Unit, day: dt.date) -> list[str]:
    """Let the worker send what is due on a day; return to whom."""
    before = len(mail.outbox)
    with time.at(day):
        mailing.send(report=lambda *_: None, community=str(unit.community_id))
    return [message.to[0] for message in mail.outbox[before:]]


def texts_of(message: Any) -> tuple[str, str]:
    """Return a mail in plain text, and its HTML as it came."""
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    return message.body, html


# --- what it says -----------------------------------------------------------------------------------------------------
def test_it_says_what_the_home_says_in_text_and_in_html(school: Unit) -> None:
    steward = steward_of(school)
    send(school, MONDAY)
    message = next(each for each in mail.outbox if each.to == [steward.email])
    text, html = texts_of(message)
    with time.at(MONDAY):
        digest = present_digest(make.actor_of(steward))
        home = client_of(steward).get(reverse("people:unit_home", args=[school.slug])).content.decode()
    assert digest is not None
    assert message.subject == "Saltmarsh at a glance"
    plain_html = " ".join(strip_tags(html).split())
    for part in digest.parts:
        assert part.title in home
        for said in part.sentences:
            assert said.text in text
            assert said.text in plain_html
    assert "Trust: 2.8 (" in text
    assert "Say what you heard, and keep one small promise within a month" in text
    assert "No vision, intent or challenge is written yet." in text
    assert {part.title for part in digest.parts} >= {"Heartbeat", "Next moves", "Throughline", "Who we are"}
    links = re.findall(r'href="([^"]+)"', html)
    assert links
    assert all(link.startswith("http://") for link in links), "a mail knows no page that it is on"


def test_every_panel_that_a_home_shows_is_in_the_digest_or_has_nothing_to_say(school: Unit) -> None:
    with time.at(MONDAY):
        home = present_home(make.actor_of(steward_of(school)), make.place_of(school))
        digest = present_digest(make.actor_of(steward_of(school)))
    assert digest is not None
    told = {part.title for part in digest.parts}
    assert {panel.title for panel in home.panels if panel.title not in told} <= {"Looking after it"}


def test_it_says_what_waits_for_its_reader_and_for_nobody_else(school: Unit) -> None:
    world = decisions.build()
    poll = open_poll(world)
    with time.at(DURING):
        asked = present_digest(make.actor_of(world.cleo))
        beside = present_digest(make.actor_of(steward_of(school)))
    assert asked is not None
    assert beside is not None
    (part,) = [each for each in asked.waiting if each.title == "Waiting for you to decide"]
    assert part.sentences[0].url.endswith(reverse("decide:poll", args=[poll.id]))
    assert asked.waits == 1
    assert not beside.waiting


def test_nobody_is_told_what_they_may_not_see(school: Unit) -> None:
    guest = make.make_person(school.community)
    elsewhere = make.make_unit(school.community, "Hill")
    make.make_post(guest, elsewhere, starts_on=MONDAY - 90 * DAY)
    send(school, MONDAY)
    (message,) = [each for each in mail.outbox if each.to == [guest.email]]
    for text in texts_of(message):
        assert "Saltmarsh" not in text
        assert "2.8" not in text
    teacher = Person.objects.filter(posts__unit=school).first()
    assert teacher is not None
    (message,) = [each for each in mail.outbox if each.to == [teacher.email]]
    assert "First steps" not in message.body, "these are for stewards"


# --- who gets it, and when --------------------------------------------------------------------------------------------
def test_it_comes_once_a_week_and_a_missed_monday_is_made_up_for(school: Unit) -> None:
    assert len(send(school, MONDAY)) == 3
    assert send(school, MONDAY) == []
    assert send(school, MONDAY + 3 * DAY) == []
    make.make_post(make.make_person(school.community), school, starts_on=MONDAY + DAY)
    assert len(send(school, MONDAY + WEEK + DAY)) == 3, "on Tuesday, to those who had one; the newcomer waits"
    assert len(send(school, MONDAY + 2 * WEEK)) == 1, "for the others nothing has changed"


def test_the_same_is_not_said_twice(school: Unit) -> None:
    send(school, MONDAY)
    assert send(school, MONDAY + WEEK) == []
    make.make_post(make.make_person(school.community), school, starts_on=MONDAY)
    assert len(send(school, MONDAY + 2 * WEEK)) == 4


def test_whoever_is_new_waits_for_a_monday(school: Unit) -> None:
    assert send(school, MONDAY + DAY) == []
    assert not DigestChoice.objects.exists()


def test_each_says_how_often(school: Unit) -> None:
    steward = steward_of(school)
    client = client_of(steward)
    with time.at(MONDAY - 4 * DAY):
        page = client.get(reverse("guide:my_digest")).content.decode()
        assert "Saltmarsh" in page
        assert client.post(reverse("guide:my_digest"), {"often": "now and then"}).status_code == 422
        assert client.post(reverse("guide:my_digest"), {"often": "monthly"}).status_code == 302
        assert "every month" in client.get(reverse("people:my_part")).content.decode()
    assert steward.email in send(school, MONDAY)
    published.tell(published.make_pulse(school, at=noon(MONDAY) - 2 * DAY), school, Told(means={"trust": 4.2}, n=30))
    assert not any(steward.email in send(school, MONDAY + number * WEEK) for number in (1, 4))
    assert steward.email in send(school, MONDAY + 5 * WEEK), "6 April is the first Monday of its month"


def test_the_mondays_of_a_month() -> None:
    firsts = {queries.get_start(Often.MONTHLY, dt.date(2026, 1, 1) + number * DAY) for number in range(4, 365)}
    assert len(firsts) == 12
    assert all(day.weekday() == 0 and day.day <= 7 for day in firsts)
    assert queries.get_start(Often.WEEKLY, MONDAY + 6 * DAY) == MONDAY


def test_nothing_is_sent_to_those_who_are_gone_have_no_address_or_have_nothing(school: Unit) -> None:
    people = list(Person.objects.filter(posts__unit=school).order_by("id"))
    people[0].posts.update(ends_on=MONDAY - DAY)
    Person.objects.filter(id=people[1].id).update(email="")
    erased = make.make_person(school.community)
    make.make_post(erased, school, starts_on=MONDAY - DAY)
    with time.at(MONDAY - DAY):
        persons.erase_person(actor=make.actor_of(erased), person=erased)
    empty = make.make_community()
    nobody = make.make_person(empty)
    make.make_role(nobody, make.make_unit(empty), Role.GUEST)
    assert send(school, MONDAY) == [steward_of(school).email]
    with time.at(MONDAY):
        assert present_digest(make.actor_of(people[0])) is None


def run(at: dt.datetime) -> list[str]:
    """Let the worker look at a time; return the jobs that it started."""
    with time.at(at):
        before = set(Job.objects.values_list("id", flat=True))
        digests.do_what_is_due()
        work_off()
        return list(Job.objects.exclude(id__in=before).values_list("name", flat=True))


@pytest.mark.django_db(transaction=True)
def test_it_goes_out_by_day_where_the_school_is_on_both_sides_of_a_change_of_the_clocks(
    school: Unit, settings: Any
) -> None:
    zone = zoneinfo.ZoneInfo(settings.TIME_ZONE)
    assert run(dt.datetime.combine(MONDAY, dt.time(6, 59), tzinfo=zone)) == []
    assert run(dt.datetime.combine(MONDAY, dt.time(7, 0), tzinfo=zone)) == [digests.SEND_JOB]
    assert len(mail.outbox) == 3
    assert run(dt.datetime.combine(MONDAY, dt.time(7, 1), tzinfo=zone)) == []
    # Summer time begins on 29 March: seven in the morning is six in the morning elsewhere.
    make.make_post(make.make_person(school.community), school, starts_on=MONDAY)
    summer = dt.datetime(2026, 3, 30, 5, 59, tzinfo=dt.UTC)
    assert run(summer) == []
    assert run(summer + dt.timedelta(minutes=1)) == [digests.SEND_JOB]
    assert len(mail.outbox) == 3 + 4


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_sends_nobody_two(school: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed while the second is sent; whoever goes on leaves out those that were taken in hand."""
    whole, tried = mailing.write_mail, []

    def kill(person: Person, digest: Any) -> Any:
        tried.append(person.id)
        if len(tried) == 2:
            raise KeyboardInterrupt
        return whole(person, digest)

    monkeypatch.setattr(mailing, "write_mail", kill)
    with pytest.raises(KeyboardInterrupt):
        send(school, MONDAY)
    assert len(mail.outbox) == 1
    assert len(send(school, MONDAY)) == 1
    assert len({message.to[0] for message in mail.outbox}) == 2


def test_an_address_that_is_refused_keeps_nobody_else_from_their_digest(
    school: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = steward_of(school).email
    deliver = mail.EmailMessage.send

    def refuse(message: Any, **options: Any) -> int:
        if message.to == [refused]:
            raise SMTPRecipientsRefused({refused: (550, b"no such user")})
        return int(deliver(message, **options))

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    sent = send(school, MONDAY)
    assert sent
    assert refused not in sent


def test_no_demo_writes_to_anybody() -> None:
    demo = make.make_community(is_demo=True)
    make.steward_of(make.make_unit(demo))
    with time.at(MONDAY):
        assert queries.list_due(demo.id, MONDAY).exists()
        digests.do_what_is_due()
    assert not Job.objects.exists()


def test_a_digest_of_many_things_costs_no_more_statements(school: Unit) -> None:
    actor, counts = make.actor_of(steward_of(school)), []
    for number in (1, 9):
        for _each in range(number):
            make.make_post(make.make_person(school.community), make.make_unit(school.community, within=school))
        with time.at(MONDAY), CaptureQueriesContext(connection) as asked:
            present_digest(actor)
        counts.append(len(asked))
    assert counts[0] == counts[1]


# --- how it ends ------------------------------------------------------------------------------------------------------
def test_one_click_ends_it_without_signing_in(school: Unit) -> None:
    send(school, MONDAY)
    steward = steward_of(school)
    message = next(each for each in mail.outbox if each.to == [steward.email])
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (stop,) = re.findall(r"<http://[^/]+(/[^>]+)>", message.extra_headers["List-Unsubscribe"])
    assert stop in message.body
    client = Client(enforce_csrf_checks=True)
    assert client.get(stop).status_code == 200
    assert queries.get_often(steward.id) is Often.WEEKLY, "looking at the page ends nothing"
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert queries.get_often(steward.id) is Often.NEVER
    make.make_post(make.make_person(school.community), school, starts_on=MONDAY)
    assert steward.email not in send(school, MONDAY + WEEK)
    assert steward.email not in send(school, MONDAY + 9 * WEEK)


def test_a_link_ends_nothing_else_and_tells_nothing(school: Unit) -> None:
    teacher = Person.objects.filter(posts__unit=school)[0]
    stop, client = digests.stop_path(teacher), Client()
    of_reminders = reminding.stop_path(teacher).rstrip("/").rpartition("/")[2]
    wrong = [stop[:-2] + "x/", reverse("guide:digest_stop", args=[of_reminders])]
    with time.at(MONDAY):
        persons.erase_person(actor=make.actor_of(teacher), person=teacher)
    answers = {client.post(each).status_code for each in wrong}
    assert answers == {404}
    assert client.post(stop).status_code == 200, "of somebody erased there is nothing left to end"


def test_what_is_kept_of_it_is_told_and_forgotten(school: Unit) -> None:
    teacher = Person.objects.filter(posts__unit=school)[0]
    assert own.dump_digest(teacher.id) == {"often": "weekly", "made_on": None}
    send(school, MONDAY)
    assert own.dump_digest(teacher.id) == {"often": "weekly", "made_on": "2026-03-02"}
    page = client_of(teacher).get(reverse("people:my_data")).content.decode()
    assert "Your digest by email" in page
    with time.at(MONDAY):
        persons.erase_person(actor=make.actor_of(teacher), person=teacher)
    assert not DigestChoice.objects.filter(person=teacher).exists()
