"""Whoever reads the logs learns what the house did, never about whom."""

from __future__ import annotations

import datetime as dt
import io
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client

from collegium.base import logs
from collegium.people.models import Person
from collegium.people.services import demo_links
from tests import factories
from tests.people.sign_in import issuer as issuers
from tests.people.sign_in.helpers import CONFIRM, ask_for_code, client_of, mailed_code
from tests.people.sign_in.test_issuers import BEGIN, walk

pytestmark = pytest.mark.django_db

NAME, FAMILY, EMAIL = "Canaria", "Fringilla", "canaria.fringilla@school.example"
PASSWORD = "yellow birds sing underground"


@pytest.fixture(params=[logs.QuietJsonFormatter, logs.QuietFormatter], ids=["json", "plain"])
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Everything that is logged while the test runs, as the site would write it, down to the finest detail."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(request.param())
    loggers = [logging.getLogger(), logging.getLogger("django"), logging.getLogger("django.request")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    yield stream
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


@pytest.fixture
def person() -> Person:
    return factories.make_person(factories.make_community(is_demo=True), NAME, FAMILY, email=EMAIL)


def assert_silent(written: io.StringIO, *secrets: str) -> None:
    text = written.getvalue()
    for secret in (NAME, FAMILY, EMAIL, EMAIL.partition("@")[0], *secrets):
        assert secret, "a secret that is empty proves nothing"
        assert secret not in text, text


def test_the_watch_sees(written: io.StringIO) -> None:
    logging.getLogger("collegium").warning("something happened")
    assert "something happened" in written.getvalue()


def test_codes(written: io.StringIO, person: Person) -> None:
    client = Client()
    code = ask_for_code(client, EMAIL)
    client.post(CONFIRM, {"code": "0000-0001"})
    client.post(CONFIRM, {"code": code})
    session = client.session.session_key
    client.get(f"/no/such/page/?email={EMAIL}&code={code}")
    assert session
    assert_silent(written, code, session)
    assert "Not Found" in written.getvalue()


def test_passwords_and_confirming(written: io.StringIO, person: Person) -> None:
    client = client_of(person)
    client.post("/account/password/", {"password1": PASSWORD})
    Client().post("/account/login/password/", {"login": EMAIL, "password": PASSWORD})
    Client().post("/account/login/password/", {"login": EMAIL, "password": "wrong birds"})
    client.post("/account/confirm/", {"way": "send"})
    code = mailed_code()
    client.post("/account/confirm/", {"way": "code", "code": code})
    assert_silent(written, code, PASSWORD, "wrong birds")


def test_mail_that_cannot_be_sent(written: io.StringIO, person: Person, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    Client().post("/account/login/", {"email": EMAIL})
    assert_silent(written)


def test_issuers(written: io.StringIO, person: Person, settings: Any) -> None:
    with issuers.running() as issuer:
        settings.SOCIALACCOUNT_PROVIDERS = issuers.as_setting(issuer.url)
        issuer.claims = {"email": EMAIL, "email_verified": True, "name": f"{NAME} {FAMILY}"}
        walk(Client(), BEGIN)
        issuer.claims["email_verified"] = False
        walk(Client(), BEGIN)
        issuer.lie = lambda payload: {**payload, "aud": "elsewhere"}
        walk(Client(), BEGIN)
        (token, *_others) = issuer.tokens
    assert_silent(written, issuers.CLIENT_SECRET, token)


def test_links_of_the_demo(written: io.StringIO, person: Person, settings: Any) -> None:
    path = demo_links.path_of(person)
    Client().get(path)  # not a demo server: refused, and logged
    token = path.split("/")[-2]
    assert_silent(written, token)
    assert "/demo/sign-in/[masked]" in written.getvalue()


def test_a_crash(written: io.StringIO, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The traceback of a view that dies with a person in its hands."""

    def die(email: str, **_more: Any) -> None:
        raise RuntimeError(f"died over {email}")

    monkeypatch.setattr("collegium.people.services.accounts.ensure_account", die)
    client = Client(raise_request_exception=False)
    assert client.post("/account/login/", {"email": EMAIL}).status_code == 500
    assert_silent(written)
    assert "died over [email]" in written.getvalue()


@pytest.mark.parametrize("email", [None, "X" * 300], ids=["a column left empty", "a value too long"])
def test_a_row_that_the_database_refuses(written: io.StringIO, person: Person, email: Any) -> None:
    """PostgreSQL shows the whole row in what it says of it."""
    try:
        with transaction.atomic():
            Person.objects.create(community=person.community, given_name=NAME, family_name=FAMILY, email=email)
    except DatabaseError:
        logging.getLogger("collegium").exception("job failed")
        assert "Traceback" in written.getvalue()
    assert_silent(written, "XXXX")


def test_a_value_that_a_library_quotes(written: io.StringIO) -> None:
    readers: list[Callable[[str], object]] = [int, dt.date.fromisoformat, lambda text: Person.objects.get(id=text)]
    for read in readers:
        try:
            read(f"{NAME} {FAMILY}")
        except (ValueError, ValidationError):
            logging.getLogger("collegium").exception("job failed")
    assert written.getvalue().count("job failed") == len(readers)
    assert_silent(written)


def test_what_went_before_a_failure_is_told_too(written: io.StringIO) -> None:
    try:
        try:
            dict[str, str]()["unit"]
        except KeyError as error:
            raise RuntimeError("no such thing") from error
    except RuntimeError:
        logging.getLogger("collegium").exception("job failed")
    text = written.getvalue()
    assert "KeyError: 'unit'" in text
    assert "RuntimeError: no such thing" in text
    assert "test_logs.py" in text
