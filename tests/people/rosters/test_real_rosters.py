"""Every roster in the shared data is read, with the numbers that a small count of its own finds in the files."""

from __future__ import annotations

import csv
import dataclasses
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from collegium.people import rosters
from collegium.people.rosters import Dialect
from tests.shared import SHARED

ROSTERS = SHARED / "data" / "rosters"
ONEROSTER_1_1 = [
    "oneroster_moodle_fixtures/Test_full_data_set",
    "oneroster_moodle_fixtures/Test_minimal_data_set",
    "oneroster_rosterhub_sample/en",
    "oneroster_rosterhub_sample/ja",
]
ONEROSTER_1_2 = ["oneroster_moodle_fixtures/oneroster_test_data", "oneroster_moodle_fixtures/v1p2_full_dataset"]
SDS_OLD = [
    f"sds_oneroster_microsoft/{kind} Format/{size}"
    for kind in ("SDS", "UK")
    for size in ("100 Users", "25 Users", "Min Required Attributes")
]
FOLDERS = [
    *ONEROSTER_1_1,
    *ONEROSTER_1_2,
    *SDS_OLD,
    "sds_oneroster_microsoft/SDS v2",
    "sds_oneroster_microsoft/SDS v2.1",
    "edfi_grandbend",
]


def rows(folder: str, file: str) -> list[dict[str, str]]:
    """The rows of one file, read in the plainest way there is."""
    with (ROSTERS / folder / file).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def texts_in(value: Any) -> str:
    """Every text that can be reached from a roster, in one string."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return " ".join(texts_in(getattr(value, field.name)) for field in dataclasses.fields(value))
    if isinstance(value, dict):
        return " ".join(texts_in(part) for pair in value.items() for part in pair)
    if isinstance(value, (list, tuple)):
        return " ".join(texts_in(part) for part in value)
    return str(value)


def test_every_folder_of_the_shared_data_is_in_this_list() -> None:
    found = {str(path.parent.relative_to(ROSTERS)) for path in ROSTERS.rglob("*.csv")}

    assert found == set(FOLDERS)


@pytest.mark.parametrize("folder", ONEROSTER_1_1)
def test_oneroster_1_1(folder: str) -> None:
    roster = rosters.read(ROSTERS / folder)

    users = rows(folder, "users.csv")
    roles = Counter(user["role"] for user in users)
    staff = {user["sourcedId"] for user in users if user["role"] not in {"student", "parent", "guardian", "relative"}}
    assert (roster.dialect, roster.is_delta) == (Dialect.ONEROSTER_1_1, False)
    assert {unit.source_id for unit in roster.units} == {org["sourcedId"] for org in rows(folder, "orgs.csv")}
    assert {person.source_id for person in roster.persons} == staff
    assert Counter(post.person_id for post in roster.posts) == dict.fromkeys(staff, 1)
    assert roster.left_out["pupils"] == roles["student"]
    assert roster.left_out.get("guardians", 0) == roles["parent"]
    assert roster.left_out["classes"] == len(rows(folder, "classes.csv"))
    assert roster.left_out["enrolments"] == len(rows(folder, "enrollments.csv"))
    assert not roster.refusals


@pytest.mark.parametrize("folder", ["en", "ja"])
def test_a_zip_says_the_same_as_its_folder(folder: str) -> None:
    inside = rosters.read(ROSTERS / "oneroster_rosterhub_sample" / folder / "oneroster.zip")
    beside = rosters.read(ROSTERS / "oneroster_rosterhub_sample" / folder)

    assert (inside.units, inside.persons, inside.posts) == (beside.units, beside.persons, beside.posts)
    assert inside.left_out == beside.left_out


def test_japanese_names_are_read_as_they_are() -> None:
    roster = rosters.read(ROSTERS / "oneroster_rosterhub_sample" / "ja")

    assert [unit.name for unit in roster.units] == [
        o["name"] for o in rows("oneroster_rosterhub_sample/ja", "orgs.csv")
    ]


@pytest.mark.parametrize("folder", ONEROSTER_1_2)
def test_oneroster_1_2(folder: str) -> None:
    roster = rosters.read(ROSTERS / folder)

    roles = rows(folder, "roles.csv")
    family = {"student", "parent", "guardian", "relative"}
    staff = {role["userSourcedId"] for role in roles if role["role"] not in family}
    pupils = {role["userSourcedId"] for role in roles if role["role"] == "student"} - staff
    assert roster.dialect == Dialect.ONEROSTER_1_2
    assert roster.is_delta == ("file.orgs,delta" in (ROSTERS / folder / "manifest.csv").read_text())
    assert {person.source_id for person in roster.persons} == staff
    assert {post.source_id for post in roster.posts} == {r["sourcedId"] for r in roles if r["role"] not in family}
    assert {post.source_id for post in roster.posts if post.is_primary} == {
        r["sourcedId"] for r in roles if r["role"] not in family and r["roleType"] == "primary"
    }
    assert roster.left_out["pupils"] == len(pupils)
    assert not roster.refusals


def test_a_teacher_who_is_also_a_guardian_stays_a_teacher_and_preferred_names_are_used() -> None:
    roster = rosters.read(ROSTERS / "oneroster_moodle_fixtures" / "v1p2_full_dataset")

    posts = {post.person_id: post for post in roster.posts}
    names = {person.source_id: (person.given_name, person.family_name) for person in roster.persons}
    assert (posts["usr-222-123456"].title, posts["usr-222-123456"].level) == ("Teacher", "classroom")
    assert (posts["usr-222-1234561"].title, posts["usr-222-1234561"].level) == ("Site administrator", "senior")
    assert names["usr-222-1234561"] == ("Tom", "Paulsy")
    assert roster.left_out.get("guardians", 0) == 0


def test_sds_2_1() -> None:
    folder = "sds_oneroster_microsoft/SDS v2.1"

    roster = rosters.read(ROSTERS / folder)

    roles = rows(folder, "roles.csv")
    staff_rows = [role for role in roles if role["role"] != "student"]
    contacts = {r["relationshipUserSourcedId"] for r in rows(folder, "relationships.csv")}
    assert roster.dialect == Dialect.SDS_2_1
    assert {p.source_id for p in roster.persons} == {role["userSourcedId"] for role in staff_rows}
    assert {(p.person_id, p.unit_id, str(p.starts_on), str(p.ends_on), p.is_primary) for p in roster.posts} == {
        (r["userSourcedId"], r["orgSourcedId"], r["roleStartDate"], r["roleEndDate"], r["isPrimary"] == "TRUE")
        for r in staff_rows
    }
    assert roster.left_out["pupils"] == len(roles) - len(staff_rows)
    assert roster.left_out["guardians"] == len(contacts)
    assert {(u.source_id, *u.parent_ids) for u in roster.units} == {
        tuple(filter(None, (o["sourcedId"], o["parentSourcedId"]))) for o in rows(folder, "orgs.csv")
    }
    assert {u.name: u.kind for u in roster.units}["Ministry of TwoDotOne"] == "state"


def test_sds_2() -> None:
    folder = "sds_oneroster_microsoft/SDS v2"

    roster = rosters.read(ROSTERS / folder)

    users = rows(folder, "users.csv")
    staff = [user for user in users if user["role"] != "Student"]
    assert roster.dialect == Dialect.SDS_2
    assert len(roster.units) == len(rows(folder, "orgs.csv"))
    assert {p.source_id: p.email for p in roster.persons} == {u["sourcedId"]: u["username"].lower() for u in staff}
    assert {(p.person_id, p.unit_id) for p in roster.posts} == {(u["sourcedId"], u["orgSourcedIds"]) for u in staff}
    assert roster.left_out["pupils"] == len(users) - len(staff)


@pytest.mark.parametrize("folder", SDS_OLD)
def test_the_older_sds_formats(folder: str) -> None:
    roster = rosters.read(ROSTERS / folder)

    teachers, schools = rows(folder, "Teacher.csv"), rows(folder, "School.csv")
    id_of = "ID" if "UK" in folder else "SIS ID"
    teacher_ids = {teacher[id_of] for teacher in teachers}
    principals = {school["Principal SIS ID"] for school in schools if school.get("Principal SIS ID")}
    assert roster.dialect == (Dialect.SDS_UK if "UK" in folder else Dialect.SDS_LEGACY)
    assert {u.name for u in roster.units} == {school["Name"] for school in schools}
    # Where Teacher.csv has somebody else under the principal's id, the principal is refused, not mixed up.
    assert {p.source_id for p in roster.persons} == teacher_ids | principals
    assert [r.code for r in roster.refusals] == ["principal_mismatch"] * len(principals & teacher_ids)
    assert len(roster.posts) == len(teachers) + len(principals - teacher_ids)
    assert roster.left_out["pupils"] == len(rows(folder, "Student.csv"))
    assert all(person.family_name for person in roster.persons)


def test_ed_fi() -> None:
    roster = rosters.read(ROSTERS / "edfi_grandbend")

    staff = rows("edfi_grandbend", "Staff.csv")
    assignments = rows("edfi_grandbend", "StaffEducationOrganizationAssignmentAssociation.csv")
    preferred = {
        s["StaffUniqueId"]: (s["PreferredFirstName"] or s["FirstName"], s["PreferredLastSurname"] or s["LastSurname"])
        for s in staff
    }
    units = {unit.source_id: unit for unit in roster.units}
    assert roster.dialect == Dialect.EDFI
    assert {p.source_id: (p.given_name, p.family_name) for p in roster.persons} == preferred
    assert {(p.person_id, p.unit_id, p.title, str(p.starts_on)) for p in roster.posts} == {
        (a["StaffUniqueId"], a["EducationOrganizationId"], a["PositionTitle"], a["BeginDate"]) for a in assignments
    }
    assert sum(post.is_primary for post in roster.posts) == len(staff)
    assert Counter(unit.kind for unit in roster.units) == {"district": 1, "school": 3, "team": 1}
    assert units["255901001"].parent_ids == ("255901",)
    assert {p.level for p in roster.posts if p.title == "Superintendent"} == {"executive"}
    assert {p.level for p in roster.posts if p.title.endswith("Clerk")} == {"support"}
    assert roster.left_out["classes"] == len(rows("edfi_grandbend", "Section.csv"))


PUPIL_FILES = {
    **dict.fromkeys([*ONEROSTER_1_1, *ONEROSTER_1_2], ("users.csv", "givenName", "familyName", "email")),
    "sds_oneroster_microsoft/SDS v2": ("users.csv", "givenName", "familyName", "username"),
    "sds_oneroster_microsoft/SDS v2.1": ("users.csv", "givenName", "familyName", "email"),
    **dict.fromkeys(SDS_OLD, ("Student.csv", "First Name", "Last Name", "Username")),
}


@pytest.mark.parametrize("folder", PUPIL_FILES)
def test_nothing_of_a_pupil_can_be_reached_from_the_roster(folder: str) -> None:
    file, *columns = PUPIL_FILES[folder]

    roster = rosters.read(ROSTERS / folder)

    staff = texts_in([(p.given_name, p.family_name, p.email) for p in roster.persons])
    staff_ids = {person.source_id for person in roster.persons}
    said = f" {texts_in(roster)} "
    pupils = [row for row in rows(folder, file) if (row.get("sourcedId") or row.get("SIS ID")) not in staff_ids]
    names = {row[column] for row in pupils for column in columns if row.get(column)}
    assert names
    # A pupil may be called as a teacher is; what must not be there is a name that no member of staff bears.
    assert [name for name in names if name not in staff and f" {name} " in said] == []


def test_zipping_a_folder_changes_nothing(tmp_path: Path) -> None:
    for folder in FOLDERS:
        packed = tmp_path / "roster.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in (ROSTERS / folder).glob("*.csv"):
                archive.write(file, f"export/{file.name}")

        zipped, plain = rosters.read(packed), rosters.read(ROSTERS / folder)

        assert (zipped.units, zipped.persons, zipped.posts) == (plain.units, plain.persons, plain.posts)


def test_sniffing_names_the_dialect_without_a_mapping() -> None:
    assert {folder: rosters.sniff(ROSTERS / folder).dialect for folder in FOLDERS} == {
        folder: rosters.read(ROSTERS / folder).dialect for folder in FOLDERS
    }
    assert not any(rosters.sniff(ROSTERS / folder).needs_mapping for folder in FOLDERS)


def test_a_folder_of_several_rosters_is_refused_by_name() -> None:
    with pytest.raises(rosters.UnreadableRoster) as refused:
        rosters.read(ROSTERS / "sds_oneroster_microsoft")

    assert refused.value.code == rosters.UnreadableCode.SEVERAL_ROSTERS
    assert "SDS v2" in rosters.sentence(refused.value)
