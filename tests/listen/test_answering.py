"""The ways in and the page of questions: once each, with what was typed kept, and without a trace of who said what."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from collegium.base import time
from collegium.listen.answers import keys, trays
from collegium.listen.errors import Invalid
from collegium.listen.models import Invitation, Slip, Tray
from collegium.listen.services import versions
from collegium.listen.services.answering import REMARK_LIMIT
from tests import factories as make
from tests.listen import answering_helpers as answer
from tests.listen import worlds
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db

IN_TIME = worlds.START + answer.HOUR


@pytest.fixture
def visitor() -> Client:
    """A browser of somebody who is not signed in, with every protection on."""
    return Client(enforce_csrf_checks=True)


# --- the ways in ------------------------------------------------------------------------------------------------------
def test_a_personal_link_leads_to_the_questions_and_out_of_the_address(visitor: Client) -> None:
    school, pulse = answer.open_pulse()
    link = answer.link_of(pulse, school.staff[0])
    with time.at(IN_TIME):
        first: Any = visitor.get(link)
    assert first.status_code == 302
    assert first["Location"] == answer.sheet_url(pulse)
    assert first["Referrer-Policy"] == "no-referrer"
    cookie = visitor.cookies["collegium_ticket"]
    assert cookie["httponly"]
    assert cookie["path"] == f"/p/{pulse.id}/"
    page = answer.enter(visitor, link, IN_TIME)
    text = page.content.decode()
    token = link.split("/")[-2]
    assert "Question 3 of 3" in text
    assert token not in text
    assert school.staff[0].family_name not in text
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_somebody_answers_by_link_and_once_only(visitor: Client) -> None:
    school, pulse = answer.open_pulse()
    page = answer.enter(visitor, answer.link_of(pulse, school.staff[0]), IN_TIME)
    done = answer.hand_in(visitor, pulse, page, IN_TIME)
    assert done.status_code == 302
    assert done["Location"] == reverse("listen:answer_thanks", args=[pulse.id])
    assert not visitor.cookies["collegium_ticket"].value
    assert answer.sheets_in(pulse) == 1
    again = answer.hand_in(visitor, pulse, page, IN_TIME, speak="1")
    assert again.status_code == 409
    assert "handed in already" in again.content.decode()
    assert answer.sheets_in(pulse) == 1
    (sheet,) = trays.look_into(Tray.objects.get(pulse=pulse)).sheets
    assert sheet[4:] == b"\x00\x04\x00\x02"


def test_my_part_leads_to_the_same_questions() -> None:
    school, pulse = answer.open_pulse()
    client = client_of(school.staff[3])
    page = answer.enter(client, reverse("listen:answer", args=[pulse.id]), IN_TIME)
    assert "Question 1 of 3" in page.content.decode()
    assert answer.hand_in(client, pulse, page, IN_TIME).status_code == 302
    assert Invitation.objects.get(pulse=pulse, person=school.staff[3]).answered
    later = answer.enter(client, reverse("listen:answer", args=[pulse.id]), IN_TIME)
    assert "You have answered already" in later.content.decode()


def test_a_slip_lets_somebody_of_its_group_in(visitor: Client) -> None:
    _school, pulse = answer.open_pulse(by_slip=6)
    code = answer.codes_of(pulse)[0]
    client = Client()
    page = answer.enter_code(client, pulse, f"{code[:5].lower()}-{code[5:]}", IN_TIME)
    assert "Question 1 of 3" in page.content.decode()
    assert answer.hand_in(client, pulse, page, IN_TIME).status_code == 302
    (sheet,) = trays.look_into(Tray.objects.get(pulse=pulse)).sheets
    assert int.from_bytes(sheet[:4], "big") == answer.cell_of(pulse, code).number
    assert not Invitation.objects.filter(pulse=pulse, answered=True).exists()
    assert Slip.objects.filter(pulse=pulse, used=True).count() == 1
    used = answer.enter_code(Client(), pulse, code, IN_TIME)
    assert used.status_code == 422
    assert "used already" in used.content.decode()
    twice = answer.hand_in(client, pulse, page, IN_TIME, speak="1")
    assert twice.status_code == 409
    assert "This code has been used" in twice.content.decode()
    assert answer.sheets_in(pulse) == 1


def test_who_answers_by_slip_cannot_answer_twice_by_link() -> None:
    school, pulse = answer.open_pulse(by_slip=6)
    client = client_of(school.staff[0])
    response = answer.enter(client, reverse("listen:answer", args=[pulse.id]), IN_TIME)
    assert response.status_code == 409
    assert "slip of paper" in response.content.decode()


def test_a_shared_device_goes_back_to_the_code_and_keeps_nothing(visitor: Client) -> None:
    _school, pulse = answer.open_pulse(by_slip=6)
    client = Client()
    first, second = answer.codes_of(pulse)[:2]
    page = answer.enter_code(client, pulse, first, IN_TIME, shared="on")
    text = page.content.decode()
    assert "data-draft" not in text
    assert "Nothing you answer is kept on this device" in text
    done = answer.hand_in(client, pulse, page, IN_TIME)
    assert done["Location"] == f"/p/{pulse.id}/?shared=1&sent=1"
    with time.at(IN_TIME):
        entry = client.get(done["Location"])
        assert "that sheet is handed in" in entry.content.decode()
        back = client.get(answer.sheet_url(pulse))
        assert "Nothing is open here" in back.content.decode()
        next_page: Any = client.post(f"/p/{pulse.id}/?shared=1", {"code": second}, follow=True)
    assert "data-draft" not in next_page.content.decode()
    assert "More time together" not in next_page.content.decode()


def test_opening_the_code_page_ends_what_was_begun_before(visitor: Client) -> None:
    _school, pulse = answer.open_pulse(by_slip=6)
    client = Client()
    answer.enter_code(client, pulse, answer.codes_of(pulse)[0], IN_TIME, shared="on")
    with time.at(IN_TIME):
        client.get(f"/p/{pulse.id}/?shared=1")
        assert "Nothing is open here" in client.get(answer.sheet_url(pulse)).content.decode()


def test_two_people_find_their_own_half_finished_answers_on_one_device() -> None:
    school, pulse = answer.open_pulse()
    drafts = set()
    for person in school.staff[:2]:
        text = answer.enter(Client(), answer.link_of(pulse, person), IN_TIME).content.decode()
        drafts.add(text.split('data-draft="')[1].split('"')[0])
        assert str(Invitation.objects.get(pulse=pulse, person=person).id) not in text
    assert len(drafts) == 2


# --- what is refused --------------------------------------------------------------------------------------------------
def test_forged_and_swapped_links(visitor: Client) -> None:
    school, pulse = answer.open_pulse()
    _other, elsewhere = answer.open_pulse()
    link = answer.link_of(pulse, school.staff[0])
    forged = link[:-6] + ("A" if link[-6] != "A" else "B") + link[-5:]
    for url in (forged, "/a/x/", "/a/%C3%A4%C3%B6/"):
        response = answer.enter(visitor, url, IN_TIME)
        assert response.status_code == 404, url
        assert "This link does not lead to a pulse" in response.content.decode()
    page = answer.enter(visitor, link, IN_TIME)
    with time.at(IN_TIME):
        swapped = visitor.post(answer.sheet_url(elsewhere), {**answer.hidden(page), **answer.FULL})
        bare = visitor.post(answer.sheet_url(pulse), answer.FULL)
        cut = visitor.post(answer.sheet_url(pulse), {**answer.hidden(page), "way-in": "x" * 50, **answer.FULL})
    assert [swapped.status_code, bare.status_code, cut.status_code] == [404, 404, 404]
    assert answer.sheets_in(pulse) == answer.sheets_in(elsewhere) == 0


def test_a_code_of_another_pulse_is_as_unknown_as_any() -> None:
    _school, pulse = answer.open_pulse(by_slip=6)
    _other, elsewhere = answer.open_pulse(by_slip=6)
    texts = [
        answer.enter_code(Client(), pulse, code, IN_TIME).content.decode()
        for code in (answer.codes_of(elsewhere)[0], "2222222222")
    ]
    assert all("not one of this pulse" in text for text in texts)
    assert texts[0].replace(answer.codes_of(elsewhere)[0], "").count("code") == texts[1].count("code")


def test_codes_can_be_tried_so_often_and_no_more() -> None:
    _school, pulse = answer.open_pulse(by_slip=6)
    client = Client()
    right = answer.codes_of(pulse)[0]
    statuses = [answer.enter_code(client, pulse, "2222222222", IN_TIME).status_code for _try in range(31)]
    assert statuses == [422] * 30 + [429]
    assert answer.enter_code(client, pulse, right, IN_TIME).status_code == 429
    other = Client(REMOTE_ADDR="10.0.0.9")
    assert answer.enter_code(other, pulse, right, IN_TIME).status_code == 200


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"speak": "6"}, "People here say what they think."),
        ({"speak": "0"}, "People here say what they think."),
        ({"speak": "-1"}, "People here say what they think."),
        ({"speak": "four"}, "People here say what they think."),
        ({"hold": "1" * 400}, "People here hold back their doubts."),
    ],
)
def test_answers_out_of_range_are_named_and_the_others_kept(visitor: Client, answers: Any, words: str) -> None:
    school, pulse = answer.open_pulse()
    page = answer.enter(visitor, answer.link_of(pulse, school.staff[0]), IN_TIME)
    response = answer.hand_in(visitor, pulse, page, IN_TIME, wish="Kept words", **answers)
    text = response.content.decode()
    assert response.status_code == 422
    assert f"look at the question “{words}”" in text
    assert "Kept words" in text
    assert text.count("question-wrong") == 1
    assert answer.sheets_in(pulse) == 0
    mended = answer.hand_in(visitor, pulse, response, IN_TIME)
    assert mended.status_code == 302


def test_words_that_are_too_long_are_refused_whole_and_come_back_whole(visitor: Client) -> None:
    school, pulse = answer.open_pulse()
    page = answer.enter(visitor, answer.link_of(pulse, school.staff[0]), IN_TIME)
    long = "é" * REMARK_LIMIT + "!"
    response = answer.hand_in(visitor, pulse, page, IN_TIME, speak="4", wish=long)
    text = response.content.decode()
    assert response.status_code == 422
    assert "is longer than 2000 characters" in text
    assert long in text
    assert 'value="4" checked' in text
    assert text.count("question-wrong") == 1
    assert "maxlength" not in text
    assert answer.sheets_in(pulse) == 0
    # A browser sends each line end as two characters, which nobody wrote.
    fits = "a\r\n" * (REMARK_LIMIT // 2)
    assert answer.hand_in(visitor, pulse, response, IN_TIME, wish=fits).status_code == 302
    assert answer.sheets_in(pulse) == 1


def test_no_sheet_is_taken_with_words_cut_off() -> None:
    school, pulse = answer.open_pulse()
    with pytest.raises(Invalid, match="text_too_long"):
        worlds.answer(
            worlds.invitation_of(pulse, school.staff[0]), {"speak": 4}, at=IN_TIME, remarks={"wish": "x" * 2001}
        )
    assert answer.sheets_in(pulse) == 0


def test_a_form_of_another_version_is_refused_with_what_was_typed(visitor: Client) -> None:
    school, pulse = answer.open_pulse()
    page = answer.enter(visitor, answer.link_of(pulse, school.staff[0]), IN_TIME)
    for more in ({"version-of": "0" * 32}, {"an_item_of_old": "3"}):
        with time.at(IN_TIME):
            response = visitor.post(answer.sheet_url(pulse), {**answer.hidden(page), **answer.FULL, **more})
        text = response.content.decode()
        assert response.status_code == 409
        assert "not the ones that this pulse asks" in text
        assert "More time together." in text
        assert 'value="4" checked' in text
    assert answer.sheets_in(pulse) == 0


def test_nothing_answered(visitor: Client) -> None:
    school, pulse = answer.open_pulse()
    page = answer.enter(visitor, answer.link_of(pulse, school.staff[0]), IN_TIME)
    response = answer.hand_in(visitor, pulse, page, IN_TIME, speak="", wish="   ")
    assert response.status_code == 422
    assert "No question was answered" in response.content.decode()
    assert answer.sheets_in(pulse) == 0


def test_before_it_opens_and_after_it_has_closed(visitor: Client) -> None:
    school, pulse = answer.open_pulse(by_slip=6)
    link = answer.link_of(pulse, school.staff[9])
    early = answer.enter(visitor, link, pulse.opens_at - answer.HOUR)
    assert "It is not open yet" in early.content.decode()
    late = answer.enter(Client(), link, pulse.closes_at + answer.HOUR)
    assert late.status_code == 200
    assert "It has closed" in late.content.decode()
    code = answer.codes_of(pulse)[0]
    expired = answer.enter_code(Client(), pulse, code, pulse.closes_at + answer.HOUR)
    assert "It has closed" in expired.content.decode()
    assert 'name="speak"' not in expired.content.decode()
    worlds.close(pulse)
    closed = answer.enter(Client(), link, pulse.closes_at + answer.HOUR)
    assert "It has closed" in closed.content.decode()
    assert f'data-forget="{pulse.id}"' in closed.content.decode()


def test_a_sheet_begun_in_time_counts_by_the_grace(visitor: Client) -> None:
    school, pulse = answer.open_pulse()
    minute = dt.timedelta(minutes=1)
    began, late = Client(), Client()
    link = answer.link_of(pulse, school.staff[0])
    page = answer.enter(began, link, pulse.closes_at - minute)
    # Loaded again, and the link opened again, after closing: it was begun in time all the same.
    for url in (answer.sheet_url(pulse), link):
        page = answer.enter(began, url, pulse.closes_at + minute)
        assert "Question 1 of 3" in page.content.decode(), url
    assert "It has closed" in answer.enter(late, link, pulse.closes_at + minute).content.decode()
    done = answer.hand_in(began, pulse, page, pulse.closes_at + 29 * minute)
    assert done.status_code == 302
    assert answer.sheets_in(pulse) == 1


def test_a_sheet_that_comes_after_the_grace_keeps_what_was_typed(visitor: Client) -> None:
    school, pulse = answer.open_pulse()
    page = answer.enter(visitor, answer.link_of(pulse, school.staff[0]), pulse.closes_at - answer.HOUR)
    response = answer.hand_in(visitor, pulse, page, pulse.closes_at + answer.HOUR)
    text = response.content.decode()
    assert response.status_code == 409
    assert "has closed" in text
    assert "More time together." in text
    assert answer.sheets_in(pulse) == 0


def test_a_clock_that_is_set_back_loses_nobody(visitor: Client) -> None:
    school, pulse = answer.open_pulse()
    page = answer.enter(visitor, answer.link_of(pulse, school.staff[0]), pulse.closes_at - dt.timedelta(minutes=5))
    assert answer.hand_in(visitor, pulse, page, pulse.closes_at - answer.HOUR).status_code == 302


@pytest.mark.parametrize("broken", ["key", "disk"])
def test_a_server_that_cannot_take_answers_says_so_and_keeps_them(
    visitor: Client, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, pulse = answer.open_pulse()
    page = answer.enter(visitor, answer.link_of(pulse, school.staff[0]), IN_TIME)
    if broken == "key":
        keys.destroy(pulse.id)
    else:
        monkeypatch.setattr(keys, "add", _refuse)
    response = answer.hand_in(visitor, pulse, page, IN_TIME)
    assert response.status_code == 503
    assert "More time together." in response.content.decode()
    assert not Invitation.objects.get(pulse=pulse, person=school.staff[0]).answered


def _refuse(*_arguments: Any) -> bytes:
    raise OSError(28, "No space left on device")


# --- after ------------------------------------------------------------------------------------------------------------
def test_the_thanks_say_when_the_results_come_and_nothing_else(visitor: Client) -> None:
    school, pulse = answer.open_pulse()
    page = answer.enter(visitor, answer.link_of(pulse, school.staff[0]), IN_TIME)
    done = answer.hand_in(visitor, pulse, page, IN_TIME)
    with time.at(IN_TIME):
        thanks = visitor.get(done["Location"])
        back: Any = visitor.get(answer.sheet_url(pulse), follow=True)
    text = thanks.content.decode()
    assert "Thank you" in text
    assert "Tuesday, 10 Mar 2026, 08:00" in text
    assert "More time" not in text
    assert school.unit.name not in text
    assert "Question 1 of" not in back.content.decode()


def test_who_does_not_know_the_pulse_learns_nothing_of_it(visitor: Client) -> None:
    school = worlds.build_school()
    draft = worlds.prepare(school.unit, school.steward)
    for name in ("answer_by_code", "answer_thanks"):
        assert visitor.get(reverse(f"listen:{name}", args=[draft.id])).status_code == 404
    stranger = client_of(worlds.build_school().staff[0])
    assert stranger.get(reverse("listen:answer", args=[draft.id])).status_code == 404


# --- how little it takes ----------------------------------------------------------------------------------------------
def test_handing_in_asks_the_database_as_little_as_can_be(
    visitor: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    school, pulse = answer.open_pulse()
    data = {
        "way-in": answer.ticket_for(pulse, school.staff[0], IN_TIME),
        "version-of": pulse.instrument_id.hex,
        **answer.FULL,
    }
    worlds.answer_all(pulse, school.staff[1:2])
    visitor.post(answer.sheet_url(pulse), {**data, "way-in": answer.ticket_for(pulse, school.staff[1], IN_TIME)})
    # The scope twice (on PostgreSQL), the invitation, a savepoint, the tray, the mark, the tray again, its end; what is
    # asked was read for the one before.
    scopes = 2 if connection.vendor == "postgresql" else 0
    with time.at(IN_TIME), django_assert_num_queries(6 + scopes):
        assert visitor.post(answer.sheet_url(pulse), data).status_code == 302


def test_the_questions_need_the_same_queries_however_many_they_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    school = worlds.build_school(teams=(8, 7))
    for key in ("heartbeat", "trust"):
        version = versions.keep_shipped(make.actor_of(school.steward), key)
        _school, pulse = answer.open_pulse(school, version=version)
        client = Client()
        answer.enter(client, answer.link_of(pulse, school.staff[0]), IN_TIME)
        scopes = 2 if connection.vendor == "postgresql" else 0
        with time.at(IN_TIME), django_assert_num_queries(1 + scopes):
            assert client.get(answer.sheet_url(pulse)).status_code == 200
