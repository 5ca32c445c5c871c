"""A real browser on the real site: every request stays on this machine, no console error, no broken policy.

A test takes `page` (its addresses are relative: ``page.goto("/")``), signs in with `sign_in(account)` and may ask
`axe(page)` whether the page is accessible. Whatever the browser complains about fails the test at its end.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright, Request, Response, WebError
from pytest_django.live_server_helper import LiveServer

from collegium.people.models import Account
from tests.run import DATABASE
from tools import browser as browser_finder

# What pages look like hangs on no database: they are looked at one by one beside SQLite. Journeys are walked on both.
LOOKED_AT_ONCE = ["test_every_page.py", "test_gallery.py", "test_instruments.py", "test_people_pages.py"]
collect_ignore = [] if os.environ.get(DATABASE, "sqlite") == "sqlite" else LOOKED_AT_ONCE

AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe-core" / "axe.min.js"
LAUNCH_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page lives for a second: to compile its scripts for speed would cost more than they gain by it.
    "--js-flags=--no-turbofan,--no-maglev,--always-sparkplug,--single-threaded",
    # No other machine can be reached, by name or by number, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
LOCAL_SCHEMES = {"about", "blob", "data"}
RUN_AXE = """() => {
    if (!window.startAxe) return null;
    if (!window.axe) startAxe();
    return axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})
        .then(result => result.violations);
}"""
REPORT_BROKEN_POLICY = """document.addEventListener("securitypolicyviolation", event =>
    console.error(`Content security policy broken: ${event.violatedDirective} ${event.blockedURI}`));"""


# --- the browser ------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def _let_go_of_the_databases(django_db_setup: None) -> None:
    connections.close_all()


@pytest.fixture(scope="session")
def playwright(_let_go_of_the_databases: None, playwright: Playwright) -> Iterator[Playwright]:
    """Start Playwright. While its event loop runs, Django keeps other database connections than before and after.

    Those that are not to be seen are closed, or a test that needs the database to itself would find it in use.
    """
    yield playwright
    connections.close_all()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that this machine has."""
    path = browser_finder.find()
    if path is None:
        pytest.fail(browser_finder.HOW_TO_GET_ONE)
    return {**browser_type_launch_args, "executable_path": path, "args": LAUNCH_ARGUMENTS}


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Make the addresses of a test relative to the site."""
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Show pages the same on every machine."""
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "reduced_motion": "reduce",
    }


# --- the site ---------------------------------------------------------------------------------------------------------
class RealSite(LiveServer):
    """The site as it is installed: its own WSGI application, serving its own collected assets."""

    def __init__(self, address: str) -> None:
        super().__init__(address, start=False)
        from collegium.site.wsgi import application

        self.thread.static_handler = lambda _development_handler: application
        self.start()


@pytest.fixture(scope="session")
def live_server(_collected_assets: None) -> Iterator[RealSite]:
    """The running site; `live_server.url` is its address."""
    site = RealSite("127.0.0.1")
    yield site
    site.stop()


# --- what the browser complains about ---------------------------------------------------------------------------------
class Watch:
    """Writes down whatever a page should not do."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        context.add_init_script(REPORT_BROKEN_POLICY)
        context.on("request", self.see_request)
        context.on("response", self.see_response)
        context.on("console", self.see_console)
        context.on("weberror", self.see_error)

    def see_request(self, request: Request) -> None:
        """Nothing may leave this machine."""
        address = urlsplit(request.url)
        if address.scheme not in LOCAL_SCHEMES and address.hostname not in ("127.0.0.1", "localhost"):
            self.complaints.append(f"A request left this machine: {request.url}")

    def see_response(self, response: Response) -> None:
        """A page may be refused (404, 422) by design; an asset that is missing, or a broken server, never is."""
        is_page = response.request.resource_type in ("document", "fetch", "xhr")
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.complaints.append(f"{response.status} for {response.url}")

    def see_console(self, message: ConsoleMessage) -> None:
        """No errors; refused pages are looked at above, where their status is known."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"Console: {message.text}")

    def see_error(self, error: WebError) -> None:
        """No uncaught exceptions."""
        self.complaints.append(f"Uncaught in the page: {error.error}")


@pytest.fixture
def context(context: BrowserContext) -> Iterator[BrowserContext]:
    """The browser's context, watched; a complaint fails the test."""
    watch = Watch(context)
    context.set_default_timeout(10_000)
    yield context
    assert not watch.complaints, "\n".join(watch.complaints)


# --- helpers ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def sign_in(context: BrowserContext, live_server: LiveServer) -> Callable[[Account], None]:
    """Return a function that makes the browser's session the account's, without walking through sign-in."""

    def sign_in_as(account: Account) -> None:
        client = Client()
        client.force_login(account)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return sign_in_as


@pytest.fixture
def axe(context: BrowserContext) -> Callable[[Page], None]:
    """Return a function that fails with axe-core's findings about the page as it stands."""
    # The same text for every page, so that the browser reads it once; and where nobody asks, it is not run.
    source = f"window.startAxe = () => {{ {AXE.read_text(encoding='utf-8')} }}"
    context.add_init_script(source)

    def assert_accessible(page: Page) -> None:
        page.wait_for_load_state()  # whoever has just followed a link would look at half a page
        findings = page.evaluate(RUN_AXE)
        if findings is None:  # a page of another context, or one whose own scripts do not run
            # As an argument: what is given as an expression, Playwright reads several times before it runs.
            page.evaluate("source => { (0, eval)(source) }", source)
            findings = page.evaluate(RUN_AXE)
        assert not findings, describe_findings(page.url, findings)

    return assert_accessible


def describe_findings(url: str, findings: list[dict[str, Any]]) -> str:
    """Say what axe-core found, where, and how to mend it."""
    lines = [f"axe-core found {len(findings)} kinds of problem on {url}"]
    for finding in findings:
        lines.append(f"- {finding['id']} ({finding['impact']}): {finding['help']}")
        lines += [f"    {node['target']}: {node['failureSummary']}" for node in finding["nodes"][:5]]
    return "\n".join(lines)
