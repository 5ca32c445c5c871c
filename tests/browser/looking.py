"""Looking at a page as its readers do: what it says, how wide it is, where the keyboard goes, what it weighs."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from playwright.sync_api import Page

DESK: Any = {"width": 1280, "height": 900}
PHONE: Any = {"width": 390, "height": 844}
# A desk at 400%: WCAG 2.2, 1.4.10 (reflow).
ZOOMED: Any = {"width": 320, "height": 640}
FIRST_VISIT_BYTES, REPEAT_VISIT_BYTES = 120_000, 40_000

# The shape of an element: its tag, its classes, the names of its attributes, and its parent's. What a page is made of.
_SAYS = """() => ({
    shapes: [...new Set([...document.querySelectorAll('body *:not(svg *)')].map(one => [one.parentElement, one]
        .map(it => [it.tagName, ...it.classList, ...it.getAttributeNames()].join(' ')).join(' > ')))],
    headings: [...document.querySelectorAll('h1')].map(one => one.innerText.trim()),
    title: document.title,
    lede: [...document.querySelectorAll('.lede')].map(one => one.innerText.trim()).join(' '),
    links: [...document.querySelectorAll('a[href]')]
        .map(link => new URL(link.getAttribute('href'), location).href.split('#')[0]),
})"""

# Goes through all that the keyboard can reach: it can be focused, has an outline, and is not hidden by what floats over
# the page. The browser shows the focus that a script sets as the keyboard's once a key was pressed.
_LOSES_FOCUS = """() => {
    const reachable = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
    const lost = [];
    for (const target of document.querySelectorAll(reachable)) {
        if (!target.checkVisibility({visibilityProperty: true}) || target.disabled || target.closest('.skip')) continue;
        target.focus();
        const words = target.outerHTML.slice(0, 110).replaceAll(/\\s+/g, ' ');
        if (document.activeElement !== target) { lost.push(`${words}: cannot be focused`); continue; }
        const style = getComputedStyle(target);
        if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) lost.push(`${words}: no outline`);
        const box = target.getClientRects()[0];
        const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
        const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
        const isSeen = [0.1, 0.5, 0.9].some(part => {
            const seen = document.elementFromPoint((left + right) / 2, top + (bottom - top) * part);
            return seen && (target.contains(seen) || seen.closest('label')?.contains(target));
        });
        if (!isSeen || right <= left || bottom <= top) lost.push(`${words}: out of sight`);
    }
    return lost;
}"""


def read(page: Page) -> dict[str, Any]:
    """Return what the page says of itself."""
    says: dict[str, Any] = page.evaluate(_SAYS)
    return says


def find_width(page: Page, direction: str = "ltr") -> int:
    """Return how wide the page is in the present window, written in a direction."""
    width: int = page.evaluate(
        "direction => { const html = document.documentElement; html.dir = direction; return html.scrollWidth }",
        direction,
    )
    return width


def find_lost_focus(page: Page) -> list[str]:
    """Return what the keyboard reaches without the reader seeing where they are."""
    page.keyboard.press("Tab")
    lost: list[str] = page.evaluate(_LOSES_FOCUS)
    return lost


def unfold(page: Page) -> None:
    """Open all that is folded away."""
    page.evaluate("document.querySelectorAll('main details').forEach(detail => { detail.open = true })")


class Scales:
    """Weighs pages as they come over the wire, in a browser that keeps what it may keep."""

    def __init__(self, page: Page) -> None:
        self.assets: dict[str, int] = {}
        self._urls: dict[str, str] = {}
        self._visit: dict[str, int] = defaultdict(int)
        self._document = ""
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", self._ask)
        wire.on("Network.loadingFinished", self._finish)

    def begin(self) -> None:
        """Put the next page on the scales."""
        self._visit.clear()

    def weigh(self) -> tuple[int, int]:
        """Return what the page weighs on a first visit of the house, and when the house is known."""
        page = sum(weight for url, weight in self._visit.items() if "/static/" not in url)
        return page + sum(self.assets[url] for url in self._visit if "/static/" in url), page

    def _ask(self, event: dict[str, Any]) -> None:
        self._urls[event["requestId"]] = event["request"]["url"]

    def _finish(self, event: dict[str, Any]) -> None:
        url, weight = self._urls.get(event["requestId"], ""), int(event["encodedDataLength"])
        self._visit[url] += weight
        if "/static/" in url:
            # What comes out of the browser's own cache weighs nothing; the first time tells.
            self.assets[url] = max(weight, self.assets.get(url, 0))
