"""Six people of one school, on a phone: from what each values to a signed statement, an intent, a challenge with its
change check, promises that answer each other, check-ins, and confirmation; and a parent reads the board.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from collegium.base import time
from collegium.intend.enums import Standing
from collegium.intend.models import (
    Challenge,
    Circle,
    Commitment,
    Confirmation,
    ConfirmationRound,
    Intent,
    Mindscape,
    ValuesStatement,
    Vision,
)
from collegium.people.enums import Role
from collegium.people.models import Account, Person, Unit
from tests import factories as make
from tests.browser import looking
from tests.intend import promised

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SignIn = Callable[[Account], None]
NAMES = ("Abena", "Bruno", "Chidi", "Dorota", "Emre", "Farah", "Gwen", "Hana", "Ivo")


@dataclass
class Walk:
    """A school of nine with a head who leads it, and the phone that goes from hand to hand."""

    page: Page
    sign_in: SignIn
    school: Unit
    head: Person
    people: list[Person]

    def be(self, person: Person) -> None:
        """Hand the phone to somebody."""
        assert person.account is not None
        self.sign_in(person.account)

    def open(self, name: str, *args: object, query: str = "") -> None:
        """Open a page of the room."""
        self.page.goto(reverse(f"intend:{name}", args=args) + query)

    def send(self, **fields: str | bool) -> None:
        """Fill in a form by what its fields are called, and send it."""
        for name, value in fields.items():
            field = self.page.locator(f"main [name={name}]")
            if isinstance(value, bool):
                field.set_checked(value)
            elif field.first.get_attribute("type") == "radio":
                self.page.locator(f'main [name={name}][value="{value}"]').check()
            elif field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        self.press()

    def press(self) -> None:
        """Send the form of the page, and see that it was taken."""
        self.page.locator("main form[method=post] button[type=submit]:not(.button-quiet)").last.click()
        expect(self.page.get_by_role("status").first).to_be_visible()

    def sees(self, words: str) -> None:
        """See that the page says so."""
        expect(self.page.locator("main").get_by_text(words).first).to_be_visible()

    def follow(self, words: str) -> None:
        """Follow a link of the page."""
        self.page.locator("main").get_by_role("link", name=words).first.click()


@pytest.fixture
def walk(page: Page, sign_in: SignIn) -> Walk:
    page.set_viewport_size(looking.PHONE)
    community = make.make_community()
    school = make.make_unit(community, "Saltmarsh School", slug="saltmarsh")
    people = [make.make_person(community, name, account=True) for name in NAMES]
    for person in people:
        make.make_post(person, school)
    head = people[0]
    make.make_role(head, school, Role.LEAD)
    make.make_role(head, school, Role.STEWARD)
    return Walk(page, sign_in, school, head, people)


def soon(days: int) -> str:
    return (time.today() + dt.timedelta(days=days)).isoformat()


def test_six_people_go_from_what_they_value_to_a_board_that_a_parent_reads(walk: Walk) -> None:
    say_what_they_value(walk)
    sign_a_statement(walk)
    intent = say_where_they_are_going(walk)
    challenge = take_up_a_challenge(walk, intent)
    promise = promise_each_other(walk, challenge)
    check_in_and_confirm(walk, promise)
    put_it_on_the_board(walk, promise)


def say_what_they_value(walk: Walk) -> None:
    head, bruno, chidi = walk.people[:3]
    for person, body in ((head, "Every child can learn to read"), (chidi, "Every child can learn to read well")):
        walk.be(person)
        walk.open("my_value_write", query="?side=heart")
        walk.send(body=body)
        walk.follow("Share")
        walk.send(choice=f"unit:{walk.school.id}", named="yes" if person == head else "no")
    shared = Mindscape.objects.get(writer=head)
    walk.be(bruno)
    walk.open("circle", Circle.objects.get().id)
    walk.sees("nearly the same words")
    walk.sees("2 of 9")
    assert chidi.full_name not in walk.page.content()
    walk.page.locator(f"#s-{shared.id} button").click()
    walk.sees("3 of 9")


def sign_a_statement(walk: Walk) -> None:
    head, _bruno, chidi, *others = walk.people
    circle = Circle.objects.get()
    walk.be(chidi)
    walk.open("circle", circle.id)
    walk.follow("Word a first draft")
    walk.send(body="Every child here learns to read, and **nobody is left behind**.")
    walk.press()
    walk.sees("You have signed wording 1.")
    for person in others[:4]:
        walk.be(person)
        walk.open("values_statement", circle.id)
        walk.press()
        walk.sees("You have signed wording 1.")
    assert ValuesStatement.objects.get().carried_by == 5
    walk.be(head)
    walk.open("unit_values", walk.school.slug)
    walk.sees("signed by 5 of 9")
    expect(walk.page.locator("strong", has_text="nobody is left behind")).to_be_visible()


def say_where_they_are_going(walk: Walk) -> Intent:
    walk.be(walk.head)
    walk.open("vision_write", walk.school.slug)
    walk.send(title="A school of readers", body="Everybody reads.")
    walk.follow("Publish")
    walk.press()
    walk.open("intent_write", walk.school.slug)
    walk.send(title="We read together", direction="Reading in every subject.", belief="We did it in year 7.")
    walk.follow("Publish")
    walk.press()
    intent = Intent.objects.select_related("unit").get()
    assert intent.standing == Standing.PUBLISHED
    assert Vision.objects.get().id == intent.vision_id
    return intent


def take_up_a_challenge(walk: Walk, intent: Intent) -> Challenge:
    dorota, emre = walk.people[3:5]
    walk.be(dorota)
    walk.open("challenge_write", walk.school.slug)
    walk.send(
        title="Every pupil of eleven reads a book alone",
        what="Each pupil has read one book alone by summer.",
        how_known="They tell us about it.",
        intent=str(intent.id),
        starts_on=soon(0),
        by_on=soon(200),
    )
    challenge = Challenge.objects.select_related("unit").get()
    walk.follow("Name somebody")
    walk.page.get_by_label("Find the person").fill(emre.given_name)
    walk.page.keyboard.press("Enter")
    walk.send(person=str(emre.id))
    challenge.refresh_from_db()
    assert (challenge.owner_id, challenge.second_owner_id) == (dorota.id, emre.id)
    walk.be(walk.head)
    walk.open("challenge", walk.school.slug, challenge.id)
    walk.follow("Publish")
    walk.press()
    walk.follow("Go through the change check")
    asked = ("not_isolated", "fits_priorities", "clear_why", "clear_what")
    walk.send(**dict.fromkeys(asked, "yes"), believed="partly", pilot="In two classes.")
    walk.sees("1 answer is not yet a yes.")
    walk.follow("Start it")
    walk.press()
    challenge.refresh_from_db()
    assert challenge.started_at is not None
    return challenge


def promise_each_other(walk: Walk, challenge: Challenge) -> Commitment:
    emre, farah = walk.people[4:6]
    walk.be(emre)
    walk.open("promise_add", walk.school.slug)
    walk.page.locator("main details summary").first.click()
    walk.send(
        what="We read aloud ten minutes a day.",
        by="me",
        audience="colleagues",
        due_on=soon(60),
        second=str(farah.id),
        serves=str(challenge.id),
    )
    promise = Commitment.objects.get()
    expect(walk.page.get_by_role("link", name=challenge.title)).to_be_visible()
    walk.be(farah)
    walk.open("promise", promise.id)
    walk.follow("Answer with a promise of yours")
    walk.send(what="We bring a book for each of them.", by="me", due_on=soon(60))
    walk.be(emre)
    walk.open("promise", promise.id)
    walk.sees("We bring a book for each of them.")
    return promise


def check_in_and_confirm(walk: Walk, promise: Commitment) -> None:
    emre = walk.people[4]
    walk.follow("Check in")
    walk.send(going="well", next_step="Ask the parents")
    walk.sees("Ask the parents")
    walk.open("promise_ask", promise.id)
    walk.send(claim="kept")
    asking = ConfirmationRound.objects.get()
    asked = [row.person for row in Confirmation.objects.filter(round=asking).select_related("person__account")]
    assert emre not in asked, "nobody confirms their own promise"
    for person in asked[:6]:
        walk.be(person)
        walk.open("promise", promise.id)
        walk.follow("Say whether it was kept")
        walk.send(said="kept")
    assert promised.close(asking).state == "kept"


def put_it_on_the_board(walk: Walk, promise: Commitment) -> None:
    walk.be(walk.head)
    walk.open("board_change", walk.school.slug)
    walk.send(title="What we promise", address="saltmarsh", is_public=True)
    walk.open("board_put", walk.school.slug, promise.id)
    walk.send(words="We read aloud to every class, ten minutes a day.")
    walk.page.context.clear_cookies()
    response = walk.page.goto(reverse("intend:public_board", args=["saltmarsh"]))
    assert response is not None
    assert response.status == 200
    walk.sees("We read aloud to every class, ten minutes a day.")
    walk.sees("kept")
    content = walk.page.content()
    assert not [person.full_name for person in walk.people if person.full_name in content]
    assert walk.page.context.cookies() == []
