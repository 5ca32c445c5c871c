"""A whole pulse of an alliance on a phone: opened, answered by forty people in three ways, reminded of, closed by its
time, and read by a teacher, a principal, an alliance leader and a governor, each of whom sees what they should.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from collegium.base import jobs, time
from collegium.base.models import Job
from collegium.listen.enums import PulseState, WayIn
from collegium.listen.models import Invitation, Pulse, Slip
from collegium.listen.queries import versions
from collegium.listen.services import upkeep
from collegium.people.enums import Level, Role, UnitKind
from collegium.people.models import Account, Person, Unit
from tests import factories as make
from tests.browser import looking
from tests.listen import answering_helpers as answer
from tests.listen import worlds
from tests.people.sign_in.helpers import client_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SignIn = Callable[[Account], None]


@dataclass
class Alliance:
    """Two schools in an alliance, and four who will read the result."""

    unit: Unit
    school: worlds.School
    other: worlds.School
    leader: Person
    principal: Person
    governor: Person

    @property
    def staff(self) -> list[Person]:
        """Everybody who is asked."""
        return [*self.school.staff, self.principal, *self.other.staff]


@pytest.fixture
def alliance() -> Alliance:
    community = make.make_community()
    unit = make.make_unit(community, "Estuary Alliance", kind=UnitKind.ALLIANCE)
    school = worlds.build_school(community, teams=(10, 9), support=8, within=unit, name="Saltmarsh", accounts=True)
    other = worlds.build_school(community, teams=(12,), within=unit, name="Ferry Road", accounts=True)
    principal = make.make_person(community, "Imogen", account=True)
    make.make_post(principal, school.unit, "Principal", level=Level.SENIOR)
    make.make_role(principal, school.unit, Role.STEWARD)
    governor = make.make_person(community, "Danuta", account=True)
    make.make_post(governor, school.unit, "Governor", level=Level.GOVERNANCE)
    # Four of the support staff have no address.
    for person in school.staff[-4:]:
        person.account, person.email = None, ""
        person.save()
    return Alliance(unit, school, other, make.steward_of(unit, "Marisol"), principal, governor)


def test_a_pulse_from_opening_to_four_readers(page: Page, sign_in: SignIn, alliance: Alliance) -> None:
    page.set_viewport_size(looking.PHONE)
    pulse = open_it(page, sign_in, alliance)
    assert Invitation.objects.filter(pulse=pulse).count() == len(alliance.staff) == 40
    assert Slip.objects.filter(pulse=pulse).count() == 4
    run_jobs()
    assert len(mail.outbox) == 36

    dice = random.Random(40)
    early, late = alliance.staff[:30], alliance.staff[30:]
    answer_in_the_browser(page, sign_in, pulse, alliance.school.staff[:2])
    others = [person for person in early if person not in alliance.school.staff[:2]]
    answer_by_request(pulse, others, dice)
    remind(pulse, late)
    answer_by_request(pulse, late, dice)
    assert answer.sheets_in(pulse) == 40

    let_time_pass(pulse, closed=True, out=False)
    assert_not_yet(page, sign_in, alliance, pulse)
    let_time_pass(pulse, closed=True, out=True)
    read_it(page, sign_in, alliance, pulse)


def open_it(page: Page, sign_in: SignIn, alliance: Alliance) -> Pulse:
    sign_in_as(sign_in, alliance.leader)
    page.goto(reverse("listen:unit_listen", args=[alliance.unit.slug]))
    page.get_by_role("link", name="Open a pulse").first.click()
    page.get_by_role("button", name="See what it will be").click()
    expect(page.get_by_text("40 people")).to_be_visible()
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("status")).to_contain_text("The pulse is open.")
    return Pulse.objects.select_related("unit", "instrument").get()


def sign_in_as(sign_in: SignIn, person: Person) -> None:
    assert person.account is not None
    sign_in(person.account)


def run_jobs() -> None:
    for job in Job.objects.filter(state=Job.State.QUEUED):
        jobs.run_job.call(str(job.id))


# --- answering --------------------------------------------------------------------------------------------------------
def answer_in_the_browser(page: Page, sign_in: SignIn, pulse: Pulse, two: list[Person]) -> None:
    """One comes by the link in the mail, one from My part, one with a slip; each tap is a person's."""
    by_mail, by_part = two
    page.context.clear_cookies()
    page.goto(answer.link_of(pulse, by_mail))
    tap_through(page)
    sign_in_as(sign_in, by_part)
    page.goto(reverse("people:my_part"))
    page.get_by_role("link", name="Answer").first.click()
    tap_through(page)
    page.context.clear_cookies()
    page.goto(reverse("listen:answer_by_code", args=[pulse.id]))
    page.get_by_label("The code on your slip").fill(answer.codes_of(pulse)[0])
    page.get_by_role("button", name="Go to the questions").click()
    tap_through(page)


