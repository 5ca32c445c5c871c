"""The pages of an import, walked through without script, with the real worker in between."""

from __future__ import annotations

import csv
import io
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from collegium.base import time
from collegium.base.models import Job
from collegium.people.models import ColumnMapping, Person, Post, RosterImport, Unit
from collegium.people.services import rosters
from collegium.people.services.rosters import uploads
from tests import factories
from tests.jobs import work_off
from tests.people.rosters.making import csv_of
from tests.people.sign_in.helpers import show
from tests.shared import SHARED

pytestmark = pytest.mark.django_db(transaction=True)

SAMPLE = SHARED / "data" / "rosters" / "oneroster_moodle_fixtures" / "Test_full_data_set"
STAFF = [["Name", "Mail", "Role"], ["Ada Lovell", "ada@oak.example", "Teacher"], ["Ben Ogu", "", "Head of maths"]]


@pytest.fixture
def school() -> Unit:
    return factories.make_unit(factories.make_community(), "Oak High", slug="oak")


@pytest.fixture
def steward(school: Unit, client: Client) -> Client:
    person = factories.steward_of(school)
    assert person.account is not None
    client.force_login(person.account)
    show(client, person.account, seconds_ago=0)
    return client


def upload(client: Client, *files: SimpleUploadedFile, slug: str = "oak"):
    return client.post(reverse("people:roster_start", args=[slug]), {"roster": list(files), "new_source": ""})


def staff_list(*rows: list[str]) -> SimpleUploadedFile:
    return SimpleUploadedFile("staff.csv", csv_of(*(rows or STAFF)).encode())


def address(name: str, made: RosterImport) -> str:
    return reverse(f"people:{name}", args=["oak", made.id])


def preview(client: Client, file: SimpleUploadedFile | None = None) -> RosterImport:
    """Upload a list, confirm its columns, and let the worker make the preview."""
    upload(client, file or staff_list())
    made = RosterImport.objects.latest("created_at")
    columns = {"full_name": "Name", "email": "Mail", "title": "Role", "unit_kind": "school", "holds": "everybody"}
    client.post(address("roster_columns", made), columns)
    work_off()
    made.refresh_from_db()
    return made


def test_a_list_of_staff_goes_the_whole_way(steward: Client) -> None:
    start = steward.get(reverse("people:roster_start", args=["oak"]))
    assert start.status_code == 200
    sent = upload(steward, staff_list())
    made = RosterImport.objects.get()
    assert sent.url == address("roster", made)
    columns = steward.get(sent.url, follow=True)
    assert columns.redirect_chain[-1][0] == address("roster_columns", made)
    assert "Ada Lovell" in columns.content.decode()
    form = columns.context["form"]
    assert (form["full_name"].value(), form["email"].value()) == ("Name", "Mail"), "the guess is shown"

    chosen = {"full_name": "Name", "email": "Mail", "title": "Role", "unit_kind": "school", "holds": "everybody"}
    assert steward.post(address("roster_columns", made), chosen).url == address("roster", made)
    waiting = steward.get(address("roster", made)).content.decode()
    assert "Making the preview" in waiting
    assert 'http-equiv="refresh"' in waiting, "the page goes on without script"
    work_off()
    page = steward.get(address("roster", made)).content.decode()
    assert "What would change" in page
    assert "Ada Lovell" in page
    assert not Post.objects.filter(unit__slug="oak").exists()

    steward.post(address("roster_apply", made), {})
    work_off()
    done = steward.get(address("roster", made)).content.decode()
    assert "The import is done" in done
    assert Person.objects.get(given_name="Ben").posts.get().title == "Head of maths"
    assert not uploads.folder_of(made.id).exists(), "the upload is deleted"

    assert "Take this import back?" in steward.get(address("roster_undo", made)).content.decode()
    steward.post(address("roster_undo", made))
    work_off()
    assert "The import was taken back" in steward.get(address("roster", made)).content.decode()
    assert not Person.objects.filter(given_name="Ben").exists()


