"""What the home of a unit shows of its enquiries, and what can be counted about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import indicators, time
from collegium.enquire.models import Enquiry, Measure, Point
from collegium.enquire.presenters import panels
from collegium.people.models import Person, Unit
from tests import factories as make
from tests.enquire.rows import make_enquiry, make_measure, make_segment

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 6, 1)
NOW = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)


@dataclass
class Home:
    """A unit with two colleagues."""

    unit: Unit
    ada: Person
    cem: Person

    def panel(self, person: Person, day: dt.date = TODAY) -> tuple[panels.RunningRow, ...]:
        found = panels.build_enquiries(make.actor_of(person), make.place_of(self.unit), day)
        return found.context["page"].rows if found else ()

    def read(self, key: str, day: dt.date = TODAY) -> float | None:
        return indicators.read(f"enquire.{key}", self.unit.id, day).value


@pytest.fixture
def home() -> Iterator[Home]:
    community = make.make_community()
    unit = make.make_unit(community, "Hill")
    ada, cem = (make.make_person(community, name, "Hill", account=True) for name in ("Ada", "Cem"))
    for person in (ada, cem):
        make.make_post(person, unit)
    with time.at(NOW):
        yield Home(unit, ada, cem)


def measure_weekly(enquiry: Enquiry, values: list[int], of: int = 20, groups: tuple[str, ...] = ("",)) -> Measure:
    measure = make_measure(enquiry)
    for title in groups:
        segment = make_segment(measure, title)
        Point.objects.bulk_create(
            Point(
                community=enquiry.community,
                segment=segment,
                on=dt.date(2026, 1, 5) + dt.timedelta(days=7 * week),
                value=value,
                denominator=of,
            )
            for week, value in enumerate(values)
        )
    return measure


CHANGED = [9, 11, 10, 9, 11, 10, 9, 10, 11, 10, 17, 18, 17, 18, 17, 18, 17, 18, 17, 18]
STEADY = [9, 11, 10, 9, 11, 10, 12, 8, 11, 10, 9, 11, 10, 9]


# --- the panel --------------------------------------------------------------------------------------------------------
def test_the_home_shows_running_enquiries_with_what_they_say(home: Home) -> None:
    measure_weekly(make_enquiry(home.unit, home.ada, title="Doors"), CHANGED)
    measure_weekly(make_enquiry(home.unit, home.ada, title="Chairs"), STEADY)
    make_enquiry(home.unit, home.ada, title="Bells")
    ended = {"ending": "abandon", "finding": "No", "closed_at": NOW}
    make_enquiry(home.unit, home.ada, title="Whistles", **ended)
    rows = {row.title: row for row in home.panel(home.cem)}
    assert set(rows) == {"Doors", "Chairs", "Bells"}
    assert "for the better" in rows["Doors"].sentence
    assert "no change" in rows["Chairs"].sentence
    assert rows["Doors"].series is not None
    assert len(rows["Doors"].series.moments) == len(CHANGED)
    assert (rows["Bells"].series, rows["Bells"].sentence) == (None, "Nothing is measured yet.")


def test_of_groups_it_says_in_how_many_something_changed(home: Home) -> None:
    measure_weekly(make_enquiry(home.unit, home.ada), CHANGED, groups=("7a", "7b"))
    (row,) = home.panel(home.cem)
    assert (row.series, row.sentence) == (None, "Something has changed in 2 of its 2 groups.")


def test_many_groups_are_left_to_their_page(home: Home) -> None:
    for count, said in ((12, "No change can be seen in any of its 12 groups."), (13, "its page shows them all.")):
        enquiry = make_enquiry(home.unit, home.ada, created_at=NOW - dt.timedelta(minutes=15 - count))  # the last first
        measure_weekly(enquiry, STEADY, groups=tuple(f"7{n}" for n in range(count)))
        assert home.panel(home.cem)[0].sentence.endswith(said)


def test_shares_of_few_are_not_on_the_home_of_those_outside_the_team(home: Home) -> None:
    measure_weekly(make_enquiry(home.unit, home.ada), [1, 2, 3, 2] * 4, of=4)
    (outside,), (inside,) = home.panel(home.cem), home.panel(home.ada)
    assert outside.series is None
    assert inside.series is not None


def test_there_is_no_panel_on_days_that_have_passed_for_strangers_or_where_nothing_runs(home: Home) -> None:
    assert home.panel(home.ada) == ()
    make_enquiry(home.unit, home.ada)
    assert home.panel(home.ada, TODAY - dt.timedelta(days=1)) == ()
    assert home.panel(make.make_person(home.unit.community)) == ()
    assert len(home.panel(home.ada)) == 1


def test_the_home_of_the_unit_carries_the_panel(home: Home) -> None:
    measure_weekly(make_enquiry(home.unit, home.ada, title="Doors"), CHANGED)
    client = Client()
    client.force_login(home.ada.account)
    page = client.get(reverse("people:unit_home", args=[home.unit.slug])).content.decode()
    assert "Doors" in page
    assert "for the better" in page


def test_the_panel_asks_as_often_for_three_enquiries_as_for_one(home: Home) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            home.panel(home.cem)
        return len(asked)

    measure_weekly(make_enquiry(home.unit, home.ada), STEADY)
    one = count()
    for _each in range(3):
        measure_weekly(make_enquiry(home.unit, home.ada), STEADY)
    assert count() == one


# --- what can be counted ----------------------------------------------------------------------------------------------
def test_running_enquiries_are_counted_as_of_a_day(home: Home) -> None:
    day = dt.timedelta(days=1)
    closed = {"ending": "adopt", "finding": "It helps", "closed_at": NOW - 10 * day}
    make_enquiry(home.unit, home.ada, created_at=NOW - 30 * day, **closed)
    make_enquiry(home.unit, home.ada, created_at=NOW - 5 * day)
    counts = [home.read("running", TODAY - days * day) for days in (40, 20, 8, 0)]
    assert counts == [0, 1, 0, 1]
    assert [home.read("ended", TODAY - days * day) for days in (11, 10, 0)] == [0, 1, 1]


def test_an_enquiry_closed_more_than_a_year_ago_is_not_of_this_year(home: Home) -> None:
    long_ago = NOW - dt.timedelta(days=400)
    make_enquiry(home.unit, home.ada, created_at=long_ago, ending="adapt", finding="Half", closed_at=long_ago)
    assert home.read("ended") == 0


def test_a_second_owner_who_was_erased_does_not_count(home: Home) -> None:
    assert home.read("second_owner") is None
    make_enquiry(home.unit, home.ada, second_owner=home.cem)
    make_enquiry(home.unit, home.ada)
    assert home.read("second_owner") == 0.5
    Person.objects.filter(id=home.cem.id).update(given_name="", family_name="", email="", account=None, erased_at=NOW)
    assert home.read("second_owner") == 0.0
    assert home.read("second_owner", TODAY - dt.timedelta(days=1)) is None


def test_an_enquiry_is_silent_after_a_term_and_only_while_it_runs(home: Home) -> None:
    assert home.read("silent") is None
    for days in (10, 90, 93, 300):
        begun = NOW - dt.timedelta(days=days)
        make_enquiry(home.unit, home.ada, created_at=begun, touched_at=begun)
    make_enquiry(
        home.unit, home.ada, created_at=begun, touched_at=begun, ending="abandon", finding="No", closed_at=begun
    )
    assert home.read("silent") == 2
    assert home.read("silent", TODAY - dt.timedelta(days=1)) is None


def test_units_inside_count_and_others_do_not(home: Home) -> None:
    team = make.make_unit(home.unit.community, "Team", within=home.unit)
    make_enquiry(team, home.ada)
    make_enquiry(make.make_unit(home.unit.community, "Elsewhere"), home.ada)
    assert home.read("running") == 1
