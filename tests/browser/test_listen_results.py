"""A result in a real browser: accessible, readable on a phone, and on paper no longer than it says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from collegium.base import time
from collegium.listen.models import Pulse
from collegium.people.models import Account, Person, Unit
from tests import factories as make
from tests.browser import looking
from tests.listen import published
from tests.listen.published import Told
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db

SignIn = Callable[[Account], None]
EIGHT = ("benevolence", "honesty", "openness", "reliability", "competence", "wisdom", "ideals", "care")
PAGE = re.compile(rb"/Type\s*/Page\b")


@dataclass
class World:
    """A school with two rounds of the trust questionnaire behind it."""

    school: Unit
    pulse: Pulse
    steward: Person

    def url(self, name: str) -> str:
        """Return an address of the result."""
        return reverse(f"listen:{name}", args=[self.school.slug, self.pulse.id])


@pytest.fixture
def world(transactional_db: None) -> World:
    school = make.make_unit(make.make_community(), "Saltmarsh Primary School")
    steward = make.steward_of(school)
    make.make_post(steward, school)
    client_of(steward)
    then = Told(means={key: 3.4 + place / 10 for place, key in enumerate(EIGHT)})
    now = Told(means={key: (2.1 if key == "openness" else 3.5 + place / 10) for place, key in enumerate(EIGHT)})
    first, second = (
        published.make_pulse(school, "trust", at=time.now() - dt.timedelta(days=days), title="Trust in each other")
        for days in (100, 9)
    )
    published.tell(first, school, then)
    published.tell(second, school, now, before=(first, then))
    for level, seed in (("classroom", 5), ("support", 6)):
        published.tell(second, school, Told(means=now.means, n=12, asked=14), level=level, seed=seed)
    published.write_comments(second, school, ["More time together, less paper.", "Nobody tells us what came of it."])
    return World(school, second, steward)


@pytest.mark.slow
def test_every_form_of_a_result_is_accessible_and_fits_a_phone(
    page: Page, world: World, sign_in: SignIn, axe: Callable[[Page], None]
) -> None:
    assert world.steward.account
    sign_in(world.steward.account)
    # All that opens is looked at once; the forms for paper and wall show the same pieces.
    for name, theme in (("result", "light"), ("result_summary", "dark"), ("result_slide", "dark"), ("sense", "dark")):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.set_viewport_size(looking.DESK)
        page.goto(world.url(name))
        if name == "result":
            looking.unfold(page)
            page.evaluate("document.querySelectorAll('.facet:not(:nth-of-type(3))').forEach(each => each.remove())")
        axe(page)
        for window in (looking.PHONE, looking.ZOOMED):
            page.set_viewport_size(window)
            assert looking.find_width(page) <= window["width"], name


def test_a_facet_opens_from_the_profile_and_a_note_is_kept(page: Page, world: World, sign_in: SignIn) -> None:
    assert world.steward.account
    sign_in(world.steward.account)
    page.set_viewport_size(looking.PHONE)
    page.goto(world.url("result"))
    expect(page.locator(".lede")).to_have_text("Openness is the weakest of the eight, and we are sure of it.")
    page.get_by_role("link", name="Openness").click()
    expect(page.locator("#facet-openness")).to_be_visible()
    expect(page.locator("#facet-openness")).to_contain_text("clearly down")
    page.get_by_role("link", name="Make sense of it together").first.click()
    page.get_by_label("What do we keep?").check()
    page.get_by_label("What you made of it").fill("Our Tuesdays.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator(".comments")).to_contain_text("Our Tuesdays.")


def test_one_page_is_one_page_and_the_slide_is_one_slide(page: Page, world: World, sign_in: SignIn) -> None:
    assert world.steward.account
    sign_in(world.steward.account)
    for paper in ("A4", "Letter"):
        page.goto(world.url("result_summary"))
        assert len(PAGE.findall(page.pdf(format=paper))) == 1, paper
    page.goto(world.url("result_slide"))
    slide = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(PAGE.findall(slide)) == 1
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", slide)
    assert box
    assert float(box.group(1)) / float(box.group(2)) == pytest.approx(16 / 9, rel=0.01)
