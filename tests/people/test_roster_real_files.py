"""Every real roster goes the whole way: into the database, again, out in every format and in again, and back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from collegium.people.actors import operator_of
from collegium.people.models import Person, Post, Unit
from collegium.people.rosters import PLAIN_MAPPING, Format
from collegium.people.services import rosters
from tests import factories
from tests.people.roster_helpers import apply_import, import_roster, picture, plan_import, undo_import
from tests.shared import SHARED

pytestmark = pytest.mark.django_db

ROSTERS = SHARED / "data" / "rosters"
STAFF_1_1 = {"teacher", "administrator", "aide", "proctor"}


def rows(folder: str, file: str) -> list[dict[str, str]]:
    """The rows of one file, read in the plainest way there is."""
    with (ROSTERS / folder / file).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def count_one_roster_1_1(folder: str) -> tuple[int, int]:
    staff = [user for user in rows(folder, "users.csv") if user["role"] in STAFF_1_1]
    return len(rows(folder, "orgs.csv")), len(staff)


def count_legacy(folder: str) -> tuple[int, int]:
    schools = rows(folder, "School.csv")
    teachers = {teacher.get("SIS ID") or teacher["ID"] for teacher in rows(folder, "Teacher.csv")}
    principals = {school["Principal SIS ID"] for school in schools if school.get("Principal SIS ID")}
    return len(schools), len(teachers | principals)


def count_roles(folder: str) -> int:
    """People with a role of staff in a file of roles."""
    staff = [role for role in rows(folder, "roles.csv") if role["role"] not in ("student", "guardian", "parent")]
    return len({role["userSourcedId"] for role in staff})


# The folder, the kind of unit it is imported for, and how many units and people its own files say there are. A folder
# whose only topmost unit is of the scope's kind adds one unit fewer: that one is the scope.
CASES = {
    "oneroster_moodle_fixtures/Test_full_data_set": ("district", count_one_roster_1_1),
    "oneroster_moodle_fixtures/Test_minimal_data_set": ("district", count_one_roster_1_1),
    "oneroster_rosterhub_sample/en": ("district", count_one_roster_1_1),
    "oneroster_rosterhub_sample/ja": ("district", count_one_roster_1_1),
    "oneroster_rosterhub_sample/en/oneroster.zip": (
        "district",
        lambda _: count_one_roster_1_1("oneroster_rosterhub_sample/en"),
    ),
    "oneroster_rosterhub_sample/ja/oneroster.zip": (
        "district",
        lambda _: count_one_roster_1_1("oneroster_rosterhub_sample/ja"),
    ),
    "oneroster_moodle_fixtures/v1p2_full_dataset": (
        "district",
        lambda folder: (
            len(rows(folder, "orgs.csv")),
            count_roles(folder),
        ),
    ),
    "oneroster_moodle_fixtures/oneroster_test_data": (
        "district",
        lambda folder: (
            len(rows(folder, "orgs.csv")),
            count_roles(folder),
        ),
    ),
    "sds_oneroster_microsoft/SDS v2": (
        "state",
        lambda folder: (
            len(rows(folder, "orgs.csv")) - 1,
            sum(user["role"].lower() != "student" for user in rows(folder, "users.csv")),
        ),
    ),
    "sds_oneroster_microsoft/SDS v2.1": (
        "state",
        lambda folder: (
            len(rows(folder, "orgs.csv")) - 1,
            count_roles(folder),
        ),
    ),
    **{
        f"sds_oneroster_microsoft/{kind} Format/{size}": ("district", count_legacy)
        for kind in ("SDS", "UK")
        for size in ("100 Users", "25 Users", "Min Required Attributes")
    },
    # 3 schools and the district, which is the scope, with its service centre; 68 people (its README).
    "edfi_grandbend": (
        "district",
        lambda folder: (
            len(rows(folder, "School.csv")) + len(rows(folder, "OrganizationDepartment.csv")),
            len(rows(folder, "Staff.csv")),
        ),
    ),
}


def make_scope(kind: str) -> Unit:
    return factories.make_unit(factories.make_community(), "The scope", kind=kind)


def test_no_folder_of_the_shared_data_is_forgotten() -> None:
    found = {str(path.parent.relative_to(ROSTERS)) for path in ROSTERS.rglob("*.csv")}
    found |= {str(path.relative_to(ROSTERS)) for path in ROSTERS.rglob("*.zip")}
    assert set(CASES) == found


@pytest.mark.parametrize("folder", CASES)
def test_a_real_roster_is_imported_again_without_effect_and_taken_back(folder: str) -> None:
    kind, count = CASES[folder]
    units, people = count(folder)
    scope = make_scope(kind)
    before = picture()

    made = import_roster(scope, ROSTERS / folder)

    assert (Unit.objects.exclude(id=scope.id).count(), Person.objects.count()) == (units, people)
    assert Post.objects.values("person").distinct().count() == people, "everybody has a post"
    after = picture()
    again = plan_import(scope, ROSTERS / folder)
    assert not {"added", "changed", "ended"} & set(again.counts["actions"])
    apply_import(again)
    assert picture() == after
    # The second import wrote nothing, so taking both back leaves what was there before the first.
    undo_import(again)
    assert picture() == after
    assert before != after or people == 0
    assert made.counts["left_out"].get("pupils", 0) >= 0


def test_grand_bend_is_a_district_of_three_schools_and_68_people() -> None:
    scope = make_scope("district")
    made = import_roster(scope, ROSTERS / "edfi_grandbend")
    assert made.counts["actions"]["added"] == {"unit": 4, "person": 68, "post": 69}
    assert Unit.objects.filter(kind="school").count() == 3


def test_people_of_the_whole_sample_are_gone_after_undoing() -> None:
    scope = make_scope("district")
    before = picture()
    undo_import(import_roster(scope, ROSTERS / "edfi_grandbend"))
    assert picture() == before


EXPORTED = ["edfi_grandbend", "sds_oneroster_microsoft/SDS v2.1", "oneroster_moodle_fixtures/v1p2_full_dataset"]


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("folder", EXPORTED)
def test_what_is_exported_imports_again_unchanged(folder: str, form: Format, tmp_path: Path) -> None:
    scope = make_scope(CASES[folder][0])
    import_roster(scope, ROSTERS / folder)
    # Beside what the roster brought: a school, a governor and a team that were added by hand.
    school = factories.make_unit(scope.community, "=Hand & Sons", within=scope)
    team = factories.make_unit(scope.community, "'Maths", kind="team", within=school)
    factories.make_post(factories.make_person(scope.community, "-5", "@cmd"), team, "=HYPERLINK()")
    Person.objects.filter(id=Person.objects.order_by("id").first().id).update(given_name="Renamed")
    file = tmp_path / f"export.{form.extension}"
    with rosters.export(actor=operator_of(scope.community_id), unit=scope, source="", form=form) as content:
        file.write_bytes(content.read())
    before = picture()

    mapping = PLAIN_MAPPING if form in (Format.CSV, Format.XLSX) else None
    made = plan_import(scope, file, mapping=mapping)

    assert not {"added", "changed", "ended", "refused"} & set(made.counts["actions"]), [
        (x.kind, x.action, x.reason, x.label, x.before, x.after) for x in made.changes.all()
    ]
    apply_import(made)
    core = ("Unit", "UnitTie", "Person", "Post")
    assert {name: picture()[name] for name in core} == {name: before[name] for name in core}
    assert len(picture()["ExternalId"]) == len(before["ExternalId"])
