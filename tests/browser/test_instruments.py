"""The pages of questionnaires in a real browser: a copy is made and changed, and a LimeSurvey file brought in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from collegium.people.enums import Role
from collegium.people.models import Account, Unit
from tests import factories
from tests.browser import looking
from tests.listen.instruments import lime

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ("", "value_added/", "our_trust/", "our_trust/edit/", "our_trust/edit/text/")
FORMS = ("head/", "add/", "answers/agreement/", "questions/honesty_private/", "facets/honesty/", "add/?kind=paired")


@pytest.fixture
def school(sign_in: Callable[[Account], None]) -> Unit:
    """A school whose steward is at the browser."""
    made = factories.make_unit(factories.make_community(), "Oak High", slug="oak")
    person = factories.make_person(made.community, account=True)
    factories.make_role(person, made, Role.STEWARD)
    assert person.account
    sign_in(person.account)
    return made


def test_a_questionnaire_is_copied_changed_and_brought_in(
    page: Page, school: Unit, axe: Callable[[Page], None]
) -> None:
    base = "/u/oak/listen/questionnaires/"
    page.set_viewport_size(looking.PHONE)
    page.goto(base)
    page.get_by_role("link", name="Trust", exact=True).click()
    page.get_by_role("link", name="Make a copy to change").click()
    page.get_by_label("What will yours be called?").fill("How we trust")
    page.get_by_role("button", name="Make the copy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How we trust")
    page.locator("#honesty_private").get_by_role("link", name="Change").click()
    page.get_by_label("The question, or the statement to rate").fill("{Referent} say what they think.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#honesty_private")).to_contain_text("say what they think")
    page.locator("#honesty_private").get_by_role("button", name="Up").click()
    page.goto(base + "bring-in/")
    file = {"name": "meetings.lss", "mimeType": "text/xml", "buffer": lime.new_survey().encode()}
    page.get_by_label("A file").set_input_files(files=[file])  # type: ignore[list-item]
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="Left out")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Our meetings")
    for address in [*PAGES, "bring-in/", *(f"our_trust/edit/{form}" for form in FORMS)]:
        page.set_viewport_size(looking.DESK)
        page.goto(base + address)
        axe(page)
        page.set_viewport_size(looking.ZOOMED)
        looking.unfold(page)
        assert looking.find_width(page) <= looking.ZOOMED["width"], address
        assert looking.find_width(page, "rtl") <= looking.ZOOMED["width"], address
