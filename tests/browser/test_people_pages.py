"""Pages as a search or another day shows them, where no link leads (test_every_page.py has the rest)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from collegium.people.models import Account
from tests import factories as make
from tests.browser import looking
from tests.people import worlds
from tests.people.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(transactional_db: None) -> World:
    return worlds.build()


def addresses(world: World) -> list[str]:
    """Return forms with what was found, and a unit as it stood."""
    slug = world.school.slug
    return [
        reverse("people:member_add", args=[world.group.id]) + "?q=prys",
        reverse("people:post_add", args=[slug]) + "?q=prys",
        reverse("people:tie_add", args=[slug]) + "?q=ferry",
        reverse("people:unit_home", args=[slug]) + "?as_of=2025-10-01",
    ]


@pytest.mark.parametrize(("window", "scheme"), [(looking.DESK, "light"), (looking.PHONE, "dark")])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    world: World,
    page: Page,
    sign_in: Callable[[Account], None],
    axe: Callable[[Page], None],
    window: Any,
    scheme: Any,
) -> None:
    make.make_role(world.steward, world.district)
    assert world.steward.account is not None
    sign_in(world.steward.account)
    page.emulate_media(color_scheme=scheme)
    for url in addresses(world):
        page.set_viewport_size(window)
        response = page.goto(url)
        assert response is not None
        assert response.status == 200, url
        looking.unfold(page)
        axe(page)
        page.set_viewport_size(looking.ZOOMED)
        assert looking.find_width(page) == looking.ZOOMED["width"], url
