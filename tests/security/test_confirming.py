"""Before what cannot be undone or carries people's data away, whoever signed in long ago shows again who they are."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import resolve, reverse

from tests.people.sign_in.helpers import show
from tests.security.test_every_url import World, meet, world  # noqa: F401 a fixture

pytestmark = pytest.mark.django_db

# Add a row for every address behind which something dangerous happens, with the method that does it.
DANGEROUS = {
    "account_set_password": "post",
    "account_add_passkey": "post",
    "account_add_token": "post",
    "account_remove_passkey": "post",
    "people:my_export": "post",
    "people:my_erasure": "post",
    "people:role_give": "post",
    "people:roster_export": "post",
    "people:roster_undo": "post",
    "people:unit_audit_export": "post",
}


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_session_left_open_cannot_do_it(world: World, name: str) -> None:  # noqa: F811
    from collegium.people.models import Account

    steward = world.visitors["steward"]
    show(steward, Account.objects.get(pk=steward.session["_auth_user_id"]), seconds_ago=16 * 60)
    pattern = reverse(name, kwargs={key: world.arguments[key] for key in needed(name)})
    word, response = meet(steward, DANGEROUS[name], pattern)
    assert word == "ask"
    back = parse_qs(urlsplit(response["Location"]).query)["next"][0]
    assert steward.get(back).status_code in (200, 302), "where it leads back to must answer GET"
    resolve(urlsplit(back).path)


def needed(name: str) -> list[str]:
    from tests.security.test_every_url import list_addresses

    return list_addresses()[name]
