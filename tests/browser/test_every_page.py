"""Every page of the house, found by following links through the demo as each of its people, and looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve, reverse
from playwright.sync_api import Browser, Page
from pytest_django.fixtures import Settings

from collegium.base import time
from collegium.people import demo
from collegium.people.services import demo_links
from tests.browser import looking
from tests.browser.pages_of_the_house import BY_ADDRESS, ELSEWHERE, FOUND
from tests.security.urls_of_the_house import TABLE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

TRIES = 3  # addresses of a kind that are tried until one of them is not sent on elsewhere


def test_every_kind_of_page_is_found_by_somebody() -> None:
    answers_get = {name for name, (get, _post) in TABLE.items() if "never" not in get}
    found: set[str] = set().union(*FOUND.values())
    assert found | ELSEWHERE.keys() == answers_get
    assert not found & ELSEWHERE.keys()


# --- the walk ---------------------------------------------------------------------------------------------------------
@dataclass
class Walk:
    """Follows every link of this site, to one page of each kind."""

    page: Page
    found: dict[str, str] = field(default_factory=dict)
    tried: dict[str, int] = field(default_factory=dict)

    def go(self, starts: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the kind of each page that opens, which is then the browser's page, and what it says."""
        waiting, seen = list(starts), set(starts)
        host = urlsplit(starts[0]).netloc
        for url in waiting:
            name = resolve(urlsplit(url).path).view_name
            if name in self.found or name in ELSEWHERE or self.tried.get(name, 0) == TRIES:
                continue
            self.tried[name] = self.tried.get(name, 0) + 1
            response = self.page.goto(url)
            assert response is not None
            assert response.status == 200, f"{response.status} for {url}"
            name = resolve(urlsplit(self.page.url).path).view_name
            if name in self.found:
                continue
            self.found[name] = self.page.url
            says = looking.read(self.page)
            yield name, says
            for link in says["links"]:
                if urlsplit(link).netloc == host and link not in seen:
                    seen.add(link)
                    waiting.append(link)


@pytest.fixture
def cast(settings: Settings) -> dict[str, str]:
    """Build the demo; return the one-click address of each of its people."""
    settings.DEMO = True
    community = demo.build(seed=demo.SEED, today=time.today())
    return {label: demo_links.path_of(person) for label, person in demo.list_cast(community.id)}


@pytest.fixture(scope="module")
def browser(launch_browser: Callable[..., Browser], browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """Start a browser of our own that draws nothing on its screen, which nobody looks at.

    It lays pages out as any other, but does not wait for what comes after that: nothing can be clicked in it.
    """
    browser = launch_browser(args=[*browser_type_launch_args["args"], "--disable-threaded-compositing"])
    yield browser
    browser.close()


def test_every_page(cast: dict[str, str], page: Page, base_url: str, axe: Callable[[Page], None]) -> None:
    """In one go, because what one person's pages show need not be looked at closely again for the next."""
    assert FOUND.keys() == {"Signed out", *cast}
    # Each page is opened in the narrowest window, so that most need no other.
    page.set_viewport_size(looking.ZOOMED)
    scales, kinds, shapes = looking.Scales(page), set[str](), set[str]()
    problems: list[str] = []
    for who, expected in FOUND.items():
        # Away from the last page first: from there, a browser that draws nothing does not get to another's.
        page.goto("about:blank")
        page.context.clear_cookies()
        if who in cast:
            page.goto(cast[who])
        walk = Walk(page)
        scales.begin()
        for name, says in walk.go([base_url + path for path in ("/", *map(reverse, BY_ADDRESS.get(who, [])))]):
            wrong = list(glance(page, says, scales))
            if name not in kinds or not shapes.issuperset(says["shapes"]):
                wrong += look_closely(page, axe)
                page.set_viewport_size(looking.ZOOMED)
            kinds.add(name)
            shapes.update(says["shapes"])
            problems += [f"{who}, {name} {page.url}: {text}" for text in wrong]
            scales.begin()
        problems += [f"{who} does not find {name}" for name in expected - walk.found.keys()]
    assert not problems, "\n".join(problems)
    assert kinds == set().union(*FOUND.values())


def glance(page: Page, says: dict[str, Any], scales: looking.Scales) -> Iterator[str]:
    """Yield what is wrong with a page at first sight."""
    if len(says["headings"]) != 1 or not says["headings"][0]:
        yield f"headings of the first level: {says['headings']}"
    if not says["title"].endswith(" · Collegium") or len(says["title"]) < len(" · Collegium") + 3:
        yield f"title: {says['title']!r}"
    if not says["lede"]:
        yield "no sentence says what the page tells"
    first, repeat = scales.weigh()
    if not repeat < first <= looking.FIRST_VISIT_BYTES or repeat > looking.REPEAT_VISIT_BYTES:
        yield f"weighs {first} bytes at first and {repeat} later"
    for direction in ("rtl", "ltr"):
        if (width := looking.find_width(page, direction)) != looking.ZOOMED["width"]:
            yield f"{width} wide at 400%, {direction}"


def look_closely(page: Page, axe: Callable[[Page], None]) -> Iterator[str]:
    """Yield what is wrong with a page to axe and to the keyboard, at a desk in the light and on a phone in the dark."""
    looking.unfold(page)
    for window, scheme in ((looking.DESK, "light"), (looking.PHONE, "dark")):
        page.set_viewport_size(window)
        page.emulate_media(color_scheme=scheme)
        try:
            axe(page)
        except AssertionError as found:
            yield f"{scheme}: {found}"
        yield from looking.find_lost_focus(page)
    page.emulate_media(color_scheme="light")


# Each shows only on a phone in the dark.
FAULTS = """() => {
    const [pale, nameless, ...small] = ['p', 'img', 'button', 'button'].map(tag => document.createElement(tag));
    pale.textContent = 'Pale';
    pale.className = 'fault-pale';
    nameless.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
    for (const button of small) button.textContent = 'x';
    document.querySelector('main').append(pale, nameless, ...small);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        main > :is(img, button) { display: none }
        @media (max-width: 500px) {
            main > img { display: block }
            main > button { all: unset; display: inline-block; outline: 2px solid; width: 10px; height: 10px }
        }
        @media (max-width: 500px) and (prefers-color-scheme: dark) { .fault-pale { color: #222; background: #111 } }`);
    document.adoptedStyleSheets = [sheet];
}"""


def test_a_close_look_finds_what_is_wrong_in_one_window_only(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/an-address-that-leads-nowhere")
    assert not list(look_closely(page, axe))
    page.evaluate(FAULTS)
    found = "\n".join(look_closely(page, axe))
    assert "light" not in found
    for fault in ("color-contrast", "image-alt", "target-size"):
        assert f"- {fault} " in found
