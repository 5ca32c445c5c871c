"""A new teacher comes to a first cycle in a few steps; a driver diagram is drawn by pointer and by keyboard alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from collegium.enquire.drivers.tree import Tree
from collegium.enquire.enums import DriverKind
from collegium.enquire.models import Cycle, DriverVersion, Enquiry
from collegium.enquire.queries import drivers
from collegium.enquire.services import cycles
from collegium.enquire.services.cycles import Studied
from collegium.people.models import Account, Person, Unit
from tests import factories as make
from tests.browser import looking
from tests.enquire.rows import fill, make_enquiry

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Account], None]
FIVE_MINUTES = 300.0
# Seconds of somebody at a screen (Card, Moran and Newell 1983): to think, to point and press, and to type a letter as
# an ordinary typist does. Before anything is done on a page of the room, all of it is read, word for word.
THINK, POINT, KEY, WORDS_A_SECOND = 1.35, 1.5, 0.28, 4.0


@dataclass
class Steps:
    """What somebody does, one step after another, and how long that takes at an ordinary pace."""

    page: Page
    presses: int = 0
    fields: int = 0
    seconds: float = 0.0

    def press(self, target: Locator, *, reads: bool = True) -> None:
        """Read the page and press something that leads on."""
        words = len(self.page.locator("main").inner_text().split()) if reads else 0
        self.seconds += words / WORDS_A_SECOND + THINK + POINT
        self.presses += 1
        with self.page.expect_navigation():
            target.click()

    def fill(self, label: str, text: str) -> None:
        """Think of something and write it."""
        self.page.get_by_label(label, exact=True).fill(text)
        self.seconds += THINK * 4 + POINT + KEY * len(text)
        self.fields += 1


@pytest.fixture
def ada() -> Person:
    unit = make.make_unit(make.make_community(), "Hill")
    person = make.make_person(unit.community, "Ada", "Hill", account=True)
    make.make_post(person, unit)
    return person


def test_a_new_user_begins_a_first_cycle_in_under_five_minutes(
    page: Page, sign_in: SignIn, ada: Person, axe: Callable[[Page], None]
) -> None:
    assert ada.account is not None
    sign_in(ada.account)
    unit = Unit.objects.get()
    page.goto(reverse("people:unit_home", args=[unit.slug]))
    steps = Steps(page)
    steps.press(page.get_by_role("navigation").get_by_role("link", name="Enquire", exact=True).first, reads=False)
    steps.press(page.get_by_role("link", name="Begin an enquiry").first)
    steps.fill("What do you call it?", "Starting on time")
    steps.fill("What do you want to find out?", "If we greet pupils at the door, do lessons start sooner?")
    steps.press(page.get_by_role("button", name="Begin", exact=True))
    steps.press(page.get_by_role("link", name="Plan a cycle"))
    steps.fill("What will you try?", "I stand at my own door for one week and say each name.")
    steps.fill("What do you expect to see?", "Four of five lessons begin within two minutes.")
    steps.press(page.get_by_role("button", name="Begin it", exact=True))
    expect(page.get_by_role("status").first).to_contain_text("It has begun.")
    assert Cycle.objects.get().enquiry.title == "Starting on time"
    assert (steps.presses, steps.fields) == (5, 4)
    assert steps.seconds < FIVE_MINUTES, steps.seconds
    axe(page)


def box(page: Page, text: str) -> Locator:
    return page.locator("svg.drivers-picture .drivers-box").filter(has_text=text)


def test_a_driver_diagram_is_changed_by_pointer_and_by_keyboard(
    page: Page, sign_in: SignIn, ada: Person, axe: Callable[[Page], None]
) -> None:
    assert ada.account is not None
    enquiry = make_enquiry(Unit.objects.get(), ada)
    tree = Tree().add(parent="", kind=DriverKind.AIM, text="All begin on time")
    for text in ("Pupils arrive", "Rooms are ready"):
        tree = tree.add(parent=tree.nodes[0].id, kind=DriverKind.PRIMARY, text=text)
    tree = tree.add(parent=tree.nodes[1].id, kind=DriverKind.IDEA, text="One way round")
    DriverVersion.objects.create(
        community=enquiry.community, enquiry=enquiry, number=1, nodes=tree.dump(), what="added"
    )
    sign_in(ada.account)
    page.goto(reverse("enquire:drivers", args=[enquiry.id]))
    axe(page)
    idea, ready = box(page, "One way").bounding_box(), box(page, "Rooms are").bounding_box()
    assert idea is not None
    assert ready is not None
    page.mouse.move(idea["x"] + 20, idea["y"] + 15)
    page.mouse.down()
    page.mouse.move(ready["x"] + 40, ready["y"] + 15, steps=6)
    with page.expect_navigation():
        page.mouse.up()
    expect(page.get_by_role("status").first).to_contain_text("It is moved.")
    assert drivers.get_newest(enquiry).tree.nodes[-1].parent == tree.nodes[2].id
    # The same picture by keyboard: a box is a link to its words.
    box(page, "Rooms are").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_label("In a few words").fill("Rooms are open")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert drivers.get_newest(enquiry).number == 3
    expect(box(page, "Rooms are open")).to_be_visible()


@pytest.mark.slow
def test_the_pages_of_learning_are_accessible_and_fit_a_phone(
    page: Page, sign_in: SignIn, ada: Person, axe: Callable[[Page], None]
) -> None:
    assert ada.account is not None
    unit = Unit.objects.get()
    known = fill(unit, ada)
    enquiry = Enquiry.objects.get(id=known["enquiry_id"])
    found = {"actor": make.actor_of(ada), "enquiry": enquiry, "standing": cycles.Standing(owns=True)}
    cycles.study(**found, cycle=Cycle.objects.get(), studied=Studied(found="x", decision=cycles.Decision.ADAPT))
    cycles.begin(**found, plan="Two doors", prediction="More")
    sign_in(ada.account)
    page.set_viewport_size({"width": 390, "height": 844})
    names = ("enquiry", "drivers", "enquiry_glance", "progress_set", "help_ask", "idea_tell", "trial_pick", "practice")
    addresses = [reverse(f"enquire:{name}", args=[enquiry.id]) for name in names]
    addresses += [
        reverse(f"enquire:{name}", args=[unit.slug]) for name in ("unit_enquire", "unit_report", "unit_glance")
    ]
    addresses += [
        reverse("enquire:idea", args=[known["change_idea_id"]]),
        reverse("enquire:trial_keep", args=[enquiry.id, known["change_idea_id"]]),
        reverse("enquire:evidence_files", args=[enquiry.id, "context"]),
        reverse("enquire:evidence_cite", args=[enquiry.id, "context"]),
        reverse("enquire:driver_move", args=[enquiry.id, known["node_id"]]),
    ]
    for address in addresses:
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        assert looking.find_width(page) <= 390, address
        axe(page)
