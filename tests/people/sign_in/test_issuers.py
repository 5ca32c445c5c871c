"""Signing in with an issuer of OpenID Connect: who is let in, and the many who are not."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client

from collegium.people.models import Account, Person
from tests import factories
from tests.people.sign_in import issuer as issuers
from tests.people.sign_in.issuer import Issuer

pytestmark = pytest.mark.django_db

BEGIN = "/account/oidc/school/login/"
EMAIL = "ada@school.example"


@pytest.fixture
def issuer(settings: Any) -> Iterator[Issuer]:
    with issuers.running() as issuer:
        issuer.claims = {"email": EMAIL, "email_verified": True}
        settings.SOCIALACCOUNT_PROVIDERS = issuers.as_setting(issuer.url)
        yield issuer


@pytest.fixture
def person() -> Person:
    return factories.make_person(factories.make_community(), email=EMAIL)


def walk(client: Client, begin: str = BEGIN) -> HttpResponse:
    """Go to the issuer, say yes there, and come back."""
    there = client.get(begin)
    assert there.status_code == 302, there.content.decode()
    page = requests.get(there["Location"], timeout=5)
    back = re.search(r"href='([^']+)'", page.text)
    assert back
    return client.get(unescape(back.group(1)).removeprefix("http://testserver"))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# --- who is let in ----------------------------------------------------------------------------------------------------
def test_a_person_is_matched_by_verified_address(client: Client, issuer: Issuer, person: Person) -> None:
    response = walk(client)
    assert response.status_code == 302
    assert response["Location"] == "/"
    person.refresh_from_db()
    assert client.session["_auth_user_id"] == str(person.account_id)


def test_the_button_is_on_the_page_and_keeps_where_the_person_was_going(
    client: Client, issuer: Issuer, person: Person
) -> None:
    page = client.get("/account/login/?next=/account/").content.decode()
    button = re.search(r'href="(/account/oidc/school/login/[^"]*)"', page)
    assert button
    assert walk(client, unescape(button.group(1)))["Location"] == "/account/"


def test_no_issuer_no_button(client: Client) -> None:
    page = client.get("/account/login/").content.decode()
    assert "/account/oidc/" not in page
    assert client.get(BEGIN).status_code == 404
    assert client.get(f"{BEGIN}callback/").status_code == 404


def test_local_ways_stay_beside_an_issuer(client: Client, issuer: Issuer, person: Person) -> None:
    page = client.get("/account/login/").content.decode()
    assert "Send me a code" in page
    assert "Sign in with a password" in page


def test_nothing_about_the_issuers_account_is_kept(client: Client, issuer: Issuer, person: Person) -> None:
    walk(client)
    assert not SocialAccount.objects.exists()


def test_signing_in_with_an_issuer_keeps_the_password_and_other_sessions(
    client: Client, issuer: Issuer, person: Person
) -> None:
    from tests.people.sign_in.helpers import client_of

    other = client_of(person)
    other.post("/account/password/", {"password1": "four larks over thornmere"})
    walk(client)
    assert person.account is not None
    person.account.refresh_from_db()
    assert person.account.has_usable_password()
    assert other.get("/account/").status_code == 200


def test_the_flow_proves_that_it_began_here(client: Client, issuer: Issuer, person: Person) -> None:
    walk(client)
    (asked,) = issuer.asked
    assert asked["code_challenge"]
    assert len(asked["state"]) >= 16
    assert asked["redirect_uri"].endswith("/account/oidc/school/login/callback/")


# --- who is not -------------------------------------------------------------------------------------------------------
def claims(**changed: Any) -> Callable[[Issuer], None]:
    def change(issuer: Issuer) -> None:
        issuer.claims = {name: value for name, value in {**issuer.claims, **changed}.items() if value is not None}

    return change


def lie(**changed: Any) -> Callable[[Issuer], None]:
    def change(issuer: Issuer) -> None:
        issuer.lie = lambda payload: {**payload, **changed}

    return change


def userinfo_lie(**changed: Any) -> Callable[[Issuer], None]:
    def change(issuer: Issuer) -> None:
        issuer.userinfo_lie = lambda payload: {**payload, **changed}

    return change


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(claims(email_verified=False), id="the address is not verified"),
        pytest.param(claims(email_verified=None), id="the issuer does not say whether it is verified"),
        pytest.param(claims(email_verified="false"), id="verified says false in words"),
        pytest.param(claims(email_verified=1), id="verified says something else than true"),
        pytest.param(claims(email=None), id="no address"),
        pytest.param(claims(email=""), id="an empty address"),
        pytest.param(claims(email="stranger@school.example"), id="nobody here has the address"),
        pytest.param(claims(email="ada@school.example.evil.example"), id="an address that begins alike"),
        pytest.param(claims(email="аda@school.example"), id="an address that looks alike"),
        pytest.param(userinfo_lie(sub="2"), id="the two tokens are about two people"),
    ],
)
def test_account_takeover_by_address_is_refused_in_one_voice(
    client: Client, issuer: Issuer, person: Person, change: Callable[[Issuer], None]
) -> None:
    factories.make_account("someone.else@school.example")
    change(issuer)
    response = walk(client)
    assert response.status_code == 403
    assert "could not tell who you are here" in response.content.decode()
    assert not is_signed_in(client)
    assert not Account.objects.filter(email=EMAIL).exists()
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lie(aud="another site"), id="a token for another site"),
        pytest.param(lie(iss="https://evil.example"), id="a token of another issuer"),
        pytest.param(lie(exp=1), id="an old token"),
    ],
)
def test_a_token_that_is_not_ours_opens_nothing(
    client: Client, issuer: Issuer, person: Person, change: Callable[[Issuer], None]
) -> None:
    change(issuer)
    response = walk(client)
    assert response.status_code == 401
    assert "broke off on the way" in response.content.decode()
    assert not is_signed_in(client)


def test_saying_no_at_the_issuer_leads_back_to_other_ways(client: Client, issuer: Issuer, person: Person) -> None:
    issuer.refuses = True
    response = walk(client)
    assert response["Location"] == "/account/login/cancelled/"
    assert "You stopped signing in" in client.get("/account/login/cancelled/").content.decode()


def test_an_issuer_that_does_not_answer_is_said_in_words(client: Client, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = issuers.as_setting("http://127.0.0.1:1")
    assert client.get(BEGIN).status_code == 401


def test_coming_back_without_having_gone_opens_nothing(client: Client, issuer: Issuer, person: Person) -> None:
    there = Client().get(BEGIN)
    page = requests.get(there["Location"], timeout=5)
    back = re.search(r"href='([^']+)'", page.text)
    assert back
    response = client.get(unescape(back.group(1)).removeprefix("http://testserver"))  # in another browser
    assert response.status_code == 401
    assert not is_signed_in(client)


def test_another_site_cannot_start_it(client: Client, issuer: Issuer) -> None:
    response = client.get(BEGIN, headers={"Sec-Fetch-Site": "cross-site"})
    assert response["Location"] == "/account/login/"
    assert not issuer.asked


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_nobody_ties_an_issuers_account_to_theirs(client: Client, issuer: Issuer, person: Person, process: str) -> None:
    from tests.people.sign_in.helpers import client_of

    victim = client_of(person)
    issuer.claims = {"email": "attacker@elsewhere.example", "email_verified": True}
    response = walk(victim, f"{BEGIN}?process={process}&next=/account/")
    assert response.status_code == 403
    assert not SocialAccount.objects.exists()


def test_what_a_link_adds_is_not_passed_on_to_the_issuer(client: Client, issuer: Issuer, person: Person) -> None:
    walk(client, f"{BEGIN}?scope=admin&auth_params=prompt%3Dnone&action=reauthenticate")
    (asked,) = issuer.asked
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert "prompt" not in asked


def test_a_closed_account_stays_closed(client: Client, issuer: Issuer, person: Person) -> None:
    account = factories.make_account(EMAIL)
    Account.objects.filter(id=account.id).update(is_active=False)
    assert walk(client).status_code == 403
    assert not is_signed_in(client)


# --- issuers that do not say what is verified -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changed", "is_let_in"),
    [
        pytest.param({}, True, id="our own domain"),
        pytest.param({"email_verified": False}, False, id="it does say, and says no"),
        pytest.param({"email": "ada@elsewhere.example"}, False, id="another domain"),
        pytest.param({"email": "ada@sub.school.example"}, False, id="a domain below ours"),
        pytest.param({"idp": "https://sts.example/other-tenant"}, False, id="a guest of the tenant"),
    ],
)
def test_an_issuer_is_believed_for_the_domains_named(
    client: Client, issuer: Issuer, settings: Any, changed: dict[str, Any], is_let_in: bool
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = issuers.as_setting(issuer.url, email_domains=["School.example"])
    issuer.claims = {"email": EMAIL, **changed}
    community = factories.make_community()
    for email in (EMAIL, "ada@elsewhere.example", "ada@sub.school.example"):
        factories.make_person(community, email=email)
    assert walk(client).status_code == (302 if is_let_in else 403)
    assert is_signed_in(client) is is_let_in


def test_a_no_in_the_token_counts_where_the_rest_stands_elsewhere(
    client: Client, issuer: Issuer, settings: Any
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = issuers.as_setting(issuer.url, email_domains=["school.example"])
    factories.make_person(factories.make_community(), email=EMAIL)
    issuer.claims = {"email": EMAIL}
    issuer.lie = lambda payload: {**payload, "email_verified": False}
    assert walk(client).status_code == 403
    assert not is_signed_in(client)


# --- somebody else's implementation -----------------------------------------------------------------------------------
@pytest.fixture
def published_issuer(settings: Any) -> Iterator[str]:
    """Run an issuer that we did not write, with a client registered at it."""
    with warnings.catch_warnings(record=True):  # of its own libraries
        import oidc_provider_mock

    user = oidc_provider_mock.User(sub="ada", claims={"email": EMAIL, "email_verified": True})
    with oidc_provider_mock.run_server_in_thread(require_client_registration=True, user_claims=[user]) as server:
        url = f"http://localhost:{server.server_port}"
        callback = "http://testserver/account/oidc/school/login/callback/"
        client = requests.post(f"{url}/oauth2/clients", json={"redirect_uris": [callback]}, timeout=5).json()
        offered = issuers.as_setting(url)
        app = offered["openid_connect"]["APPS"][0]
        app["client_id"], app["secret"] = client["client_id"], client["client_secret"]
        settings.SOCIALACCOUNT_PROVIDERS = offered
        yield url


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what the issuer is made of
def test_an_issuer_that_we_did_not_write_agrees(client: Client, published_issuer: str, person: Person) -> None:
    there = client.get(BEGIN)
    back = requests.post(there["Location"], data={"sub": "ada"}, allow_redirects=False, timeout=5)
    response = client.get(back.headers["Location"].removeprefix("http://testserver"))
    assert response.status_code == 302
    assert is_signed_in(client)
