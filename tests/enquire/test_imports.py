"""Tables of numbers: looked at, brought in together, taken back together; tables about pupils are not kept at all."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook  # type: ignore[import-untyped]

from collegium.base import time
from collegium.base.models import Event
from collegium.enquire.models import Enquiry, Measure, Point, PointImport, Segment
from collegium.enquire.queries import own
from collegium.enquire.services.enquiries import forget_person
from tests import factories as make
from tests.enquire.rows import make_enquiry, make_measure, make_segment

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 4)
PASTED = (
    "Week\tClass\tOn time\tOf\tNote\n05/01/2026\t7A\t18\t20\t\n12/01/2026\t7A\t\t\tTrip\n"
    "12/01/2026\t7B\t15\t19\tNew bell\n"
)


@dataclass
class Desk:
    """An enquiry, and one who brings tables into it."""

    enquiry: Enquiry
    client: Client

    @property
    def url(self) -> str:
        return reverse("enquire:points_import", args=[self.enquiry.id])

    def post(self, **sent: object) -> HttpResponse:
        with time.at(TODAY):
            response: HttpResponse = self.client.post(self.url, sent)
        return response

    def look(self, response: HttpResponse, **more: str) -> HttpResponse:
        """Send the form of columns as it stands on the page, with `more` filled in."""
        return self.post(**{**fields_of(response), **more})

    def keep(self, pasted: str, **more: str) -> HttpResponse:
        looked = self.look(self.post(pasted=pasted), **more)
        assert looked.status_code == 200, looked.content.decode()
        return self.look(looked, keep="yes")


def fields_of(response: HttpResponse) -> dict[str, str]:
    text = response.content.decode()
    found = {"table": unescape(re.findall(r'name="table"[^>]*>\n(.*?)</textarea>', text, re.DOTALL)[0])}
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', text, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', options)
        found[name] = unescape(chosen[0]) if chosen else ""
    found |= {name: unescape(value) for name, value in re.findall(r'name="(title|seen)" value="([^"]*)"', text)}
    definition = re.findall(r'<textarea name="definition"[^>]*>\s*(.*?)</textarea>', text, re.DOTALL)
    return found | {"definition": unescape(definition[0])}


@pytest.fixture
def desk(client: Client) -> Desk:
    community = make.make_community()
    unit = make.make_unit(community, "Hill")
    ada = make.make_person(community, "Ada", "Hill", account=True)
    make.make_post(ada, unit)
    assert ada.account is not None
    client.force_login(ada.account)
    return Desk(make_enquiry(unit, ada), client)


def rows() -> list[tuple[str, str, float | None, float | None, str]]:
    standing = Point.objects.filter(replaced_at__isnull=True).order_by("on", "segment__title")
    return [(f"{one.on:%d.%m.}", one.segment.title, one.value, one.denominator, one.note) for one in standing]


THREE = [("05.01.", "7A", 18, 20, ""), ("12.01.", "7A", None, None, "Trip"), ("12.01.", "7B", 15, 19, "New bell")]


# --- bringing in ------------------------------------------------------------------------------------------------------
def test_a_pasted_table_is_looked_at_and_brought_in_as_a_new_measure(desk: Desk) -> None:
    assert desk.client.get(desk.url).status_code == 200
    first = desk.post(pasted=PASTED)
    guessed = fields_of(first)
    wanted = {"column_date": "Week", "column_value": "On time", "column_of": "Of", "column_by": "Class"}
    assert guessed.items() >= (wanted | {"column_note": "Note", "into": "new", "frequency": "week"}).items()
    assert desk.look(first).status_code == 422  # a new measure is defined
    looked = desk.look(first, definition="Seated at the bell")
    text = looked.content.decode()
    for said in ("3 new numbers", "1 measure added", "2 groups added", "18 of 20", "Trip"):
        assert said in text
    assert not Measure.objects.exists()
    assert desk.look(looked, keep="yes").status_code == 302
    assert rows() == THREE
    measure = Measure.objects.get()
    assert (measure.title, measure.numbers, measure.definition) == ("On time", "proportion", "Seated at the bell")
    assert Event.objects.get(verb="enquiry.imported").data["count"] == 3
    assert not Event.objects.filter(verb__startswith="enquiry.measured").exists()


def test_the_next_table_is_read_as_the_last_one_was_and_corrects(desk: Desk) -> None:
    odd = PASTED.replace("On time", "A").replace("Of\t", "B\t")
    first = desk.post(pasted=odd)
    desk.look(desk.look(first, column_of="B", numbers="proportion", definition="D"), keep="yes")
    assert rows() == THREE
    again = desk.post(pasted=odd.replace("18\t20", "17\t20"))
    assert fields_of(again)["column_of"] == "B"
    looked = desk.look(again)
    text = looked.content.decode()
    assert "1 corrected" in text
    assert "2 as they stand" in text
    assert "18 of 20 → 17 of 20" in text
    desk.look(looked, keep="yes")
    assert rows() == [("05.01.", "7A", 17, 20, ""), *THREE[1:]]
    assert Point.objects.filter(replaced_at__isnull=False).count() == 1


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_is_read_like_what_is_pasted(desk: Desk, ending: str) -> None:
    lines = [line.split("\t") for line in PASTED.splitlines()]
    file = SimpleUploadedFile(f"numbers.{ending}", as_book(lines) if ending == "xlsx" else PASTED.encode())
    looked = desk.look(desk.post(file=file), definition="D")
    desk.look(looked, keep="yes")
    assert rows() == THREE


def as_book(lines: list[list[str]]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for line in lines:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in line])
    book.save(out)
    return out.getvalue()


def test_rows_that_cannot_be_are_left_out_with_their_number_and_why(desk: Desk) -> None:
    measure = make_measure(desk.enquiry, numbers="count")
    pasted = (
        "Week,Class,Value\n2026-01-05,7A,3\nsome day,7A,4\n2026-01-12,7A,many\n2026-01-19,7A,2.5\n2026-12-07,7A,1\n"
        '2026-01-07,7A,9\n2026-01-26,7A,\n2026-01-26,7B,1\n2026-02-02,7B,"1,234"\n2026-02-09,7B,-9999\n'
    )
    looked = desk.look(desk.post(pasted=pasted), into=str(measure.id))
    text = looked.content.decode()
    for said in ("5 left out", "4 new numbers", "1 row without a number", "2 groups added"):
        assert said in text, said
    for row, why in ((3, "when"), (4, "no number"), (5, "whole numbers"), (6, "not come yet"), (7, "another number")):
        assert re.search(rf'<th scope="row">{row}</th>.{{0,400}}{why}', text, re.DOTALL), (row, why)
    desk.look(looked, keep="yes")
    assert rows() == [
        ("05.01.", "7A", 3, None, ""),
        ("26.01.", "7B", 1, None, ""),
        ("02.02.", "7B", 1234, None, ""),
        ("09.02.", "7B", None, None, "Suppressed in the table"),
    ]


def test_a_comma_that_could_be_either_is_not_guessed(desk: Desk) -> None:
    measure = make_measure(desk.enquiry, numbers="average")
    looked = desk.look(desk.post(pasted="Week\tValue\n2026-01-05\t1,234\n2026-01-12\t3,5\n"), into=str(measure.id))
    assert "The comma can be read in two ways" in looked.content.decode()
    desk.look(looked, keep="yes")
    assert rows() == [("12.01.", "", 3.5, None, "")]


def test_a_column_may_say_which_measure(desk: Desk) -> None:
    visits = make_measure(desk.enquiry, title="Visits", numbers="count")
    segment = make_segment(visits)
    pasted = "Week,Measure,Value\n2026-01-05,visits,3\n2026-01-05,Calls,4\n"
    desk.keep(pasted, into="new", numbers="count", definition="Counted")
    assert {(one.segment.measure.title, one.value) for one in Point.objects.all()} == {("Visits", 3), ("Calls", 4)}
    assert Point.objects.get(value=3).segment == segment


def test_what_changed_meanwhile_is_shown_again_before_it_is_kept(desk: Desk) -> None:
    measure = make_measure(desk.enquiry, numbers="count")
    segment = make_segment(measure)
    looked = desk.look(desk.post(pasted="Week\tValue\n2026-01-05\t3\n"), into=str(measure.id))
    Point.objects.create(community=measure.community, segment=segment, on=dt.date(2026, 1, 5), value=7)
    again = desk.look(looked, keep="yes")
    assert again.status_code == 422
    assert "Something has changed since you looked" in again.content.decode()
    assert "7 → 3" in again.content.decode()
    assert desk.look(again, keep="yes").status_code == 302
    assert rows() == [("05.01.", "", 3, None, "")]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "neither a table nor a file"),
        ({"pasted": "Week\tValue\n"}, "no row below the titles"),
        ({"table": "\tA\nno number\t1"}, "cannot be read as a table"),
        ({"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04 broken")}, "cannot be read as a table"),
        ({"pasted": "\t".join(f"C{n}" for n in range(70)) + "\n1\n"}, "more than 60 columns"),
    ],
)
def test_what_is_no_table_is_refused(desk: Desk, sent: dict[str, object], said: str) -> None:
    response = desk.post(**sent)
    assert response.status_code == 422
    assert said in response.content.decode()


@pytest.mark.parametrize(
    ("pasted", "guessed"),
    [
        ("Week,Done,Of\n2026-01-05,3,4\n2026-01-12,many,4\n2026-01-19,2,4\n", {"column_value": "Done"}),
        ("Week,Words,Of\n2026-01-05,few,4\n2026-01-12,many,4\n", {"column_value": "", "column_of": "Of"}),
        ("Schuljahr,Schule,Wert\n2024-2025,A,3\n2025-2026,B,4.5\n", {"frequency": "year", "numbers": "average"}),
        ("Week,N,Of\n2026-01-05,3,4\n2026-01-12,5,4\n" + "2026-01-19,2,4\n" * 4, {"numbers": "proportion"}),
        ("Monat,Wert,von\n2026-01,30,4\n2026-02,30,4\n", {"frequency": "month", "numbers": "rate"}),
        ("Day,N\n2026-01-05,3\n2026-01-06,4\n", {"frequency": "day", "numbers": "count"}),
        ("Term,N\n2026-W02,3\n2026-W03,4\n", {"frequency": "week", "column_date": "Term"}),
        ("A,B,C\n05.01.2026,x,3\n12.01.2026,y,4\n", {"column_date": "A", "column_by": "B", "column_value": "C"}),
    ],
)
def test_columns_are_guessed_by_titles_and_by_what_stands_in_them(
    desk: Desk, pasted: str, guessed: dict[str, str]
) -> None:
    assert fields_of(desk.post(pasted=pasted)).items() >= guessed.items()


# --- pupils -----------------------------------------------------------------------------------------------------------
def test_a_table_about_pupils_is_stopped_and_nothing_of_it_comes_back(
    desk: Desk, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    pasted = "Week\tPupil name\tScore\n2026-01-05\tWhimbrel Curlew\t3\n"
    carried = "\tWeek\tPupil name\tScore\n2\t2026-01-05\tWhimbrel Curlew\t3\n"
    for sent in ({"pasted": pasted}, {"table": carried, "keep": "yes"}):
        response = desk.post(**sent)
        text = response.content.decode()
        assert response.status_code == 422
        assert "as if it were about single pupils" in text
        assert "“Pupil name”" in text
        assert "Whimbrel" not in text + caplog.text + "".join(capsys.readouterr())
    assert not Point.objects.exists()
    assert not PointImport.objects.exists()


def test_many_rows_of_the_same_group_are_taken_for_pupils(desk: Desk) -> None:
    measure = make_measure(desk.enquiry, numbers="count")
    pasted = "Week,Class,Value\n" + "2026-01-05,7A,1\n2026-01-05,7B,0\n" * 6
    looked = desk.look(desk.post(pasted=pasted), into=str(measure.id))
    assert looked.status_code == 422
    assert "as if each were about one pupil" in looked.content.decode()


# --- taking back ------------------------------------------------------------------------------------------------------
def test_an_import_is_taken_back_as_a_whole(desk: Desk) -> None:
    measure = make_measure(desk.enquiry, numbers="count")
    segment = make_segment(measure, "7A")
    before = Point.objects.create(community=measure.community, segment=segment, on=dt.date(2026, 1, 5), value=7)
    desk.keep("Week,Class,Value\n2026-01-05,7A,3\n2026-01-12,7A,4\n2026-01-05,7B,5\n", into=str(measure.id))
    corrected = Point.objects.get(value=4)
    Point.objects.filter(id=corrected.id).update(replaced_at=time.now())
    Point.objects.create(community=measure.community, segment=segment, on=corrected.on, value=6)
    made = PointImport.objects.get()
    url = reverse("enquire:import_undo", args=[desk.enquiry.id, made.id])
    assert "Take these numbers back?" in desk.client.get(url).content.decode()
    assert desk.client.post(url).status_code == 302
    assert rows() == [("05.01.", "7A", 7, None, ""), ("12.01.", "7A", 6, None, "")]
    assert not Segment.objects.filter(title="7B").exists()
    assert Point.objects.get(id=before.id).replaced_at == made.made_at
    assert Event.objects.get(verb="enquiry.import_undone").data["count"] == 2
    assert desk.client.post(url).status_code == 422  # once is enough
    assert "Taken back." in desk.client.get(desk.url).content.decode()


@pytest.mark.parametrize("newest_first", [True, False])
def test_two_imports_over_each_other_are_taken_back_in_any_order(desk: Desk, newest_first: bool) -> None:
    measure = make_measure(desk.enquiry, numbers="count")
    make_segment(measure)
    for value in (3, 4):
        desk.keep(f"Week,Value\n2026-01-05,{value}\n", into=str(measure.id))
    made = list(PointImport.objects.order_by("changed"))
    ordered = reversed(made) if newest_first else made
    left = []
    for one in ordered:
        desk.client.post(reverse("enquire:import_undo", args=[desk.enquiry.id, one.id]))
        left.append([row[2] for row in rows()])
    assert left == ([[3], []] if newest_first else [[4], []])


def test_a_measure_that_came_with_an_import_goes_with_it(desk: Desk) -> None:
    desk.keep(PASTED, definition="D")
    url = reverse("enquire:import_undo", args=[desk.enquiry.id, PointImport.objects.get().id])
    desk.client.post(url)
    assert not Measure.objects.exists()
    assert not Point.objects.exists()


# --- writing out ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_written_out_comes_in_again_unchanged(desk: Desk, form: str) -> None:
    shares = make_measure(desk.enquiry, title="=On time, or not")
    averages = make_measure(desk.enquiry, title="Mean", numbers="average", frequency="day", position=1)
    for segment, on, value, under, note in (
        (make_segment(shares, "-7A"), 5, 18, 20, "+new bell"),
        (make_segment(shares, "7B"), 5, None, None, "=Trip, with 7C"),
        (make_segment(averages), 6, 1 / 3, None, ""),
        (make_segment(averages, "'quoted"), 7, -1234.5, None, ""),
    ):
        day = dt.date(2026, 1, on)
        Point.objects.create(
            community=shares.community, segment=segment, on=day, value=value, denominator=under, note=note
        )
    url = reverse("enquire:points_export", args=[desk.enquiry.id, form])
    written = desk.client.get(url)
    if form == "csv":
        assert b"'=On time" in written.content
        assert b"'+new bell" in written.content
    looked = desk.look(desk.post(file=SimpleUploadedFile(f"numbers.{form}", written.content)))
    text = looked.content.decode()
    assert "4 as they stand" in text
    assert "left out" not in text
    assert "added" not in text
    assert 'name="keep"' not in text
    assert desk.client.get(url.replace(f".{form}", ".pdf")).status_code == 404


def test_shares_of_few_are_written_out_for_the_team_alone(desk: Desk) -> None:
    segment = make_segment(make_measure(desk.enquiry))
    Point.objects.create(
        community=segment.community, segment=segment, on=dt.date(2026, 1, 5), value=3, denominator=4, note="3 of 4"
    )
    url = reverse("enquire:points_export", args=[desk.enquiry.id, "csv"])
    assert b"2026-01-05,3,4,3 of 4" in desk.client.get(url).content
    colleague = make.make_person(desk.enquiry.community, account=True)
    make.make_post(colleague, desk.enquiry.unit)
    assert colleague.account is not None
    desk.client.force_login(colleague.account)
    assert b"2026-01-05,,,Not shown (fewer than 5)" in desk.client.get(url).content
    chart = desk.client.get(reverse("enquire:measure", args=[desk.enquiry.id, segment.measure_id]))
    assert "3 of 4" not in chart.content.decode()


# --- the rest ---------------------------------------------------------------------------------------------------------
def test_statements_do_not_grow_with_the_rows(desk: Desk) -> None:
    measure = make_measure(desk.enquiry, numbers="count")
    counts = []
    for count in (1, 3, 40):
        lines = "".join(f"2026-01-05,class {count} {n},3\n2026-01-12,class {count} {n},3\n" for n in range(count))
        looked = desk.look(desk.post(pasted=f"Week,Class,Value\n{lines}"), into=str(measure.id))
        with CaptureQueriesContext(connection) as captured:
            assert desk.look(looked, keep="yes").status_code == 302
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts


def test_what_is_held_of_whoever_brought_it_in(desk: Desk) -> None:
    desk.keep(PASTED, definition="D")
    person = desk.enquiry.owner
    assert person is not None
    [said] = own.dump(person.id)["imports"]
    assert (said["enquiry"], said["numbers"]) == ("Starting on time", 3)
    forget_person(person.id)
    assert PointImport.objects.get().made_by_id is None
