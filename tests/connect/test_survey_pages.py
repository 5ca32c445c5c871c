"""The pages that open a tie survey, and those on which people name colleagues, as browsers without script send them."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime

from collegium.base import time
from collegium.connect.models import Tie, TieWave
from collegium.connect.services import surveying
from collegium.listen.models import InstrumentVersion
from collegium.people.enums import UnitKind
from collegium.people.models import Person
from tests import factories as make
from tests.connect import worlds
from tests.listen import worlds as schools
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


def read(client: Client, url: str, at: dt.datetime = worlds.DURING) -> str:
    with time.at(at):
        response: Any = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return str(response.content.decode())


def send(client: Client, url: str, at: dt.datetime = worlds.DURING, **data: Any) -> Any:
    with time.at(at):
        return client.post(url, data)


def of_unit(name: str, asked: Any, *args: Any) -> str:
    return reverse(f"connect:{name}", args=[asked.unit.slug, *args])


def question(wave: TieWave, number: int = 1) -> str:
    return reverse("connect:answer_question", args=[wave.id, number])


def tick(*people: Person, often: int | None = None, do: str = "next", q: str = "") -> dict[str, Any]:
    """Return what a browser sends for these people."""
    sent: dict[str, Any] = {"person": [str(person.id) for person in people], "do": do, "q": q}
    return sent | ({f"often-{person.id}": often for person in people} if often else {})


# --- opening ----------------------------------------------------------------------------------------------------------
def test_two_clicks_open_a_survey_with_its_defaults() -> None:
    school = schools.build_school(teams=(4, 3), accounts=True)
    client = client_of(school.steward)
    empty = read(client, of_unit("waves", school))
    assert "Nobody has been asked yet" in empty
    assert of_unit("wave_add", school) in empty
    assert of_unit("wave_add", school) not in read(client_of(school.staff[0]), of_unit("waves", school))
    page = read(client, of_unit("wave_add", school))
    assert "7 people are asked" in page
    assert "This is not anonymous." in page
    form = {name: value for name, value in re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', page) if name != "do"}
    levels, reminders = ["classroom", "middle", "senior", "executive", "support"], ["72", "24"]
    sent = {**form, "instrument": worlds.INSTRUMENT, "levels": levels, "reminders": reminders}
    for left_open in ("opens_at", "may_name_partners", "units"):
        sent.pop(left_open, None)
    response = send(client, of_unit("wave_add", school), why="To see who stands alone.", **sent)
    wave = TieWave.objects.get()
    assert response["Location"] == of_unit("wave", school, wave.id)
    assert (wave.title, wave.why) == ("Who turns to whom, March 2026", "To see who stands alone.")
    assert localtime(wave.closes_at).strftime("%Y-%m-%d %H:%M") == "2026-03-16 16:00"
    assert (wave.remind_before_hours, wave.may_name_partners) == ([72, 24], False)
    again = send(client, of_unit("wave_add", school), **sent)
    assert again.status_code == 422
    assert "being asked already" in again.content.decode()
    assert TieWave.objects.count() == 1


def test_a_survey_of_schools_lets_other_schools_be_named_unless_one_chooses_otherwise() -> None:
    alliance = make.make_unit(make.make_community(), kind=UnitKind.ALLIANCE)
    client = client_of(make.steward_of(alliance))
    page = read(client, reverse("connect:wave_add", args=[alliance.slug]))
    assert re.search(r'name="may_name_partners"[^>]*checked', page)


def test_what_is_missing_is_said_beside_its_field() -> None:
    school = schools.build_school(teams=(5,))
    client = client_of(school.steward)
    response = send(client, of_unit("wave_add", school), title="", closes_at="soon")
    assert response.status_code == 422
    text = response.content.decode()
    assert "Write a day and an hour" in text
    assert 'href="#id_title"' in text


def test_how_far_a_survey_has_come_is_a_number_and_no_name() -> None:
    asked = worlds.ask_school(accounts=True)
    worlds.say(asked.wave, asked.staff[0], {asked.staff[1]: 1})
    Person.objects.filter(id=asked.staff[2].id).update(email="")
    page = read(client_of(asked.school.steward), of_unit("wave", asked.school, asked.wave.id))
    assert "1 of 6 (17%)" in page
    assert "1 of them has no email address" in page
    assert of_unit("wave_stop", asked.school, asked.wave.id) in page
    for person in asked.staff:
        assert person.family_name not in page
    colleague = read(client_of(asked.staff[1]), of_unit("wave", asked.school, asked.wave.id))
    assert "1 of 6 (17%)" in colleague
    assert of_unit("wave_stop", asked.school, asked.wave.id) not in colleague
    assert (start := reverse("connect:answer", args=[asked.wave.id])) in colleague
    assert start not in page, "the steward is not asked"


def test_a_survey_is_stopped_after_saying_what_that_does() -> None:
    asked = worlds.ask_school(accounts=True)
    client = client_of(asked.school.steward)
    url = of_unit("wave_stop", asked.school, asked.wave.id)
    assert "is deleted" in read(client, url)
    assert send(client, url).status_code == 302
    assert "stopped" in read(client, of_unit("waves", asked.school))
    assert "not open any more" in send(client, url).content.decode()
    assert "was stopped" in read(client_of(asked.staff[0]), reverse("connect:answer", args=[asked.wave.id]))


def test_the_questions_can_be_read_copied_and_asked_in_ones_own_words() -> None:
    school = schools.build_school(teams=(6,), accounts=True)
    client = client_of(school.steward)
    shipped = reverse("listen:instrument", args=[school.unit.slug, worlds.INSTRUMENT])
    assert shipped in read(client, of_unit("wave_add", school))
    assert "Name colleagues" in read(client, shipped)
    copied = send(client, f"{shipped}copy/", title="Our ties")
    assert copied["Location"].endswith("/our_who_turns_to_whom/edit/")
    item = reverse("listen:instrument_item", args=[school.unit.slug, "our_who_turns_to_whom", "advice"])
    (seen,) = re.findall(r'name="seen" value="([^"]*)"', read(client, item))
    assert send(client, item, text_en="Whom do you ask?", seen=seen).status_code == 302
    assert "Our ties: 5 questions" in read(client, of_unit("wave_add", school))
    assert "Our ties" not in read(client, reverse("listen:pulse_add", args=[school.unit.slug]))
    version = InstrumentVersion.objects.get(key="our_who_turns_to_whom")
    times = {"title": "Ours", "closes_at": worlds.CLOSES}
    with time.at(worlds.OPENS):
        actor = make.actor_of(school.steward)
        wave = surveying.open_survey(actor=actor, unit=school.unit, instrument=str(version.id), **times)
    layer = worlds.layer_of(wave)
    assert (layer.prompt, layer.most, len(layer.labels)) == ("Whom do you ask?", 15, 3)


@pytest.mark.parametrize(("few", "answered"), [((3, 2), "1 of 6 (17%)"), ((3,), "1 of 9 (11%)")])
def test_a_school_follows_the_survey_of_its_alliance(few: tuple[int, ...], answered: str) -> None:
    """Where the rest are fewer than five, they would be the whole less the school: it hears of the whole alone."""
    community = make.make_community()
    alliance = make.make_unit(community, "The Alliance", kind=UnitKind.ALLIANCE)
    one = schools.build_school(community, teams=(4, 2), within=alliance, accounts=True)
    small, *_others = (schools.build_school(community, teams=(size,), within=alliance, accounts=True) for size in few)
    wave = worlds.open_wave(alliance, make.steward_of(alliance))
    worlds.hand_in(wave, one.staff[0])
    client = client_of(one.steward)
    page = read(client, of_unit("waves", one))
    assert all(words in page for words in ("The Alliance", answered))
    assert of_unit("wave_add", one) not in page
    survey = read(client, of_unit("wave", one, wave.id))
    assert answered in survey
    assert of_unit("wave_stop", one, wave.id) not in survey
    assert "People are being asked" in read(client, of_unit("unit_connect", one))
    with time.at(worlds.DURING):
        assert client.get(of_unit("wave_stop", one, wave.id)).status_code == 404
    assert "not shown (fewer than 5 people)" in read(client_of(small.steward), of_unit("wave", small, wave.id))
    team = read(client_of(one.staff[0]), reverse("connect:wave", args=[one.teams[0].slug, wave.id]))
    assert f"1 of {6 + sum(few)} (" in team
    elsewhere = schools.build_school(community, teams=(5,), accounts=True)
    with time.at(worlds.DURING):
        other = client_of(elsewhere.steward)
        assert other.get(of_unit("wave", elsewhere, wave.id)).status_code == 404


# --- answering --------------------------------------------------------------------------------------------------------
def test_somebody_answers_without_script_from_my_part_to_thanks() -> None:
    asked = worlds.ask_school(accounts=True)
    one, other, third = asked.staff[:3]
    client, wave = client_of(one), asked.wave
    start = reverse("connect:answer", args=[wave.id])
    assert start in read(client, reverse("people:my_part"))
    assert "This is not anonymous." in read(client, start)
    assert question(wave) in read(client, start)
    page = read(client, question(wave))
    assert other.full_name in page
    assert one.full_name not in page
    found = send(client, question(wave), **tick(other, do="search", q=third.family_name))
    assert found["Location"] == f"{question(wave)}?q={third.family_name}"
    page = read(client, found["Location"])
    assert page.index(other.full_name) < page.index(third.full_name), "named first, found after"
    assert asked.staff[4].full_name not in page
    asking = send(client, question(wave), **tick(other, third))
    assert asking["Location"] == f"{question(wave)}?often=1"
    assert "How often was that?" in read(client, asking["Location"])
    assert send(client, question(wave), **tick(other, third, often=2))["Location"] == question(wave, 2)
    assert send(client, question(wave, 2), **tick(do="back"))["Location"] == question(wave)
    for number in (2, 3, 4):
        assert send(client, question(wave, number), **tick())["Location"] == question(wave, number + 1)
    review = reverse("connect:answer_review", args=[wave.id])
    assert send(client, question(wave, 5), **tick(third))["Location"] == review
    assert ", ".join(sorted((other.full_name, third.full_name))) in read(client, review)
    assert not Tie.objects.exists()
    assert send(client, review)["Location"] == reverse("connect:answer_thanks", args=[wave.id])
    assert send(client, review).status_code == 302
    assert Tie.objects.count() == 3
    assert "What you said is handed in" in read(client, reverse("connect:answer_thanks", args=[wave.id]))
    assert "You have handed in" in read(client, start)
    assert "You have handed in." in read(client, reverse("people:my_part"))


def test_to_hand_in_without_how_often_leads_back_and_loses_nothing() -> None:
    asked = worlds.ask_school(accounts=True)
    one, other = asked.staff[:2]
    client, review = client_of(one), reverse("connect:answer_review", args=[asked.wave.id])
    send(client, question(asked.wave), **tick(other))
    response = send(client, review)
    assert response.status_code == 422
    assert "You have not said how often" in response.content.decode()
    assert other.full_name in read(client, question(asked.wave))


def test_what_no_page_sends_is_refused_in_words_and_what_was_kept_stays() -> None:
    asked, elsewhere = worlds.ask_school(accounts=True), worlds.ask_school()
    one, other = asked.staff[:2]
    client = client_of(one)
    send(client, question(asked.wave), **tick(other, often=1))
    for sent, words in [
        (tick(elsewhere.staff[0], often=1), "is not among the people"),
        ({"person": ["no-such-id", "<script>"], "do": "next"}, "is not among the people"),
        ({"person": [str(uuid.uuid4())] * 301, "do": "next"}, "takes 15 at most"),
        (tick(one, often=1), "You named yourself"),
        (tick(other, often=9), "the question does not offer"),
        ({**tick(other), f"often-{other.id}": "1; DROP"}, "the question does not offer"),
        ({"person": [str(other.id)] * 2, "do": "next"}, "the same person twice"),
    ]:
        response = send(client, question(asked.wave), **sent)
        assert (response.status_code, words in response.content.decode()) == (422, True), words
    assert other.full_name in read(client, question(asked.wave))
    assert send(client, question(asked.wave), **tick(other, often=1), next="https://evil.example").status_code == 302
    assert len(read(client, f"{question(asked.wave)}?q={'x' * 5000}%00")) > 0


def test_the_script_finds_people_by_name_and_only_those_who_can_be_named() -> None:
    asked, elsewhere = worlds.ask_school(accounts=True), worlds.ask_school()
    one, other = asked.staff[:2]
    client, url = client_of(one), reverse("connect:answer_people", args=[asked.wave.id, 1])
    with time.at(worlds.DURING):
        assert len(client.get(url).json()["people"]) == 5
        (found,) = client.get(url, {"q": other.family_name}).json()["people"]
        assert found == {
            "id": str(other.id),
            "name": other.full_name,
            "where": f"Teacher, {asked.school.teams[0].name}",
        }
        assert client.get(url, {"q": elsewhere.staff[0].family_name}).json() == {"people": []}
        assert client.get(reverse("connect:answer_people", args=[asked.wave.id, 6])).status_code == 404
        assert client.get(url)["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_too_early_and_too_late_lead_to_a_page_that_says_so() -> None:
    asked = worlds.ask_school(accounts=True, opens_at=worlds.DURING)
    client, start = client_of(asked.staff[0]), reverse("connect:answer", args=[asked.wave.id])
    for at, words in ((worlds.OPENS, "is not open yet"), (worlds.AFTER, "has closed")):
        for method in ("get", "post"):
            with time.at(at):
                assert getattr(client, method)(question(asked.wave))["Location"] == start
                assert (
                    getattr(client, method)(reverse("connect:answer_review", args=[asked.wave.id]))["Location"] == start
                )
        assert words in read(client, start, at)
    with time.at(worlds.AFTER):
        assert start not in client.get(reverse("people:my_part")).content.decode()


# --- one's own --------------------------------------------------------------------------------------------------------
def test_my_ties_shows_what_i_said_and_takes_it_back() -> None:
    asked = worlds.ask_school(accounts=True)
    one, other, third = asked.staff[:3]
    worlds.say(asked.wave, one, {other: 3, third: 1})
    worlds.close(asked.wave)
    client, url = client_of(one), reverse("connect:my_ties")
    page = read(client, url, worlds.AFTER)
    assert all(words in page for words in (other.full_name, "Nearly every day", third.full_name, "Once or twice"))
    tie = Tie.objects.get(target__person=other)
    response = send(client, reverse("connect:my_tie_withdraw", args=[tie.id]), worlds.AFTER)
    assert response["Location"] == url
    assert other.full_name not in read(client, url, worlds.AFTER)
    withdraw = reverse("connect:my_ties_withdraw", args=[asked.wave.id])
    assert "count as one who did not answer" in read(client, withdraw, worlds.AFTER)
    assert send(client, withdraw, worlds.AFTER)["Location"] == url
    assert not Tie.objects.exists()
    assert "have withdrawn it" in read(client, url, worlds.AFTER)


def test_my_mark_and_my_name_are_mine_to_give() -> None:
    asked = worlds.ask_school(accounts=True)
    one, other = asked.staff[:2]
    client, url = client_of(one), reverse("connect:my_ties")
    send(client, reverse("connect:my_mark"), shown="no")
    assert "Your mark is not drawn" in read(client, url)
    send(client, reverse("connect:my_mark"), shown="yes")
    assert "Do not draw my mark" in read(client, url)
    colleague = reverse("connect:my_name_colleague")
    assert other.full_name in read(client, f"{colleague}?q={other.family_name}")
    assert send(client, f"{colleague}?q={other.family_name}", person=str(other.id))["Location"] == url
    assert send(client, f"{colleague}?q={other.family_name}", person=str(uuid.uuid4())).status_code == 422
    unit = reverse("connect:my_name_unit")
    assert asked.school.teams[1].name not in read(client, unit)
    assert send(client, unit, unit=str(asked.school.unit.id))["Location"] == url
    assert send(client, unit, unit=str(asked.school.teams[1].id)).status_code == 422
    page = read(client, url)
    assert f"Everybody who works in {asked.school.unit.name}" in page
    assert other.full_name in page
    for hide in re.findall(r'action="(/me/ties/name/[^"]+/hide/)"', page):
        assert send(client, hide)["Location"] == url
    assert "Nobody. Your name stands" in read(client, url)
    assert "Whom you turn to" in read(client, reverse("people:my_data"))
    with time.at(worlds.DURING):
        assert "your mark is taken off every map" in client.get(reverse("people:my_erasure")).content.decode()


# --- speed ------------------------------------------------------------------------------------------------------------
def test_pages_ask_the_database_as_often_for_five_people_as_for_thirty() -> None:
    counts: dict[str, list[int]] = {}
    for teams, named in (((3, 2), 1), ((15, 15), 12)):
        asked = worlds.ask_school(teams=teams, accounts=True)
        one = asked.staff[0]
        worlds.say(asked.wave, one, dict.fromkeys(asked.staff[1 : named + 1], 1))
        worlds.choose(asked.wave, one, dict.fromkeys(asked.staff[1 : named + 1], 2))
        client, wave = client_of(one), asked.wave
        pages = {
            "question": question(wave),
            "search": f"{question(wave)}?q=ada",
            "review": reverse("connect:answer_review", args=[wave.id]),
            "my ties": reverse("connect:my_ties"),
            "my part": reverse("people:my_part"),
            "surveys": of_unit("waves", asked.school),
            "survey": of_unit("wave", asked.school, wave.id),
        }
        for name, url in pages.items():
            with CaptureQueriesContext(connection) as seen:
                read(client, url)
            counts.setdefault(name, []).append(len(seen))
    assert {name: few for name, (few, _many) in counts.items()} == {name: many for name, (_few, many) in counts.items()}
    gathers_from_every_room = {"my part"}
    assert all(many <= (50 if name in gathers_from_every_room else 40) for name, (_few, many) in counts.items()), counts
