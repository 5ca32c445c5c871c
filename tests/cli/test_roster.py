"""`collegium roster`, in the database of the run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from collegium.cli.commands import collegium
from collegium.people.models import Person, Post, RosterImport, Unit
from tests import factories
from tests.shared import SHARED

pytestmark = pytest.mark.django_db(transaction=True)

GRAND_BEND = str(SHARED / "data" / "rosters" / "edfi_grandbend")
STAFF = "Name,Mail,Rolle\nAda Lovell,ada@oak.example,Teacher\nBen Ogu,ben@oak.example,Head of maths\n"


def invoke(*args: str) -> Result:
    return CliRunner().invoke(collegium, ["roster", *args])


@pytest.fixture
def district() -> Unit:
    return factories.make_unit(factories.make_community(), "Grand Bend", kind="district", slug="grand-bend")


def test_without_apply_it_says_what_would_happen_and_writes_nothing(district: Unit) -> None:
    done = invoke("import", GRAND_BEND, "--unit", "grand-bend")
    assert done.exit_code == 0, done.output
    assert "68 people" in done.stdout
    assert "--apply carries it out" in done.stderr
    assert not Person.objects.exists()
    assert RosterImport.objects.get().state == "discarded"


def test_apply_export_and_undo(district: Unit, tmp_path: Path) -> None:
    done = invoke("import", GRAND_BEND, "--unit", "grand-bend", "--apply", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["counts"]["actions"]["added"] == {"unit": 4, "person": 68, "post": 69}
    out = tmp_path / "export.zip"
    assert invoke("export", "--unit", "grand-bend", "-o", str(out)).exit_code == 0
    assert invoke("export", "--unit", "grand-bend", "-o", str(out)).exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["export.zip"]
    again = invoke("import", str(out), "--unit", "grand-bend", "--apply")
    assert "  added" not in again.stdout
    assert Post.objects.count() == 69
    assert invoke("undo", "--unit", "grand-bend", "--yes").exit_code == 0
    assert invoke("undo", "--unit", "grand-bend", "--yes").exit_code == 2


def test_a_staff_list_is_read_by_the_columns_it_is_told(district: Unit, tmp_path: Path) -> None:
    list_, mapping = tmp_path / "staff.csv", tmp_path / "columns.json"
    list_.write_text(STAFF, encoding="utf-8")
    mapping.write_text('{"full_name": "Name", "email": "Mail", "title": "Rolle"}', encoding="utf-8")
    done = invoke("import", str(list_), "--unit", "grand-bend", "--mapping", str(mapping), "--apply")
    assert done.exit_code == 0, done.output
    assert set(Post.objects.values_list("title", "level")) == {("Teacher", "classroom"), ("Head of maths", "middle")}
    assert set(Post.objects.values_list("unit", flat=True)) == {district.id}


def test_what_cannot_be_read_is_said_in_words(district: Unit, tmp_path: Path) -> None:
    picture = tmp_path / "staff.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    done = invoke("import", str(picture), "--unit", "grand-bend")
    assert (done.exit_code, "not a table" in done.stderr) == (3, True)
    assert invoke("import", str(tmp_path / "none.zip"), "--unit", "grand-bend").exit_code == 3


def test_an_unknown_unit_is_refused(district: Unit) -> None:
    assert invoke("import", GRAND_BEND, "--unit", "elsewhere").exit_code == 2
    assert invoke("import", GRAND_BEND).exit_code == 2


def test_many_leavers_need_a_yes(district: Unit, tmp_path: Path) -> None:
    invoke("import", GRAND_BEND, "--unit", "grand-bend", "--apply")
    empty = tmp_path / "roster"
    empty.mkdir()
    (empty / "orgs.csv").write_text(
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n255901001,,,Oak,school,,\n"
    )
    (empty / "users.csv").write_text(
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
        "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
        "n1,,,true,255901001,teacher,n1,,New,Comer,,,,,,,,\n"
    )
    careful = invoke("import", str(empty), "--unit", "grand-bend", "--apply")
    assert careful.exit_code == 0, careful.output
    assert Post.objects.filter(ends_on__isnull=True).count() == 70
    preview = invoke("import", str(empty), "--unit", "grand-bend")
    assert "needs --yes" in preview.stderr
    assert invoke("import", str(empty), "--unit", "grand-bend", "--apply", "--yes").exit_code == 0
    assert Post.objects.filter(ends_on__isnull=True).count() == 1
