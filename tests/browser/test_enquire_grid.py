"""Many numbers are entered without a pointer: arrow keys walk the table, Enter goes down and ends at the button."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from collegium.enquire.models import Point
from collegium.people.models import Account
from tests import factories as make
from tests.enquire.rows import make_enquiry, make_measure, make_segment

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_table_of_numbers_is_filled_in_by_keyboard(page: Page, sign_in: Callable[[Account], None]) -> None:
    unit = make.make_unit(make.make_community(), "Hill")
    ada = make.make_person(unit.community, "Ada", "Hill", account=True)
    make.make_post(ada, unit)
    enquiry = make_enquiry(unit, ada)
    share = make_segment(make_measure(enquiry, title="On time"))
    count = make_segment(make_measure(enquiry, title="Visits", numbers="count", position=1))
    month = make_segment(make_measure(enquiry, title="Absent", numbers="count", position=2, frequency="month"))
    assert ada.account is not None
    sign_in(ada.account)
    page.goto(reverse("enquire:points_enter", args=[enquiry.id]))

    def value(segment: object, column: int) -> Locator:
        title = {share: "On time", count: "Visits", month: "Absent"}[segment]
        return page.get_by_role("row", name=title).get_by_role("cell").nth(column).locator("[name^=v-]")

    def press(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)

    of = value(share, 1).locator("..").locator("[name^=d-]")
    value(share, 1).focus()
    press("1", "5", "ArrowRight")
    expect(of).to_be_focused()
    press("2", "0", "Enter")  # below "of how many" is a count, which is of nothing
    expect(value(count, 1)).to_be_focused()
    press("4", "5", "ArrowLeft")  # within what is written the arrow moves in it
    expect(value(count, 1)).to_be_focused()
    press("ArrowLeft", "ArrowLeft")
    expect(value(count, 0)).to_be_focused()
    press("ArrowUp")
    expect(value(share, 0)).to_be_focused()
    press("ArrowUp", "ArrowLeft")  # nothing is there
    expect(value(share, 0)).to_be_focused()
    page.evaluate("document.documentElement.dir = 'rtl'")  # the next column lies to the left
    press("ArrowLeft", "ArrowLeft")
    expect(value(share, 1)).to_be_focused()
    press("ArrowRight", "ArrowRight")
    expect(value(share, 0)).to_be_focused()
    page.evaluate("document.documentElement.dir = 'ltr'")
    press("ArrowDown", "3", "ArrowRight")
    expect(value(count, 1)).to_be_focused()
    press("7", "Enter")  # what stood there was chosen, and is written over
    expect(value(month, 1)).to_be_focused()
    press("9", "Enter")
    expect(page.get_by_role("button", name="Keep the numbers")).to_be_focused()
    assert not Point.objects.exists()
    with page.expect_navigation():
        press("Enter")
    kept = Point.objects.order_by("segment__measure__position", "on").values_list("segment", "value", "denominator")
    assert list(kept) == [(share.id, 15, 20), (count.id, 3, None), (count.id, 7, None), (month.id, 9, None)]
