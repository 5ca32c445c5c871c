"""The watch over the browser must be able to fail, or the other journeys prove nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Watch

BARE_PAGE = "/healthz"
HTML_PAGE = "/an-address-that-leads-nowhere"


@pytest.fixture
def watched(browser: Browser, live_server: LiveServer) -> Iterator[tuple[Watch, Page]]:
    """A context of its own, whose complaints do not fail the test by themselves."""
    with closing(browser.new_context(base_url=live_server.url)) as context:
        yield Watch(context), context.new_page()


def test_the_health_page_gives_no_cause_for_complaint(page: Page) -> None:
    page.goto(BARE_PAGE)
    expect(page.locator("body")).not_to_be_empty()


@pytest.mark.parametrize(
    ("misdeed", "complaint"),
    [
        ("fetch('https://example.org/x').catch(() => 0)", "Content security policy broken: connect-src"),
        ("document.body.append(Object.assign(new Image(), {src: 'https://example.org/x.png'}))", "img-src"),
        ("document.body.setAttribute('style', 'color: red')", "style-src"),
        ("console.error('it broke')", "Console: it broke"),
        ("setTimeout(() => { throw new Error('it threw') })", "it threw"),
        ("document.body.append(Object.assign(new Image(), {src: '/static/no-such.png'}))", "404 for http://127.0.0.1"),
    ],
)
def test_the_watch_sees(watched: tuple[Watch, Page], misdeed: str, complaint: str) -> None:
    watch, page = watched
    page.goto(HTML_PAGE)
    page.evaluate(f"() => {{ {misdeed} }}")
    page.wait_for_timeout(300)
    assert any(complaint in line for line in watch.complaints), watch.complaints


def test_the_watch_sees_a_request_that_leaves(watched: tuple[Watch, Page]) -> None:
    watch, page = watched
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://93.184.216.34/")
    assert watch.complaints == ["A request left this machine: http://93.184.216.34/"]


def test_axe_finds_what_is_wrong(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto(BARE_PAGE)
    page.evaluate("() => { document.body.replaceChildren(document.createElement('img')) }")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)