def test_columns_are_remembered_for_the_next_list(steward: Client) -> None:
    made = preview(steward)
    assert ColumnMapping.objects.get().mapping["title"] == "Role"
    steward.post(address("roster_discard", made))
    upload(steward, staff_list())
    page = steward.get(address("roster_columns", RosterImport.objects.latest("created_at")))
    assert "you read it then" in page.content.decode()
    assert page.context["form"]["holds"].value() == "everybody"


def test_columns_without_a_name_or_chosen_twice_are_sent_back(steward: Client) -> None:
    upload(steward, staff_list())
    made = RosterImport.objects.get()
    nameless = steward.post(address("roster_columns", made), {"unit_kind": "school", "holds": "some"})
    assert (nameless.status_code, "Say which column holds the name" in nameless.content.decode()) == (422, True)
    twice = {"full_name": "Name", "title": "Name", "unit_kind": "school", "holds": "some"}
    assert "You chose a column twice: Name" in steward.post(address("roster_columns", made), twice).content.decode()


def test_several_files_are_one_roster(steward: Client, school: Unit) -> None:
    district = factories.make_unit(school.community, "Valley", kind="district", slug="valley")
    factories.make_role(Person.objects.get(account__isnull=False), district)
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in SAMPLE.iterdir()]
    upload(steward, *files, slug="valley")
    work_off()
    made = RosterImport.objects.get()
    assert (made.state, made.dialect) == ("previewed", "oneroster-1.1")
    page = steward.get(reverse("people:roster", args=["valley", made.id])).content.decode()
    assert "counted and left out" in page


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("staff.csv", b"\x89PNG\r\n\x1a\n" + bytes(64), "is not a table"),
        ("staff.csv", b"", "is empty"),
        ("staff.zip", b"PK\x03\x04" + bytes(30), "is damaged"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(steward: Client, name: str, content: bytes, words: str) -> None:
    answer = upload(steward, SimpleUploadedFile(name, content))
    text = (steward.get(answer.url) if answer.status_code == 302 else answer).content.decode()
    assert words in text


def test_a_list_of_nobody_is_said_to_be_one(steward: Client) -> None:
    made = preview(steward, staff_list(STAFF[0]))
    assert "holds column titles and no rows" in steward.get(address("roster", made)).content.decode()
    assert steward.get(address("roster_columns", made)).status_code == 200


def test_nothing_chosen_is_sent_back(steward: Client) -> None:
    answer = steward.post(reverse("people:roster_start", args=["oak"]), {})
    assert answer.status_code == 422
    assert "Please choose a file." in answer.content.decode()


def test_an_upload_that_is_too_large_is_not_kept(steward: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collegium.base.uploads.MOST_BYTES", 1000)
    answer = upload(steward, SimpleUploadedFile("staff.csv", b"Name\n" + b"x" * 5000))
    assert (answer.status_code, "larger than" in answer.content.decode()) == (422, True)
    assert not RosterImport.objects.exists()


def test_a_preview_can_be_narrowed_and_downloaded(steward: Client) -> None:
    many = [["Name", "Mail", "Role"], *([f"=Ada Lovell{n}", "", "Teacher"] for n in range(60))]
    made = preview(steward, staff_list(*many))
    page = steward.get(address("roster", made), {"action": "added", "page": "2"})
    assert page.context["page"].pages.number == 2
    rows = list(csv.reader(io.StringIO(steward.get(address("roster_lines", made)).content.decode())))
    assert len(rows) == 1 + made.changes.count()
    assert all(not cell.startswith("=") for row in rows for cell in row)


def test_a_preview_narrowed_to_what_cannot_be_shows_nothing_of_it(steward: Client) -> None:
    made = preview(steward)
    for narrow in ({"file": "\0"}, {"action": "\0"}, {"page": "\0"}, {"page": "-1"}, {"file": "none.csv"}):
        assert steward.get(address("roster", made), narrow).status_code == 200


def test_leavers_beyond_a_fifth_need_a_tick(steward: Client) -> None:
    steward.post(address("roster_apply", preview(steward)), {})
    work_off()
    made = preview(steward, staff_list(STAFF[0], STAFF[1]))
    page = steward.get(address("roster", made)).content.decode()
    assert "Many people would leave" in page
    assert "1 of 2 people would be left without a post here." in page
    steward.post(address("roster_apply", made), {"end_missing": "on"})
    work_off()
    assert Post.objects.get(person__given_name="Ben").ends_on is not None


def test_a_stale_preview_says_so_and_can_be_made_again(steward: Client, school: Unit) -> None:
    made = preview(steward)
    factories.make_post(factories.make_person(school.community), school)
    steward.post(address("roster_apply", made), {})
    work_off()
    page = steward.get(address("roster", made)).content.decode()
    assert "has changed since the preview was made" in page
    steward.post(address("roster_again", made))
    work_off()
    steward.post(address("roster_apply", made), {})
    work_off()
    made.refresh_from_db()
    assert made.state == "applied"


def test_work_that_broke_down_can_be_asked_for_again(steward: Client) -> None:
    upload(steward, staff_list())
    made = RosterImport.objects.get()
    columns = {"full_name": "Name", "unit_kind": "school", "holds": "some"}
    steward.post(address("roster_columns", made), columns)
    Job.objects.update(state=Job.State.FAILED, error_code="MemoryError")
    page = steward.get(address("roster", made)).content.decode()
    assert "Reading the file broke down" in page
    steward.post(address("roster_again", made))
    work_off()
    made.refresh_from_db()
    assert made.state == "previewed"


def test_progress_answers_with_a_fragment_and_then_sends_on(steward: Client) -> None:
    upload(steward, staff_list())
    made = RosterImport.objects.get()
    steward.post(address("roster_columns", made), {"full_name": "Name", "unit_kind": "school", "holds": "some"})
    under_way = steward.get(address("roster_progress", made))
    assert "<html" not in under_way.content.decode()
    assert "HX-Redirect" not in under_way
    work_off()
    assert steward.get(address("roster_progress", made))["HX-Redirect"] == address("roster", made)


@pytest.mark.parametrize("form", ["xlsx", "csv", "oneroster-1.1", "oneroster-1.2", "sds-2.1"])
def test_people_are_given_in_every_format(steward: Client, form: str) -> None:
    steward.post(address("roster_apply", preview(steward)), {})
    work_off()
    answer = steward.post(reverse("people:roster_export", args=["oak"]), {"form": form})
    assert answer.status_code == 200
    assert answer.content


def test_only_stewards_see_any_of_it(client: Client, steward: Client, school: Unit) -> None:
    made = preview(steward)
    teacher = factories.make_person(school.community, account=True)
    factories.make_post(teacher, school)
    outsider = factories.steward_of(factories.make_unit(factories.make_community()))
    for person, status in ((teacher, 403), (outsider, 404)):
        client.force_login(person.account)
        for name in ("roster", "roster_columns", "roster_progress", "roster_undo", "roster_lines"):
            assert client.get(address(name, made)).status_code == status
        for name in ("roster_apply", "roster_again", "roster_discard"):
            assert client.post(address(name, made)).status_code == status


def test_an_import_is_found_only_at_its_own_unit(steward: Client, school: Unit) -> None:
    other = factories.make_unit(school.community, slug="elm")
    factories.make_role(Person.objects.get(account__isnull=False), other)
    made = preview(steward)
    assert steward.get(reverse("people:roster", args=["elm", made.id])).status_code == 404


def test_uploads_are_gone_after_a_day(steward: Client) -> None:
    made = preview(steward)
    assert uploads.folder_of(made.id).exists()
    RosterImport.objects.update(created_at=time.now() - rosters.KEPT_FOR * 1.1)
    assert rosters.sweep_expired() == 1
    made.refresh_from_db()
    assert made.state == "discarded"
    assert not made.changes.exists()
    assert not uploads.folder_of(made.id).exists()


def test_uploads_that_no_import_speaks_of_are_gone_after_a_day(steward: Client) -> None:
    """What a process that was killed, or a write that failed, has left behind."""
    made = preview(steward)
    left = uploads.folder_of(made.unit_id)
    left.mkdir(mode=0o700)
    (left / "staff.csv").write_text("Ada")
    long_ago = (time.now() - rosters.KEPT_FOR * 1.1).timestamp()
    os.utime(left, (long_ago, long_ago))
    rosters.sweep_expired()
    assert not left.exists()
    assert uploads.folder_of(made.id).exists()
