"""Entering many numbers at once: what changed is kept, what is wrong is said at its cell, what is missing is shown."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.base.models import Event
from collegium.enquire.enums import SpanKind
from collegium.enquire.models import CalendarSpan, Enquiry, Point, Segment
from tests import factories as make
from tests.enquire.rows import make_enquiry, make_measure, make_segment

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 4)  # a Wednesday
WEEKS = [dt.date(2026, 2, 9), dt.date(2026, 2, 16), dt.date(2026, 2, 23), dt.date(2026, 3, 2)]


@dataclass
class Grid:
    """Two measures of an enquiry, and one who enters numbers into them."""

    enquiry: Enquiry
    client: Client
    late: Segment
    count: Segment

    @property
    def url(self) -> str:
        return reverse("enquire:points_enter", args=[self.enquiry.id])

    def fields(self) -> dict[str, str]:
        """Return the fields of the page as a browser would send them."""
        with time.at(TODAY):
            text = self.client.get(self.url).content.decode()
        found = re.findall(r'<input type="(?:text|hidden)"[^>]*? name="([vdw]-[^"]+)"[^>]*? value="([^"]*)"', text)
        return dict(found)

    def send(self, fields: dict[str, str], **cells: str) -> HttpResponse:
        with time.at(TODAY):
            response: HttpResponse = self.client.post(self.url, {**fields, **cells})
        return response

    def put(self, segment: Segment, week: int, value: float | None, of: float | None = None, note: str = "") -> Point:
        return Point.objects.create(
            community=self.enquiry.community, segment=segment, on=WEEKS[week], value=value, denominator=of, note=note
        )


def name(kind: str, segment: Segment, week: int) -> str:
    return f"{kind}-{segment.id.hex}-{WEEKS[week]:%Y%m%d}"


@pytest.fixture
def grid(client: Client) -> Grid:
    community = make.make_community()
    unit = make.make_unit(community, "Hill")
    ada = make.make_person(community, "Ada", "Hill", account=True)
    make.make_post(ada, unit)
    enquiry = make_enquiry(unit, ada)
    client.force_login(ada.account)
    late = make_segment(make_measure(enquiry, title="On time"), "7A")
    return Grid(enquiry, client, late, make_segment(make_measure(enquiry, title="Visits", numbers="count", position=1)))


def test_only_what_changed_is_kept_and_corrections_keep_what_stood(grid: Grid) -> None:
    grid.put(grid.late, 0, 15, 20, "New bell")
    kept = grid.put(grid.late, 1, 16, 20)
    fields = grid.fields()
    assert fields[name("v", grid.late, 0)] == "15"
    assert fields[name("w", grid.late, 0)] == "15 / 20"
    sent = {
        name("v", grid.late, 0): "17",
        name("v", grid.late, 2): "Trip",
        name("v", grid.count, 3): "4",
    }
    assert grid.send(fields, **sent).status_code == 302
    standing = Point.objects.filter(replaced_at__isnull=True).order_by("on", "value")
    assert [(row.on, row.value, row.denominator, row.note) for row in standing] == [
        (WEEKS[0], 17, 20, "New bell"),
        (WEEKS[1], 16, 20, ""),
        (WEEKS[2], None, None, "Trip"),
        (WEEKS[3], 4, None, ""),
    ]
    assert standing[1].id == kept.id
    assert [row.value for row in Point.objects.filter(replaced_at__isnull=False)] == [15]
    assert Event.objects.get(verb="enquiry.measured_many").data["count"] == 3
    assert grid.send(grid.fields()).status_code == 302
    assert Point.objects.count() == 5


@pytest.mark.parametrize(
    ("value", "under", "said"),
    [
        ("18", "", "it needs to know of how many"),
        ("21", "20", "larger than what it is of"),
        ("1O", "20", "neither a number nor a reason"),
        ("18", "twenty", "neither a number nor a reason"),
        ("1,5", "20", "whole numbers"),
        ("", "20", "neither a number nor a reason"),
        ("-", "", "neither a number nor a reason"),
    ],
)
def test_what_is_wrong_is_said_at_its_cell_and_nothing_is_kept(grid: Grid, value: str, under: str, said: str) -> None:
    cells = {name("v", grid.late, 1): value, name("d", grid.late, 1): under, name("v", grid.count, 0): "3"}
    response = grid.send(grid.fields(), **cells)
    text = response.content.decode()
    assert response.status_code == 422
    assert text.count(said) == 2  # above the table and at the cell
    assert f'href="#{name("v", grid.late, 1)}"' in text
    assert f'name="{name("v", grid.count, 0)}" id="{name("v", grid.count, 0)}" value="3"' in text
    assert not Point.objects.exists()


def test_a_number_does_not_vanish_by_emptying_its_cell(grid: Grid) -> None:
    grid.put(grid.count, 0, 3)
    response = grid.send(grid.fields(), **{name("v", grid.count, 0): ""})
    assert "A number stands here" in response.content.decode()
    assert Point.objects.get().replaced_at is None


def test_what_somebody_else_entered_meanwhile_is_not_written_over(grid: Grid) -> None:
    fields = grid.fields()
    grid.put(grid.count, 0, 3)
    response = grid.send(fields, **{name("v", grid.count, 0): "5"})
    assert "Somebody has entered 3 here meanwhile" in response.content.decode()
    assert grid.send(fields).status_code == 302  # what was left alone is not taken for an answer
    again = {**fields, name("w", grid.count, 0): "3", name("v", grid.count, 0): "5"}
    assert grid.send(again).status_code == 302
    assert Point.objects.get(replaced_at__isnull=True).value == 5


def test_what_is_missing_and_late_is_shown_and_holidays_are_left_out(grid: Grid) -> None:
    with time.at(TODAY):
        assert "missing" not in grid.client.get(grid.url).content.decode()  # nothing has begun yet
        grid.put(grid.count, 0, 3)
        text = grid.client.get(grid.url).content.decode()
        assert (text.count(">missing<"), text.count(">late<")) == (1, 1)
        CalendarSpan.objects.create(
            community=grid.enquiry.community,
            unit=grid.enquiry.unit,
            kind=SpanKind.HOLIDAY,
            title="Half-term",
            first_day=WEEKS[1],
            last_day=WEEKS[1] + dt.timedelta(days=4),
        )
        text = grid.client.get(grid.url).content.decode()
        assert (text.count(">missing<"), text.count(">late<")) == (0, 1)
    assert name("v", grid.count, 1) not in text


def test_measures_without_fixed_periods_show_the_days_they_have_and_today(grid: Grid) -> None:
    yearly = make_segment(make_measure(grid.enquiry, title="Survey", numbers="average", frequency="year"))
    Point.objects.create(community=grid.enquiry.community, segment=yearly, on=dt.date(2025, 3, 1), value=3.5)
    fields = grid.fields()
    assert fields[f"v-{yearly.id.hex}-20250301"] == "3.5"
    assert grid.send(fields, **{f"v-{yearly.id.hex}-20260304": "3,7"}).status_code == 302
    assert Point.objects.get(on=TODAY).value == 3.7


def test_what_is_sent_for_another_enquiry_is_not_looked_at(grid: Grid) -> None:
    other = make_segment(make_measure(make_enquiry(grid.enquiry.unit, grid.enquiry.owner), numbers="count"))
    cells = {name("v", other, 0): "3", name("w", other, 0): "", "v-nonsense": "3"}
    assert grid.send(grid.fields(), **cells).status_code == 302
    assert not Point.objects.exists()


def test_a_page_asks_as_much_for_many_groups_as_for_one_and_many_have_pages(grid: Grid) -> None:
    counts = []
    for add in (0, 2, 60):
        for place in range(add):
            grid.put(make_segment(grid.count.measure, f"{add} {place}"), 0, 3)
        with CaptureQueriesContext(connection) as captured, time.at(TODAY):
            assert grid.client.get(grid.url).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts
    with time.at(TODAY):
        assert "1 to 60 of 64" in grid.client.get(grid.url).content.decode()
        assert grid.client.get(f"{grid.url}?page=2").content.decode().count('name="v-') == 16


def test_keeping_asks_as_much_for_many_numbers_as_for_two(grid: Grid) -> None:
    counts = []
    grid.put(grid.count, 3, 7)
    for more in (1, 20):
        segments = [make_segment(grid.count.measure, f"{more} {place}") for place in range(more)]
        fields = grid.fields()
        cells = {name("v", one, week): "3" for one in [grid.count, *segments] for week in range(2 if more > 1 else 1)}
        cells |= {name("v", grid.count, 3): str(more)}
        with CaptureQueriesContext(connection) as captured:
            assert grid.send(fields, **cells).status_code == 302
        counts.append(len(captured))
    assert counts[0] == counts[1], counts
