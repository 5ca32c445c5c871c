"""School calendars: what is expected when, whose calendar holds, and how a steward keeps one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.enquire.charting.series import make_charts
from collegium.enquire.enums import Frequency, SpanKind
from collegium.enquire.errors import Invalid, NotAllowed
from collegium.enquire.models import CalendarSpan, Point
from collegium.enquire.periods import ALL_YEAR, SchoolCalendar, Span
from collegium.enquire.queries import calendars as queries
from collegium.enquire.queries import measures as measure_queries
from collegium.enquire.services import calendars as services
from collegium.enquire.services.calendars import SpanSaid
from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from tests import factories as make
from tests.enquire.rows import make_enquiry, make_measure, make_segment

AUTUMN = Span(dt.date(2025, 9, 1), dt.date(2025, 12, 19), "Autumn term")
SPRING = Span(dt.date(2026, 1, 5), dt.date(2026, 3, 27), "Spring term")
HALF_TERM = Span(dt.date(2026, 2, 16), dt.date(2026, 2, 20), "Half-term")
YEAR = SchoolCalendar((AUTUMN, SPRING), (HALF_TERM,))


# --- what is expected -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("frequency", "day", "first"),
    [
        (Frequency.WEEK, dt.date(2026, 1, 11), dt.date(2026, 1, 5)),
        (Frequency.MONTH, dt.date(2026, 1, 31), dt.date(2026, 1, 1)),
        (Frequency.TERM, dt.date(2026, 2, 3), SPRING.first),
        (Frequency.TERM, dt.date(2025, 12, 25), dt.date(2025, 12, 25)),
        (Frequency.YEAR, dt.date(2026, 2, 3), dt.date(2026, 2, 3)),
    ],
)
def test_periods_begin_on_their_first_day(frequency: Frequency, day: dt.date, first: dt.date) -> None:
    assert YEAR.first_day_of(day, frequency) == first


@pytest.mark.parametrize(
    ("week", "why"),
    [
        (dt.date(2026, 2, 9), None),
        (dt.date(2026, 2, 16), "Half-term"),
        (dt.date(2025, 12, 22), ""),
        (dt.date(2025, 12, 15), None),
        (dt.date(2026, 4, 6), None),  # after the last term that is known
        (dt.date(2025, 8, 25), None),
    ],
)
def test_a_week_is_off_when_school_is_closed_on_all_its_days(week: dt.date, why: str | None) -> None:
    assert YEAR.why_off(week, Frequency.WEEK) == why
    assert ALL_YEAR.why_off(week, Frequency.WEEK) is None


def test_the_last_periods_leave_holidays_out() -> None:
    today = dt.date(2026, 2, 25)
    weeks = YEAR.list_last(today, Frequency.WEEK, 3)
    assert weeks == [dt.date(2026, 2, 2), dt.date(2026, 2, 9), dt.date(2026, 2, 23)]
    assert YEAR.last_due(today, Frequency.WEEK) == dt.date(2026, 2, 9)
    assert YEAR.list_last(today, Frequency.TERM, 5) == [AUTUMN.first, SPRING.first]
    assert YEAR.last_due(today, Frequency.TERM) == AUTUMN.first
    assert ALL_YEAR.list_last(today, Frequency.TERM, 5) == []
    days = YEAR.list_last(dt.date(2026, 2, 23), Frequency.DAY, 3)
    assert days == [dt.date(2026, 2, 12), dt.date(2026, 2, 13), dt.date(2026, 2, 23)]


# --- whose it is ------------------------------------------------------------------------------------------------------
@pytest.fixture
def district(db: None) -> Unit:
    return make.make_unit(make.make_community(), "District", kind=UnitKind.DISTRICT)


def keep(unit: Unit, *spans: Span, kind: SpanKind = SpanKind.HOLIDAY) -> None:
    said = [SpanSaid(kind=kind, title=span.title, first_day=span.first, last_day=span.last) for span in spans]
    services.keep_calendar(actor=make.actor_of(make.steward_of(unit)), unit=unit, spans=said)


def test_a_unit_takes_over_the_calendar_above_until_it_keeps_its_own(district: Unit) -> None:
    school = make.make_unit(district.community, "Hill", within=district)
    team = make.make_unit(district.community, "Maths", kind=UnitKind.TEAM, within=school)
    assert queries.get_calendar(team) == ALL_YEAR
    keep(district, HALF_TERM)
    assert queries.get_calendar(team).holidays == (HALF_TERM,)
    own = Span(dt.date(2026, 2, 9), dt.date(2026, 2, 13), "Our own week")
    keep(school, own)
    assert queries.get_calendar(team).holidays == (own,)
    assert queries.get_calendar(district).holidays == (HALF_TERM,)
    keep(school)
    assert queries.get_kept(make.place_of(team)).unit == district


def test_what_cannot_be_is_refused_and_others_keep_nothing(district: Unit) -> None:
    keep(district, HALF_TERM)
    wrong = {
        "calendar_order": [Span(HALF_TERM.last, HALF_TERM.first, "Back")],
        "calendar_overlap": [AUTUMN, Span(AUTUMN.last, SPRING.last, "Too soon")],
        "calendar_too_long": [Span(dt.date(2024, 1, 1), dt.date(2026, 1, 1), "For ever")],
        "calendar_too_many": [HALF_TERM] * (services.MOST_SPANS + 1),
    }
    for code, spans in wrong.items():
        with pytest.raises(Invalid) as told:
            keep(district, *spans, kind=SpanKind.TERM)
        assert told.value.code == code
    member = make.make_person(district.community)
    make.make_post(member, district)
    with pytest.raises(NotAllowed):
        services.keep_calendar(actor=make.actor_of(member), unit=district, spans=[])
    assert CalendarSpan.objects.get().title == "Half-term"


# --- on pages ---------------------------------------------------------------------------------------------------------
ICS = b"\r\n".join(
    [
        *(b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:-//x//y//"),
        *(b"BEGIN:VEVENT", b"UID:1", b"SUMMARY:Easter holiday", b"DTSTART;VALUE=DATE:20260330"),
        *(b"DTEND;VALUE=DATE:20260411", b"END:VEVENT"),
        *(b"BEGIN:VEVENT", b"UID:2", b"SUMMARY:Staff meeting", b"DTSTART:20260401T150000Z", b"END:VEVENT"),
        *(b"END:VCALENDAR", b""),
    ]
)


def test_a_steward_keeps_a_calendar_on_its_page_and_adds_holidays_of_a_file(district: Unit, client: Client) -> None:
    steward = make.steward_of(district)
    client.force_login(steward.account)
    url = reverse("enquire:calendar_change", args=[district.slug])
    rows = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
    first = {"form-0-kind": "term", "form-0-title": "Spring", "form-0-first_day": "2026-01-05"}
    empty = {"form-1-kind": "holiday", "form-1-title": "", "form-1-first_day": "", "form-1-last_day": ""}
    wrong = client.post(url, {**rows, **first, **empty})
    assert wrong.status_code == 422
    assert "Please fill this in." in wrong.content.decode()
    first["form-0-last_day"] = "2026-03-27"
    file = SimpleUploadedFile("holidays.ics", ICS)
    looked = client.post(url, {**rows, **first, **empty, "calendar": file}).content.decode()
    assert 'value="Easter holiday"' in looked
    assert 'value="2026-04-10"' in looked
    assert "Staff meeting" not in looked
    assert not CalendarSpan.objects.exists()
    bad = client.post(url, {**rows, **first, **empty, "calendar": SimpleUploadedFile("x.ics", b"\x00no")})
    assert bad.status_code == 422
    assert client.post(url, {**rows, **first, **empty}).status_code == 302
    assert str(CalendarSpan.objects.get()) == "Spring"
    shown = client.get(reverse("enquire:calendar", args=[district.slug])).content.decode()
    assert "Spring" in shown
    assert client.post(url, {**rows, "form-INITIAL_FORMS": "1", **dict.fromkeys(first, "")}).status_code == 302
    assert not CalendarSpan.objects.exists()


def test_a_page_asks_as_much_for_many_holidays_as_for_one(district: Unit, client: Client) -> None:
    steward = make.steward_of(district)
    client.force_login(steward.account)
    counts = []
    for count in (1, 3, 30):
        keep(district, *[HALF_TERM] * count)
        for name in ("calendar", "calendar_change"):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(f"enquire:{name}", args=[district.slug])).status_code == 200
            counts.append(len(captured))
    assert counts[:2] * 3 == counts


# --- in charts --------------------------------------------------------------------------------------------------------
def test_weeks_of_a_holiday_are_a_break_and_not_missing(district: Unit) -> None:
    person = make.make_person(district.community)
    enquiry = make_enquiry(district, person)
    segment = make_segment(make_measure(enquiry, numbers="count"))
    for monday in (dt.date(2026, 2, 2), dt.date(2026, 2, 23)):
        Point.objects.create(community=enquiry.community, segment=segment, on=monday, value=3)
    measured = measure_queries.get_measured(enquiry, segment.measure_id)
    [made] = make_charts(measured, sees_all=True, calendar=YEAR)
    assert (made.series.words, made.series.off) == ({1: "Missing", 2: "Half-term"}, {2})
    [plain] = make_charts(measured, sees_all=True)
    assert (plain.series.words, plain.series.off) == ({1: "Missing", 2: "Missing"}, frozenset())


def test_a_baseline_is_of_so_many_points_whatever_holidays_lie_among_them(district: Unit) -> None:
    measure = make_measure(
        make_enquiry(district, make.make_person(district.community)),
        numbers="count",
        baseline_points=3,
        baseline_reason="Before",
    )
    segment = make_segment(measure)
    days = [dt.date(2026, 2, 2), dt.date(2026, 2, 9), dt.date(2026, 2, 23), dt.date(2026, 3, 2), dt.date(2026, 3, 9)]
    for day, value in zip(days, (4, 5, 6, 40, 50), strict=True):
        Point.objects.create(community=district.community, segment=segment, on=day, value=value)
    measured = measure_queries.get_measured(measure.enquiry, measure.id)
    [made] = make_charts(measured, sees_all=True, calendar=YEAR)
    assert made.series.off == {2}
    assert (made.chart.n_baseline[0], made.chart.centre[0, 0], made.asked.baseline) == (3, 5, 4)
    [plain] = make_charts(measured, sees_all=True)  # a week that is missing takes its place
    assert (plain.chart.n_baseline[0], plain.asked.baseline) == (2, 3)
    Point.objects.create(
        community=district.community, segment=segment, on=dt.date(2026, 2, 16), value=9
    )  # in the holiday
    [entered] = make_charts(measure_queries.get_measured(measure.enquiry, measure.id), sees_all=True, calendar=YEAR)
    assert (entered.chart.n_baseline[0], entered.chart.centre[0, 0]) == (3, 6)


def test_a_missing_term_is_missing_where_terms_are_known(district: Unit) -> None:
    summer = Span(dt.date(2026, 4, 13), dt.date(2026, 7, 17), "Summer term")
    enquiry = make_enquiry(district, make.make_person(district.community))
    segment = make_segment(make_measure(enquiry, numbers="count", frequency="term"))
    for first in (AUTUMN.first, summer.first):
        Point.objects.create(community=enquiry.community, segment=segment, on=first, value=3)
    measured = measure_queries.get_measured(enquiry, segment.measure_id)
    [made] = make_charts(measured, sees_all=True, calendar=SchoolCalendar((AUTUMN, SPRING, summer), ()))
    assert made.series.values == (3.0, None, 3.0)


def test_late_looks_past_a_holiday(district: Unit, client: Client) -> None:
    person = make.make_person(district.community, account=True)
    make.make_post(person, district)
    enquiry = make_enquiry(district, person)
    segment = make_segment(make_measure(enquiry, numbers="count"))
    Point.objects.create(community=enquiry.community, segment=segment, on=dt.date(2026, 2, 9), value=3)
    client.force_login(person.account)
    url = reverse("enquire:enquiry", args=[enquiry.id])
    with time.at(dt.date(2026, 2, 25)):
        assert "is not entered yet" in client.get(url).content.decode()
        keep(district, HALF_TERM)
        assert "is not entered yet" not in client.get(url).content.decode()
