"""The people pages in a real browser: accessible in both themes, readable on a phone at 400%, usable without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from collegium.people.models import Account, UnitRole
from tests import factories as make
from tests.people import worlds
from tests.people.worlds import World

pytestmark = pytest.mark.django_db

SignIn = Callable[[Account], None]
ZOOMED: Any = {"width": 320, "height": 640}  # a desktop at 400%: WCAG 2.2, 1.4.10 (reflow)


@pytest.fixture
def world(transactional_db: None) -> World:
    return worlds.build()


def addresses(world: World) -> list[str]:
    """Every page that a steward opens."""
    slug = world.school.slug
    of_unit = [
        "unit_home",
        "unit_people",
        "unit_over_time",
        "unit_organisation",
        "unit_groups",
        "unit_roles",
        "unit_audit",
        "unit_add",
        "unit_rename",
        "unit_end",
        "person_add",
        "group_add",
    ]
    urls = [reverse(f"people:{name}", args=[slug]) for name in of_unit]
    urls += [reverse(f"people:{name}") for name in ("my_part", "my_strengths", "my_data", "unit_list")]
    urls += [
        reverse("people:group", args=[world.group.id]),
        reverse("people:member_add", args=[world.group.id]) + "?q=prys",
        reverse("people:post_add", args=[slug]) + "?q=prys",
        reverse("people:tie_add", args=[slug]) + "?q=ferry",
        reverse("people:person", args=[world.teacher.id]),
        reverse("people:unit_people", args=["district"]),
        reverse("people:unit_home", args=[slug]) + "?as_of=2025-10-01",
    ]
    return urls


def account_of(world: World) -> Account:
    """Return the steward's login, looking after the district too."""
    make.make_role(world.steward, world.district)
    assert world.steward.account is not None
    return world.steward.account


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    world: World, page: Page, sign_in: SignIn, axe: Callable[[Page], None], scheme: Any
) -> None:
    sign_in(account_of(world))
    page.emulate_media(color_scheme=scheme)
    for url in addresses(world):
        page.set_viewport_size({"width": 1280, "height": 900})
        response = page.goto(url)
        assert response is not None
        assert response.status == 200, url
        page.evaluate("document.querySelectorAll('main details').forEach(detail => { detail.open = true })")
        axe(page)
        page.set_viewport_size(ZOOMED)
        assert page.evaluate("document.documentElement.scrollWidth") == ZOOMED["width"], url


def test_the_door_is_accessible(world: World, page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/")
    axe(page)
    page.get_by_role("link", name="Sign in").click()
    expect(page).to_have_url(reverse("account_login"))


def test_a_steward_names_a_second_steward_without_script(
    world: World, browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    client = worlds.client_of(world.steward)
    context.add_cookies(
        [{"name": key, "value": morsel.value, "url": live_server.url} for key, morsel in client.cookies.items()]
    )
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Name a second steward").first.click()
    page.get_by_label("Find the person").fill("Kamau")
    page.get_by_role("button", name="Find").click()
    page.get_by_label("Wanjiru Kamau").check()
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_role("heading", name="Looking after it")).to_be_visible()
    expect(page.get_by_text("Only one steward")).to_have_count(0)
    assert UnitRole.objects.filter(person=world.lead, role="steward").exists()
    context.close()


def test_a_mistake_is_said_beside_what_was_typed(world: World, page: Page, sign_in: SignIn) -> None:
    sign_in(account_of(world))
    page.goto(reverse("people:person_add", args=[world.school.slug]))
    page.get_by_label("Family name").fill("Ekwueme")
    page.get_by_role("button", name="Add the person").click()
    expect(page.get_by_role("alert").or_(page.locator(".form-errors"))).to_be_visible()
    expect(page.get_by_label("Family name")).to_have_value("Ekwueme")


def test_looking_back_and_coming_back_to_today(world: World, page: Page, sign_in: SignIn) -> None:
    sign_in(account_of(world))
    page.goto(reverse("people:unit_people", args=[world.school.slug]))
    expect(page.get_by_text("Olga Novak")).to_have_count(0)
    page.get_by_text("Look at another day").click()
    page.get_by_label("Day", exact=True).fill("2024-01-15")
    page.get_by_role("button", name="Show").last.click()
    expect(page.get_by_text("Olga Novak").first).to_be_visible()
    page.get_by_role("link", name="Back to today").click()
    expect(page.get_by_text("Olga Novak")).to_have_count(0)
