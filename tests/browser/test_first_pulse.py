"""A newcomer, from a community in which there is nobody but them to the first pulse, by what the pages say alone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from collegium.listen.enums import PulseState
from collegium.listen.models import Invitation, Pulse
from collegium.people.actors import operator_of
from collegium.people.services import communities, persons, roles, units
from tests.browser import looking
from tests.jobs import work_off
from tests.people.sign_in.helpers import mailed_code

pytestmark = pytest.mark.django_db(transaction=True)

MOST_STEPS, MOST_SECONDS = 25, 600
EMAIL = "wren@saltmarsh.example"
STAFF = "Name,Mail,Role\n" + "".join(f"Person{n} Example,person{n}@saltmarsh.example,Teacher\n" for n in range(12))


class Newcomer:
    """Does what a page says, and counts: a click, a field that is filled in, a file that is chosen."""

    def __init__(self, page: Page, axe: Callable[[Page], None]) -> None:
        self.page, self.axe, self.steps = page, axe, 0

    def see(self, heading: str) -> None:
        """Look at a page: its heading, that it fits and that everybody can use it."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        self.axe(self.page)
        assert looking.find_width(self.page) <= looking.PHONE["width"]

    def press(self, name: str) -> None:
        """Follow a link or press a button by its words."""
        self.steps += 1
        links = self.page.locator("main").get_by_role("link", name=name, exact=True)
        found: Locator = links.or_(self.page.locator("main").get_by_role("button", name=name, exact=True))
        with self.page.expect_navigation():
            found.filter(visible=True).first.click()

    def fill(self, label: str, text: str) -> None:
        """Write into a field."""
        self.steps += 1
        self.page.get_by_label(label).fill(text)


def begin_community() -> None:
    """Do what `collegium people add-community` does: one unit, one steward, and nothing else."""
    operator = operator_of(communities.add_community(name="Saltmarsh").id)
    school = units.add_unit(actor=operator, within=None, kind="school", name="Saltmarsh School")
    wren = persons.add_person(actor=operator, unit=school, given_name="Wren", family_name="Ashdown", email=EMAIL)
    roles.give_role(actor=operator, person=wren, unit=school, role="steward")


def test_from_an_empty_community_to_the_first_pulse(page: Page, axe: Callable[[Page], None], tmp_path: Path) -> None:
    begin_community()
    staff = tmp_path / "staff.csv"
    staff.write_text(STAFF, encoding="utf-8")
    page.set_viewport_size(looking.PHONE)
    newcomer, begun = Newcomer(page, axe), time.monotonic()

    page.goto("/account/login/")
    newcomer.fill("email address", EMAIL)
    newcomer.press("Send me a code")
    newcomer.fill("The code from the mail", mailed_code())
    newcomer.press("Sign in")
    newcomer.see("Saltmarsh School")
    steps = page.get_by_role("region", name="First steps").get_by_role("listitem")
    expect(steps).to_have_count(3)
    assert all(step.inner_text().count("\n") >= 1 for step in steps.all()), "each says what it gives"

    newcomer.press("Bring your people")
    newcomer.see("Rosters")
    newcomer.steps += 1
    page.get_by_label("Your file").set_input_files(staff)
    newcomer.press("Upload and look at it")
    newcomer.press("Show me the preview")
    work_off()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible(timeout=10_000)
    newcomer.press("Carry it out")
    work_off()
    expect(page.get_by_role("heading", name="The import is done")).to_be_visible(timeout=10_000)

    newcomer.steps += 1
    page.get_by_role("link", name="Home", exact=True).filter(visible=True).first.click()
    newcomer.see("Saltmarsh School")
    expect(page.get_by_text("Bring your people (done)")).to_be_visible()
    newcomer.press("Take a first pulse")
    newcomer.see("Open a pulse")
    newcomer.fill("Why this pulse?", "To hear how we are doing.")
    newcomer.press("See what it will be")
    expect(page.get_by_text("Nobody can see what you answered.")).to_be_visible()
    newcomer.press("Open it")
    expect(page.get_by_role("status")).to_contain_text("The pulse is open.")

    assert newcomer.steps <= MOST_STEPS, newcomer.steps
    assert time.monotonic() - begun < MOST_SECONDS
    assert Pulse.objects.get().state == PulseState.OPEN
    assert Invitation.objects.count() == len(re.findall("@", STAFF))