def tap_through(page: Page) -> None:
    page.get_by_role("button", name="Begin").click()
    instrument = versions.read(Pulse.objects.get().instrument)
    for number, item in enumerate(instrument.items, start=1):
        expect(page.locator(f"#q{number}")).to_be_visible()
        if item.scale:
            page.locator(f"#q{number} fieldset").first.locator("label").nth(3).click()
        else:
            page.locator("[data-next]").filter(visible=True).first.click()
    page.get_by_role("button", name="Hand in").filter(visible=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")


def answer_by_request(pulse: Pulse, people: list[Person], dice: random.Random) -> None:
    """All others, each their own way: by link, signed in, or with whatever slip is left."""
    now = time.now()
    for person in people:
        client = Client()
        invitation = Invitation.objects.get(pulse=pulse, person=person)
        if invitation.way == WayIn.SLIP:
            slips = Slip.objects.filter(pulse=pulse, used=False)
            if not slips:
                continue
            found = answer.enter_code(client, pulse, answer.codes.slip_code(slips[0].id), now)
        elif dice.random() < 0.5:
            found = answer.enter(client, answer.link_of(pulse, person), now)
        else:
            client = client_of(person)
            found = answer.enter(client, reverse("listen:answer", args=[pulse.id]), now)
        given = {key: str(code) for key, code in worlds.random_answers(versions.read(pulse.instrument), dice).items()}
        assert answer.hand_in(client, pulse, found, now, **given).status_code == 302


def remind(pulse: Pulse, late: list[Person]) -> None:
    """A reminder reaches those who have not answered, and nobody else."""
    mail.outbox.clear()
    with time.at(pulse.closes_at - dt.timedelta(hours=20)):
        upkeep.do_what_is_due()
        run_jobs()
    reminded = {message.to[0] for message in mail.outbox}
    assert reminded == {person.email for person in late if person.email}


# --- closing and reading ----------------------------------------------------------------------------------------------
def let_time_pass(pulse: Pulse, *, closed: bool, out: bool) -> None:
    """Move the pulse back instead of the clock on, and let the worker do what is due."""
    now = time.now()
    opened = now - dt.timedelta(days=9)
    results = now - dt.timedelta(minutes=1) if out else now + dt.timedelta(days=1)
    Pulse.objects.filter(id=pulse.id).update(
        opens_at=opened, opened_at=opened, closes_at=now - dt.timedelta(hours=2), results_at=results
    )
    upkeep.do_what_is_due()
    run_jobs()
    pulse.refresh_from_db()
    assert pulse.state == PulseState.CLOSED


def result_url(unit: Unit, pulse: Pulse) -> str:
    return reverse("listen:result", args=[unit.slug, pulse.id])


def assert_not_yet(page: Page, sign_in: SignIn, alliance: Alliance, pulse: Pulse) -> None:
    """Closed and counted, and still nobody sees anything, whoever they are."""
    for person in (alliance.leader, alliance.principal, alliance.school.staff[0]):
        sign_in_as(sign_in, person)
        page.goto(result_url(alliance.school.unit, pulse))
        expect(page.locator("main")).to_contain_text("not out yet") if person != alliance.leader else None
        expect(page.get_by_text("Facet by facet")).to_have_count(0)


def read_it(page: Page, sign_in: SignIn, alliance: Alliance, pulse: Pulse) -> None:
    own, whole = result_url(alliance.school.unit, pulse), result_url(alliance.unit, pulse)
    other = result_url(alliance.other.unit, pulse)
    for person in (alliance.school.staff[0], alliance.principal, alliance.governor):
        sign_in_as(sign_in, person)
        assert_shown(page, own)
        assert_hidden(page, other)
    for person in (alliance.school.staff[0], alliance.principal):
        sign_in_as(sign_in, person)
        assert_shown(page, whole)
        main = page.locator("main")
        expect(main).to_contain_text("Saltmarsh")
        expect(main).not_to_contain_text("Ferry Road")
    sign_in_as(sign_in, alliance.leader)
    assert_shown(page, whole)
    expect(page.locator("main")).not_to_contain_text("Saltmarsh")
    expect(page.locator("main")).not_to_contain_text("Ferry Road")
    for url in (own, other):
        assert_hidden(page, url)


def assert_shown(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.get_by_text("Facet by facet").first).to_be_visible()
    assert looking.find_width(page) <= looking.PHONE["width"]


def assert_hidden(page: Page, url: str) -> None:
    answered = page.goto(url)
    assert answered is not None
    assert answered.status in (403, 404)
    expect(page.get_by_text("Facet by facet")).to_have_count(0)
