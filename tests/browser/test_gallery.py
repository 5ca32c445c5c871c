"""Every component in a real browser: in every theme, by keyboard, zoomed, mirrored, without script, on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response, Route, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db

GALLERY = "/gallery/"
PHONE = {"width": 390, "height": 844}
FIRST_VISIT_BYTES, REPEAT_VISIT_BYTES = 120_000, 40_000
# The text of a phone at 400%: WCAG 2.2, 1.4.10 (reflow).
ZOOMED = {"width": 320, "height": 640}


@pytest.fixture(autouse=True)
def _demo(settings: Settings) -> None:
    settings.DEMO = True


# Each theme in one of the windows; the contrast of every pair of colours is computed in tests/site/test_tokens.py.
@pytest.mark.parametrize(
    ("scheme", "contrast", "width"),
    [
        ("light", "no-preference", 390),
        ("dark", "no-preference", 1280),
        ("light", "more", 1280),
        ("dark", "more", 390),
    ],
)
def test_axe_finds_nothing(page: Page, axe: Callable[[Page], None], scheme: Any, contrast: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, contrast=contrast)
    page.goto(GALLERY)
    # All that is folded away is looked at too.
    page.evaluate("document.querySelectorAll('main details').forEach(detail => { detail.open = true })")
    axe(page)


def test_axe_finds_nothing_in_an_open_dialog_and_sheet(page: Page, axe: Callable[[Page], None]) -> None:
    page.set_viewport_size(PHONE)
    page.goto(GALLERY)
    page.get_by_text("More", exact=True).click()
    axe(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="About this measure").click()
    axe(page)


@pytest.mark.parametrize("direction", ["", "?dir=rtl"])
@pytest.mark.parametrize("viewport", [PHONE, ZOOMED])
def test_nothing_is_wider_than_a_narrow_screen(page: Page, viewport: Any, direction: str) -> None:
    page.set_viewport_size(viewport)
    page.goto(GALLERY + direction)
    page.evaluate("document.querySelectorAll('main details').forEach(detail => { detail.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def test_targets_are_large_enough(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(GALLERY)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, nav a, .button, input:not([type=hidden]), select')]
            .filter(target => target.offsetParent && !target.closest('.visually-hidden'))
            .map(target => [target.outerHTML.slice(0, 90), target.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24)
            .map(([markup, box]) => `${markup} ${Math.round(box.width)}x${Math.round(box.height)}`)
            .filter(line => !line.includes('type="radio"') && !line.includes('type="checkbox"'))"""
    )
    assert not small, "\n".join(small)


def test_the_keyboard_alone_reaches_and_shows_where_it_is(page: Page) -> None:
    page.goto(GALLERY)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    switcher = page.locator(".switcher summary")
    switcher.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="All units")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="All units")).to_be_hidden()
    expect(switcher).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"

    page.get_by_role("button", name="About this measure").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Openness")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Openness")).to_be_hidden()
    expect(page.get_by_role("button", name="About this measure")).to_be_focused()


def test_without_script_everything_still_opens_and_the_theme_changes(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(GALLERY)
    page.get_by_text("More", exact=True).click()
    expect(page.locator(".more-sheet").get_by_role("link", name="Enquire")).to_be_visible()
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="About this measure").click()
    expect(page.get_by_role("dialog", name="Openness")).to_be_visible()
    page.locator(".dialog-close").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    assert page.url.endswith(GALLERY)
    context.close()


def test_a_chosen_theme_wins_over_the_device(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(GALLERY)
    by_device = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != by_device
    page.get_by_role("button", name="High contrast").click()
    expect(page.locator("html")).to_have_attribute("data-contrast", "more")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(0, 0, 0)"


def test_words_are_set_in_our_own_fonts_in_every_weight(page: Page) -> None:
    page.goto(GALLERY, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    inspector = page.context.new_cdp_session(page)
    inspector.send("DOM.enable")
    inspector.send("CSS.enable")
    root = inspector.send("DOM.getDocument")["root"]["nodeId"]

    def fonts_of(selector: str) -> set[str]:
        node = inspector.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        used = inspector.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert all(font["isCustomFont"] for font in used), used
        return {font["familyName"].split(" ")[0] for font in used}

    assert fonts_of("h1") == {"Newsreader"}
    for text in (".lede", ".button span", "td.num", "label", ".you-name span:last-child"):
        assert fonts_of(text) == {"Source"}, text


def test_the_page_stays_within_its_weight(page: Page) -> None:
    weights: list[int] = []

    def weigh(response: Response) -> None:
        # What comes from the browser's own cache is told as less than nothing.
        weights.append(max(0, response.request.sizes()["responseBodySize"]))

    page.on("requestfinished", lambda request: weigh(request.response()))
    page.goto(GALLERY, wait_until="networkidle")
    # The gallery is by far the heaviest page: all components, their calls, names that need the extended letters.
    assert 60_000 < sum(weights) <= FIRST_VISIT_BYTES
    weights.clear()
    page.goto(GALLERY + "?again", wait_until="networkidle")
    assert sum(weights) <= REPEAT_VISIT_BYTES


def test_a_job_under_way_asks_for_itself(page: Page) -> None:
    """The gallery's jobs stand still; this one is given an address, and the page then fetches htmx for it."""

    def give_address(route: Route) -> None:
        answer = route.fetch()
        asking = '<section class="job job-queued" hx-get="/healthz" hx-trigger="load delay:50ms" hx-swap="outerHTML"'
        body = answer.text().replace('<section class="job job-queued"', asking)
        route.fulfill(response=answer, body=body)

    page.route(f"**{GALLERY}", give_address)
    page.goto(GALLERY)
    expect(page.locator(".job-queued")).to_have_count(0)
    expect(page.locator(".example", has_text="Progress of a job")).to_contain_text("ok")


def test_on_paper_there_is_no_furniture_and_every_number(page: Page) -> None:
    page.goto(GALLERY)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".rail")).to_be_hidden()
    expect(page.locator(".foot")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator(".profile .numbers table")).to_be_visible()
