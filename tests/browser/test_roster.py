"""A steward brings in a list of staff in a real browser: by mouse with script, and without script at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from collegium.people.models import Person, Unit
from tests import factories
from tests.jobs import work_off
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db(transaction=True)

STAFF = "Name,Mail,Role\nAda Lovell,ada@oak.example,Teacher\nBen Ogu,ben@oak.example,Head of maths\n,,Nobody\n"


@pytest.fixture
def school() -> Unit:
    return factories.make_unit(factories.make_community(), "Oak High", slug="oak")


@pytest.fixture
def staff_list(tmp_path: Path) -> Path:
    path = tmp_path / "staff.csv"
    path.write_text(STAFF, encoding="utf-8")
    return path


def sign_in_as_steward(context: BrowserContext, school: Unit, live_server: LiveServer) -> None:
    """Sign in as somebody who has just shown who they are: taking an import back asks for that."""
    client = client_of(factories.steward_of(school))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


def upload(page: Page, staff_list: Path) -> None:
    page.goto(reverse("people:roster_start", args=["oak"]))
    page.get_by_label("Your file").set_input_files(staff_list)
    page.get_by_role("button", name="Upload and look at it").click()


def test_an_import_from_upload_to_taking_it_back(
    page: Page, live_server: LiveServer, axe: Callable[[Page], None], school: Unit, staff_list: Path
) -> None:
    sign_in_as_steward(page.context, school, live_server)
    page.goto(reverse("people:unit_home", args=["oak"]))
    page.get_by_role("link", name="Rosters").first.click()
    axe(page)
    upload(page, staff_list)
    expect(page.get_by_label("Name, in one column")).to_have_value("Name")
    axe(page)
    page.get_by_label("Everybody: whoever is no longer in it has left").check()
    page.get_by_role("button", name="Show me the preview").click()
    expect(page.get_by_role("heading", name="Making the preview")).to_be_visible()
    axe(page)
    work_off()
    # The page asks how far it is and goes on by itself.
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    axe(page)
    lines = page.locator("#lines")
    lines.get_by_role("link", name="Refused").click()
    expect(page.get_by_text("The row has no name.")).to_be_visible()
    assert not Person.objects.filter(given_name="Ada").exists()
    page.get_by_role("button", name="Carry it out").click()
    work_off()
    expect(page.get_by_role("heading", name="The import is done")).to_be_visible()
    axe(page)
    assert Person.objects.filter(given_name="Ada").exists()
    page.get_by_role("link", name="Take this import back").click()
    axe(page)
    page.get_by_role("button", name="Take it back").click()
    work_off()
    expect(page.get_by_role("heading", name="The import was taken back")).to_be_visible()
    assert not Person.objects.filter(given_name="Ada").exists()


def test_the_same_without_script_on_a_phone(
    browser: Browser, browser_context_args: dict[str, Any], live_server: LiveServer, school: Unit, staff_list: Path
) -> None:
    phone: Any = {"viewport": {"width": 390, "height": 800}, "java_script_enabled": False, "base_url": live_server.url}
    with browser.new_context(**{**browser_context_args, **phone}) as context:
        sign_in_as_steward(context, school, live_server)
        page = context.new_page()
        upload(page, staff_list)
        page.get_by_role("button", name="Show me the preview").click()
        work_off()
        # The page refreshes itself every five seconds.
        expect(page.get_by_role("heading", name="What would change")).to_be_visible(timeout=10_000)
        page.get_by_role("button", name="Carry it out").click()
        work_off()
        expect(page.get_by_role("heading", name="The import is done")).to_be_visible(timeout=10_000)
    assert Person.objects.filter(given_name="Ben").exists()
