"""A person about their own sign-in: password, devices, and confirming that it is still them."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from collegium.people.models import Person
from collegium.people.queries.own_sign_in import name_browser
from tests import factories
from tests.people.sign_in.helpers import CONFIRM, ask_for_code, client_of, mailed_code

pytestmark = pytest.mark.django_db

PASSWORD = "four larks over thornmere"
LONG_AGO_S = 16 * 60
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
ASK = "/account/confirm/"


@pytest.fixture
def person() -> Person:
    return factories.make_person(factories.make_community(), "Ada", email="ada@school.example")


def sign_in_with_password(client: Client, email: str, password: str = PASSWORD) -> int:
    return client.post("/account/login/password/", {"login": email, "password": password}).status_code


# --- password ---------------------------------------------------------------------------------------------------------
def test_a_person_sets_a_password_and_signs_in_with_it(person: Person) -> None:
    client = client_of(person)
    assert client.post("/account/password/", {"password1": PASSWORD}).status_code == 302
    assert client.get("/account/").status_code == 200  # still signed in here

    newcomer = Client()
    assert sign_in_with_password(newcomer, "ADA@school.example") == 302
    assert newcomer.session["_auth_user_id"] == str(person.account_id)


def test_another_password_ends_the_other_sessions_and_is_told_by_mail(person: Person) -> None:
    here, elsewhere = client_of(person), client_of(person)
    here.post("/account/password/", {"password1": PASSWORD})
    assert elsewhere.get("/account/").status_code == 302
    assert [message.subject for message in mail.outbox] == ["A password was set for Collegium"]
    assert "Ada" not in str(mail.outbox[0].body)


@pytest.mark.parametrize("weak", ["short", "1234567890123", "password123", "ada@school.example"])
def test_weak_passwords_are_refused_with_reasons(person: Person, weak: str) -> None:
    response = client_of(person).post("/account/password/", {"password1": weak})
    assert response.status_code == 422
    assert "aria-invalid" in response.content.decode()


def test_a_wrong_password_opens_nothing(person: Person) -> None:
    client_of(person).post("/account/password/", {"password1": PASSWORD})
    client = Client()
    assert sign_in_with_password(client, person.email, "not this one at all") == 422
    assert "_auth_user_id" not in client.session


def test_guessing_passwords_is_stopped_even_for_the_right_one(person: Person) -> None:
    client_of(person).post("/account/password/", {"password1": PASSWORD})
    for _attempt in range(5):
        sign_in_with_password(Client(), person.email, "not this one at all")
    assert sign_in_with_password(Client(), person.email) == 422


# --- confirming -------------------------------------------------------------------------------------------------------
def test_setting_a_password_long_after_signing_in_asks_first(person: Person) -> None:
    client = client_of(person, shown_s_ago=LONG_AGO_S)
    for response in (client.get("/account/password/"), client.post("/account/password/", {"password1": PASSWORD})):
        assert response["Location"] == "/account/confirm/?next=%2Faccount%2Fpassword%2F"
    person.account.refresh_from_db()  # type: ignore[union-attr]
    assert not person.account.has_usable_password()  # type: ignore[union-attr]


def test_a_session_that_says_nothing_about_when_counts_as_long_ago(person: Person) -> None:
    client = client_of(person)
    session = client.session
    del session["account_authentication_methods"]
    session.save()
    assert client.get("/account/password/").status_code == 302


def test_confirming_with_a_code_leads_back(person: Person) -> None:
    client = client_of(person, shown_s_ago=LONG_AGO_S)
    assert client.post(ASK, {"way": "send", "next": "/account/password/"}).status_code == 302
    assert mail.outbox[-1].to == [person.email]
    response = client.post(ASK, {"way": "code", "code": mailed_code(), "next": "/account/password/"})
    assert response["Location"] == "/account/password/"
    assert client.get("/account/password/").status_code == 200


def test_a_confirming_code_works_once(person: Person) -> None:
    client = client_of(person, shown_s_ago=LONG_AGO_S)
    client.post(ASK, {"way": "send"})
    code = mailed_code()
    client.post(ASK, {"way": "code", "code": code})
    assert person.account is not None
    from tests.people.sign_in.helpers import show

    show(client, person.account, LONG_AGO_S)
    client.post(ASK, {"way": "code", "code": code})
    assert client.get("/account/password/").status_code == 302


def test_three_wrong_confirming_codes_need_a_new_one(person: Person) -> None:
    client = client_of(person, shown_s_ago=LONG_AGO_S)
    client.post(ASK, {"way": "send"})
    code = mailed_code()
    assert [client.post(ASK, {"way": "code", "code": "0000-0001"}).status_code for _attempt in range(3)] == [
        422,
        422,
        302,
    ]
    client.post(ASK, {"way": "code", "code": code})
    assert client.get("/account/password/").status_code == 302


def test_a_code_to_sign_in_does_not_confirm(person: Person) -> None:
    client = client_of(person, shown_s_ago=LONG_AGO_S)
    code = ask_for_code(Client(), person.email)
    client.post(ASK, {"way": "code", "code": code})
    assert client.get("/account/password/").status_code == 302


def test_confirming_with_the_password(person: Person) -> None:
    client_of(person).post("/account/password/", {"password1": PASSWORD})
    client = client_of(person, shown_s_ago=LONG_AGO_S)
    assert client.post(ASK, {"way": "password", "password": "not this one at all"}).status_code == 422
    assert client.post(ASK, {"way": "password", "password": PASSWORD}).status_code == 302
    assert client.get("/account/password/").status_code == 200


@pytest.mark.parametrize("way", ["password", "code", "passkey", "demo", ""])
def test_a_way_that_the_person_does_not_have_confirms_nothing(person: Person, way: str) -> None:
    client = client_of(person, shown_s_ago=LONG_AGO_S)
    client.post(ASK, {"way": way, "password": "", "code": "", "credential": "{}"})
    client.post(ASK, {"way": way, "password": "x", "code": "1234-5678", "credential": '{"id": "x"}'})
    assert client.get("/account/password/").status_code == 302


def test_confirming_never_leads_to_another_site(person: Person) -> None:
    client = client_of(person, shown_s_ago=LONG_AGO_S)
    client.post(ASK, {"way": "send", "next": "//evil.example/"})
    response = client.post(ASK, {"way": "code", "code": mailed_code(), "next": "//evil.example/"})
    assert response["Location"] == "/account/"


def test_confirming_is_limited(person: Person) -> None:
    client = client_of(person, shown_s_ago=LONG_AGO_S)
    statuses = [client.post(ASK, {"way": "password", "password": "x"}).status_code for _attempt in range(11)]
    assert statuses[-1] == 429


def test_an_htmx_request_is_sent_to_confirm_as_a_whole_page(person: Person) -> None:
    client = client_of(person, shown_s_ago=LONG_AGO_S)
    response = client.get("/account/password/", headers={"HX-Request": "true"})
    assert response["HX-Redirect"].startswith(ASK)


# --- devices ----------------------------------------------------------------------------------------------------------
def test_devices_are_listed_and_ended_one_by_one(person: Person) -> None:
    there = Client(headers={"user-agent": FIREFOX})
    there.post(CONFIRM, {"code": ask_for_code(there, person.email)})
    here = Client()
    here.post(CONFIRM, {"code": ask_for_code(here, person.email)})
    page = here.get("/account/").content.decode()
    assert "Firefox on Windows" in page
    assert "this one" in page

    other = UserSession.objects.get(session_key=there.session.session_key)
    assert here.post("/account/devices/end/", {"device": other.pk}).status_code == 302
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_all_other_devices_are_ended_at_once(person: Person) -> None:
    clients = [Client() for _number in range(3)]
    for client in clients:
        client.post(CONFIRM, {"code": ask_for_code(client, person.email)})
    clients[0].post("/account/devices/end/")
    assert [client.get("/account/").status_code for client in clients] == [200, 302, 302]


def test_nobody_ends_the_session_of_somebody_else(person: Person) -> None:
    victim = Client()
    victim.post(CONFIRM, {"code": ask_for_code(victim, person.email)})
    session = UserSession.objects.get(session_key=victim.session.session_key)
    stranger = client_of(factories.make_person(person.community))
    for device in (session.pk, "0", "x"):
        assert stranger.post("/account/devices/end/", {"device": device}).status_code == 404
    assert victim.get("/account/").status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox on Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("", "An unknown browser"),
    ],
)
def test_browsers_are_named_in_words(user_agent: str, name: str) -> None:
    assert name_browser(user_agent) == name
