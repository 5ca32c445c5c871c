"""The people pages in a real browser: accessible in both themes, readable on a phone at 400%."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from collegium.people.models import Account
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
