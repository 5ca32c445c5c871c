"""What people come for, from end to end: with the keyboard alone, or without script."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from collegium.base import time
from collegium.people import demo
from collegium.people.demo.story import NAMES
from collegium.people.models import GroupMembership, Person, Post, UnitRole
from collegium.people.services import demo_links
from tests.browser.hands import Hands

pytestmark = pytest.mark.django_db(transaction=True)

Axe = Callable[[Page], None]


@pytest.fixture(autouse=True)
def _demo(settings: Settings) -> None:
    settings.DEMO = True
    demo.build(seed=demo.SEED, today=time.today())


@pytest.fixture
def scriptless(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page of a browser that runs no script."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


def person(key: str) -> Person:
    """Return somebody whom the story names."""
    return Person.objects.get(email=NAMES[key].email)


def come_in(page: Page, who: Person) -> None:
    """Sign in as somebody of the demo; the first page is the home of their unit."""
    page.goto(demo_links.path_of(who))


# --- stewards ---------------------------------------------------------------------------------------------------------
def test_a_steward_adds_a_person_gives_a_post_ends_it_and_takes_it_back(page: Page, axe: Axe) -> None:
    come_in(page, person("principal"))
    hands = Hands(page)
    hands.follow("People", within="nav")
    hands.follow("Add a person")
    hands.fill("Given name (optional)", "Oluwaseun")
    hands.follow("Add the person")
    expect(page.get_by_role("alert")).to_contain_text("Nothing is saved yet")
    expect(page.get_by_role("alert")).to_contain_text("Post: Please fill this in.")
    expect(page.get_by_label("Given name")).to_have_value("Oluwaseun")
    axe(page)
    hands.fill("Family name (optional)", "Brightwater")
    hands.fill("Email address (optional)", "o.brightwater@demo.example")
    hands.fill("Post", "Teacher of music")
    hands.choose("Level of the post", "Middle leadership")
    hands.follow("Add the person")
    expect(page.get_by_role("heading", level=1)).to_have_text("Oluwaseun Brightwater")
    expect(page.get_by_role("status")).to_contain_text("The person is here.")
    axe(page)

    hands.follow("Home", within="nav")
    hands.follow("People", within="nav")
    hands.follow("Give a post")
    hands.fill("Find the person (optional)", "brightwater")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Oluwaseun Brightwater")).to_be_visible()
    axe(page)
    hands.choose("Who", "Oluwaseun Brightwater")
    hands.fill("Post", "Leader of the choir")
    hands.follow("Give the post")
    expect(page.locator("main")).to_contain_text("Leader of the choir")

    page.goto(reverse("people:unit_people", args=["thornmere-academy"]))
    hands.follow("End : Leader of the choir, Oluwaseun Brightwater")
    axe(page)
    hands.follow("End the post")
    expect(page.get_by_role("status")).to_contain_text("The post has ended.")
    expect(page.get_by_text("Leader of the choir")).to_have_count(0)

    hands.follow("Trail of changes", within="nav")
    hands.follow(
        "Take back : Imogen Lofthouse ended the post “Leader of the choir” of Oluwaseun Brightwater from "
        + page.locator(".day th").first.inner_text()
    )
    hands.follow("Take it back")
    expect(page.get_by_role("status")).to_contain_text("It holds again.")
    expect(page.locator("tbody").first).to_contain_text("took back the ending of the post")
    assert Post.objects.on(time.today()).filter(person__email="o.brightwater@demo.example").count() == 2


def test_a_head_on_whom_all_rests_makes_a_second_steward_without_script(scriptless: Page) -> None:
    page, head = scriptless, person("only_steward")
    come_in(page, head)
    expect(page.get_by_text("Only one steward: who could carry it on?")).to_be_visible()
    page.get_by_role("link", name="Name a second steward").first.click()
    school = UnitRole.objects.get(person=head, role="steward", unit__kind="school").unit
    colleague = Post.objects.filter(unit=school, level="senior").exclude(person=head).first()
    assert colleague is not None
    page.get_by_label("Find the person").fill(colleague.person.family_name)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("radio", name=colleague.person.full_name).first.check()
    page.get_by_role("radio", name="Steward.").check()
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_role("status")).to_contain_text("The role is theirs.")
    expect(page.get_by_text("Only one steward")).to_have_count(0)
    assert UnitRole.objects.on(time.today()).filter(unit=school, role="steward").count() == 2


def test_a_group_with_a_member_of_a_partner_school_without_script(scriptless: Page) -> None:
    page = scriptless
    come_in(page, person("principal"))
    partner = Post.objects.filter(unit__slug="castlewick-high-school", level="senior", person__email__gt="")[0].person
    page.get_by_role("link", name="Groups").first.click()
    page.get_by_role("link", name="Start a group").click()
    page.get_by_label("Name").fill("Quiet corridors")
    page.get_by_label("Learning community").check()
    page.get_by_label("Purpose").fill("Find out what makes the change of rooms calm.")
    page.get_by_role("button", name="Start the group").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quiet corridors")

    page.get_by_role("link", name="Add somebody").first.click()
    page.get_by_label("Find the person").fill(partner.family_name)
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("radio", name=partner.full_name)).to_have_count(0)
    page.get_by_label("Find the person").fill(partner.email)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("radio", name=partner.full_name).check()
    page.get_by_label("Facilitator").check()
    page.get_by_role("button", name="Add to the group").click()
    expect(page.locator("main table")).to_contain_text("Castlewick High School")
    assert GroupMembership.objects.get(group__name="Quiet corridors").role == "facilitator"

    come_in(page, partner)
    page.get_by_role("link", name="My part").first.click()
    expect(page.get_by_text("Quiet corridors")).to_be_visible()
    page.goto(reverse("people:group", args=[GroupMembership.objects.get(group__name="Quiet corridors").group_id]))
    page.get_by_role("link", name="Leave").click()
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_role("status")).to_contain_text("The group’s history keeps it.")
    assert not GroupMembership.objects.on(time.today()).filter(group__name="Quiet corridors").exists()


# --- everybody --------------------------------------------------------------------------------------------------------
def test_a_teacher_declares_strengths_and_takes_their_data_along(page: Page) -> None:
    come_in(page, person("teacher"))
    hands = Hands(page)
    hands.follow("My part", within="nav")
    before = page.locator(".tag").all_inner_texts()
    hands.follow("Change your strengths" if before else "Say your strengths")
    hands.fill("Your strengths (optional)", "Reading with beginners\nBread")
    hands.follow("Save")
    expect(page.locator("main .tag")).to_have_text(["Reading with beginners", "Bread"])

    hands.follow("What is known of you, and who may see it")
    expect(page.locator("main")).to_contain_text("Reading with beginners")
    with page.expect_download() as download:
        hands.reach(page.get_by_role("button", name="Take it with you"))
        page.keyboard.press("Enter")
    known = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert download.value.suggested_filename.startswith("collegium-my-data-")
    assert "Reading with beginners" in json.dumps(known, ensure_ascii=False)
    assert NAMES["teacher"].family in json.dumps(known, ensure_ascii=False)


def test_erasing_oneself(page: Page, axe: Axe) -> None:
    teacher = person("teacher")
    name = teacher.full_name
    come_in(page, teacher)
    hands = Hands(page)
    hands.follow("My part", within="nav")
    hands.follow("What is known of you, and who may see it")
    hands.follow("Erase me")
    expect(page.get_by_role("heading", level=1)).to_have_text("Erase what is known of you?")
    hands.follow("Erase me now")
    expect(page.get_by_role("alert")).to_contain_text("Please tick this box.")
    axe(page)
    hands.reach(page.get_by_label("I understand that this cannot be undone"))
    page.keyboard.press("Space")
    hands.follow("Erase me now")
    expect(page.get_by_role("status")).to_contain_text("What was known of you has been erased.")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    axe(page)

    come_in(page, person("principal"))
    page.goto(reverse("people:unit_people", args=["thornmere-academy"]) + f"?q={NAMES['teacher'].family}")
    expect(page.get_by_text(name)).to_have_count(0)
    yesterday = (time.today() - time.dt.timedelta(days=1)).isoformat()
    page.goto(reverse("people:unit_people", args=["thornmere-academy"]) + f"?as_of={yesterday}")
    expect(page.get_by_text("1 person whose name was erased is not listed")).to_be_visible()
    page.goto(reverse("people:person", args=[teacher.id]))
    expect(page.get_by_role("heading", level=1)).to_have_text("We cannot find that")


def test_looking_back_at_another_day(page: Page) -> None:
    left = person("left_head")
    come_in(page, person("governor"))
    hands = Hands(page)
    expect(page.get_by_text(left.full_name)).to_have_count(0)
    role = UnitRole.objects.get(person=left, role="steward", unit__slug="thornmere-academy")
    assert role.ends_on is not None
    day = role.ends_on - time.dt.timedelta(days=1)
    hands.reach(page.locator("summary", has_text="Look at another day"))
    page.keyboard.press("Enter")
    page.get_by_label("Day", exact=True).fill(day.isoformat())
    hands.reach(page.locator(".disclosure").get_by_role("button", name="Show"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"as_of={day}"))
    expect(page.locator("main")).to_contain_text(left.full_name)
    # The day stays while one goes from figure to figure and from page to page.
    page.get_by_role("link", name="People with a post").click()
    expect(page.get_by_text("as it is known today")).to_be_visible()
    expect(page.locator("main")).to_contain_text(left.full_name)
    hands.follow("Back to today")
    expect(page.locator("main")).not_to_contain_text(left.full_name)


def test_a_governor_finds_out_who_looks_after_the_school(page: Page) -> None:
    come_in(page, person("governor"))
    hands = Hands(page)
    hands.follow("Looking after it", within="nav")
    stewards = page.locator("section", has_text="Stewards").locator("tbody th")
    assert sorted(stewards.get_by_role("link").all_inner_texts()) == sorted(
        role.person.full_name
        for role in UnitRole.objects.on(time.today()).filter(unit__slug="thornmere-academy", role="steward")
    )
    hands.follow(person("principal").full_name, within="main")
    expect(page.get_by_role("heading", level=1)).to_have_text(person("principal").full_name)
    expect(page.locator("main")).to_contain_text("Acting principal")


# --- when something goes wrong ----------------------------------------------------------------------------------------
def test_pages_about_mistakes_help(page: Page, axe: Axe) -> None:
    come_in(page, person("teacher"))
    hands = Hands(page)
    refused = [
        ("/u/no-such-school/", 404, "We cannot find that", ""),
        (
            reverse("people:unit_audit", args=["thornmere-academy"]),
            403,
            "This is not yours to do",
            "“Looking after it”",
        ),
        (reverse("people:unit_people", args=["oakhollow-school"]), 403, "This is not yours to do", "Ask a steward"),
        (
            reverse("people:unit_home", args=["thornmere-academy"]) + "?as_of=soon",
            422,
            "That did not work",
            "2026-09-01",
        ),
    ]
    for url, status, heading, help_words in refused:
        response = page.goto(url)
        assert response is not None
        assert response.status == status
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        expect(page.locator("main")).to_contain_text(help_words)
        axe(page)
        hands.follow("Go to the start page")
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_form_that_ran_out_says_what_to_do(page: Page, context: BrowserContext, axe: Axe) -> None:
    come_in(page, person("teacher"))
    page.goto(reverse("people:my_strengths"))
    page.get_by_label("Your strengths").fill("Patience")
    context.clear_cookies(name=re.compile("csrf"))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("That did not work")
    expect(page.locator("main")).to_contain_text("Go back, load the page again and send it once more.")
    axe(page)
    page.go_back()
    expect(page.get_by_label("Your strengths")).to_have_value("Patience")
