"""A newcomer opens the first pulse of a school whose people were just imported, on a phone; and without script."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from collegium.listen.enums import PulseState
from collegium.listen.models import Invitation, Pulse
from collegium.listen.services import recurring
from collegium.people.enums import Level, UnitKind
from collegium.people.models import Account
from tests import factories as make
from tests.browser import looking
from tests.listen import worlds
from tests.listen.worlds import School

pytestmark = pytest.mark.django_db(transaction=True)

MOST_CLICKS, MOST_SECONDS = 15, 180
Axe = Callable[[Page], None]


@pytest.fixture
def school() -> School:
    return worlds.build_school(teams=(14, 9, 8, 3), support=7, name="Saltmarsh School")


class Finger:
    """Taps, and counts."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, target: Locator) -> None:
        """Tap what can be seen, and wait for the page it leads to."""
        self.taps += 1
        with target.page.expect_navigation():
            target.click()


def test_the_first_pulse_of_a_school_takes_a_newcomer_few_taps_on_a_phone(
    page: Page, axe: Axe, sign_in: Callable[[Account], None], school: School
) -> None:
    page.set_viewport_size(looking.PHONE)
    assert school.steward.account is not None
    sign_in(school.steward.account)
    page.goto(reverse("people:unit_home", args=[school.unit.slug]))
    begun, finger = time.monotonic(), Finger()
    finger.tap(page.get_by_role("link", name="Listen", exact=True).filter(visible=True).first)
    look_at(page, axe, "Listen")
    finger.tap(page.get_by_role("link", name="Open a pulse"))
    look_at(page, axe, "Open a pulse")
    page.get_by_label("Why this pulse?").fill("To hear how the new timetable goes.")
    finger.taps += 1  # into the field
    finger.tap(page.get_by_role("button", name="See what it will be"))
    look_at(page, axe, "How are we doing?")
    expect(page.get_by_text("Nobody can see what you answered.")).to_be_visible()
    expect(page.get_by_text("41 people")).to_be_visible()
    finger.tap(page.get_by_role("button", name="Open it"))
    look_at(page, axe, "How are we doing?")
    expect(page.get_by_role("status")).to_contain_text("The pulse is open.")
    assert finger.taps <= MOST_CLICKS
    assert time.monotonic() - begun < MOST_SECONDS
    assert Pulse.objects.get().state == PulseState.OPEN
    assert Invitation.objects.count() == 41


def look_at(page: Page, axe: Axe, heading: str) -> None:
    """See that the page is the right one, is accessible with all that is folded away, and fits the window."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    looking.unfold(page)
    axe(page)
    assert looking.find_width(page) <= looking.PHONE["width"]
    assert not looking.find_lost_focus(page)


def test_the_pages_around_it_can_be_read_and_reached_by_everybody(
    page: Page, axe: Axe, sign_in: Callable[[Account], None]
) -> None:
    community = make.make_community()
    alliance = make.make_unit(community, kind=UnitKind.ALLIANCE)
    school = worlds.build_school(community, teams=(9, 8), within=alliance)
    steward, now = school.steward, timezone.now()
    make.make_post(steward, school.unit, level=Level.SENIOR)
    worlds.prepare(school.unit, steward, at=now, title="A draft")
    repeated = worlds.prepare(school.unit, steward, at=now, title="It comes back")
    recurring.set_recurrence(actor=make.actor_of(steward), pulse=repeated, every_weeks=4, parts=1)
    worlds.open_at_start(repeated, steward)
    worlds.open_at_start(worlds.prepare(school.unit, steward, at=now, title="An open one"), steward)
    assert steward.account is not None
    sign_in(steward.account)
    page.set_viewport_size(looking.PHONE)
    listen = reverse("listen:unit_listen", args=[school.unit.slug])
    page.goto(listen)
    look_at(page, axe, "Listen")
    for words, about, heading in (
        ("Change", "A draft", "Change this draft"),
        ("Discard", "A draft", "Discard this draft?"),
        ("End it", "It comes back", "Let it come back no more?"),
        ("Change it", "An open one", "May those above see our name and result?"),
    ):
        page.goto(listen)
        page.get_by_role("link", name=re.compile(rf"^{words} ?: {about}$")).click()
        look_at(page, axe, heading)
    page.goto(reverse("people:my_part"))
    look_at(page, axe, steward.full_name)
    page.get_by_role("link", name=re.compile("how often pulses may ask you")).click()
    look_at(page, axe, "How often may pulses ask you?")


@pytest.fixture
def scriptless(browser: Browser, live_server: LiveServer, school: School) -> Iterator[Page]:
    """A page of a browser that runs no script, in which the steward is signed in."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-GB")
    client = Client()
    assert school.steward.account is not None
    client.force_login(school.steward.account)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    yield context.new_page()
    context.close()


def test_without_script_every_choice_can_be_made_and_what_was_wrong_stays_to_be_mended(
    scriptless: Page, school: School
) -> None:
    page = scriptless
    page.goto(reverse("listen:pulse_add", args=[school.unit.slug]))
    page.get_by_text("More choices").click()
    page.get_by_role("radio", name="Trust:").check()
    page.get_by_label("About whom").select_option(label="our partner schools")
    page.get_by_role("checkbox", name="Support").uncheck()
    page.get_by_label("Fewest people a result may be about").fill("4")
    page.get_by_role("button", name="See what it will be").click()
    expect(page.get_by_role("alert")).to_contain_text("Fewest people a result may be about")
    expect(page.get_by_role("radio", name="Trust:")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Support")).not_to_be_checked()
    page.get_by_label("Fewest people a result may be about").fill("6")
    page.get_by_label("Comes back", exact=True).select_option(label="Every 6 weeks")
    page.get_by_role("button", name="See what it will be").click()
    expect(page.get_by_text("Every 6 weeks, everybody each time")).to_be_visible()
    expect(page.get_by_text("34 people")).to_be_visible()
    page.get_by_text("Slips of paper for some or for all").click()
    page.get_by_role("radio", name="Everybody").check()
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_text("34 slips of paper belong to this pulse")).to_be_visible()
    pulse = Pulse.objects.get()
    assert (pulse.state, pulse.k, pulse.referent) == (PulseState.OPEN, 6, "partners")
