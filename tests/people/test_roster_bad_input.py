"""Bad input by both ways in, from the upload to the tables: nothing breaks, and what is good in a file is taken."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from collegium.base.models import Job
from collegium.cli.commands import collegium
from collegium.people.models import Person, Post, RosterImport, Unit
from tests import factories, jobs
from tests.people.rosters.making import ORGS, ROLES, USERS, USERS_1_2, manifest, text_of, zip_of
from tests.people.sign_in.helpers import show

pytestmark = pytest.mark.django_db(transaction=True)

STAFF = text_of("Name,Email,Role,Start,End", "Zoë Müller,zoe@oak.example,Teacher,2020-09-01,", "Ben Ogu,,Teacher,,")
BOTH = ["Ben Ogu", "Zoë Müller"]
ONE = text_of(USERS, "1,,true,s1,teacher,ada,Ada,Lovell,ada@oak.example")
SCHOOL = text_of(ORGS, "s1,,,Oak,school,,")


@dataclass
class Case:
    """A file; the words that must be said of it; who is taken from it all the same."""

    name: str
    make: Callable[[Path], object]
    words: tuple[str, ...] = ()
    people: list[str] = field(default_factory=list)


def text(content: str, encoding: str = "utf-8") -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content.encode(encoding))


def packed(**files: str | bytes) -> Callable[[Path], object]:
    return lambda path: zip_of(path, {name.replace("__", "."): content for name, content in files.items()})


def oneroster(*users: str, header: str = USERS, orgs: str = SCHOOL) -> Callable[[Path], object]:
    return packed(orgs__csv=orgs, users__csv=text_of(header, *users))


def named(name: str) -> Callable[[Path], object]:
    return lambda path: zip_of(path, {"orgs.csv": SCHOOL, name: ONE})


def locked(path: Path) -> None:
    content = bytearray(zip_of(path, {"orgs.csv": SCHOOL, "users.csv": ONE}).read_bytes())
    for place in (content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8):
        content[place] |= 1
    path.write_bytes(content)


def with_macros(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Name", "Email"])
    book.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")


LONG = "x" * 10_000_000
REVERSED = text_of(ROLES, "r1,,1,primary,teacher,2026-08-31,2020-09-01,s1", "r2,,2,primary,teacher,,,s1")
CASES = {
    "utf-16": Case("staff.csv", text(STAFF, "utf-16"), people=BOTH),
    "latin-1": Case("staff.csv", text(STAFF, "latin-1"), people=BOTH),
    "a BOM": Case("staff.csv", text(STAFF, "utf-8-sig"), people=BOTH),
    "a column missing": Case("r.zip", oneroster("1,Ada", header="sourcedId,givenName"), ("familyName",)),
    "a column doubled": Case("r.zip", oneroster(*ONE.split()[1:], header=USERS + ",email"), ("twice",)),
    "an id twice": Case(
        "r.zip",
        oneroster("1,,true,s1,teacher,a,Ada,Lovell,", "1,,true,s1,teacher,b,Ben,Ogu,", "2,,true,s1,teacher,c,Zoë,M,"),
        ("id",),
        ["Ada Lovell", "Zoë M"],
    ),
    "units in a circle": Case(
        "r.zip",
        oneroster(
            "1,,true,s1,teacher,ada,Ada,Lovell,",
            orgs=text_of(ORGS, "s1,,,Oak,school,,d1", "d1,,,One,department,,d2", "d2,,,Two,department,,d1"),
        ),
        ("contain",),
        ["Ada Lovell"],
    ),
    "dates reversed": Case(
        "r.zip",
        packed(
            manifest__csv=manifest("1.2", users="bulk", roles="bulk", orgs="bulk"),
            orgs__csv=SCHOOL,
            roles__csv=REVERSED,
            users__csv=text_of(USERS_1_2, "1,,true,a,Ada,Lovell,,", "2,,true,b,Ben,Ogu,,"),
        ),
        ("end",),
        ["Ada Lovell", "Ben Ogu"],
    ),
    "dates reversed in a list": Case(
        "staff.csv", text(STAFF + "Ada Lovell,,Teacher,2026-08-31,2020-09-01\r\n"), ("end",), BOTH
    ),
    "a cell of 10 MB": Case("staff.csv", text(STAFF + f"{LONG},a@b.example,Teacher,,\r\n"), ("row",), BOTH),
    "a quoted cell of 10 MB": Case("staff.csv", text(STAFF + f'"{LONG}",a@b.example,Teacher,,\r\n'), ("row",), BOTH),
    "a zip bomb": Case("r.zip", packed(users__csv=b"a" * 30_000_000), ("unpack",)),
    "a name that climbs": Case("r.zip", named("../users.csv"), ("outside",)),
    "an absolute name": Case("r.zip", named("/tmp/users.csv"), ("outside",)),
    "a name of Windows": Case("r.zip", named("C:\\users.csv"), ("outside",)),
    "an encrypted zip": Case("r.zip", locked, ("password",)),
    "macros": Case("staff.xlsx", with_macros, ("macros",)),
    "a picture": Case("staff.csv", lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(300)), ("not a table",)),
    "nothing": Case("staff.csv", text(""), ("is empty",)),
    "titles alone": Case("staff.csv", text("Name,Email,Role\r\n"), ("no rows",)),
    "titles alone in a zip": Case("r.zip", oneroster(orgs=text_of(ORGS)), ("no rows",)),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


@pytest.fixture
def school() -> Unit:
    return factories.make_unit(factories.make_community(), "Oak", slug="oak")


def assert_outcome(case: Case, said: str) -> None:
    assert [words for words in case.words if words not in said] == []
    names = sorted(person.full_name for person in Person.objects.filter(account__isnull=True))
    assert names == sorted(case.people)
    assert set(Post.objects.filter(person__account__isnull=True).values_list("title", flat=True)) <= {"Teacher"}


def test_by_web(case: Case, school: Unit, client: Client, tmp_path: Path) -> None:
    steward = factories.steward_of(school)
    client.force_login(steward.account)
    show(client, steward.account, seconds_ago=0)
    case.make(tmp_path / case.name)
    sent = SimpleUploadedFile(case.name, (tmp_path / case.name).read_bytes())
    page = client.post(reverse("people:roster_start", args=["oak"]), {"roster": [sent]}, follow=True)
    made = RosterImport.objects.first()
    if made and made.state == "columns":
        initial = {name: value for name, value in page.context["form"].initial.items() if value is not None}
        client.post(reverse("people:roster_columns", args=["oak", made.id]), initial | {"holds": "everybody"})
    said = page.content.decode()
    if made:
        work_off()
        said = client.get(reverse("people:roster", args=["oak", made.id]), follow=True).content.decode()
        made.refresh_from_db()
        if made.state == "previewed":
            said += client.get(reverse("people:roster_lines", args=["oak", made.id])).content.decode()
            client.post(reverse("people:roster_apply", args=["oak", made.id]), {})
            work_off()
            made.refresh_from_db()
            assert made.state == "applied", made.problem
    assert_outcome(case, said)


def work_off() -> None:
    jobs.work_off()
    assert not Job.objects.exclude(state="done").exists(), list(Job.objects.values())


def test_by_command(case: Case, school: Unit, tmp_path: Path) -> None:
    case.make(tmp_path / case.name)
    done = CliRunner().invoke(
        collegium, ["roster", "import", str(tmp_path / case.name), "--unit", "oak", "--apply", "--json"]
    )
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == (0 if case.people else 3), done.output
    if case.people:
        assert json.loads(done.stdout)["state"] == "applied"
    assert_outcome(case, done.output)
