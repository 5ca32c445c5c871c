"""The decisions taken for each format: what is ended, what is a delta, who is staff, what is refused."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from collegium.people import rosters
from collegium.people.rosters import Roster, collecting
from tests.people.rosters.making import ORGS, ROLES, USERS, USERS_1_2, folder_of, manifest, text_of

S1 = "s1,,,North,school,N1,"


def v1_1(tmp_path: Path, *users: str, orgs: tuple[str, ...] = (S1,), **more: str) -> Roster:
    files = {"orgs.csv": text_of(ORGS, *orgs), "users.csv": text_of(USERS, *users)}
    return rosters.read(folder_of(tmp_path / "v11", files | {f"{name}.csv": text for name, text in more.items()}))


def v1_2(tmp_path: Path, users: list[str], roles: list[str], **more: str) -> Roster:
    files = {
        "orgs.csv": text_of(ORGS, S1),
        "users.csv": text_of(USERS_1_2, *users),
        "roles.csv": text_of(ROLES, *roles),
    }
    return rosters.read(folder_of(tmp_path / "v12", files | {f"{name}.csv": text for name, text in more.items()}))


def refused(roster: Roster) -> list[tuple[int, str]]:
    return [(refusal.ref.row, str(refusal.code)) for refusal in roster.refusals]


def noted(roster: Roster) -> set[str]:
    return {str(note.code) for note in roster.notes}


# --- OneRoster 1.1 ----------------------------------------------------------------------------------------------------
def test_one_post_for_each_organisation_the_first_is_the_main_one(tmp_path: Path) -> None:
    roster = v1_1(tmp_path, '1,,true,"s1, s2,s1",teacher,ada,Ada,L,ada@b.org')

    assert [(post.unit_id, post.is_primary) for post in roster.posts] == [("s1", True), ("s2", False)]


def test_the_same_person_under_two_ids_stays_two(tmp_path: Path) -> None:
    roster = v1_1(tmp_path, "1,,true,s1,teacher,ada,Ada,L,ada@b.org", "2,,true,s2,teacher,ada,Ada,L,ada@b.org")

    assert [person.source_id for person in roster.persons] == ["1", "2"]


def test_the_roles_of_1_1(tmp_path: Path) -> None:
    words = ["teacher", "aide", "administrator", "proctor", "student", "parent", "guardian", "relative", "Zookeeper"]

    roster = v1_1(tmp_path, *(f"{n},,true,s1,{word},u,Ada,L," for n, word in enumerate(words)))

    assert [(post.title, post.level) for post in roster.posts] == [
        ("Teacher", "classroom"),
        ("Aide", "support"),
        ("Administrator", "senior"),
        ("Proctor", "support"),
        ("Zookeeper", "support"),
    ]
    assert roster.left_out == {"pupils": 1, "guardians": 3}
    assert noted(roster) == {"unknown_role"}


def test_deleted_and_disabled_are_not_the_same(tmp_path: Path) -> None:
    roster = v1_1(
        tmp_path,
        "1,tobedeleted,true,s1,teacher,u,Ada,L,",
        "2,active,false,s1,teacher,u,Bo,M,",
        "3,inactive,true,s1,teacher,u,Cy,N,",
        "4,frozen,true,s1,teacher,u,Di,O,",
    )

    assert {person.source_id: person.ended for person in roster.persons} == {"1": True, "2": False, "3": True}
    assert {post.person_id: post.ended for post in roster.posts} == {"1": True, "2": False, "3": True}
    assert refused(roster) == [(5, "unknown_status")]
    assert "disabled_account" in noted(roster)


def test_without_a_manifest_a_deletion_makes_it_a_delta(tmp_path: Path) -> None:
    deleted = "1,tobedeleted,true,s1,teacher,u,Ada,L,"

    without = v1_1(tmp_path, deleted)
    bulk = v1_1(tmp_path, deleted, manifest=manifest("1.1", orgs="bulk", users="bulk"))
    part = v1_1(tmp_path, deleted, manifest=manifest("1.1", orgs="bulk", users="delta"))

    assert (without.is_delta, bulk.is_delta, part.is_delta) == (True, False, True)
    assert "delta_assumed" in noted(without)
    assert "delta_in_part" in noted(part)


def test_an_empty_delta_is_good_news(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "f", {"users.csv": USERS, "manifest.csv": manifest("1.1", users="delta")})

    assert rosters.read(folder).persons == ()


def test_rows_that_cannot_be_taken(tmp_path: Path) -> None:
    roster = v1_1(
        tmp_path,
        "1,,true,s1,teacher,u,Ada,L,",
        ",,true,s1,teacher,u,Bo,M,",
        "1,,true,s1,teacher,u,Cy,N,",
        "4,,true,s1,,u,Di,O,",
        "5,,true,s1,teacher,,,,",
        "6,,true,,teacher,u,Ed,P,nonsense",
        orgs=(S1, S1, "s2,,,,school,,", ",,,West,school,,", "s3,,,East,circus,,"),
    )

    assert refused(roster) == [
        (3, "duplicate_id"), (4, "missing_name"), (5, "missing_id"),
        (3, "missing_id"), (4, "duplicate_id"), (5, "missing_role"), (6, "missing_name"),
    ]  # fmt: skip
    assert [person.source_id for person in roster.persons] == ["1", "6"]
    assert {unit.source_id: unit.kind for unit in roster.units} == {"s1": "school", "s3": None}
    assert noted(roster) == {"unknown_unit_kind", "no_unit", "invalid_email"}


def test_a_missing_or_doubled_column_is_named(tmp_path: Path) -> None:
    orgs = {"orgs.csv": text_of(ORGS, S1)}
    missing = folder_of(tmp_path / "a", {**orgs, "users.csv": text_of(USERS.replace("familyName,", ""), "1")})
    without_id = folder_of(tmp_path / "b", {**orgs, "users.csv": text_of(USERS.replace("sourcedId,", ""), "1")})
    doubled = folder_of(tmp_path / "c", {**orgs, "users.csv": text_of(f"{USERS},email", "1")})

    for folder, code, column in (
        (missing, "missing_column", "familyName"),
        (without_id, "missing_column", "sourcedId"),
        (doubled, "doubled_column", "email"),
    ):
        with pytest.raises(rosters.UnreadableRoster, match=code) as unreadable:
            rosters.read(folder)
        assert unreadable.value.data == {"file": "users.csv", "column": column}


def test_pupils_take_no_memory(tmp_path: Path) -> None:
    """They are counted while their rows stream by: ten times the pupils need no more than the same room."""

    def peak(pupils: int) -> int:
        folder = tmp_path / str(pupils)
        rows = (f"p{n},,true,s1,student,u{n},Given{n},Family{n},p{n}@b.org" for n in range(pupils))
        files = {"orgs.csv": text_of(ORGS, S1), "users.csv": text_of(USERS, *rows)}
        folder_of(folder, files)
        tracemalloc.start()
        roster = rosters.read(folder)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert roster.left_out == {"pupils": pupils}
        return most

    peak(10)
    assert peak(10_000) < 1.5 * peak(1_000) + 200_000


def test_extension_columns_and_files_under_other_names_are_no_trouble(tmp_path: Path) -> None:
    users = text_of(f"{USERS},metadata.shoeSize", "1,,true,s1,teacher,u,Ada,L,,44")
    folder = folder_of(tmp_path / "f", {"People 2024.csv": users, "Places.csv": text_of(ORGS, S1)})

    roster = rosters.read(folder)

    assert (len(roster.units), len(roster.persons)) == (1, 1)
    assert not roster.notes


def test_units_that_would_contain_themselves(tmp_path: Path) -> None:
    roster = v1_1(
        tmp_path,
        orgs=(
            "a,,,Alpha,school,,b",
            "b,,,Beta,district,,c",
            "c,,,Gamma,state,,a",
            "d,,,Delta,school,,d",
            "e,,,E,school,,a",
        ),
    )

    parents = {unit.source_id: unit.parent_ids for unit in roster.units}
    assert parents == {"a": ("b",), "b": ("c",), "c": (), "d": (), "e": ("a",)}
    assert [(r.ref.row, r.data["cycle"]) for r in roster.refusals] == [
        (4, "Gamma > Alpha > Beta > Gamma"),
        (5, "Delta > Delta"),
    ]


def test_a_circle_of_many_units_takes_no_time() -> None:
    chain = {str(n): (str((n + 1) % 50_000),) for n in range(50_000)}

    assert [(child, parent) for child, parent, _ in collecting.circles(chain)] == [("49999", "0")]


# --- OneRoster 1.2 ----------------------------------------------------------------------------------------------------
def test_the_roles_of_1_2_and_the_dates_of_posts(tmp_path: Path) -> None:
    users = [f"{n},,true,u{n},Given{n},Family{n},,M{n}" for n in range(1, 8)]
    roles = [
        "r1,,1,primary,principal,2020-08-01,,s1",
        "r2,,1,secondary,teacher,2020-08-01,2021-07-31,s2",
        "r3,,2,primary,student,,,s1",
        "r4,,3,primary,guardian,,,s1",
        "r5,,4,primary,districtAdministrator,,,s1",
        "r6,tobedeleted,5,primary,counselor,,,s1",
        "r7,,6,primary,teacher,2021-08-01,2020-07-31,s1",
    ]

    roster = v1_2(tmp_path, users, roles)

    assert [(p.source_id, p.aliases) for p in roster.persons] == [(n, (f"M{n}",)) for n in ("1", "4", "5", "6")]
    assert {(p.source_id, p.level, p.is_primary, p.ended) for p in roster.posts} == {
        ("r1", "senior", True, False),
        ("r2", "classroom", False, False),
        ("r5", "executive", True, False),
        ("r6", "support", True, True),
    }
    assert str(roster.posts[1].ends_on) == "2021-07-31"
    assert refused(roster) == [(8, "reversed_dates")]
    assert roster.left_out == {"pupils": 1, "guardians": 1, "people_without_role": 1}
    assert "no_role" in noted(roster)


def test_role_rows_that_say_too_little(tmp_path: Path) -> None:
    roster = v1_2(
        tmp_path,
        [],
        [
            "r1,,,primary,teacher,,,s1",
            "r2,,1,primary,,,,s1",
            "r3,,1,primary,teacher,,,",
            "r4,,1,primary,teacher,soon,,s1",
        ],
    )

    assert refused(roster) == [(2, "missing_person"), (3, "missing_role"), (4, "missing_unit"), (5, "bad_date")]


def test_in_a_delta_somebody_without_role_goes_by_id_alone(tmp_path: Path) -> None:
    users = ["7,tobedeleted,true,tiny,Tiny,Tim,tim@b.org,", "8,,true,other,Other,One,o@b.org,"]

    roster = v1_2(tmp_path, users, [], manifest=manifest("1.2", users="delta", roles="delta", orgs="delta"))

    assert [(p.source_id, p.ended, p.family_name, p.email) for p in roster.persons] == [("7", True, "", "")]
    assert "Tim" not in repr(roster)
    assert "Other" not in repr(roster)


def test_posts_may_refer_to_people_and_units_imported_before(tmp_path: Path) -> None:
    roles = text_of(ROLES, "r1,,known,primary,teacher,,,elsewhere")
    folder = folder_of(tmp_path / "f", {"roles.csv": roles, "manifest.csv": manifest("1.2", roles="delta")})

    roster = rosters.read(folder)

    assert [(post.person_id, post.unit_id) for post in roster.posts] == [("known", "elsewhere")]
    assert (roster.persons, roster.is_delta) == ((), True)


# --- SDS and Ed-Fi ----------------------------------------------------------------------------------------------------
def test_terms_of_one_role_in_sds_are_one_post(tmp_path: Path) -> None:
    header = "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate"
    files = {
        "orgs.csv": text_of("sourcedId,name,type,parentSourcedId", "s1,North,school,"),
        "users.csv": text_of("sourcedId,username,givenName,familyName,activeDirectoryMatchId", "1,a@b.org,Ada,L,"),
        "roles.csv": text_of(
            header, "1,s1,teacher,T2,,true,2022-01-08,2022-06-30", "1,s1,teacher,T1,,true,2021-09-01,2021-12-20"
        ),
    }

    roster = rosters.read(folder_of(tmp_path / "f", files))

    (post,) = roster.posts
    assert (str(post.starts_on), str(post.ends_on)) == ("2021-09-01", "2022-06-30")
    assert roster.persons[0].email == "a@b.org"


def test_a_teacher_of_two_schools_in_the_older_sds(tmp_path: Path) -> None:
    teacher = "SIS ID,School SIS ID,First Name,Last Name,Username,Status,Title"
    files = {
        "School.csv": text_of("SIS ID,Name", "s1,North", "s2,South", "s3,"),
        "Teacher.csv": text_of(
            teacher,
            "1,s1,Ada,L,ada,Active,Ms",
            "1,s2,Ada,L,ada,Active,Head of Art",
            "1,s2,Bo,M,bo,Active,",
            "1,s1,Ada,L,ada,Active,",
            "2,,Cy,N,cy,Active,",
        ),
    }

    roster = rosters.read(folder_of(tmp_path / "f", files))

    assert [(post.unit_id, post.title, post.level, post.is_primary) for post in roster.posts] == [
        ("s1", "Teacher", "classroom", True),
        ("s2", "Head of Art", "middle", False),
    ]
    assert refused(roster) == [(4, "missing_name"), (4, "conflicting_row"), (5, "duplicate_id"), (6, "missing_unit")]


def test_a_list_of_pupils_in_a_known_format_gives_a_count_alone(tmp_path: Path) -> None:
    path = tmp_path / "Student.csv"
    path.write_text(text_of("SIS ID,School SIS ID,First Name,Last Name,Username", "1,s1,Tiny,Tim,tt"))

    roster = rosters.read(path)

    assert roster.left_out == {"pupils": 1}
    assert "Tiny" not in repr(roster)


def test_descriptors_of_ed_fi_may_carry_their_namespace(tmp_path: Path) -> None:
    header = "StaffUniqueId,EducationOrganizationId,StaffClassification,PositionTitle,BeginDate,EndDate"
    rows = [
        "1,9,uri://ed-fi.org/StaffClassificationDescriptor#Principal,,2020-08-01,",
        "1,,Teacher,,,",
        ",9,Teacher,,,",
    ]
    path = tmp_path / "assignments.csv"
    path.write_text(text_of(header, *rows))

    roster = rosters.read(path)

    assert [(post.title, post.level) for post in roster.posts] == [("Principal", "senior")]
    assert refused(roster) == [(3, "missing_unit"), (4, "missing_person")]
