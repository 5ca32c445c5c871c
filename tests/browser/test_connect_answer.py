"""Naming colleagues with a real browser: on a phone with script, with the keyboard alone, and without script."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route, expect

from collegium.base import time
from collegium.connect.models import Tie
from collegium.people.models import Account, Person
from tests.browser import looking
from tests.connect import worlds

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def ask() -> worlds.Asked:
    """Ask a school of twelve now."""
    now = time.now()
    asked = worlds.ask_school(teams=(5, 7), accounts=True, at=now - dt.timedelta(minutes=1))
    for number, person in enumerate(asked.staff):
        Person.objects.filter(id=person.id).update(given_name=f"Given{number}", family_name=f"Family{chr(65 + number)}")
        person.refresh_from_db()
    return asked


def said_by(person: Person) -> set[tuple[str, str, float]]:
    rows = Tie.objects.filter(source__person=person)
    return set(rows.values_list("layer__key", "target__person__family_name", "weight"))


def test_on_a_phone_people_are_found_while_one_types(
    page: Page, sign_in: Callable[[Account], None], axe: Callable[[Page], None]
) -> None:
    asked = ask()
    one = asked.staff[0]
    assert one.account is not None
    sign_in(one.account)
    page.set_viewport_size(looking.PHONE)
    page.goto(reverse("people:my_part"))
    page.get_by_role("link", name="Answer (4 minutes)").click()
    expect(page.get_by_text("This is not anonymous.")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Begin").click()
    expect(page.get_by_role("button", name="Search")).to_be_hidden()
    page.get_by_label("Find somebody by name").press_sequentially("familyk")
    expect(page.locator("[data-offered] > li")).to_have_count(1)
    page.get_by_label("Given10 FamilyK").check()
    page.get_by_text("Nearly every day").click()
    expect(page.locator("[data-offered] > li")).to_have_count(10)
    page.get_by_label("Given1 FamilyB").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Say how often for everybody you named.")).to_be_visible()
    axe(page)
    page.locator("[data-named-list] > li").nth(1).get_by_text("Once or twice").click()
    page.get_by_label("Given1 FamilyB", exact=False).first.uncheck()
    expect(page.locator("[data-named-list] > li")).to_have_count(1)
    for _question in range(4):
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_text("Given10 FamilyK")).to_be_visible()
    assert looking.find_width(page) <= looking.PHONE["width"]
    axe(page)
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert said_by(one) == {("advice", "FamilyK", 3.0)}
    page.get_by_role("link", name="My ties").click()
    expect(page.get_by_role("heading", name="What you said")).to_be_visible()
    axe(page)
    page.get_by_role("button", name=re.compile("Withdraw.*FamilyK, Advice")).click()
    expect(page.get_by_text("It is withdrawn and deleted.")).to_be_visible()
    assert said_by(one) == set()


def test_who_types_before_the_script_has_come_is_answered_when_it_has(
    page: Page, sign_in: Callable[[Account], None]
) -> None:
    asked = ask()
    one = asked.staff[0]
    assert one.account is not None
    sign_in(one.account)
    held: list[Route] = []
    page.route("**/answering*.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright asks for a function
    page.goto(reverse("people:my_part"))
    page.get_by_role("link", name="Answer (4 minutes)").click()
    page.get_by_role("link", name="Begin").click()
    page.get_by_label("Find somebody by name").press_sequentially("familyk")
    expect(page.locator("[data-offered] > li")).to_have_count(11)
    expect(page.get_by_role("button", name="Search")).to_be_visible()
    for route in held:
        route.continue_()
    expect(page.locator("[data-offered] > li")).to_have_count(1)


def test_the_keyboard_is_enough_and_nothing_is_hidden_from_it(
    page: Page, sign_in: Callable[[Account], None], axe: Callable[[Page], None]
) -> None:
    asked = ask()
    one = asked.staff[0]
    assert one.account is not None
    sign_in(one.account)
    page.goto(reverse("connect:answer_question", args=[asked.wave.id, 1]))
    axe(page)
    page.get_by_label("Find somebody by name").focus()
    page.keyboard.type("familyd")
    expect(page.locator("[data-offered] > li")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("[data-named-list] > li")).to_have_count(1)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/2/$"))
    page.goto(reverse("connect:answer_review", args=[asked.wave.id]))
    page.get_by_role("button", name="Hand in").press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert said_by(one) == {("advice", "FamilyD", 2.0)}


def test_without_script_every_step_is_a_button(
    browser: Browser, base_url: str, sign_in: Callable[[Account], None], page: Page
) -> None:
    asked = ask()
    one = asked.staff[0]
    assert one.account is not None
    sign_in(one.account)
    plain = browser.new_context(
        base_url=base_url, java_script_enabled=False, viewport=looking.PHONE, storage_state=page.context.storage_state()
    )
    bare = plain.new_page()
    bare.goto(reverse("connect:answer_question", args=[asked.wave.id, 1]))
    bare.get_by_label("Find somebody by name").fill("familyk")
    bare.get_by_label("Find somebody by name").press("Enter")
    bare.get_by_label("Given10 FamilyK").check()
    bare.get_by_role("button", name="Next").click()
    bare.get_by_label("About every week").check()
    bare.get_by_role("button", name="Next").click()
    for _question in range(3):
        bare.get_by_role("button", name="Next").click()
    bare.get_by_role("button", name="Look it over").click()
    bare.get_by_role("button", name="Hand in").click()
    assert "Thank you" in bare.content()
    plain.close()
    assert said_by(one) == {("advice", "FamilyK", 2.0)}


def test_what_a_steward_sees_is_accessible(
    page: Page, sign_in: Callable[[Account], None], axe: Callable[[Page], None]
) -> None:
    asked = ask()
    steward = asked.school.steward
    assert steward.account is not None
    sign_in(steward.account)
    for name, arguments in [
        ("waves", []), ("wave", [asked.wave.id]), ("wave_stop", [asked.wave.id]), ("wave_add", []),
    ]:  # fmt: skip
        page.goto(reverse(f"connect:{name}", args=[asked.school.unit.slug, *arguments]))
        axe(page)
        page.set_viewport_size(looking.ZOOMED)
        assert looking.find_width(page) <= looking.ZOOMED["width"], name
        page.set_viewport_size(looking.DESK)
