"""All enquiries of a unit: narrowed and counted, how far each is beside what can be seen, and asking for help."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.base.models import Event
from collegium.enquire.enums import Signal
from collegium.enquire.errors import Invalid, NotAllowed
from collegium.enquire.models import Cycle, Enquiry, Point
from collegium.enquire.policies import Standing
from collegium.enquire.presenters import enquiries as presenter
from collegium.enquire.presenters import lists
from collegium.enquire.progress import STEPS, Evidence, find_missing, find_supported
from collegium.enquire.queries import enquiries as queries
from collegium.enquire.queries import measures
from collegium.enquire.services import enquiries as services
from collegium.enquire.services import points, progress
from collegium.enquire.services.enquiries import Said
from collegium.enquire.services.outcomes import keep_signal
from collegium.people.models import Person, Unit
from collegium.people.queries import places
from tests import factories as make
from tests.enquire.rows import make_enquiry, make_measure, make_segment
from tests.intend import worlds

pytestmark = pytest.mark.django_db
IN = Standing(owns=True)
MONDAY = dt.date(2026, 1, 5)


@pytest.fixture
def unit() -> Unit:
    return make.make_unit(make.make_community(), "Hill")


@pytest.fixture
def ada(unit: Unit) -> Person:
    person = make.make_person(unit.community, "Ada", "Hill", account=True)
    make.make_post(person, unit)
    return person


def show(person: Person, unit: Unit, **wanted: str) -> lists.EnquiryList:
    return lists.present_unit(make.actor_of(person), places.locate(unit, time.today()), 1, wanted)


def titles(person: Person, unit: Unit, **wanted: str) -> list[str]:
    return sorted(row.title for row in show(person, unit, **wanted).rows)


def page_of(person: Person, enquiry: Enquiry) -> presenter.EnquiryPage:
    actor = make.actor_of(person)
    return presenter.present_enquiry(actor, queries.get_enquiry_for(actor, enquiry.id))


# --- the list ---------------------------------------------------------------------------------------------------------
def test_it_is_narrowed_by_what_somebody_asks_for(unit: Unit, ada: Person) -> None:
    now = time.now()
    group = make.make_group(unit)
    make_enquiry(unit, ada, title="Old", touched_at=now - dt.timedelta(days=100), signal="better")
    make_enquiry(unit, ada, title="Quiet", touched_at=now - dt.timedelta(days=50), stage="action")
    make_enquiry(unit, ada, title="Stuck", help_at=now, help_wanted="How?", group=group)
    make_enquiry(unit, ada, title="Done", ending="adopt", finding="It helps", closed_at=now)
    assert titles(ada, unit, freshness="silent") == ["Old"]
    assert titles(ada, unit, freshness="quiet") == ["Quiet"]
    assert titles(ada, unit, freshness="fresh") == ["Done", "Stuck"]
    assert titles(ada, unit, show="ended") == ["Done"]
    assert titles(ada, unit, show="running") == ["Old", "Quiet", "Stuck"]
    assert titles(ada, unit, show="help") == titles(ada, unit, group=str(group.id)) == ["Stuck"]
    assert titles(ada, unit, signal="better", stage="context") == ["Old"]
    found = show(ada, unit)
    assert (found.running, found.ended, found.asking and found.asking.n) == (3, 1, 1)
    assert {(row.title, row.n) for row in found.signals} == {
        ("A change for the better", 1),
        ("Nothing measured yet", 2),
    }
    assert [row.n for row in found.stages] == [2, 1]
    assert {row.title: row.freshness for row in found.rows if row.freshness} == {"Old": "silent", "Quiet": "quiet"}


def test_the_page_narrows_and_leads_to_a_report_by_challenge() -> None:
    world = worlds.build()
    challenge = worlds.write_challenge(world.school, world.lead, "Every pupil reads aloud")
    make_enquiry(world.school, world.staff[0], title="Partners", challenge=challenge)
    make_enquiry(
        world.school, world.staff[0], title="Doors", ending="abandon", finding="*Not* so", closed_at=time.now()
    )
    client = Client()
    client.force_login(world.staff[0].account)
    url = reverse("enquire:unit_enquire", args=[world.school.slug])
    text = client.get(url, {"challenge": str(challenge.id), "stage": "no such"}).content.decode()
    assert ">Partners</a>" in text
    assert ">Doors</a>" not in text
    report = client.get(reverse("enquire:unit_report", args=[world.school.slug])).content.decode()
    assert report.index("Every pupil reads aloud</h2>") < report.index("Standing alone</h2>")
    assert "<em>Not</em> so" in report


def test_it_asks_as_often_for_many_as_for_one(unit: Unit, ada: Person) -> None:
    def count(url: str) -> int:
        client = Client()
        client.force_login(ada.account)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(url, args=[unit.slug]))
        return len(asked)

    make_enquiry(unit, ada)
    one = [count("enquire:unit_enquire"), count("enquire:unit_report")]
    for place in range(30):
        make_enquiry(unit, ada, title=f"Number {place}", help_at=time.now(), help_wanted="How?")
    assert [count("enquire:unit_enquire"), count("enquire:unit_report")] == one


# --- signals ----------------------------------------------------------------------------------------------------------
def weeks(enquiry: Enquiry, shares: list[float], of: int = 40, **more: object) -> None:
    measure = make_measure(enquiry, **more)
    segment = make_segment(measure)
    Point.objects.bulk_create(
        Point(
            community=enquiry.community,
            segment=segment,
            on=MONDAY + dt.timedelta(weeks=week),
            value=round(of * share),
            denominator=of,
        )
        for week, share in enumerate(shares)
    )


RISE = [0.4, 0.5, 0.45, 0.5, 0.4, 0.5, 0.45, 0.4, 0.5, 0.45, 0.8, 0.85, 0.8, 0.75, 0.8, 0.85, 0.8, 0.75, 0.8, 0.8]
LEVEL = [0.4, 0.5] * 10


def test_what_its_outcomes_say_is_kept(unit: Unit, ada: Person) -> None:
    for shares, more, signal in (
        ([], {}, ""),
        (RISE[:4], {}, Signal.EARLY),
        (RISE, {}, Signal.BETTER),
        (RISE, {"direction": "down"}, Signal.WORSE),
        (RISE, {"direction": "neither"}, Signal.DIFFERENT),
        (RISE, {"role": "process"}, ""),
    ):
        enquiry = make_enquiry(unit, ada)
        weeks(enquiry, shares, baseline_points=10, baseline_reason="Before", **more)
        assert keep_signal(enquiry) == signal
        enquiry.refresh_from_db()
        assert enquiry.signal == signal
    both = make_enquiry(unit, ada)
    weeks(both, RISE, baseline_points=10, baseline_reason="Before")
    weeks(both, RISE, baseline_points=10, baseline_reason="Before", direction="down")
    assert keep_signal(both) == Signal.MIXED


def test_shares_of_few_say_nothing_to_those_outside(unit: Unit, ada: Person) -> None:
    enquiry = make_enquiry(unit, ada)
    weeks(enquiry, RISE, of=4, baseline_points=10, baseline_reason="Before")
    assert keep_signal(enquiry) == ""


def test_a_number_that_is_entered_renews_it(unit: Unit, ada: Person) -> None:
    enquiry = make_enquiry(unit, ada)
    weeks(enquiry, RISE[:17], baseline_points=10, baseline_reason="Before")
    (measured,) = measures.list_measured(enquiry)
    for week in range(17, 20):
        on = MONDAY + dt.timedelta(weeks=week)
        entry = points.Entry(segment=measured.segments[0], on=on, value=33, denominator=40)
        points.record(actor=make.actor_of(ada), enquiry=enquiry, standing=IN, entries=[entry])
    enquiry.refresh_from_db()
    assert enquiry.signal == Signal.BETTER


# --- how far it is ----------------------------------------------------------------------------------------------------
NOTHING = {"owners": 1, "measures": 0, "points": 0, "cycles": 0, "studied": 0, "adopted": 0, "signal": "",
           "has_held": False, "places": 0}  # fmt: skip


def test_each_step_rests_on_the_steps_before_it() -> None:
    assert list(STEPS) == list(range(1, 11))
    assert find_supported(Evidence(**NOTHING)) == 1
    assert find_missing(3, Evidence(**NOTHING)) == ("a second owner", "a measure and a planned cycle")
    more = NOTHING | {"owners": 2, "measures": 1, "cycles": 1, "points": 12}
    assert find_supported(Evidence(**more)) == 4
    more |= {"cycles": 2, "studied": 2, "signal": "better", "adopted": 1}
    assert find_supported(Evidence(**more)) == 8
    assert find_missing(10, Evidence(**more)) == (str(STEPS[9].asks), str(STEPS[10].asks))
    assert find_supported(Evidence(**(more | {"has_held": True, "places": 2}))) == 10
    assert find_supported(Evidence(**(more | {"has_held": True, "places": 2, "owners": 1}))) == 1


def test_the_team_says_it_and_the_page_says_what_it_lacks(unit: Unit, ada: Person) -> None:
    enquiry = make_enquiry(unit, ada)
    client = Client()
    client.force_login(ada.account)
    url = reverse("enquire:progress_set", args=[enquiry.id])
    assert client.post(url, {"half_steps": "11"}).status_code == 422
    text = client.post(url, {"half_steps": "7", "why": "We see it every day"}, follow=True).content.decode()
    assert "Step 3.5 of 5." in text
    assert "does not bear that step yet" in text
    assert "an outcome whose chart says so" in text
    assert Event.objects.get(verb="enquiry.progressed").data["step"] == "3.5"
    client.post(url, {"half_steps": "1"})
    assert (
        "does not bear that step yet" not in client.get(reverse("enquire:enquiry", args=[enquiry.id])).content.decode()
    )
    with pytest.raises(Invalid):
        progress.set_progress(actor=make.actor_of(ada), enquiry=enquiry, standing=IN, half_steps=0)
    other = make.make_person(unit.community)
    with pytest.raises(NotAllowed):
        progress.set_progress(actor=make.actor_of(other), enquiry=enquiry, standing=Standing(), half_steps=2)


def test_what_held_for_a_term_counts_as_held(unit: Unit, ada: Person) -> None:
    enquiry = make_enquiry(unit, ada)
    long_ago = time.now() - dt.timedelta(days=100)
    Cycle.objects.create(community=unit.community, enquiry=enquiry, number=1, plan="a", prediction="b", found="c",
                         decision="adopt", locked_at=long_ago, studied_at=long_ago)  # fmt: skip
    evidence = lists.portfolio.read_evidence(enquiry, 2)
    assert (evidence.cycles, evidence.adopted, evidence.has_held) == (1, 1, True)


# --- help -------------------------------------------------------------------------------------------------------------
def test_one_that_is_stuck_asks_and_sees_who_works_on_the_same() -> None:
    world = worlds.build()
    ada = world.staff[0]
    challenge = worlds.write_challenge(world.district, worlds.lead_of(world.district), "Every school reads")
    beside = make.make_unit(world.community, "Dale", within=world.district)
    far = make.make_person(world.community, "Fern", "Dale")
    make_enquiry(beside, far, title="Read in Dale", challenge=challenge)
    make_enquiry(world.school, world.staff[1], title="Read upstairs", challenge=challenge)
    enquiry = make_enquiry(world.school, ada, challenge=challenge)
    client = Client()
    client.force_login(ada.account)
    url = reverse("enquire:help_ask", args=[enquiry.id])
    text = client.post(url, {"wanted": "Who has *counted* this?"}, follow=True).content.decode()
    assert "<em>counted</em>" in text
    near = {one.title: one for one in page_of(ada, enquiry).progress.near}
    assert set(near) == {"An enquiry", "Read upstairs"}  # the other school has told nobody of it
    assert (near["An enquiry"].where, near["An enquiry"].who, near["An enquiry"].url) == ("Dale", "", "")
    assert near["Read upstairs"].who == world.staff[1].full_name
    client.post(url, {"wanted": " "})
    enquiry.refresh_from_db()
    assert (enquiry.help_at, enquiry.help_wanted) == (None, "")
    assert Event.objects.filter(verb="enquiry.help_found").count() == 1


# --- groups -----------------------------------------------------------------------------------------------------------
def test_it_can_be_worked_on_in_a_group_of_the_unit_or_above() -> None:
    world = worlds.build()
    ada = world.staff[0]
    group = make.make_group(world.district, name="Reading across schools")
    said = Said(title="Partners", question="Does it help?", group=group)
    enquiry = services.begin(actor=make.actor_of(ada), unit=world.school, said=said)
    assert page_of(ada, enquiry).group == "Reading across schools"
    beside = make.make_group(make.make_unit(world.community, within=world.district))
    with pytest.raises(Invalid, match="enquiry_group_elsewhere"):
        services.begin(actor=make.actor_of(ada), unit=world.school, said=Said(title="x", question="y", group=beside))
    client = Client()
    client.force_login(ada.account)
    form = client.get(reverse("enquire:enquiry_change", args=[enquiry.id])).content.decode()
    assert f'<option value="{group.id}" selected>' in form
