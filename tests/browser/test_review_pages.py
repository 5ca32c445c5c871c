"""A staff reviews itself: one judges on a phone, the time closes it, and a steward writes down what was agreed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from collegium.base import time
from collegium.guide.models import Agreement, Review, Seat
from collegium.people.models import Account
from tests.browser import looking
from tests.guide import review_worlds as worlds

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_review_from_judging_to_what_was_agreed(
    page: Page, sign_in: Callable[[Account], None], axe: Callable[[Page], None]
) -> None:
    world, now = worlds.build(7), time.now()
    review = worlds.open_review(world, "alliance", now - dt.timedelta(hours=1))
    for person in world.staff[1:]:
        worlds.judge(person, review, "developing", now)
    page.set_viewport_size(looking.PHONE)
    assert world.staff[0].account is not None
    sign_in(world.staff[0].account)
    page.goto(reverse("people:my_part"))
    page.get_by_role("link", name="Alliance review").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Judge alone")
    axe(page)
    page.get_by_role("button", name="Give my judgement").click()
    expect(page.get_by_text("Choose one, or say that you cannot tell.").first).to_be_visible()
    for group in page.get_by_role("group").all():
        if group.get_by_role("radio").count():
            group.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Give my judgement").click()
    expect(page.get_by_text("Your judgement lies among the others.")).to_be_visible()
    assert Seat.objects.filter(has_judged=True).count() == 7
    _close(review, now)

    assert world.steward.account is not None
    sign_in(world.steward.account)
    for window in (looking.DESK, looking.PHONE):
        page.set_viewport_size(window)
        page.goto(reverse("guide:review", args=[review.id]))
        axe(page)
        assert looking.find_width(page) == window["width"]
        assert looking.find_lost_focus(page) == []
    page.get_by_role("link", name="Write down what we agree: Relationships and trust").click()
    axe(page)
    page.get_by_role("radio", name="Developing").check()
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Agreed: Developing")).to_be_visible()
    assert Agreement.objects.get().claim == "trust"
    page.goto(reverse("guide:review_weights", args=[world.unit.slug, "alliance"]))
    axe(page)


def _close(review: Review, now: dt.datetime) -> None:
    Review.objects.filter(id=review.id).update(closes_at=now - dt.timedelta(minutes=1))
    assert worlds.close(review, now).result["n"] == 7
