"""The pages of an import of ties, walked through without script, with the real worker in between."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.connect.models import Tie, TieImport, TieWave, WaveAnalysis
from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from collegium.people.services.rosters import uploads
from tests import factories
from tests.connect.importing import upload
from tests.jobs import work_off
from tests.people.sign_in.helpers import show

pytestmark = pytest.mark.django_db(transaction=True)

TIES = "from,to,weight\nann,ben,2\nben,cai,1\nann,ann,1\nann,zed,1\nben,cai,3\n"
PEOPLE = "id,school\nann,Oak\nben,Oak\ncai,Elm\n"


@pytest.fixture
def alliance() -> Unit:
    community = factories.make_community()
    found = factories.make_unit(community, "Two Schools", kind=UnitKind.ALLIANCE, slug="two")
    factories.contain(found, factories.make_unit(community, "Oak"))
    return found


@pytest.fixture
def steward(alliance: Unit, client: Client) -> Client:
    person = factories.steward_of(alliance)
    assert person.account is not None
    client.force_login(person.account)
    show(client, person.account, seconds_ago=0)
    return client


def send(client: Client, ties: str = TIES, people: str | None = PEOPLE, **more: object) -> HttpResponse:
    """Upload a file of ties as the form does."""
    said = {"title": "Autumn", "asked_on": "2026-09-14", "kind_of_tie": "Advice", "ties": upload("ties.csv", ties)}
    if people is not None:
        said["people"] = upload("people.csv", people)
    return client.post(reverse("connect:import_start", args=["two"]), {**said, **more})


def address(name: str, made: TieImport) -> str:
    """The address of a step of an import."""
    return reverse(f"connect:{name}", args=["two", made.id])


def preview(client: Client, **more: object) -> TieImport:
    """Upload, and let the worker make the preview."""
    assert send(client, **more).status_code == 302  # type: ignore[arg-type]
    work_off()
    return TieImport.objects.latest("created_at")


def test_a_file_goes_the_whole_way_and_back(steward: Client) -> None:
    assert steward.get(reverse("connect:import_start", args=["two"])).status_code == 200
    sent = send(steward)
    made = TieImport.objects.get()
    assert sent["Location"] == address("import", made)
    waiting = steward.get(address("import", made)).content.decode()
    assert "Reading the file" in waiting
    assert 'http-equiv="refresh"' in waiting, "the page goes on without script"
    assert "HX-Redirect" not in steward.get(address("import_progress", made)).headers
    work_off()
    assert steward.get(address("import_progress", made))["HX-Redirect"] == address("import", made)

    page = steward.get(address("import", made)).content.decode()
    assert "What would be added" in page
    assert "This school is not in Two Schools: Elm." in page
    assert "“zed” is not in the list of people" in page
    assert "The tie from “ben” to “cai” stands in row 3 already" in page
    assert "people.csv was read like this" in page
    assert not TieWave.objects.exists(), "nothing is written yet"

    assert steward.post(address("import_apply", made), {"add_schools": "on"})["Location"] == address("import", made)
    assert "Writing the ties" in steward.get(address("import", made)).content.decode()
    work_off()
    done = steward.get(address("import", made)).content.decode()
    assert "The ties are here" in done
    assert "See what the ties say" in done
    WaveAnalysis.objects.all().delete()
    assert "What they say is being worked out" in steward.get(address("import", made)).content.decode()
    assert (Tie.objects.count(), Unit.objects.filter(name="Elm").count()) == (2, 1)
    history = steward.get(reverse("connect:import_start", args=["two"])).content.decode()
    assert "3 people, 2 ties" in history

    assert "Take this import back?" in steward.get(address("import_undo", made)).content.decode()
    assert steward.post(address("import_undo", made)).status_code == 302
    assert not TieWave.objects.exists()
    assert "The import was taken back" in steward.get(address("import", made)).content.decode()


def test_an_unreadable_file_says_what_to_mend_and_where(steward: Client) -> None:
    made = preview(steward, ties=",ann,ben\nann,0,1\n", people=None)
    page = steward.get(address("import", made)).content.decode()
    assert "This file cannot be read" in page
    assert "The matrix in ties.csv is not square: it has 1 rows and 2 columns of people" in page
    assert steward.post(address("import_discard", made)).status_code == 302
    assert not uploads.folder_of(made.id).exists()
    assert steward.get(address("import", made))["Location"] == reverse("connect:import_start", args=["two"])


def test_a_form_that_lacks_something_is_shown_again_with_what_was_typed(steward: Client) -> None:
    answer = steward.post(reverse("connect:import_start", args=["two"]), {"title": "Autumn", "column_id": "wer"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Autumn"' in page
    assert 'value="wer"' in page
    ahead = send(steward, asked_on="2999-01-01")
    assert ahead.status_code == 422
    assert "lies in the future" in ahead.content.decode()
    assert not TieImport.objects.exists()


def test_columns_with_other_titles_are_told(steward: Client) -> None:
    told = {"column_source": "wer", "column_target": "wen"}
    made = preview(steward, ties="wer,wen\nann,ben\n", **told)
    assert made.counts["ties"] == 1
    unknown = preview(steward, ties="wer,wen\nann,ben\n", **told, column_weight="oft")
    assert "There is no column “oft”" in steward.get(address("import", unknown)).content.decode()


def test_a_file_of_which_nothing_can_be_taken_cannot_be_carried_out(steward: Client) -> None:
    made = preview(steward, ties="from,to\nann,ann\n", people=None)
    assert "No row of this file can be taken" in steward.get(address("import", made)).content.decode()
    assert steward.post(address("import_apply", made)).status_code == 422
    assert steward.post(address("import_again", made)).status_code == 302


def test_refused_rows_come_as_a_file_that_runs_nothing(steward: Client) -> None:
    made = preview(steward, ties="from,to\nann,=cmd()\n")
    rows = list(csv.reader(io.StringIO(steward.get(address("import_lines", made)).content.decode())))
    assert rows[0] == ["File", "Row", "Why it is not taken"]
    assert rows[1][:2] == ["ties.csv", "2"]
    assert "=cmd()" in rows[1][2]
    assert not rows[1][2].startswith("=")


def test_what_must_not_be_kept_is_refused(steward: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collegium.base.uploads.MOST_BYTES", 100)
    answer = send(steward, ties="from,to\n" + "ann,ben\n" * 200)
    assert answer.status_code == 422
    assert "larger than" in answer.content.decode()
    assert not TieImport.objects.exists()


def test_work_that_broke_down_can_be_begun_again(steward: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert send(steward).status_code == 302
    made = TieImport.objects.get()
    uploads.drop_upload(made.id)
    work_off()
    page = steward.get(address("import", made)).content.decode()
    assert "Reading the file broke down" in page
    assert steward.post(address("import_again", made)).status_code == 422, "the upload is gone"


def test_an_import_of_another_unit_is_not_found(steward: Client, alliance: Unit) -> None:
    made = preview(steward)
    other = factories.make_unit(alliance.community, "Beside", slug="beside", within=alliance)
    assert steward.get(reverse("connect:import", args=[other.slug, made.id])).status_code == 404


def test_pages_ask_the_database_as_often_for_many_rows_as_for_one(steward: Client) -> None:
    asked = []
    for rows in (1, 3, 40):
        made = preview(steward, ties="from,to\n" + "ann,zed\n" * rows)
        with CaptureQueriesContext(
            connection,
        ) as of_page:
            steward.get(address("import", made))
        with CaptureQueriesContext(connection) as of_start:
            steward.get(reverse("connect:import_start", args=["two"]))
        asked.append((len(of_page), len(of_start)))
    assert len(set(asked)) == 1
