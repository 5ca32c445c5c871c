"""What every answer tells the browser: what may run, who may frame it, what may be kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.people.sign_in.helpers import CONFIRM, ask_for_code, client_of

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}


def policy_of(headers: Any) -> dict[str, str]:
    return dict(directive.strip().split(" ", 1) for directive in headers["Content-Security-Policy"].split(";"))


@pytest.fixture
def answers() -> dict[str, Any]:
    """Answers of every kind: signed out and in, found and not, refused."""
    client = client_of(factories.make_person(factories.make_community()))
    return {
        "sign-in": Client().get("/account/login/"),
        "a mistake": Client().post("/account/login/", {"email": "no address"}),
        "nothing there": Client().get("/no/such/page/"),
        "a redirection": Client().get("/account/"),
        "health": Client().get("/healthz"),
        "signed in": client.get("/account/"),
        "signed in, nothing there": client.get("/no/such/page/"),
        "a forged form": Client(enforce_csrf_checks=True).post("/account/login/", {"email": "a@school.example"}),
    }


def test_the_policy_is_exactly_this_on_every_answer(answers: dict[str, Any]) -> None:
    for kind, answer in answers.items():
        assert policy_of(answer.headers) == POLICY, kind
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_other_protections_are_on_every_answer(answers: dict[str, Any]) -> None:
    for kind, answer in answers.items():
        assert answer.headers["X-Frame-Options"] == "DENY", kind
        assert answer.headers["X-Content-Type-Options"] == "nosniff", kind
        assert answer.headers["Referrer-Policy"] == "same-origin", kind
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", kind


def test_a_forged_form_is_refused_in_words(answers: dict[str, Any]) -> None:
    assert answers["a forged form"].status_code in (400, 403)
    assert "<h1>" in answers["a forged form"].content.decode()


@pytest.mark.parametrize("kind", ["signed in", "signed in, nothing there"])
def test_pages_of_somebody_signed_in_are_not_kept_by_a_shared_computer(answers: dict[str, Any], kind: str) -> None:
    assert {part.strip() for part in answers[kind].headers["Cache-Control"].split(",")} >= {"no-store", "private"}


def test_cookies_cannot_be_read_by_script_nor_sent_by_other_sites() -> None:
    person = factories.make_person(factories.make_community())
    client = Client()
    client.get("/account/login/")
    client.post(CONFIRM, {"code": ask_for_code(client, person.email)})
    assert set(client.cookies) == {"collegium_session", "collegium_csrf"}
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_signing_in_changes_the_session_so_that_none_can_be_planted() -> None:
    person = factories.make_person(factories.make_community())
    client = Client()
    code = ask_for_code(client, person.email)
    planted = client.session.session_key
    client.post(CONFIRM, {"code": code})
    assert client.session.session_key != planted


ON_HTTPS = """
import json
import django
django.setup()
from django.test import Client
client = Client(headers={"host": "collegium.example.org"})
page = client.get("/account/login/", secure=True)
plain = client.get("/account/login/")
print(json.dumps({
    "headers": dict(page.headers),
    "cookies": {name: bool(cookie["secure"]) for name, cookie in page.cookies.items()},
    "plain": [plain.status_code, plain.get("Location", "")],
    "health": client.get("/healthz").status_code,
}))
"""


def test_on_https_everything_stays_on_https() -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "collegium.site.settings",
        "COLLEGIUM_BASE_URL": "https://collegium.example.org",
    }
    result = subprocess.run(
        [sys.executable, "-c", ON_HTTPS], env=environment, capture_output=True, text=True, check=True
    )
    found = json.loads(result.stdout)
    assert found["headers"]["Strict-Transport-Security"] == "max-age=31536000"
    assert policy_of(found["headers"]) == POLICY
    assert found["cookies"] == {"collegium_csrf": True}
    assert found["plain"] == [301, "https://collegium.example.org/account/login/"]
    assert found["health"] == 200  # whoever watches the server from beside it speaks plain HTTP
