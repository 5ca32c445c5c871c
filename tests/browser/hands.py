"""A reader who has a keyboard and nothing else."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

STEPS = 400  # more than any page has places to stop at


class Hands:
    """Goes through a page with Tab, presses with Enter and Space, and always sees where they are."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator) -> Locator:
        """Press Tab until the target has the focus, and see that it can be seen there."""
        expect(target).to_have_count(1)
        wanted = target.element_handle()
        for _step in range(STEPS):
            if self.page.evaluate("wanted => document.activeElement === wanted", wanted):
                break
            self.page.keyboard.press("Tab")
        expect(target).to_be_focused()
        expect(target).to_be_in_viewport()
        assert target.evaluate("one => getComputedStyle(one).outlineStyle") == "solid", "the focus cannot be seen"
        return target

    def follow(self, name: str, within: str = "body") -> None:
        """Open a link, or press a button, by its words."""
        place = self.page.locator(within)
        links = place.get_by_role("link", name=name, exact=True)
        self.reach(links.or_(place.get_by_role("button", name=name, exact=True)).filter(visible=True).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, label: str, text: str) -> None:
        """Write into a field."""
        self.reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def choose(self, group: str, label: str) -> None:
        """Choose one of a group of radio buttons: Tab goes to the group, the arrows through it."""
        wanted = self.page.get_by_role("group", name=group).get_by_role("radio", name=label)
        if not wanted.is_checked():
            chosen = self.page.get_by_role("group", name=group).get_by_role("radio", checked=True)
            first = self.page.get_by_role("group", name=group).get_by_role("radio").first
            self.reach(chosen if chosen.count() else first)
            self.page.keyboard.press("Space")
            for _step in range(STEPS):
                if wanted.is_checked():
                    break
                self.page.keyboard.press("ArrowDown")
        expect(wanted).to_be_checked()
