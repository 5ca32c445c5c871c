"""What the house knows of who works together: layers of their own, and what would stand without an owner."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import shared_work, time
from collegium.connect.models import WaveAnalysis, WaveMember
from collegium.decide.enums import Readers
from collegium.decide.models import Matter, Part
from collegium.enquire.enums import Template
from collegium.enquire.models import Enquiry, EnquiryMember
from collegium.intend.models import Commitment
from collegium.intend.promise_enums import Audience, PromiseState
from collegium.people.enums import GroupRole
from collegium.people.models import Person, Post
from tests import factories as make
from tests.connect.webs_told import Told, after, tell_school, work_out
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Iterator[Told]:
    found = tell_school()
    with time.at(after(found.wave)):
        yield found


def enquire(told: Told, owners: Sequence[Person], team: Sequence[Person] = (), title: str = "Who speaks?") -> Enquiry:
    owner, second = (*owners, None)[:2]
    enquiry = Enquiry.objects.create(
        community=told.unit.community,
        unit=told.unit,
        template=Template.CLASSROOM,
        title=title,
        question="Who speaks in our lessons?",
        owner=owner,
        second_owner=second,
    )
    for person in team:
        EnquiryMember.objects.create(community=told.unit.community, enquiry=enquiry, person=person)
    return enquiry


def decide(told: Told, facilitator: Person, people: Sequence[Person] = (), **given: Any) -> Matter:
    matter = Matter.objects.create(
        community=told.unit.community, unit=told.unit, question="How do we meet?", facilitator=facilitator, **given
    )
    for person in people:
        Part.objects.create(community=told.unit.community, matter=matter, person=person)
    return matter


def promise(told: Told, by: Person, second: Person | None = None, what: str = "We answer in two days.") -> Commitment:
    return Commitment.objects.create(
        community=told.unit.community,
        unit=told.unit,
        by_person=by,
        second=second,
        audience=Audience.COLLEAGUES,
        to_unit=told.unit,
        what=what,
        due_on=time.today() + dt.timedelta(days=30),
        state=PromiseState.MADE,
        made_on=time.today(),
    )


def report_of(told: Told) -> dict[str, Any]:
    work_out(told.wave)
    found: dict[str, Any] = WaveAnalysis.objects.get(wave=told.wave, unit=told.unit).document["report"]
    return {layer["key"]: layer for layer in found["layers"]}


def read(person: Person, told: Told, name: str = "web", **query: str) -> str:
    response = client_of(person).get(reverse(f"connect:{name}", args=[told.unit.slug, told.wave.id]), query)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# --- layers -----------------------------------------------------------------------------------------------------------
def test_enquiries_and_decisions_are_layers_of_their_own(told: Told) -> None:
    staff = told.school.staff
    enquire(told, staff[:2], staff[10:12])
    decide(told, staff[0], staff[20:22])
    found = report_of(told)
    assert {key: found[key]["ties"] for key in ("enquiries", "decisions")} == {"enquiries": 12, "decisions": 6}
    assert {found[key]["origin"] for key in ("enquiries", "decisions")} == {"known"}
    assert found["advice"]["origin"] == "said"
    page = read(told.school.steward, told, layer="enquiries")
    assert "Working on an enquiry together" in page
    assert "Known from what is kept here; nobody was asked." in page


def test_what_others_may_not_read_and_what_is_over_ties_nobody(told: Told) -> None:
    staff = told.school.staff
    decide(told, staff[0], staff[1:3], readers=Readers.INVOLVED)
    ended = enquire(told, staff[:2])
    Enquiry.objects.filter(id=ended.id).update(
        closed_at=told.wave.opens_at, ending="adopt", finding="All do, when asked by name."
    )
    matter = decide(told, staff[0])
    Part.objects.create(community=told.unit.community, matter=matter, unit=told.unit)
    assert not {"enquiries", "decisions"} & report_of(told).keys()


def test_what_is_known_is_never_drawn_from_person_to_person(told: Told) -> None:
    """Who is in a group stands on its page by name: its lines would say which marks they are."""
    group = make.make_group(told.unit, "Reading circle")
    for person in told.school.staff[:6]:
        make.make_membership(person, group)
    enquire(told, told.school.staff[:2], told.school.staff[10:14])
    assert {"groups", "enquiries"} <= report_of(told).keys()
    client = client_of(told.school.staff[3])
    drawn = client.get(reverse("connect:web_data", args=[told.unit.slug, told.wave.id])).json()
    lines = {layer["key"]: layer["ends"] for layer in drawn["layers"]}
    assert lines["advice"]
    assert lines["groups"] == lines["enquiries"] == []
    assert all(
        "which marks they are" in each["note"] for each in drawn["layers"] if each["key"] in ("groups", "enquiries")
    )


# --- what would stand without an owner --------------------------------------------------------------------------------
def test_a_scenario_lists_promises_enquiries_decisions_and_groups_that_nobody_would_own(told: Told) -> None:
    link, other = told.link, told.school.staff[9]
    Post.objects.filter(person=link).update(title="Leader of languages", level="middle")
    WaveMember.objects.filter(wave=told.wave, person=link).update(level="middle")
    make.make_membership(link, make.make_group(told.unit, "Reading circle"), role=GroupRole.FACILITATOR)
    enquire(told, [link], title="Who speaks?")
    enquire(told, [link, other], title="Who listens?")
    decide(told, link)
    promise(told, link, what="We answer in two days.")
    promise(told, link, second=other, what="We knock first.")
    promise(told, other, what="We begin on time.")
    page = read(told.school.steward, told, "web_scenario", post=str(link.posts.get().id))
    for title, words in (
        ("Reading circle", "Nobody else is in this group."),
        ("We answer in two days.", "A promise that nobody would own. Find somebody"),
        ("We knock first.", "A promise that nobody would own; its second person could."),
        ("Who speaks?", "An enquiry that nobody would own."),
        ("How do we meet?", "A decision that nobody would facilitate."),
    ):
        assert re.search(re.escape(title) + r"\W+" + re.escape(words), page), title
    assert "Who listens?" not in page
    assert "We begin on time." not in page


@pytest.mark.parametrize("make_one", [lambda told, one: enquire(told, [one]), decide, promise])
def test_more_of_them_cost_no_further_queries(told: Told, make_one: Callable[[Told, Person], Any]) -> None:
    actor = make.actor_of(told.school.steward)
    place = make.place_of(told.unit)
    counts = []
    for number in (1, 3):
        for _ in range(number):
            make_one(told, told.link)
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert shared_work.list_left(actor, place, [told.link.id])
        counts.append(len(found))
    assert counts[0] == counts[1]
