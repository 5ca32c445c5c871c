"""Signing in with a real browser: by code, password, passkey and issuer, with the security policy in force."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import BrowserContext, CDPSession, Page, expect
from pytest_django.live_server_helper import LiveServer

from collegium.people.models import Account, Person
from tests import factories
from tests.people.sign_in import issuer as issuers
from tests.people.sign_in.helpers import mailed_code
from tests.people.sign_in.issuer import Issuer

pytestmark = pytest.mark.django_db(transaction=True)

EMAIL = "ada@school.example"
MY_PART = re.compile("^[^?]+/me/$")
PASSWORD = "four larks over thornmere"
Axe = Callable[[Page], None]


@pytest.fixture
def person() -> Person:
    community = factories.make_community()
    person = factories.make_person(community, "Ada", "Birdsall", email=EMAIL)
    factories.make_post(person, factories.make_unit(community, "Larkfield School"))
    return person


def sign_in_by_code(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_label("email address").fill(EMAIL)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="Look at your mail")).to_be_visible()
    page.get_by_label("The code from the mail").fill(mailed_code())
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("Ada Birdsall").first).to_be_visible()


# --- code -------------------------------------------------------------------------------------------------------------
def test_a_code_with_the_keyboard_alone(page: Page, person: Person, axe: Axe) -> None:
    page.goto("/account/login/?next=/me/")
    axe(page)
    page.keyboard.type(EMAIL)  # the field has the focus already
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Look at your mail")).to_be_visible()
    axe(page)
    page.keyboard.type(mailed_code().replace("-", " "))
    page.keyboard.press("Enter")
    expect(page).to_have_url(MY_PART)


def test_a_wrong_code_says_so_and_can_be_mended(page: Page, person: Person, axe: Axe) -> None:
    page.goto("/account/login/")
    page.get_by_label("email address").fill(EMAIL)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code from the mail").fill("0000 0001")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("not the code that we sent last")
    axe(page)
    page.get_by_role("button", name="Begin again").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_code_without_script(browser: Any, live_server: LiveServer, person: Person) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    sign_in_by_code(page)
    page.goto("/account/passkeys/add/")
    expect(page.get_by_text("This browser offers no passkeys")).to_be_visible()
    expect(page.get_by_role("button", name="Add it")).to_be_hidden()
    context.close()


def test_signing_out_leaves_nothing_to_go_back_to(page: Page, person: Person) -> None:
    sign_in_by_code(page)
    page.goto("/account/")
    expect(page.get_by_text(EMAIL).first).to_be_visible()
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    page.go_back()
    page.goto("/account/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert EMAIL not in page.content()


def test_back_works_while_signed_in(page: Page, person: Person) -> None:
    sign_in_by_code(page)
    page.goto("/account/")
    page.get_by_role("link", name="Set a password").click()
    expect(page.get_by_role("heading", name="Set a password")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Your sign-in")).to_be_visible()


# --- password ---------------------------------------------------------------------------------------------------------
def test_a_password_is_set_and_used(page: Page, context: BrowserContext, person: Person, axe: Axe) -> None:
    sign_in_by_code(page)
    page.goto("/account/")
    axe(page)
    page.get_by_role("link", name="Set a password").click()
    axe(page)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Keep this password").click()
    expect(page.get_by_text("Your password is set")).to_be_visible()

    context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_role("link", name="Sign in with a password").click()
    axe(page)
    page.get_by_label("email address").fill(EMAIL)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("Ada Birdsall").first).to_be_visible()


# --- confirming -------------------------------------------------------------------------------------------------------
def test_confirming_by_code_leads_back(
    page: Page, person: Person, sign_in: Callable[[Account], None], axe: Axe
) -> None:
    account = factories.make_account(EMAIL)
    Person.objects.filter(id=person.id).update(account=account)
    sign_in(account)  # a session that does not say when the person last showed who they are
    page.goto("/account/password/")
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code from the mail").fill(mailed_code())
    axe(page)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Set a password")).to_be_visible()


# --- passkey ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def on_localhost(live_server: LiveServer) -> str:
    """The site by name: an address by number can have no passkeys."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def authenticator(context: BrowserContext, page: Page) -> Iterator[CDPSession]:
    """A device that holds passkeys and says yes by itself."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield session
    session.detach()


def add_passkey(page: Page, site: str) -> None:
    page.goto(f"{site}/account/login/")
    page.get_by_label("email address").fill(EMAIL)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code from the mail").fill(mailed_code())
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("Ada Birdsall").first).to_be_visible()
    page.goto(f"{site}/account/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name for it").fill("My telephone")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("The passkey is added")).to_be_visible()


def test_a_passkey_is_added_used_for_signing_in_and_removed(
    page: Page, context: BrowserContext, authenticator: CDPSession, on_localhost: str, person: Person, axe: Axe
) -> None:
    add_passkey(page, on_localhost)
    axe(page)
    expect(page.get_by_text("My telephone")).to_be_visible()
    assert [message.subject for message in mail.outbox][-1] == "A passkey was added for Collegium"

    context.clear_cookies()
    page.goto(f"{on_localhost}/account/login/?next=/me/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(MY_PART)

    page.goto(f"{on_localhost}/account/")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("The passkey is removed")).to_be_visible()
    context.clear_cookies()
    page.goto(f"{on_localhost}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("This passkey does not fit, or was removed here")).to_be_visible()
    page.goto(f"{on_localhost}/account/")
    expect(page).to_have_url(re.compile("/account/login/"))


def test_a_device_that_says_no_is_answered_in_words(
    page: Page, authenticator: CDPSession, on_localhost: str, person: Person
) -> None:
    page.goto(f"{on_localhost}/account/login/")  # this device holds no passkey for the site
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("No passkey was used")).to_be_visible(timeout=20_000)


def test_an_address_by_number_offers_no_passkeys(page: Page, person: Person) -> None:
    page.goto("/account/login/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()


# --- issuer -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def issuer(settings: Any) -> Iterator[Issuer]:
    with issuers.running() as issuer:
        issuer.claims = {"email": EMAIL, "email_verified": True}
        settings.SOCIALACCOUNT_PROVIDERS = issuers.as_setting(issuer.url, name="your district account")
        yield issuer


def test_an_issuer_is_one_click_there_and_one_back(page: Page, issuer: Issuer, person: Person, axe: Axe) -> None:
    page.goto("/account/login/?next=/me/")
    axe(page)
    page.get_by_role("link", name="Sign in with your district account").click()
    page.get_by_role("link", name="Yes, it is me").click()
    expect(page).to_have_url(MY_PART)


def test_an_issuer_that_does_not_vouch_is_explained(page: Page, issuer: Issuer, person: Person, axe: Axe) -> None:
    issuer.claims["email_verified"] = False
    page.goto("/account/login/")
    page.get_by_role("link", name="Sign in with your district account").click()
    page.get_by_role("link", name="Yes, it is me").click()
    expect(page.get_by_role("heading", name="We could not tell who you are here")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Sign in another way").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
