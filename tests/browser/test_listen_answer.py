"""Answering a pulse with a real browser: on a phone, with the keyboard alone, without script, on a shared device."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from collegium.base import time
from collegium.listen.answers import packing, trays
from collegium.listen.models import Invitation, Pulse, Slip, Tray
from collegium.listen.queries import ways_in
from collegium.listen.services import versions
from tests import factories as make
from tests.browser import looking
from tests.browser.hands import Hands
from tests.listen import answering_helpers as answer
from tests.listen import worlds

pytestmark = pytest.mark.django_db(transaction=True)

STORED = "JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})"
WISH = "More time to plan together."


@dataclass
class Asked:
    """A school that is asked something now."""

    school: worlds.School
    pulse: Pulse

    def link(self, number: int) -> str:
        """Return the personal link of one of the staff; the first six come in by slip."""
        return answer.link_of(self.pulse, self.school.staff[6 + number])

    @property
    def by_code(self) -> str:
        """Where codes are typed."""
        return reverse("listen:answer_by_code", args=[self.pulse.id])

    def sheets(self) -> list[list[int]]:
        """What was handed in so far."""
        found = [sheet for tray in Tray.objects.filter(pulse=self.pulse) for sheet in trays.look_into(tray).sheets]
        return [packing.answers_of(packing.sheet_of(sheet)[1]).tolist() for sheet in found]


def ask(instrument: str = "") -> Asked:
    """Ask a school every kind of question, or what an instrument that comes with the house asks."""
    school = worlds.build_school(teams=(8, 7))
    if instrument:
        version = versions.keep_shipped(make.actor_of(school.steward), instrument)
    else:
        version = worlds.keep_instrument(school.community, answer.EVERY_KIND)
    at = time.now() - dt.timedelta(minutes=1)
    _school, pulse = answer.open_pulse(school, by_slip=6, version=version, at=at)
    return Asked(school, pulse)


@pytest.fixture
def phone(page: Page) -> Page:
    """A phone."""
    page.set_viewport_size(looking.PHONE)
    return page


def choose(page: Page, question: int, label: str, rating: int = 0) -> None:
    """Tap an answer."""
    page.locator(f"#q{question} fieldset").nth(rating).get_by_text(label, exact=True).click()


def expect_at(page: Page, question: int) -> None:
    """See that this question, and no other, is on the screen."""
    expect(page.locator(f"#q{question}")).to_be_visible()
    expect(page.locator(".question:visible")).to_have_count(1)


def answer_every_kind(page: Page) -> None:
    """Go through the questions to the review."""
    choose(page, 1, "Mostly")
    expect_at(page, 2)
    choose(page, 2, "Hardly")
    choose(page, 2, "Fully", rating=1)
    expect_at(page, 3)
    choose(page, 3, "By mail")
    expect_at(page, 4)
    choose(page, 4, "Coaching")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("textbox", name="How many hours").fill("4")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("textbox", name="What one thing").fill(WISH)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="Hand in")).to_be_visible()


EVERY_KIND_SHEET = [4, 2, 5, 2, 0, 0, 1, 4]


def test_on_a_phone_every_screen_can_be_read_and_pressed(phone: Page, axe: Callable[[Page], None]) -> None:
    asked = ask()
    phone.goto(asked.link(0))
    expect(phone).to_have_url(answer.sheet_url(asked.pulse))
    expect(phone.get_by_role("heading", level=2)).to_have_text("Who can see what, and what nobody can see")
    screens = [phone.get_by_role("button", name="Begin"), *[phone.locator("[data-next]")] * 6]
    for scheme in ("light", "dark"):
        phone.emulate_media(color_scheme=scheme)
        phone.goto(answer.sheet_url(asked.pulse))
        for button in screens:
            axe(phone)
            assert looking.find_width(phone) == looking.PHONE["width"]
            assert not looking.find_lost_focus(phone)
            button.click()
        axe(phone)
        phone.set_viewport_size(looking.ZOOMED)
        assert looking.find_width(phone) == looking.ZOOMED["width"]
        assert looking.find_width(phone, "rtl") == looking.ZOOMED["width"]
        phone.set_viewport_size(looking.PHONE)


def test_a_tap_answers_and_goes_on_and_everything_can_be_changed_until_it_is_sent(phone: Page) -> None:
    asked = ask()
    phone.goto(asked.link(0))
    phone.get_by_role("button", name="Begin").click()
    answer_every_kind(phone)
    rows = phone.locator(".review-row")
    expect(rows).to_have_count(6)
    expect(rows.nth(1)).to_contain_text("Hardly · Rules say what is to be done.")
    expect(rows.nth(5)).to_contain_text(WISH)
    rows.nth(0).get_by_role("link", name="Change").click()
    expect_at(phone, 1)
    choose(phone, 1, "No answer")
    expect_at(phone, 2)
    phone.go_back()
    expect_at(phone, 1)
    expect(phone.get_by_role("button", name="Leave out")).to_be_visible()
    choose(phone, 1, "Mostly")
    expect_at(phone, 2)
    phone.goto(answer.sheet_url(asked.pulse) + "#review")
    phone.get_by_role("button", name="Hand in").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert asked.sheets() == [EVERY_KIND_SHEET]
    phone.go_back()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Nothing is open here")
    assert WISH not in phone.content()
    assert phone.evaluate(STORED) == "{}{}"


# Counts what is kept the first time that a page thanks.
COUNT_AT_THANKS = """new MutationObserver(() => {
    const says = document.querySelector('h1')?.textContent ?? '';
    if (says.includes('Thank you')) window.keptAtThanks ??= localStorage.length;
}).observe(document, {childList: true, subtree: true})"""


def test_whoever_is_thanked_may_leave_at_once_and_leaves_nothing(phone: Page) -> None:
    asked = ask()
    phone.add_init_script(COUNT_AT_THANKS)
    phone.goto(asked.link(0))
    phone.get_by_role("button", name="Begin").click()
    answer_every_kind(phone)
    assert phone.evaluate("localStorage.length") == 1
    phone.get_by_role("button", name="Hand in").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert phone.evaluate("window.keptAtThanks") == 0


def test_twelve_ratings_take_a_tap_each(phone: Page) -> None:
    asked = ask("heartbeat")
    taps = 0
    phone.goto(asked.link(0))
    phone.get_by_role("button", name="Begin").click()
    taps += 1
    for number in range(1, 13):
        expect_at(phone, number)
        option = phone.locator(f"#q{number} .option").nth(number % 5)
        box = option.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["y"] + box["height"] < looking.PHONE["height"] - 60, "under the bar, or out of reach"
        option.click()
        taps += 1
    phone.get_by_role("button", name="Leave out").click()
    phone.get_by_role("button", name="Hand in").click()
    taps += 2
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert taps == 15
    assert asked.sheets() == [[1 + number % 5 for number in range(1, 13)]]


def test_with_the_keyboard_alone(page: Page) -> None:
    asked = ask()
    page.set_viewport_size(looking.DESK)
    hands = Hands(page)
    page.goto(asked.link(0))
    hands.reach(page.get_by_role("button", name="Begin"))
    page.keyboard.press("Enter")
    expect_at(page, 1)
    page.keyboard.press("4")
    expect_at(page, 2)
    page.keyboard.press("2")
    page.keyboard.press("5")
    expect_at(page, 3)
    # With the arrows one walks through the answers, and goes on when one is ready.
    hands.reach(page.locator("#q3 input").first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("By mail")).to_be_checked()
    page.wait_for_timeout(400)
    expect_at(page, 3)
    page.keyboard.press("Enter")
    expect_at(page, 4)
    hands.reach(page.get_by_label("Coaching"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    hands.reach(page.get_by_role("textbox", name="How many hours"))
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    hands.reach(page.get_by_role("textbox", name="What one thing"))
    page.keyboard.type("Two lines,\nand 3 words")
    hands.reach(page.get_by_role("button", name="Next"))
    page.keyboard.press("Enter")
    hands.reach(page.get_by_role("button", name="Hand in"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert asked.sheets() == [EVERY_KIND_SHEET]


def test_half_finished_answers_stay_on_the_device_until_they_are_sent_or_cleared(phone: Page) -> None:
    asked = ask()
    phone.goto(asked.link(0))
    phone.get_by_role("button", name="Begin").click()
    choose(phone, 1, "Mostly")
    expect_at(phone, 2)
    phone.reload()
    expect_at(phone, 2)
    phone.goto("about:blank")
    phone.goto(asked.link(0))
    expect(phone.get_by_text("You have begun on this device already")).to_be_visible()
    phone.get_by_role("button", name="Begin").click()
    expect(phone.locator("#q1").get_by_role("radio", name="Mostly")).to_be_checked()
    # Somebody else with this device finds nothing of it.
    phone.goto(asked.link(1))
    expect(phone.get_by_text("You have begun on this device already")).to_be_hidden()
    phone.goto(asked.link(0))
    phone.get_by_role("button", name="Clear them from this device").click()
    expect(phone.get_by_text("You have begun on this device already")).to_be_hidden()
    assert phone.evaluate(STORED) == "{}{}"
    phone.get_by_role("button", name="Begin").click()
    expect(phone.locator("#q1 input:checked")).to_have_count(0)


def test_what_is_kept_goes_when_the_pulse_is_over(phone: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ask()
    phone.goto(asked.link(0))
    phone.get_by_role("button", name="Begin").click()
    choose(phone, 1, "Mostly")
    expect_at(phone, 2)
    assert str(asked.pulse.id) in phone.evaluate(STORED)
    day = dt.timedelta(days=1)
    Pulse.objects.filter(id=asked.pulse.id).update(opens_at=time.now() - 9 * day, closes_at=time.now() - day)
    monkeypatch.setattr(ways_in, "_read_lately", {})  # what an open pulse is does not change otherwise
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("It has closed")
    assert phone.evaluate(STORED) == "{}{}"


def test_without_a_network_nothing_is_lost(phone: Page) -> None:
    asked = ask()
    phone.goto(asked.link(0))
    phone.get_by_role("button", name="Begin").click()
    answer_every_kind(phone)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Hand in").click()
    expect(phone.get_by_text("This device is offline")).to_be_visible()
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Hand in").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert asked.sheets() == [EVERY_KIND_SHEET]


def test_a_shared_device_keeps_nothing_and_goes_back_to_the_code(phone: Page, axe: Callable[[Page], None]) -> None:
    asked = ask()
    codes = answer.codes_of(asked.pulse)
    phone.goto(f"{asked.by_code}?shared=1")
    axe(phone)
    for number, code in enumerate(codes[:2], start=1):
        phone.get_by_label("The code on your slip").fill(code.lower())
        phone.get_by_role("button", name="Go to the questions").click()
        expect(phone.get_by_text("Nothing you answer is kept on this device.")).to_be_visible()
        phone.get_by_role("button", name="Begin").click()
        answer_every_kind(phone)
        assert phone.evaluate(STORED) == "{}{}"
        axe(phone)
        phone.get_by_role("button", name="Hand in").click()
        expect(phone.get_by_text("that sheet is handed in")).to_be_visible()
        axe(phone)
        assert phone.evaluate(STORED) == "{}{}"
        assert len(asked.sheets()) == number
        phone.go_back()
        assert WISH not in phone.content()
        expect(phone.locator("input:checked")).to_have_count(0)
        phone.goto(f"{asked.by_code}?shared=1")
    assert not [cookie for cookie in phone.context.cookies() if cookie.get("name") == "collegium_ticket"]
    phone.get_by_label("The code on your slip").fill(codes[0])
    phone.get_by_role("button", name="Go to the questions").click()
    expect(phone.get_by_text("used already").first).to_be_visible()


def test_leaving_a_shared_device_half_way_leaves_nothing(phone: Page) -> None:
    asked = ask()
    phone.goto(f"{asked.by_code}?shared=1")
    phone.get_by_label("The code on your slip").fill(answer.codes_of(asked.pulse)[0])
    phone.get_by_role("button", name="Go to the questions").click()
    phone.get_by_role("button", name="Begin").click()
    answer_every_kind(phone)
    phone.get_by_role("link", name="Stop without handing in").click()
    expect(phone.get_by_label("The code on your slip")).to_have_value("")
    phone.goto(answer.sheet_url(asked.pulse))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Nothing is open here")
    assert asked.sheets() == []


def test_the_picture_on_a_slip_fills_in_the_code_and_takes_it_out_of_the_address(phone: Page) -> None:
    asked = ask()
    code = answer.codes_of(asked.pulse)[0]
    phone.goto(f"{asked.by_code}#{code}")
    expect(phone.get_by_label("The code on your slip")).to_have_value(code)
    expect(phone).to_have_url(asked.by_code)
    phone.get_by_role("button", name="Go to the questions").click()
    expect(phone.get_by_role("button", name="Begin")).to_be_visible()
    assert not Slip.objects.filter(pulse=asked.pulse, used=True).exists()


def test_without_script_it_is_one_page_and_mistakes_lose_nothing(
    browser: Browser, base_url: str, browser_context_args: dict[str, Any]
) -> None:
    asked = ask()
    context = browser.new_context(
        **{**browser_context_args, "base_url": base_url, "java_script_enabled": False, "viewport": looking.PHONE}
    )
    page = context.new_page()
    page.goto(asked.link(0))
    expect(page.locator(".question:visible")).to_have_count(6)
    expect(page.locator("[data-bar]")).to_be_hidden()
    for question, label, rating in ((1, "Mostly", 0), (2, "Hardly", 0), (2, "Fully", 1), (3, "By mail", 0)):
        choose(page, question, label, rating)
    choose(page, 4, "Coaching")
    page.get_by_role("textbox", name="How many hours").fill("400")
    page.get_by_role("textbox", name="What one thing").fill(WISH)
    page.get_by_role("button", name="Hand in my answers").click()
    expect(page.get_by_role("alert")).to_contain_text("One of the answers is not among those")
    expect(page.get_by_role("textbox", name="What one thing")).to_have_value(WISH)
    expect(page.locator("#q1").get_by_role("radio", name="Mostly")).to_be_checked()
    page.get_by_role("link", name="Go to the question").click()
    page.get_by_role("textbox", name="How many hours").fill("4")
    page.get_by_role("button", name="Hand in my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert asked.sheets() == [EVERY_KIND_SHEET]
    context.close()


def test_a_mistake_is_shown_on_its_own_screen(phone: Page) -> None:
    asked = ask()
    phone.goto(asked.link(0))
    phone.get_by_role("button", name="Begin").click()
    answer_every_kind(phone)
    phone.locator(".review-row").nth(4).get_by_role("link", name="Change").click()
    phone.get_by_role("textbox", name="How many hours").fill("many")
    phone.goto(answer.sheet_url(asked.pulse) + "#review")
    phone.get_by_role("button", name="Hand in").click()
    expect_at(phone, 5)
    expect(phone.get_by_role("alert").first).to_contain_text("One of the answers is not among those")
    phone.get_by_role("textbox", name="How many hours").fill("4")
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("button", name="Hand in").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert asked.sheets() == [EVERY_KIND_SHEET]
    assert Invitation.objects.filter(pulse=asked.pulse, answered=True).count() == 1


def test_words_that_are_too_long_are_said_before_they_are_sent_and_none_is_cut(
    phone: Page, axe: Callable[[Page], None]
) -> None:
    asked = ask()
    phone.goto(asked.link(0))
    phone.get_by_role("button", name="Begin").click()
    answer_every_kind(phone)
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(request.method))
    phone.locator(".review-row").nth(5).get_by_role("link", name="Change").click()
    words = phone.get_by_role("textbox", name="What one thing")
    words.focus()
    phone.keyboard.insert_text("x" * 1980)
    expect(words).to_have_value(WISH + "x" * 1980)
    expect(phone.get_by_role("alert")).to_contain_text("longer than 2000 characters")
    axe(phone)
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("button", name="Hand in").click()
    expect_at(phone, 6)
    expect(words).to_be_focused()
    assert "POST" not in sent
    phone.reload()
    expect(phone.get_by_role("alert")).to_contain_text("longer than 2000 characters")
    expect(words).to_have_value(WISH + "x" * 1980)
    words.fill(WISH)
    expect(phone.get_by_role("alert")).to_be_hidden()
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("button", name="Hand in").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert asked.sheets() == [EVERY_KIND_SHEET]


def test_slips_are_offered_to_whoever_runs_the_pulse(
    page: Page, sign_in: Callable[[Any], None], axe: Callable[[Page], None]
) -> None:
    asked = ask()
    sign_in(asked.school.steward.account)
    url = reverse("listen:slips", args=[asked.school.unit.slug, asked.pulse.id])
    for window, scheme in ((looking.DESK, "light"), (looking.PHONE, "dark")):
        page.set_viewport_size(window)
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(url)
        axe(page)
        assert looking.find_width(page) == window["width"]
        assert not looking.find_lost_focus(page)
    page.set_viewport_size(looking.ZOOMED)
    assert looking.find_width(page) == looking.ZOOMED["width"]
    with page.expect_download() as download:
        page.get_by_role("button", name="Print the slips (PDF)").click()
    assert download.value.suggested_filename == "slips.pdf"
