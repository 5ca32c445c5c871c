"""A steward brings ties in from a file in a real browser, looks at what is not taken, and takes it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from collegium.connect.models import TieWave
from tests import factories
from tests.browser import looking
from tests.jobs import work_off
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db(transaction=True)

TIES = "wer,to\nann,ben\nben,cai\nann,ann\n"


def test_ties_come_in_from_a_file_and_go_again(
    page: Page, live_server: LiveServer, axe: Callable[[Page], None], tmp_path: Path
) -> None:
    school = factories.make_unit(factories.make_community(), "Oak High", slug="oak")
    cookie = client_of(factories.steward_of(school)).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    ties = tmp_path / "ties.csv"
    ties.write_text(TIES, encoding="utf-8")

    page.goto(reverse("connect:unit_connect", args=["oak"]))
    page.get_by_role("link", name="Bring in ties from a file").click()
    page.get_by_label("File of ties").set_input_files(ties)
    page.get_by_label("What to call it").fill("Autumn")
    page.get_by_text("The columns have other titles").click()
    page.get_by_label("Who turns to somebody").fill("wer")
    page.get_by_label("Who is turned to").fill("to")
    axe(page)
    page.get_by_role("button", name="Upload and look at it").click()
    expect(page.get_by_role("heading", name="Reading the file")).to_be_visible()
    work_off()
    # The page asks how far it is and goes on by itself.
    expect(page.get_by_role("heading", name="What would be added")).to_be_visible()
    expect(page.get_by_text("“ann” is tied to themselves.")).to_be_visible()
    axe(page)
    for size in (looking.PHONE, looking.ZOOMED):
        page.set_viewport_size(size)
        assert looking.find_width(page) <= size["width"]
    page.set_viewport_size(looking.DESK)
    page.get_by_role("button", name="Carry it out").click()
    work_off()
    expect(page.get_by_role("heading", name="The ties are here")).to_be_visible()
    assert TieWave.objects.filter(title="Autumn").exists()
    page.get_by_role("link", name="Take this import back").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("heading", name="Ties from files")).to_be_visible()
    assert not TieWave.objects.exists()
