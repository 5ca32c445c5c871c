"""What is read from a sheet of every kind of question, and in which words and languages people are asked."""

from __future__ import annotations

import pytest
from django.core import mail
from django.http import QueryDict
from django.test import Client
from django.utils import translation

from collegium.base import time
from collegium.listen import instruments
from collegium.listen.errors import Conflict
from collegium.listen.forms.answering import Sheet, read_sheet
from collegium.listen.languages import speaking
from collegium.listen.models import Pulse
from collegium.listen.services import mailing
from tests.listen import answering_helpers as answer
from tests.listen import worlds

EVERY_KIND = instruments.read(answer.EVERY_KIND)
IN_TIME = worlds.START + answer.HOUR


def read(query: str) -> Sheet:
    return read_sheet(EVERY_KIND, QueryDict(query))


def test_every_kind_of_answer_is_read() -> None:
    sheet = read("speak=4&pair.left=2&pair.right=5&where=2&which=coach&which=visit&hours=+12+&wish=Time%0D%0A")
    assert sheet.answers == {
        "speak": 4,
        "pair.left": 2,
        "pair.right": 5,
        "where": 2,
        "which.visit": 1,
        "which.plan": 0,
        "which.coach": 1,
        "hours": 12,
    }
    assert sheet.remarks == {"wish": "Time"}
    assert not sheet.wrong


def test_what_is_left_out_stays_left_out() -> None:
    assert read("speak=&pair.left=&hours=&wish=&which=") == Sheet()
    # Half a pair is an answer; no tick at all is none, rather than a no to everything.
    assert read("pair.right=3").answers == {"pair.right": 3}


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("which=gliding", "which"),
        ("which=coach&which=gliding", "which"),
        ("where=4", "where"),
        ("hours=41", "hours"),
        ("hours=4.5", "hours"),
        ("hours=%D9%A3", "hours"),
        ("pair.left=6", "pair"),
        ("speak=1e3", "speak"),
    ],
)
def test_what_no_question_offers_is_wrong(query: str, wrong: str) -> None:
    sheet = read(query)
    assert sheet.wrong == (wrong,)
    assert not any(key.startswith(wrong) for key in sheet.answers)


@pytest.mark.parametrize("query", ["pair=3", "pair.middle=3", "which.coach=1", "an_old_item=2", "speak.left=2"])
def test_a_name_that_no_question_has_is_of_another_version(query: str) -> None:
    with pytest.raises(Conflict) as refused:
        read(query)
    assert refused.value.code == "other_version"


# --- before the first question ----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_first_screen_says_what_nobody_can_do_and_what_is_still_possible() -> None:
    school, pulse = answer.open_pulse(k=7)
    text = answer.enter(Client(), answer.link_of(pulse, school.staff[0]), IN_TIME).content.decode()
    first = text[text.index('data-step="intro"') : text.index('data-step="question"')]
    for words in (
        "Nothing is ever shown about fewer than 7 people",
        "nobody sees them earlier, and nobody can hold them back",
        "Tuesday, 10 Mar 2026, 08:00",
        "Stewards can withhold single comments",
        "Single sheets are destroyed when the pulse closes",
        "Whoever runs the network or the web server",
        "move in steps of 7",
    ):
        assert words in first, words


# --- mail -------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_invitation_leads_to_the_questions_and_promises_no_more_than_is_true() -> None:
    school, pulse = answer.open_pulse(why="We want to plan the autumn.")
    with time.at(pulse.opens_at):
        mailing.invite(report=_quietly, pulse_id=str(pulse.id))
    first = mail.outbox[0]
    words = " ".join(str(first.body).split())
    for part in (
        f"{school.unit.name} would like to know",
        "We want to plan the autumn.",
        "It takes about 1 min.",
        "kept without names, times or order",
        "closes by itself on Monday, 9 Mar 2026, at 08:00.",
        "sees the results on Tuesday, 10 Mar 2026, at 08:00.",
    ):
        assert part in words
    link = next(word for word in words.split() if "/a/" in word)
    page = answer.enter(Client(), link[link.index("/a/") :], IN_TIME)
    assert "Question 1 of 3" in page.content.decode()
    assert len({mail.body for mail in mail.outbox}) == len(school.staff)


def _quietly(_done: int, _total: int, _step: str = "") -> None:
    """Take the report of a job that nobody watches."""


# --- languages --------------------------------------------------------------------------------------------------------
def test_what_stands_around_the_questions_is_said_in_a_language_this_house_speaks() -> None:
    with translation.override("en-gb"):
        for language in ("en", "en-gb", "xx", "de", ""):
            with speaking(language):
                assert translation.get_language() == "en-gb", language
    with translation.override("cy"), speaking("en-gb"):
        assert translation.get_language() == "en-gb"


@pytest.mark.django_db
def test_questions_say_which_language_and_direction_they_have() -> None:
    arabic = worlds.SMALL.replace('languages = ["en"]', 'languages = ["ar"]')
    school = worlds.build_school(teams=(8, 7))
    version = worlds.keep_instrument(school.community, arabic)
    _school, pulse = answer.open_pulse(school, version=version)
    assert Pulse.objects.get(id=pulse.id).language == "ar"
    text = answer.enter(Client(), answer.link_of(pulse, school.staff[0]), IN_TIME).content.decode()
    assert '<div class="questions" lang="ar" dir="rtl">' in text
    assert '<html lang="en' in text
