"""The pages on which people promise, check in, and say whether a promise was kept, as browsers without script do."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.intend.models import CheckIn, Commitment, ConfirmationRound
from collegium.intend.promise_enums import Audience, Going, Kept, PromiseState, Question
from collegium.intend.services.promising import By, To
from tests import factories as make
from tests.intend import promised
from tests.intend.promised import DUE, NOON, School
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


def read(client: Client, url: str, at: dt.datetime = NOON, status: int = 200) -> str:
    with time.at(at):
        response: Any = client.get(url)
    assert response.status_code == status, (url, response.status_code)
    return str(response.content.decode())


def send(client: Client, url: str, at: dt.datetime = NOON, **data: Any) -> Any:
    with time.at(at):
        return client.post(url, data)


def of(promise: Commitment, name: str = "promise") -> str:
    return reverse(f"intend:{name}", args=[promise.id])


def list_url(school: School) -> str:
    return reverse("intend:promises", args=[school.unit.slug])


def test_somebody_promises_something_with_what_a_form_needs() -> None:
    school = promised.build_school(accounts=True)
    client, add = client_of(school.head), reverse("intend:promise_add", args=[school.unit.slug])
    assert "Nothing is promised yet" in read(client, list_url(school))
    assert school.staff[0].full_name in read(client, add)
    sent = {"what": "No meeting after four.", "by": "me", "audience": Audience.SCHOOL, "due_on": DUE.isoformat()}
    for wrong, words in (
        ({"what": ""}, "Please fill this in."),
        ({"due_on": "2026-02-01"}, "is still to come"),
        ({"due_on": "soon"}, "Enter a valid date"),
        ({"audience": Audience.GROUP}, "Choose one."),
        ({"by": "person:nobody"}, "Please choose one of these."),
        ({"second": str(make.make_person(school.community).id)}, "Please choose one of these."),
    ):
        response = send(client, add, **(sent | wrong))
        assert (response.status_code, words in response.content.decode()) == (422, True), wrong
    made = send(client, add, **sent, second=str(school.staff[0].id))
    promise = Commitment.objects.get()
    assert made["Location"] == of(promise)
    assert (promise.state, promise.second, promise.to_unit) == (PromiseState.MADE, school.staff[0], school.unit)
    page = read(client, of(promise))
    assert all(words in page for words in ("No meeting after four.", f"all of {school.unit.name}", "Check in"))
    assert "No meeting after four." in read(client, list_url(school))
    colleague = read(client_of(school.staff[3]), of(promise))
    assert "Check in" not in colleague
    assert of(promise, "promise_note") in colleague


def test_a_promise_is_proposed_to_a_colleague_who_makes_it_and_another_answers_it() -> None:
    school = promised.build_school(accounts=True)
    head, teacher = client_of(school.head), client_of(school.staff[0])
    add = reverse("intend:promise_add", args=[school.unit.slug])
    sent = {"what": "I visit each class.", "audience": Audience.COLLEAGUES, "due_on": DUE.isoformat()}
    send(head, add, **sent, by=f"person:{school.staff[0].id}")
    promise = Commitment.objects.get()
    assert "It is proposed" in read(head, of(promise))
    with time.at(NOON):
        assert head.get(of(promise, "promise_make")).status_code == 403
    assert send(teacher, of(promise, "promise_make"), due_on=DUE.isoformat())["Location"] == of(promise)
    answer = f"{add}?answers={promise.id}"
    assert answer.replace("&", "&amp;") in read(head, of(promise))
    form = read(head, answer)
    assert "I visit each class." in form
    send(
        head,
        answer,
        what="We keep doors open.",
        by="me",
        audience="person",
        to_person=str(school.staff[0].id),
        due_on=DUE,
    )
    assert "We keep doors open." in read(teacher, of(promise))
    assert read(head, f"{add}?answers=nonsense")


def test_a_check_in_takes_one_choice_and_offers_the_five_questions() -> None:
    school = promised.build_school(accounts=True)
    promise, client = promised.promise(school), client_of(school.head)
    url = of(promise, "promise_check_in")
    page = read(client, url)
    assert all(each.prompt in page for each in Question)
    assert f'value="{Question.PURPOSE}"' in page
    assert f'value="{Question.REFRAMING}"' in read(client, f"{url}?question=reframing")
    assert send(client, url).status_code == 422
    assert send(client, url, going=Going.STUCK)["Location"] == of(promise)
    send(client, url, going=Going.WELL, question="doing", text="We <b>tried</b>.", next_step="Ask Ada")
    page = read(client, of(promise))
    assert all(words in page for words in ("We &lt;b&gt;tried&lt;/b&gt;.", "Ask Ada", "Stuck", "Going well"))
    assert CheckIn.objects.count() == 2


def test_rewording_shows_both_when_somebody_was_quicker() -> None:
    school = promised.build_school(accounts=True)
    promise, client = promised.promise(school), client_of(school.head)
    url = of(promise, "promise_reword")
    sent = {"what": "Within one day.", "reason": "Better.", "seen": promise.version}
    assert send(client, url, **sent)["Location"] == of(promise)
    response = send(client, url, **(sent | {"what": "Within an hour."}))
    text = response.content.decode()
    assert response.status_code == 422
    assert all(words in text for words in ("Within an hour.", "Within one day.", "has reworded this promise"))
    assert "within two days" in read(client, of(promise)), "the former words stay"


def test_an_overdue_promise_opens_a_conversation_and_goes_on_with_a_reason() -> None:
    school = promised.build_school(accounts=True)
    promise, client, later = promised.promise(school), client_of(school.head), NOON + dt.timedelta(days=120)
    page = read(client, of(promise), later)
    assert "a reason to talk, not to blame" in page
    assert "its day has passed" in read(client, f"{list_url(school)}?show=overdue", later)
    assert send(client_of(school.staff[2]), of(promise, "promise_note"), later, text="Can we help?").status_code == 302
    assert "Can we help?" in read(client, of(promise), later)
    new_day = (later + dt.timedelta(days=20)).date().isoformat()
    assert send(client, of(promise, "promise_renew"), later, due_on=new_day).status_code == 422
    send(client, of(promise, "promise_renew"), later, due_on=new_day, reason="We were two short.")
    assert "We were two short." in read(client, of(promise), later)
    send(client, of(promise, "promise_release"), later, reason="Nobody needs it any more.")
    page = read(client_of(school.staff[2]), of(promise), later)
    assert "Nobody needs it any more." in page
    assert "It is settled: released" in page


def test_those_it_was_made_to_are_told_who_learns_what_before_they_say_anything() -> None:
    school = promised.build_school(accounts=True)
    promise, head = promised.promise(school), client_of(school.head)
    asking_page = read(head, of(promise, "promise_ask"))
    assert all(words in asking_page for words in ("8 people are asked", "Nobody learns who said what"))
    assert send(head, of(promise, "promise_ask"), claim=Kept.KEPT)["Location"] == of(promise)
    assert "are being asked" in read(head, of(promise))
    client, confirm = client_of(school.staff[0]), of(promise, "promise_confirm")
    page = read(client, confirm)
    assert all(
        words in page for words in ("Nobody can tell which is yours", "They see it as: kept", "more than 5 answer")
    )
    assert send(client, confirm).status_code == 422
    assert send(client, confirm, said=Kept.PARTLY)["Location"] == reverse("people:my_part")
    again = send(client, confirm, said=Kept.KEPT)
    assert "You have answered already" in again.content.decode()
    assert "You have answered." in read(client, of(promise))
    with time.at(NOON):
        assert head.get(confirm).status_code == 404
    for person in school.staff[1:7]:
        promised.answer(ConfirmationRound.objects.get(), person)
    assert promised.close(ConfirmationRound.objects.get()).state == PromiseState.KEPT
    page = read(client_of(school.staff[7]), of(promise), NOON + dt.timedelta(days=20))
    assert "At least 5 answered, and nobody can tell who said what." in page


def test_a_few_are_told_that_their_names_are_shown() -> None:
    school = promised.build_school(accounts=True)
    promise = promised.promise(school, to=To(audience=Audience.GROUP, group=school.group))
    asking = promised.ask(promise, school.head)
    assert "shown with your name" in read(client_of(school.staff[0]), of(promise, "promise_confirm"))
    promised.answer(asking, school.staff[0], Kept.NOT_KEPT)
    promised.close(asking)
    page = read(client_of(school.head), of(promise), NOON + dt.timedelta(days=20))
    assert f"{school.staff[0].full_name}: not kept" in page


def test_a_promise_without_an_owner_is_taken_over_from_its_page() -> None:
    school = promised.build_school(accounts=True)
    promise = promised.promise(school, school.staff[4])
    school.staff[4].posts.update(ends_on=promised.TODAY)
    client, owner = client_of(school.staff[5]), of(promise, "promise_owner")
    assert "asks for a new owner" in read(client, list_url(school))
    assert owner in read(client, of(promise))
    assert send(client, owner, by="me")["Location"] == of(promise)
    assert Commitment.objects.get().by_person == school.staff[5]
    with time.at(NOON):
        assert client_of(school.staff[6]).get(owner).status_code == 403
    send(client, of(promise, "promise_second"), second=str(school.staff[6].id))
    assert school.staff[6].full_name in read(client, of(promise))
    assert send(client, of(promise, "promise_second"), second="")["Location"] == of(promise)


def test_the_list_asks_the_database_as_often_for_one_promise_as_for_thirty() -> None:
    school = promised.build_school(accounts=True)
    client, counts = client_of(school.head), []
    for number in (1, 14):
        for each in range(number):
            promised.promise(school, school.staff[each % 3], by=By(group=school.group))
            promised.promise(school, second=school.staff[1])
        with CaptureQueriesContext(connection) as seen:
            read(client, list_url(school))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 32
    page = read(client, f"{list_url(school)}?q=nowhere+at+all&page=99&show=nonsense")
    assert "No promise has these words" in page
