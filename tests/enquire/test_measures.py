"""Measures: numbers entered, corrected and missing; charts with frozen lines; what the team alone sees."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.base.models import Event
from collegium.enquire.enums import Direction, Numbers
from collegium.enquire.errors import Invalid, NotAllowed, NotFound
from collegium.enquire.models import Enquiry, Measure, Point, Segment
from collegium.enquire.presenters import measures as presenter
from collegium.enquire.queries import enquiries as enquiry_queries
from collegium.enquire.queries import measures as queries
from collegium.enquire.services import measures as services
from collegium.enquire.services import points
from collegium.enquire.services.measures import Defined
from collegium.enquire.services.points import Entry, Recorded
from collegium.people.models import Person
from tests import factories as make
from tests.enquire.rows import make_enquiry, make_measure, make_segment

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 1, 5)
NOW = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)


@dataclass
class Team:
    """An enquiry of one person, and a colleague who is not in it."""

    enquiry: Enquiry
    ada: Person
    cem: Person

    def enter(
        self, segment: Segment, week: int, value: float | None, of: float | None = 20, note: str = ""
    ) -> Recorded:
        found = enquiry_queries.get_enquiry_for(make.actor_of(self.ada), self.enquiry.id)
        with time.at(NOW):
            on = MONDAY + dt.timedelta(days=7 * week)
            entry = Entry(segment=segment, on=on, value=value, denominator=of, note=note)
            told = {"actor": make.actor_of(self.ada), "enquiry": self.enquiry, "standing": found.standing}
            return points.record(**told, entries=[entry])

    def page(self, measure: Measure, person: Person | None = None) -> presenter.MeasurePage:
        actor = make.actor_of(person or self.ada)
        with time.at(NOW):
            return presenter.present_measure(actor, enquiry_queries.get_enquiry_for(actor, self.enquiry.id), measure.id)


@pytest.fixture
def team() -> Team:
    community = make.make_community()
    unit = make.make_unit(community, "Hill")
    ada, cem = (make.make_person(community, name, "Hill", account=True) for name in ("Ada", "Cem"))
    for person in (ada, cem):
        make.make_post(person, unit)
    return Team(make_enquiry(unit, ada), ada, cem)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


# --- a measure --------------------------------------------------------------------------------------------------------
def test_a_measure_is_added_on_a_page_and_its_first_number_is_entered(team: Team) -> None:
    client = client_of(team.ada)
    add = reverse("enquire:measure_add", args=[team.enquiry.id])
    assert client.post(add, {"title": "On time"}).status_code == 422
    sent = {"title": "On time", "definition": "Seated at the bell", "numbers": "proportion", "direction": "up"}
    sent |= {"frequency": "week", "role": "outcome", "target": "80", "segments": "7A\n\n7B\n"}
    assert client.post(add, sent).status_code == 302
    measure = Measure.objects.get()
    assert (measure.target, measure.per) == (0.8, 1.0)
    assert [one.title for one in Segment.objects.order_by("position")] == ["7A", "7B"]
    enter = reverse("enquire:point_add", args=[team.enquiry.id, measure.id])
    segment = Segment.objects.get(title="7B")
    assert client.post(enter, {"segment": str(segment.id), "on": "2026-01-07", "value": "30"}).status_code == 422
    entered = {"segment": str(segment.id), "on": "2026-01-07", "value": "18", "denominator": "20", "note": "New bell"}
    text = client.post(enter, entered, follow=True).content.decode()
    assert Point.objects.get().on == MONDAY
    for said in ("90%", "New bell", "Too few points to tell: 1 so far", "7A"):
        assert said in text
    assert Event.objects.get(verb="enquiry.measured").data == {"title": "Starting on time"}
    home = client.get(reverse("enquire:enquiry", args=[team.enquiry.id])).content.decode()
    assert "Enter a number" in home


def test_groups_have_names_of_their_own(team: Team) -> None:
    found = enquiry_queries.get_enquiry_for(make.actor_of(team.ada), team.enquiry.id)
    told = {"actor": make.actor_of(team.ada), "enquiry": team.enquiry, "standing": found.standing}
    for segments, code in ((["7A", " 7A "], "segment_twice"), ([str(n) for n in range(501)], "too_many_segments")):
        with pytest.raises(Invalid, match=code):
            services.add_measure(
                **told,
                defined=Defined(title="T", definition="D", numbers=Numbers.COUNT, segments=segments),
            )


# --- numbers ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("numbers", "value", "of", "code"),
    [
        ("proportion", 3, None, "point_denominator"),
        ("proportion", 3, 0, "point_denominator"),
        ("proportion", 3, 2, "point_above"),
        ("proportion", 1.5, 2, "point_not_whole"),
        ("count", -1, None, "point_not_whole"),
        ("rate", 1, None, "point_denominator"),
        ("average", None, None, "point_absent"),
    ],
)
def test_numbers_that_cannot_be_are_refused(
    team: Team, numbers: str, value: float | None, of: float | None, code: str
) -> None:
    segment = make_segment(make_measure(team.enquiry, numbers=numbers))
    with pytest.raises(Invalid, match=code):
        team.enter(segment, 0, value, of)
    assert not Point.objects.exists()


def test_tomorrow_has_no_number(team: Team) -> None:
    segment = make_segment(make_measure(team.enquiry))
    with pytest.raises(Invalid, match="point_later"):
        team.enter(segment, 60, 3)


def test_a_correction_keeps_what_stood_before(team: Team) -> None:
    measure = make_measure(team.enquiry)
    segment = make_segment(measure)
    team.enter(segment, 0, 3)
    team.enter(segment, 0, 5)
    [standing] = queries.get_measured(team.enquiry, measure.id).points[segment.id]
    assert standing.value == 5
    page = team.page(measure)
    assert [(row.value, row.by) for row in page.replaced] == [("3 of 20", "Ada Hill")]
    assert team.page(measure, team.cem).replaced == ()


def test_missing_weeks_are_gaps_and_a_holiday_says_so(team: Team) -> None:
    measure = make_measure(team.enquiry)
    segment = make_segment(measure)
    for week, value, note in ((0, 3, ""), (2, None, "Holiday"), (3, 4, "")):
        team.enter(segment, week, value, note=note)
    chart = team.page(measure).shown.chart
    assert chart is not None
    assert [(point.value, point.words) for point in chart.points] == [
        (0.15, ""),
        (None, "Missing"),
        (None, "Holiday"),
        (0.2, ""),
    ]
    assert "is not entered yet" in team.page(measure).shown.late
    assert team.page(measure, team.cem).shown.late == ""


# --- charts -----------------------------------------------------------------------------------------------------------
def test_a_frozen_baseline_needs_a_reason_and_moves_for_nobody(team: Team) -> None:
    measure = make_measure(team.enquiry, numbers="average", direction=Direction.DOWN)
    segment = make_segment(measure)
    client, url = client_of(team.ada), reverse("enquire:measure_baseline", args=[team.enquiry.id, measure.id])
    assert client.post(url, {"points": "10", "reason": " "}).status_code == 422
    assert client.post(url, {"points": "10", "reason": "Greeting began"}).status_code == 302
    for week, value in enumerate([5, 6, 5, 4, 5, 6, 4, 5, 6, 4, 9, 9, 8, 9, 10, 9, 8, 9]):
        team.enter(segment, week, value, None)
    page = team.page(measure)
    assert page.shown.chart is not None
    assert page.shown.chart.points[-1].centre == 5.0
    assert page.shown.chart.sentence.endswith("for the worse.")
    assert page.baseline == "The lines rest on the first 10 points, as Ada Hill has said: Greeting began"
    assert [row.variation for row in page.rows] == ["Of concern: higher"]


def test_shares_of_fewer_than_five_are_for_the_team(team: Team) -> None:
    measure = make_measure(team.enquiry)
    segment = make_segment(measure)
    team.enter(segment, 0, 1, 3)
    team.enter(segment, 1, 2, 5)
    own, others = team.page(measure).shown.chart, team.page(measure, team.cem).shown.chart
    assert own is not None
    assert others is not None
    assert [point.value for point in own.points] == [pytest.approx(1 / 3), 0.4]
    assert [(point.value, point.words) for point in others.points] == [(None, "Not shown (fewer than 5)"), (0.4, "")]
    assert others.points[0].centre == 0.4
    text = client_of(team.cem).get(reverse("enquire:measure", args=[team.enquiry.id, measure.id])).content.decode()
    assert "33%" not in text


def test_groups_stand_beside_each_other_on_one_scale(team: Team) -> None:
    measure = make_measure(team.enquiry)
    for title in ("7A", "7B"):
        team.enter(make_segment(measure, title), 0, 10)
    page = team.page(measure)
    assert page.shown.multiples is not None
    assert [chart.title for chart in page.shown.multiples.charts] == ["7A", "7B"]
    assert len(page.charts) == len(page.rows) == 2
    assert client_of(team.ada).get(page.shown.url).status_code == 200


def test_a_page_asks_as_much_for_thirty_measures_as_for_one(team: Team) -> None:
    client, url = client_of(team.ada), reverse("enquire:enquiry", args=[team.enquiry.id])
    counts = []
    for add in (1, 2, 27):
        for _ in range(add):
            team.enter(make_segment(make_measure(team.enquiry)), 0, 3)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts


# --- who may ----------------------------------------------------------------------------------------------------------
def test_those_who_are_not_in_it_enter_nothing(team: Team) -> None:
    segment = make_segment(make_measure(team.enquiry))
    actor = make.actor_of(team.cem)
    found = enquiry_queries.get_enquiry_for(actor, team.enquiry.id)
    with pytest.raises(NotAllowed, match="enquiry_team_only"):
        points.record(
            actor=actor,
            enquiry=team.enquiry,
            standing=found.standing,
            entries=[Entry(segment=segment, on=MONDAY, value=3, denominator=9)],
        )


def test_a_measure_of_another_enquiry_is_not_found_in_this_one(team: Team) -> None:
    other = make_measure(make_enquiry(team.enquiry.unit, team.ada))
    with pytest.raises(NotFound):
        queries.get_measured(team.enquiry, other.id)
    with pytest.raises(Invalid):
        team.enter(make_segment(other), 0, 3)
