"""Every address for programs, walked with the tokens of those who have no business there.

The table says what each meets who comes with a token of their own. An address without a row fails.
"""

from __future__ import annotations

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from collegium.people.models import Person
from tests import factories
from tests.security.test_every_url import World, assert_no_canary, describe, list_addresses, world  # noqa: F401 a fixture
from tests.security.urls_of_the_house import VISITORS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EVERY_TOKEN = "token yes yes yes yes yes"
INSIDERS = "token none no yes yes yes"
COLLEAGUES = "token none none yes yes yes"
ENQUIRING = "token none none no yes no"
NEVER = "never never never never never never"

TABLE = {
    "api:units": (EVERY_TOKEN, NEVER),
    "api:indicators": (EVERY_TOKEN, NEVER),
    "api:readings": (INSIDERS, NEVER),
    "api:readings_csv": (INSIDERS, NEVER),
    "api:enquiries": (INSIDERS, NEVER),
    "api:measures": (COLLEAGUES, NEVER),
    "api:values": (COLLEAGUES, ENQUIRING),
    "api:values_enter": (COLLEAGUES, ENQUIRING),
}
NUMBER = {"on": "2026-01-05", "value": 3, "denominator": 20}
OPEN = {"api:openapi-json", "api:api-root"}  # what programs can do is no secret


def test_every_address_for_programs_has_a_row() -> None:
    assert {name for name in list_addresses() if name.startswith("api:")} == set(TABLE) | OPEN


@pytest.mark.parametrize("name", sorted(TABLE))
def test_everybody_meets_with_a_token_what_the_table_says(world: World, name: str) -> None:  # noqa: F811
    url = reverse(name, kwargs=world.arguments_of(name, list_addresses()[name]))
    programs = {visitor: _program(world.visitors[visitor]) for visitor in VISITORS}
    found = []
    for method in ("get", "post"):
        words = []
        for visitor in VISITORS:
            word, response = _ask(programs[visitor], method, url)
            words.append(word)
            if visitor in ("out", "stranger"):
                assert_no_canary(response, f"{visitor} {method} {name}")
        found.append(" ".join(words))
    assert tuple(found) == TABLE[name]


def _ask(program: Client, method: str, url: str) -> tuple[str, HttpResponse]:
    """Say in one word what a program meets; what it sends would be right for whoever may send it."""
    sent = {"data": NUMBER, "content_type": "application/json"} if method == "post" else {}
    with transaction.atomic():
        response = getattr(program, method)(url, **sent)
        transaction.set_rollback(True)
    return describe(response), response


def _program(browser: Client) -> Client:
    """Return a program of whoever is signed in there, with a token that may write; none of somebody signed out."""
    account_id = browser.session.get("_auth_user_id")
    if account_id is None:
        return Client(headers={"Authorization": "Bearer collegium_made-up"})
    person = Person.objects.get(account_id=account_id)
    secret = factories.make_token(person, can_write=True)
    return Client(headers={"Authorization": f"Bearer {secret}"})
