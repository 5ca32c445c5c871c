"""Signing in with a code by mail: the way in for everybody who is invited, and for nobody else."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from collegium.people.models import Account, Person
from tests import factories
from tests.people.sign_in.helpers import CONFIRM, LOGIN, ask_for_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return factories.make_person(factories.make_community(), "Ada", email="ada@school.example")


def test_a_person_without_an_account_signs_in_with_a_code(client: Client, person: Person) -> None:
    code = ask_for_code(client, "Ada@School.Example")
    response = client.post(CONFIRM, {"code": code})

    assert response.status_code == 302
    assert response["Location"] == "/"
    person.refresh_from_db()
    assert person.account is not None
    assert client.session["_auth_user_id"] == str(person.account_id)


@pytest.mark.parametrize("change", [lambda code: code, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_the_code_may_be_typed_with_or_without_its_dash(client: Client, person: Person, change: object) -> None:
    code = ask_for_code(client, person.email)
    assert client.post(CONFIRM, {"code": change(code)}).status_code == 302  # type: ignore[operator]
    assert "_auth_user_id" in client.session


def test_three_wrong_codes_end_the_attempt(client: Client, person: Person) -> None:
    code = ask_for_code(client, person.email)
    for _attempt in range(2):
        response = client.post(CONFIRM, {"code": "0000-0001"})
        assert response.status_code == 422
        assert "not the code" in response.content.decode()
    assert client.post(CONFIRM, {"code": "0000-0001"})["Location"] == LOGIN.replace("login/", "login/code/")
    client.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in client.session


def test_guesses_sent_at_one_moment_are_counted_too(client: Client, person: Person) -> None:
    """Each of them finds the session as it was before the others, so the session alone cannot count them."""
    code = ask_for_code(client, person.email)
    before = dict(client.session.items())
    for number in range(10):
        assert client.post(CONFIRM, {"code": f"0000-{number:04}"}).status_code == 422
        session = client.session
        session.update(before)
        session.save()
    assert client.post(CONFIRM, {"code": code}).status_code == 429
    assert "_auth_user_id" not in client.session


def test_a_code_works_once_and_only_in_its_own_browser(client: Client, person: Person) -> None:
    code = ask_for_code(client, person.email)
    stranger = Client()
    stranger.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in stranger.session

    client.post(CONFIRM, {"code": code})
    client.post("/account/logout/")
    client.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in client.session


def test_an_old_code_opens_nothing(client: Client, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    code = ask_for_code(client, person.email)
    import time

    later = time.time() + 16 * 60
    monkeypatch.setattr("time.time", lambda: later)
    assert client.post(CONFIRM, {"code": code}).status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_page_wanted_comes_after_signing_in_and_never_one_elsewhere(client: Client, person: Person) -> None:
    for wanted, comes in (("/account/", "/account/"), ("https://evil.example/", "/")):
        client.get(LOGIN, {"next": wanted})
        code = ask_for_code(client, person.email, next=wanted)
        assert client.post(CONFIRM, {"code": code, "next": wanted})["Location"] == comes
        client.post("/account/logout/")


def test_the_form_is_easy_on_a_phone(client: Client, person: Person) -> None:
    ask_for_code(client, person.email)
    page = client.get(CONFIRM).content.decode()
    field = re.search(r'<input[^>]*name="code"[^>]*>', page)
    assert field
    assert 'inputmode="numeric"' in field.group()
    assert 'autocomplete="one-time-code"' in field.group()


def test_the_mail_says_what_it_is_for_and_no_more(client: Client, person: Person) -> None:
    code = ask_for_code(client, person.email)
    (message,) = mail.outbox
    html = str(message.alternatives[0][0])  # type: ignore[attr-defined]
    assert message.to == ["ada@school.example"]
    assert code not in message.subject  # a telephone shows subjects while it is locked
    for text in (str(message.body), html):
        assert code in text
        assert "fifteen minutes" in text
        assert "Ada" not in text
        assert "http" not in text
        assert person.community.name not in text


def test_a_session_ends_with_the_browser_unless_asked_to_stay(client: Client, person: Person) -> None:
    client.post(CONFIRM, {"code": ask_for_code(client, person.email)})
    assert client.session.get_expire_at_browser_close()
    client.post("/account/logout/")
    client.post(CONFIRM, {"code": ask_for_code(client, person.email), "remember": "on"})
    assert not client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() == 14 * 24 * 3600


def test_signing_in_links_every_person_with_the_address(client: Client, person: Person) -> None:
    elsewhere = factories.make_person(factories.make_community(), email=person.email)
    client.post(CONFIRM, {"code": ask_for_code(client, person.email)})
    account = Account.objects.get(email=person.email)
    assert set(Person.objects.filter(account=account)) == {person, elsewhere}


def test_a_changed_address_moves_the_person_to_the_new_address(client: Client, person: Person) -> None:
    client.post(CONFIRM, {"code": ask_for_code(client, person.email)})
    Person.objects.filter(id=person.id).update(email="ada.new@school.example")

    home = client.get("/account/")
    assert home.wsgi_request.actor is None  # the old address acts as nobody from the very next request

    newcomer = Client()
    newcomer.post(CONFIRM, {"code": ask_for_code(newcomer, "ada.new@school.example")})
    assert newcomer.get("/account/").wsgi_request.actor.person_id == person.id
    person.refresh_from_db()
    assert person.account is not None
    assert person.account.email == "ada.new@school.example"


def test_an_erased_person_gets_no_account(client: Client) -> None:
    from collegium.base import time

    gone = factories.make_person(factories.make_community(), email="gone@school.example")
    Person.objects.filter(id=gone.id).update(email="", given_name="", family_name="", erased_at=time.now())
    assert ask_for_code(client, "gone@school.example") == ""
    assert not Account.objects.exists()


def test_a_closed_account_is_sent_nothing_that_opens(client: Client, person: Person) -> None:
    account = factories.make_account(person.email)
    Account.objects.filter(id=account.id).update(is_active=False)
    assert ask_for_code(client, person.email) == ""


def test_asking_too_often_for_one_address_is_refused(client: Client, person: Person) -> None:
    for _attempt in range(3):
        client.post(LOGIN, {"email": person.email})
        client.post("/account/logout/")
    response = client.post(LOGIN, {"email": person.email})
    assert response.status_code == 422
    assert "too often" in response.content.decode()
    assert len(mail.outbox) == 3


def test_mail_that_cannot_be_sent_is_said_in_words(client: Client, person: Person, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    response = client.post(LOGIN, {"email": person.email})
    assert response.status_code == 503
    assert "could not be sent" in response.content.decode()


def test_signing_out_needs_a_post(client: Client, person: Person) -> None:
    client.post(CONFIRM, {"code": ask_for_code(client, person.email)})
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session
