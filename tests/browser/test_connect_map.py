"""The map of ties in a real browser: by keyboard, by pointer, on a phone, without script; its twin says the same."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from collegium.base import time
from collegium.people.enums import Role
from collegium.people.models import Account
from tests import factories as make
from tests.browser import looking
from tests.connect.webs_told import Told, tell_school

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def tell() -> tuple[Told, Account]:
    """Tell a school whose survey closed a week ago, and somebody of it who is a steward as well."""
    told = tell_school(at=time.now() - dt.timedelta(days=21))
    reader = told.school.staff[12]
    make.make_role(reader, told.unit, Role.STEWARD)
    told.link.posts.update(title="Leader of languages", level="middle")
    assert reader.account is not None
    return told, reader.account


def url(told: Told, name: str) -> str:
    return reverse(f"connect:{name}", args=[told.unit.slug, told.wave.id])


def say(page: Page, key: str) -> str:
    page.keyboard.press(key)
    return page.locator("[data-said]").inner_text()


def test_the_map_is_walked_by_keyboard_and_the_words_say_the_same(
    page: Page, sign_in: Callable[[Account], None], axe: Callable[[Page], None]
) -> None:
    told, account = tell()
    sign_in(account)
    page.goto(reverse("connect:unit_connect", args=[told.unit.slug]))
    expect(
        page.get_by_text("If one colleague left, 15 others would lose their only tie to another team.")
    ).to_be_visible()
    canvas = page.locator("canvas")
    expect(canvas).to_be_visible()
    canvas.focus()
    first = say(page, "ArrowRight")
    assert re.match(r"A colleague \(Team \d+, classroom\)\. Joined to: Team \d+ \d", first)
    # Two neighbours may well be told in the same words: a longer walk meets others.
    assert len({say(page, key) for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowRight") * 3}) > 1
    assert say(page, "Escape") == ""
    page.keyboard.press("+")
    expect(canvas).to_have_css("touch-action", "none")
    page.keyboard.press("0")
    expect(canvas).to_have_css("touch-action", "pan-y")
    looking.unfold(page)
    axe(page)

    page.goto(url(told, "web_words"))
    sentences = page.locator(".web-words > li").all_inner_texts()
    axe(page)
    page.goto(f"{url(told, 'web_map')}?by=groups")
    expect(canvas).to_be_visible()  # once it is drawn, and listens
    canvas.focus()
    walked = {say(page, key) for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "ArrowLeft")}
    assert walked <= set(sentences)
    assert len(walked) >= 2


def test_it_is_narrowed_looked_at_closely_and_taken_away(
    page: Page, sign_in: Callable[[Account], None], axe: Callable[[Page], None]
) -> None:
    told, account = tell()
    sign_in(account)
    page.goto(url(told, "web_map"))
    expect(page.locator("canvas")).to_be_visible()
    page.get_by_label("Ties").select_option("In confidence")
    expect(page.get_by_text("is not drawn from person to person")).to_be_visible()
    expect(page).to_have_url(re.compile("layer=confidence"))
    page.get_by_label("Team").select_option(index=1)
    assert "team=0" in (page.get_by_role("link", name="As a drawing (SVG)").get_attribute("href") or "")
    page.get_by_label("Ties").select_option("Advice")
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.get_by_role("button", name="Closer").click()
    expect(page.locator("canvas")).to_have_css("touch-action", "none")
    axe(page)
    for name, ending in (("As a drawing (SVG)", ".svg"), ("As a picture (PNG)", ".png")):
        with page.expect_download() as waiting:
            page.get_by_text(name).click()
        assert waiting.value.suggested_filename.endswith(ending)


def test_every_page_fits_a_phone_and_a_zoomed_desk(
    page: Page, sign_in: Callable[[Account], None], axe: Callable[[Page], None]
) -> None:
    told, account = tell()
    sign_in(account)
    post = told.link.posts.get()
    for name in ("web", "web_map", "web_words", "web_leaving", "web_scenario"):
        for window in (looking.PHONE, looking.ZOOMED):
            page.set_viewport_size(window)
            page.goto(url(told, name) + (f"?post={post.id}" if name == "web_scenario" else ""))
            assert looking.find_width(page) <= window["width"], name
            assert looking.find_width(page, "rtl") <= window["width"], name
        looking.unfold(page)
        axe(page)
    expect(page.get_by_text("If these stood empty: Leader of languages")).to_be_visible()


def test_without_script_the_map_is_a_picture(
    page: Page, browser: Browser, base_url: str, sign_in: Callable[[Account], None]
) -> None:
    told, account = tell()
    sign_in(account)
    plain = browser.new_context(
        base_url=base_url, java_script_enabled=False, storage_state=page.context.storage_state()
    )
    bare = plain.new_page()
    bare.goto(url(told, "web_map"))
    picture = bare.get_by_role("img", name="Who turns to whom at")
    expect(picture).to_be_visible()
    bare.get_by_label("Team").select_option(index=1)
    bare.get_by_role("button", name="Show").click()
    assert "team=0" in (picture.get_attribute("src") or "")
    plain.close()
