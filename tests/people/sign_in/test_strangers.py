"""What a stranger can learn: nothing. Known and unknown addresses are answered alike, everywhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache, caches
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from collegium.people.models import Person
from tests import factories
from tests.people.sign_in.helpers import CONFIRM, LOGIN, ask_for_code, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Of one length, so that no header differs by it.
INVITED, STRANGER, CLOSED, SIGNED_UP = (
    f"{name}@school.example" for name in ("abigail", "nobody1", "closed1", "account")
)
PASSWORD = "four larks over thornmere"


@pytest.fixture(autouse=True)
def people() -> None:
    community = factories.make_community()
    factories.make_person(community, email=INVITED)
    factories.make_person(community, email=CLOSED, account=True)
    Person.objects.get(email=CLOSED).account.__class__.objects.filter(email=CLOSED).update(is_active=False)
    signed_up = factories.make_person(community, email=SIGNED_UP)
    client_of(signed_up).post("/account/password/", {"password1": PASSWORD})
    mail.outbox.clear()


def seen(response: HttpResponse, email: str) -> tuple[Any, ...]:
    """Return all that a browser sees of an answer, without what is random, the clock, and the address itself."""
    headers = {name: value for name, value in response.headers.items() if name != "Expires"}
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode()).replace(email, "[it]")
    cookies = {
        name: {**morsel, "expires": "", "value length": len(morsel.value)} for name, morsel in response.cookies.items()
    }
    return response.status_code, headers, cookies, body


def walk(email: str, steps: list[tuple[str, dict[str, str]]]) -> list[tuple[Any, ...]]:
    """Walk through the steps as one browser and write down all that it sees."""
    client, found = Client(), []
    for address, data in steps:
        response = client.post(address, {name: value.replace("IT", email) for name, value in data.items()})
        found.append(seen(response, email))
        if response.status_code == 302:
            found.append(seen(client.get(response["Location"]), email))
    return found


JOURNEYS = {
    "a code": [(LOGIN, {"email": "IT"}), (CONFIRM, {"code": "0000-0001"}), (CONFIRM, {"code": "0000-0001"})],
    "three wrong codes": [(LOGIN, {"email": "IT"}), *[(CONFIRM, {"code": "0000-0001"})] * 3],
    "beginning again": [(LOGIN, {"email": "IT"}), ("/account/logout/", {"next": LOGIN})],
    "asking too often": [(LOGIN, {"email": "IT"}), ("/account/logout/", {})] * 4,
    "a password": [("/account/login/password/", {"login": "IT", "password": "not the password"})],
    "guessing": [("/account/login/password/", {"login": "IT", "password": "not the password"})] * 6,
    "sending again": [(LOGIN, {"email": "IT"}), (CONFIRM, {"action": "resend"})],
}


@pytest.mark.parametrize("journey", JOURNEYS)
@pytest.mark.parametrize("known", [INVITED, CLOSED, SIGNED_UP])
def test_known_and_unknown_addresses_are_answered_alike(journey: str, known: str) -> None:
    assert walk(known, JOURNEYS[journey]) == walk(STRANGER, JOURNEYS[journey])


def test_a_mail_goes_out_in_either_case() -> None:
    """So that the time it takes is of one class: sending dwarfs all else."""
    assert ask_for_code(Client(), INVITED)
    assert ask_for_code(Client(), STRANGER) == ""
    assert [message.to for message in mail.outbox] == [[INVITED], [STRANGER]]
    assert [message.subject for message in mail.outbox] == [
        "Your code to sign in to Collegium",
        "Nobody here has this address",
    ]


def test_a_password_is_hashed_in_either_case(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth import hashers

    hashed: list[str] = []
    original = hashers.PBKDF2PasswordHasher.encode

    def count(self: Any, password: str, salt: str, iterations: int | None = None) -> str:
        hashed.append(password)
        return original(self, password, salt, iterations)

    monkeypatch.setattr(hashers.PBKDF2PasswordHasher, "encode", count)
    counts = []
    for email in (INVITED, CLOSED, SIGNED_UP, STRANGER):
        hashed.clear()
        Client().post("/account/login/password/", {"login": email, "password": "not the password"})
        counts.append(len(hashed))
    assert counts == [1, 1, 1, 1]


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_reset_password", "account_email", "socialaccount_signup", "socialaccount_connections"],
)
def test_pages_that_could_tell_are_not_there(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["/account/signup/", "/account/password/reset/", "/account/email/", "/account/2fa/"])
def test_their_usual_addresses_are_not_there_either(path: str) -> None:
    assert Client().get(path).status_code == 404


# --- limits -----------------------------------------------------------------------------------------------------------
def test_limits_are_kept_in_the_database_beside() -> None:
    backend = settings.CACHES["default"]["BACKEND"]
    assert backend == "django.core.cache.backends.db.DatabaseCache"
    from django.db import router

    assert router.db_for_write(caches["default"].cache_model_class) == "aside"  # type: ignore[attr-defined]


FRESH_PROCESS = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "collegium.site.settings"
from django.conf import settings
for alias, name in json.loads(sys.argv[1]).items():
    settings.DATABASES[alias]["NAME"] = name
import django
django.setup()
from django.test import Client
settings.ALLOWED_HOSTS = ["testserver"]
settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
for email in sys.argv[2:]:
    response = Client().post("/account/login/", {"email": email})
    print(response.status_code, "tried too often" in response.content.decode())
"""


@pytest.mark.django_db(transaction=True)
def test_limits_survive_a_restart() -> None:
    for _attempt in range(3):
        ask_for_code(Client(), STRANGER)
    names = json.dumps({alias: str(connections[alias].settings_dict["NAME"]) for alias in connections})
    command = [sys.executable, "-c", FRESH_PROCESS, names, STRANGER, "someone@school.example"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == ["422 True", "302 False"]


def test_a_crowd_does_not_wash_a_limit_away() -> None:
    """The cache throws entries out when it is full: a thousand other addresses must not fill it."""
    for _attempt in range(3):
        ask_for_code(Client(), STRANGER)
    for number in range(1000):
        cache.set(f"another-limit-{number}", [1.0], 3600)
    assert Client().post(LOGIN, {"email": STRANGER}).status_code == 422


def test_a_whole_staff_behind_one_address_gets_in_and_nobody_asks_for_ever_whatever_a_header_says() -> None:
    def ask(name: str, **headers: str) -> int:
        return Client(headers=headers).post(LOGIN, {"email": f"{name}@school.example"}).status_code

    header = "x-forwarded-for"
    statuses = [
        ask(f"colleague{number}", **({header: f"10.0.0.{number}"} if number % 2 else {})) for number in range(60)
    ]
    assert statuses[:50] == [302] * 50
    assert ask("guess") == 422
    assert ask("last", **{header: "10.9.9.9"}) == 422
