"""Staff lists of no known format: the guess of what a column holds, and the reading through a mapping."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from collegium.people import rosters
from collegium.people.rosters import ColumnMapping, Roster, dates, roles
from collegium.people.rosters.dialects.columns import split_name
from tests.people.rosters.making import csv_of

MAPPING = ColumnMapping(
    person_id="ID", full_name="Name", email="Email", unit_name="School", team="Team", title="Job", starts_on="From",
    ends_on="To",
)  # fmt: skip
HEADER = ["ID", "Name", "Email", "School", "Team", "Job", "From", "To"]


def read(tmp_path: Path, *rows: list[str], mapping: ColumnMapping = MAPPING) -> Roster:
    path = tmp_path / "staff.csv"
    path.write_text(csv_of(HEADER, *rows), encoding="utf-8")
    return rosters.read(path, mapping=mapping)


# --- guessing ---------------------------------------------------------------------------------------------------------
LISTS = {
    "English": (
        ["Staff ID", "First name", "Surname", "E-mail", "School", "Department", "Job title", "Start date", "End date"],
        ["person_id", "given_name", "family_name", "email", "unit_name", "team", "title", "starts_on", "ends_on"],
        ["17", "Ada", "Lovelace", "ada@school.org", "North", "Maths", "Teacher", "2020-09-01", "2024-07-31"],
    ),
    "German": (
        ["Personalnummer", "Nachname", "Vorname", "E-Mail-Adresse", "Schule", "Fachbereich", "Funktion", "Eintritt"],
        ["person_id", "family_name", "given_name", "email", "unit_name", "team", "title", "starts_on"],
        ["17", "Müller", "Zoë", "zoe@schule.de", "Grundschule Süd", "Mathematik", "Lehrerin", "01.08.2020"],
    ),
    "German, with Name for the family": (
        ["Name", "Vorname", "Mail", "Dienststelle"],
        ["family_name", "given_name", "email", "unit_name"],
        ["Müller", "Zoë", "zoe@schule.de", "Grundschule Süd"],
    ),
    "French": (
        ["Matricule", "Nom", "Prénom", "Courriel", "Établissement", "Fonction", "Date de début", "Date de fin"],
        ["person_id", "family_name", "given_name", "email", "unit_name", "title", "starts_on", "ends_on"],
        ["17", "Martin", "Léa", "lea@ecole.fr", "Collège Nord", "Professeur", "01/09/2020", "31/08/2024"],
    ),
    "Spanish": (
        ["Número de empleado", "Nombre", "Apellidos", "Correo electrónico", "Centro", "Cargo", "Fecha de inicio"],
        ["person_id", "given_name", "family_name", "email", "unit_name", "title", "starts_on"],
        ["17", "Ana", "López Martín", "ana@colegio.es", "Colegio Sur", "Maestra", "01/09/2020"],
    ),
    "Dutch": (
        [
            "Personeelsnummer",
            "Voornaam",
            "Achternaam",
            "E-mailadres",
            "Vestiging",
            "Functie",
            "In dienst",
            "Uit dienst",
        ],
        ["person_id", "given_name", "family_name", "email", "unit_name", "title", "starts_on", "ends_on"],
        ["17", "Sanne", "de Vries", "s@school.nl", "Noord", "Leerkracht", "01-08-2020", "31-07-2024"],
    ),
    "Japanese": (
        ["職員番号", "氏名", "メールアドレス", "学校名", "職名", "着任日"],
        ["person_id", "full_name", "email", "unit_name", "title", "starts_on"],
        ["17", "山田 太郎", "t@example.jp", "北小学校", "教諭", "2020年4月1日"],
    ),
}


@pytest.mark.parametrize("language", LISTS)
def test_the_titles_of_six_languages_are_known(language: str) -> None:
    headers, fields, row = LISTS[language]

    guess = rosters.guess_mapping(headers, [row])

    assert guess.mapping.columns == dict(zip(fields, headers, strict=True))
    assert not guess.mapping.missing
    assert all(0.5 <= sure <= 1 for sure in guess.confidence.values())


def test_what_stands_in_the_cells_counts_too() -> None:
    headers = ["Who", "Contact", "Title", "Post", "Place of school", "Start"]
    rows = [["Lovelace, Ada", "ada@b.org", "Mrs", "Teacher", "North", "maybe"]] * 3

    guess = rosters.guess_mapping(headers, rows)

    assert guess.mapping.columns == {
        "full_name": "Who", "email": "Contact", "title": "Post", "unit_name": "Place of school",
    }  # fmt: skip
    assert guess.confidence["unit_name"] < 0.9


def test_a_list_of_pupils_is_told_from_one_of_staff() -> None:
    headers = ["UPN", "Surname", "First name", "Year group", "Date of birth"]

    assert rosters.guess_mapping(headers, []).looks_like_pupils


def test_a_list_without_mapping_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("Name,School\nAda L,North\n")

    sniffed = rosters.sniff(path)
    with pytest.raises(rosters.UnreadableRoster, match="mapping_needed"):
        rosters.read(path)

    assert sniffed.needs_mapping
    assert sniffed.tables[0].headers == ("Name", "School")
    assert sniffed.tables[0].samples == (("Ada L", "North"),)


def test_doubled_and_nameless_columns_get_names_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("Name,School,School,\nAda L,North,South,x\n")

    headers = rosters.sniff(path).tables[0].headers
    roster = rosters.read(path, mapping=ColumnMapping(full_name="Name", unit_name="School (2)"))

    assert headers == ("Name", "School", "School (2)")
    assert [unit.name for unit in roster.units] == ["South"]


def test_a_mapping_is_remembered_as_text() -> None:
    mapping = ColumnMapping(full_name="Näme", fixed_unit_id="s1", unit_kind="trust", is_complete=True)

    assert ColumnMapping.from_json(mapping.to_json()) == mapping
    assert ColumnMapping.from_json('{"full_name": "N", "unit_kind": "planet", "new": 1}') == ColumnMapping(
        full_name="N"
    )
    for broken in ("", "[]", "null", "{", '"x"'):
        with pytest.raises(rosters.UnreadableRoster):
            ColumnMapping.from_json(broken)


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        (ColumnMapping(full_name="Name"), "mapping_needed"),
        (ColumnMapping(unit_name="School"), "mapping_needed"),
        (ColumnMapping(full_name="Name", unit_name="Academy"), "mapping_does_not_fit"),
    ],
)
def test_a_mapping_that_does_not_do(mapping: ColumnMapping, code: str, tmp_path: Path) -> None:
    with pytest.raises(rosters.UnreadableRoster, match=code):
        read(tmp_path, ["1", "Ada L", "", "North", "", "", "", ""], mapping=mapping)


# --- reading ----------------------------------------------------------------------------------------------------------
def test_several_rows_of_one_person_are_several_posts(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        ["1", "Lovelace, Ada", "Ada@School.org", "North", "Maths", "Teacher", "2020-09-01", ""],
        ["1", "LOVELACE, ADA", "", "South", "", "Head of Year 9", "2022-09-01", "2023-08-31"],
    )

    (person,) = roster.persons
    assert (person.given_name, person.family_name, person.email) == ("Ada", "Lovelace", "ada@school.org")
    assert [(post.title, post.level, post.is_primary) for post in roster.posts] == [
        ("Teacher", "classroom", True),
        ("Head of Year 9", "middle", False),
    ]
    units = {unit.source_id: unit for unit in roster.units}
    team = units[roster.posts[0].unit_id]
    assert (team.name, team.kind) == ("Maths", "team")
    assert units[team.parent_ids[0]].name == "North"
    assert units[roster.posts[1].unit_id].name == "South"
    assert roster.is_delta


def test_the_same_id_under_another_name_is_refused(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        ["1", "Ada Lovelace", "", "North", "", "Teacher", "", ""],
        ["1", "Bo Marley", "", "South", "", "Teacher", "", ""],
        ["1", "Ada Lovelace", "", "North", "", "Teacher", "", ""],
    )

    assert [(r.ref.row, r.code) for r in roster.refusals] == [(3, "conflicting_row"), (4, "duplicate_id")]
    assert "South" not in {unit.name for unit in roster.units}


def test_without_an_id_people_are_known_by_address_or_by_name_and_unit(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        ["", "Ada Lovelace", "ada@b.org", "North", "", "Teacher", "", ""],
        ["", "Ada Lovelace", "", "North", "", "Teacher", "", ""],
        ["", "Ada Lovelace", "", "South", "", "Teacher", "", ""],
    )

    assert roster.persons[0].source_id == "email:ada@b.org"
    assert len({p.source_id for p in roster.persons}) == 3
    assert [note.count for note in roster.notes if note.code == "matched_by_name"] == [2]


def test_a_refused_row_leaves_nothing_behind(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        ["1", "Ada L", "", "North", "", "Teacher", "2024-01-01", "2023-01-01"],
        ["2", "Bo M", "", "South", "", "Teacher", "next year", ""],
        ["3", "Cy N", "", "", "", "Teacher", "", ""],
        ["4", "", "", "West", "", "Teacher", "", ""],
        ["5", "Di O", "no address", "East", "", "Teacher", "2024-01-01", ""],
    )

    assert [(r.ref.row, r.code) for r in roster.refusals] == [
        (2, "reversed_dates"),
        (3, "bad_date"),
        (4, "missing_unit"),
        (5, "missing_name"),
    ]
    assert ([p.source_id for p in roster.persons], [u.name for u in roster.units]) == (["5"], ["East"])
    assert roster.persons[0].email == ""
    assert "invalid_email" in {note.code for note in roster.notes}


def test_pupils_in_a_staff_list_are_counted_and_dropped(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        ["1", "Ada L", "", "North", "", "Teacher", "", ""],
        ["2", "Tiny Tim", "", "North", "", "Pupil", "", ""],
        ["3", "Mama T", "", "North", "", "Parent", "", ""],
    )

    assert roster.left_out == {"pupils": 1, "guardians": 1}
    assert "Tim" not in repr(roster)


def test_a_list_of_one_school_and_of_everybody(tmp_path: Path) -> None:
    mapping = ColumnMapping(full_name="Name", fixed_unit_id="school-7", is_complete=True)

    roster = read(tmp_path, ["1", "Ada L", "", "", "", "Teacher", "", ""], mapping=mapping)

    assert (roster.units, roster.is_delta) == ((), False)
    assert roster.posts[0].unit_id == "school-7"
    assert (roster.posts[0].title, roster.posts[0].level) == ("Member of staff", "support")
    assert "no_title" in {note.code for note in roster.notes}


@pytest.mark.parametrize(
    ("full", "split"),
    [
        ("Lovelace, Ada", ("Ada", "Lovelace")),
        ("van der Berg, Jan Peter", ("Jan Peter", "van der Berg")),
        ("Ada King Lovelace", ("Ada King", "Lovelace")),
        ("MARTIN LÓPEZ Ana", ("Ana", "MARTIN LÓPEZ")),
        ("ADA LOVELACE", ("ADA", "LOVELACE")),
        ("山田 太郎", ("太郎", "山田")),
        ("Sukarno", ("", "Sukarno")),
    ],
)
def test_one_name_is_two(full: str, split: tuple[str, str]) -> None:
    assert split_name("", "", full) == split


# --- dates ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    ["2024-04-03", "2024/4/3", "2024.04.03", "20240403", "2024-04-03T08:00:00Z", "2024年4月3日", "3.4.2024", "03.04.24",
     "3 April 2024", "3. April 2024", "3 avr. 2024", "3 de abril de 2024", "3 apr 2024", "April 3, 2024", "3-Apr-2024",
     "3/4/2024", "3-4-2024"],
)  # fmt: skip
def test_dates_as_people_write_them(text: str) -> None:
    assert dates.parse(text) == datetime.date(2024, 4, 3)


@pytest.mark.parametrize("text", ["", "soon", "31.02.2024", "2024-13-01", "1/2", "99999999", "3 Brumaire 2024"])
def test_what_is_no_date(text: str) -> None:
    assert dates.parse(text) is None


def starts(roster: Roster) -> list[str]:
    return [str(post.starts_on) for post in roster.posts]


def notes(roster: Roster) -> dict[str, str]:
    return {str(note.code): note.data.get("order", "") for note in roster.notes}


def dated(*days: str) -> list[list[str]]:
    return [[str(n), f"Ada {n}", "", "North", "", "Teacher", day, ""] for n, day in enumerate(days)]


def test_one_clear_date_settles_the_whole_column(tmp_path: Path) -> None:
    american = read(tmp_path, *dated("03/04/2024", "03/25/2024"))
    european = read(tmp_path, *dated("03/04/2024", "25/03/2024"))

    assert starts(american) == ["2024-03-04", "2024-03-25"]
    assert starts(european) == ["2024-04-03", "2024-03-25"]
    assert notes(american) == {"date_order": "month/day/year"}
    assert notes(european) == {"date_order": "day/month/year"}


def test_without_a_clear_date_the_day_comes_first_and_that_is_told(tmp_path: Path) -> None:
    roster = read(tmp_path, *dated("03/04/2024", "05/06/2024"))

    assert starts(roster) == ["2024-04-03", "2024-06-05"]
    assert notes(roster) == {"dates_ambiguous": "day/month/year"}


def test_a_column_of_both_orders_refuses_what_could_be_either(tmp_path: Path) -> None:
    roster = read(tmp_path, *dated("25/03/2024", "03/25/2024", "03/04/2024", "04/04/2024"))

    assert starts(roster) == ["2024-03-25", "2024-03-25", "2024-04-04"]
    assert [(r.ref.row, r.code) for r in roster.refusals] == [(4, "bad_date")]


# --- roles ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Teacher of Maths", "classroom"), ("Head of Maths", "middle"), ("Deputy Headteacher", "senior"),
        ("Headteacher", "senior"), ("Executive Headteacher", "executive"), ("CEO", "executive"),
        ("Teaching assistant", "support"), ("Assistant Principal", "senior"), ("School Governor", "governance"),
        ("Lehrerin", "classroom"), ("Stellvertretende Schulleiterin", "senior"), ("Schulsekretärin", "support"),
        ("Professeure des écoles", "classroom"), ("Principal adjoint", "senior"), ("Proviseur", "senior"),
        ("Maestra", "classroom"), ("Jefe de estudios", "senior"), ("Jefa de departamento", "middle"),
        ("Leerkracht groep 3", "classroom"), ("Teamleider", "middle"), ("Onderwijsassistent", "support"),
        ("教諭", "classroom"), ("教頭", "senior"), ("学年主任", "middle"), ("事務職員", "support"),
        ("Wizard", None),
    ],
)  # fmt: skip
def test_the_level_of_a_title(title: str, level: str | None) -> None:
    assert roles.level_of_title(title) == level


def test_an_unknown_title_is_kept_and_told(tmp_path: Path) -> None:
    roster = read(tmp_path, ["1", "Ada L", "", "North", "", "Wizard", "", ""])

    assert (roster.posts[0].title, roster.posts[0].level) == ("Wizard", "support")
    assert [note.data["value"] for note in roster.notes if note.code == "unknown_role"] == ["Wizard"]
