"""The interface for programs: what it tells, what it refuses, and how it says so."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collegium.base import indicators, readings, time
from collegium.enquire.models import Measure, Point
from collegium.people.models import Person, Unit
from tests import factories as make
from tests.enquire.rows import make_enquiry, make_measure, make_segment
from tests.people.sign_in.helpers import client_of

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


@pytest.fixture
def school() -> Unit:
    return make.make_unit(make.make_community(), "Thornmere", slug="thornmere")


@pytest.fixture
def teacher(school: Unit) -> Person:
    person = make.make_person(school.community, account=True)
    make.make_post(person, school)
    return person


@pytest.fixture
def measure(school: Unit, teacher: Person) -> Measure:
    row = make_measure(make_enquiry(school, teacher))
    make_segment(row)
    return row


def program_of(person: Person, **more: Any) -> Client:
    return Client(headers={"Authorization": f"Bearer {make.make_token(person, **more)}"})


def values_url(measure: Measure) -> str:
    return f"/api/v1/enquiries/{measure.enquiry_id}/measures/{measure.id}/values"


def enter(program: Client, measure: Measure, **sent: Any) -> Any:
    return program.post(values_url(measure), sent, content_type="application/json")


# --- who is let in ----------------------------------------------------------------------------------------------------
def test_a_browser_that_is_signed_in_counts_for_nothing(teacher: Person, measure: Measure) -> None:
    browser = client_of(teacher)
    assert browser.get("/api/v1/units").status_code == 401
    answer = enter(browser, measure, on="2026-01-05", value=3, denominator=20)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert not Point.objects.exists()


def test_a_session_beside_a_token_of_another_changes_nothing(teacher: Person, school: Unit) -> None:
    stranger = make.steward_of(make.make_unit(make.make_community()))
    browser = client_of(teacher)
    secret = make.make_token(stranger)
    answer = browser.get("/api/v1/units/thornmere/enquiries", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 404


def test_a_token_to_read_changes_nothing(teacher: Person, measure: Measure) -> None:
    answer = enter(program_of(teacher), measure, on="2026-01-05", value=3, denominator=20)
    assert (answer.status_code, answer.json()["code"]) == (403, "token_read_only")
    assert not Point.objects.exists()


def test_a_flood_is_held_back_token_by_token(teacher: Person, school: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    from collegium.site.api import api

    assert [each.num_requests for each in _throttles(api)] == [300] * len(_throttles(api))
    for each in _throttles(api):
        monkeypatch.setattr(each, "num_requests", 3)
    cache.clear()
    program, other = program_of(teacher), program_of(make.steward_of(school))
    assert [program.get("/api/v1/units").status_code for _try in range(4)] == [200, 200, 200, 429]
    refused = program.get("/api/v1/units")
    assert (refused["Retry-After"], refused["Content-Type"]) == ("60", PROBLEM)
    assert other.get("/api/v1/units").status_code == 200


def _throttles(api: Any) -> list[Any]:
    return [
        throttle
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
        for throttle in operation.throttle_objects
    ]


def test_made_up_tokens_are_held_back_by_where_they_come_from(monkeypatch: pytest.MonkeyPatch) -> None:
    from collegium.people.api import TokenAuth

    monkeypatch.setattr(TokenAuth.wrong, "num_requests", 2)
    cache.clear()
    guess = Client(headers={"Authorization": "Bearer collegium_guess"})
    assert [guess.get("/api/v1/units").status_code for _try in range(3)] == [401, 401, 429]


# --- units and readings -----------------------------------------------------------------------------------------------
def test_units_of_ones_own_community_and_no_other(teacher: Person, school: Unit) -> None:
    alliance = make.make_unit(school.community, "Fen Alliance", kind="alliance", slug="fen")
    make.contain(alliance, school)
    make.make_unit(make.make_community(), "Elsewhere")
    told = program_of(teacher).get("/api/v1/units").json()
    assert told["count"] == 2
    assert [(each["slug"], each["kind"], each["within"]) for each in told["items"]] == [
        ("fen", "alliance", []),
        ("thornmere", "school", ["fen"]),
    ]
    assert program_of(teacher).get("/api/v1/units?kind=school&limit=1&offset=1").json() == {"count": 1, "items": []}


def test_the_catalogue_is_that_of_the_page(teacher: Person) -> None:
    told = program_of(teacher).get("/api/v1/indicators").json()
    assert [each["key"] for each in told] == [each.key for each in indicators.list_indicators()]
    first = indicators.get_indicator(told[0]["key"])
    assert told[0]["definition"] == str(first.meaning.definition)


def test_readings_over_time_as_values_and_as_a_file(teacher: Person, school: Unit) -> None:
    today = time.today()
    readings.refresh(school.community_id, school.id, today)
    program = program_of(teacher)
    told = program.get("/api/v1/units/thornmere/readings?indicator=people.staff_count").json()
    assert [(each["indicator"], each["on"], each["value"]) for each in told["items"]] == [
        ("people.staff_count", today.isoformat(), 1.0)
    ]
    later = today + dt.timedelta(days=1)
    assert program.get(f"/api/v1/units/thornmere/readings?since={later}").json()["items"] == []
    sheet = program.get("/api/v1/units/thornmere/readings.csv").content.decode()
    assert "people.staff_count" in sheet
    assert sheet == client_of(teacher).get("/u/thornmere/guide/indicators.csv").content.decode()


def test_a_colleague_of_another_school_reads_nothing_of_it(school: Unit) -> None:
    other = make.make_person(school.community)
    make.make_post(other, make.make_unit(school.community))
    answer = program_of(other).get("/api/v1/units/thornmere/readings")
    assert (answer.status_code, answer["Content-Type"], answer.json()["code"]) == (403, PROBLEM, "guide_of_others")


# --- measures ---------------------------------------------------------------------------------------------------------
def test_a_number_is_entered_read_and_corrected_with_its_history(teacher: Person, measure: Measure) -> None:
    program = program_of(teacher, can_write=True)
    assert [each["title"] for each in program.get("/api/v1/units/thornmere/enquiries").json()["items"]] == [
        "Starting on time"
    ]
    listed = program.get(f"/api/v1/enquiries/{measure.enquiry_id}/measures").json()
    assert [(each["id"], each["numbers"], len(each["segments"])) for each in listed] == [
        (str(measure.id), "proportion", 1)
    ]
    first = enter(program, measure, on="2026-01-07", value=3, denominator=20)
    assert (first.status_code, first.json()["on"]) == (201, "2026-01-05")
    assert enter(program, measure, on="2026-01-05", value=4, denominator=20, note="Counted again").status_code == 201
    told = program.get(values_url(measure)).json()
    assert [(each["value"], each["denominator"], each["note"]) for each in told] == [(4.0, 20.0, "Counted again")]
    replaced = Point.objects.get(replaced_at__isnull=False)
    assert (replaced.value, replaced.entered_by_id) == (3, teacher.id)


@pytest.mark.parametrize(
    ("sent", "code", "field"),
    [
        ({"on": "2999-01-05", "value": 3, "denominator": 20}, "point_later", "on"),
        ({"on": "2026-01-05", "value": 3}, "point_denominator", "denominator"),
        ({"on": "2026-01-05", "value": 30, "denominator": 20}, "point_above", "value"),
        ({"on": "2026-01-05", "value": 1.5, "denominator": 20}, "point_not_whole", "value"),
        ({"on": "2026-01-05"}, "point_absent", "value"),
        ({"on": "yesterday", "value": 3, "denominator": 20}, "bad_shape", "on"),
        ({"on": "2026-01-05", "value": "many", "denominator": 20}, "bad_shape", "value"),
        (
            {"on": "2026-01-05", "value": 3, "denominator": 20, "segment": "6a6b3c1c-0000-4000-8000-000000000000"},
            "point_segment",
            "segment",
        ),
    ],
)
def test_a_refusal_says_which_value_is_wrong(
    teacher: Person, measure: Measure, sent: dict[str, Any], code: str, field: str
) -> None:
    answer = enter(program_of(teacher, can_write=True), measure, **sent)
    told = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (422, PROBLEM)
    assert (told["status"], told["code"], told["field"]) == (422, code, field)
    assert told["title"]
    assert not Point.objects.exists()


def test_what_is_no_number_and_what_is_no_json_are_refused(teacher: Person, measure: Measure) -> None:
    program = program_of(teacher, can_write=True)
    for text, status in (('{"on": "2026-01-05", "value": NaN, "denominator": 20}', 422), ("{", 400)):
        answer = program.post(values_url(measure), text, content_type="application/json")
        assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    assert not Point.objects.exists()


def test_shares_of_few_are_for_the_team_alone(school: Unit, teacher: Person, measure: Measure) -> None:
    enter(program_of(teacher, can_write=True), measure, on="2026-01-05", value=3, denominator=4, note="Two away")
    colleague = make.make_person(school.community)
    make.make_post(colleague, school)
    seen = program_of(colleague).get(values_url(measure)).json()
    assert [(each["value"], each["denominator"], each["note"], each["is_withheld"]) for each in seen] == [
        (None, None, "", True)
    ]
    assert program_of(teacher).get(values_url(measure)).json()[0]["value"] == 3


def test_a_colleague_who_may_read_does_not_enter(school: Unit, measure: Measure) -> None:
    colleague = make.make_person(school.community)
    make.make_post(colleague, school)
    answer = enter(program_of(colleague, can_write=True), measure, on="2026-01-05", value=3, denominator=20)
    assert (answer.status_code, answer.json()["code"]) == (403, "enquiry_team_only")


def test_another_community_is_answered_like_what_is_not_there(measure: Measure) -> None:
    stranger = program_of(make.steward_of(make.make_unit(make.make_community())), can_write=True)
    nowhere = f"/api/v1/enquiries/{measure.id}/measures/{measure.id}/values"
    answers = [stranger.get(url) for url in (values_url(measure), nowhere)]
    assert [each.status_code for each in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert stranger.get("/api/v1/units/thornmere/readings").status_code == 404


# --- cost and description ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/api/v1/units", "/api/v1/units/fen/enquiries"])
def test_the_number_of_statements_does_not_grow(school: Unit, path: str) -> None:
    alliance = make.make_unit(school.community, kind="alliance", slug="fen")
    make.contain(alliance, school)
    program = program_of(make.steward_of(alliance))
    program.get(path)
    counts = []
    for more in (1, 2, 27):
        for _row in range(more):
            make_enquiry(make.make_unit(school.community, within=alliance), None)
        with CaptureQueriesContext(connection) as caught:
            assert program.get(path).json()["count"] > 0
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts


def test_what_programs_can_do_is_described_for_them_and_for_people(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    page = client.get("/api/").content.decode()
    assert described["components"]["securitySchemes"]["TokenAuth"] == {"type": "http", "scheme": "bearer"}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in page
            assert operation["summary"] in page
            assert operation["security"] == [{"TokenAuth": []}], "a route that asks for no token"
    assert "://" not in json.dumps(described["paths"])
