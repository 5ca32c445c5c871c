"""Text files as they come: encodings, delimiters, line ends, broken quotes, huge cells; row numbers stay right."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegium.people import rosters
from collegium.people.rosters import ColumnMapping, Roster

MAPPING = ColumnMapping(full_name="Name", email="Email", unit_name="School")


def read(tmp_path: Path, content: bytes | str, mapping: ColumnMapping = MAPPING) -> Roster:
    path = tmp_path / "staff.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return rosters.read(path, mapping=mapping)


def names(roster: Roster) -> list[str]:
    return [f"{person.given_name} {person.family_name}".strip() for person in roster.persons]


def refused(roster: Roster) -> list[tuple[int, str]]:
    return [(refusal.ref.row, str(refusal.code)) for refusal in roster.refusals]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_usual_encoding(encoding: str, tmp_path: Path) -> None:
    text = "Name,Email,School\r\nZoë Müller,zoe@schule.de,Grundschule Süd\r\n"

    roster = read(tmp_path, text.encode(encoding))

    assert names(roster) == ["Zoë Müller"]
    assert roster.units[0].name == "Grundschule Süd"
    is_guess = encoding in {"cp1252", "utf-16-le", "utf-16-be"}
    assert ("encoding_guessed" in {note.code for note in roster.notes}) == is_guess


def test_utf_16_in_the_other_order(tmp_path: Path) -> None:
    text = "\ufeffName,Email,School\nZoë Müller,zoe@schule.de,Süd\n"

    assert names(read(tmp_path, text.encode("utf-16-be"))) == ["Zoë Müller"]


def test_shift_jis_is_known_by_its_titles(tmp_path: Path) -> None:
    mapping = ColumnMapping(full_name="氏名", email="メール", unit_name="学校名")

    roster = read(tmp_path, "氏名,メール,学校名\n山田 太郎,t@example.jp,北小学校\n".encode("cp932"), mapping)

    assert [(p.given_name, p.family_name) for p in roster.persons] == [("太郎", "山田")]


def test_one_damaged_character_does_not_turn_the_whole_file_into_another_encoding(tmp_path: Path) -> None:
    rows = "".join(f"Zoë Müller{n},z{n}@schule.de,Süd\n" for n in range(40))

    roster = read(tmp_path, b"Name,Email,School\n" + rows.encode() + b"B\xffd Name,b@schule.de,S\n")

    assert names(roster)[0] == "Zoë Müller0"
    assert "encoding_guessed" in {note.code for note in roster.notes}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_usual_delimiter_and_line_end(delimiter: str, line_end: str, tmp_path: Path) -> None:
    rows = [["Name", "Email", "School"], ["Ada L", "a@b.org", "North"], ["Bo M", "b@b.org", "North"]]

    roster = read(tmp_path, line_end.join(delimiter.join(row) for row in rows))

    assert names(roster) == ["Ada L", "Bo M"]
    assert [person.ref.row for person in roster.persons] == [2, 3]


def test_a_first_line_that_names_the_delimiter(tmp_path: Path) -> None:
    roster = read(tmp_path, "sep=;\nName;Email;School\nAda, the L;a@b.org;North\n")

    assert [(p.family_name, p.ref.row) for p in roster.persons] == [("Ada", 3)]


def test_row_numbers_survive_quoted_line_breaks_and_blank_rows(tmp_path: Path) -> None:
    text = 'Name,Email,School\n"Ada\nL",a@b.org,"North\r\nSchool"\n\n,,\nBo M,b@b.org,North\n,x@b.org,North\n'

    roster = read(tmp_path, text)

    assert [(name, p.ref.row) for name, p in zip(names(roster), roster.persons, strict=True)] == [
        ("Ada L", 2),
        ("Bo M", 5),
    ]
    assert refused(roster) == [(6, "missing_name")]
    assert roster.units[0].name == "North School"


def test_nuls_are_removed_and_told(tmp_path: Path) -> None:
    roster = read(tmp_path, b"Name,Email,School\nAd\0a L,a@b.org,North\n\0\0\0\nBo M,b@b.org,North\n" + b"# " * 40)

    assert names(roster)[:2] == ["Ada L", "Bo M"]
    assert "nuls_removed" in {note.code for note in roster.notes}


@pytest.mark.parametrize("quoted", [False, True], ids=["bare", "quoted"])
def test_a_cell_of_ten_megabytes_costs_its_row_only(quoted: bool, tmp_path: Path) -> None:
    cell = "x" * 10_000_000
    cell = f'"{cell}"' if quoted else cell

    roster = read(tmp_path, f"Name,Email,School\nAda L,a@b.org,North\n{cell},c@b.org,North\nBo M,b@b.org,North\n")

    assert names(roster) == ["Ada L", "Bo M"]
    assert refused(roster) == [(3, "cell_too_long")]
    assert roster.persons[1].ref.row == 4


def test_a_cell_longer_than_a_name_costs_its_row_only(tmp_path: Path) -> None:
    roster = read(
        tmp_path, f"Name,Email,School\n{'x' * 500},c@b.org,North\n{'y' * 200_000},d@b.org,N\nBo M,b@b.org,N\n"
    )

    assert names(roster) == ["Bo M"]
    assert refused(roster) == [(2, "cell_too_long"), (3, "cell_too_long")]


@pytest.mark.parametrize("rows_after", [3, 500])
def test_an_unclosed_quote_costs_its_row_only(rows_after: int, tmp_path: Path) -> None:
    after = "".join(f"Person {n},p{n}@b.org,North\n" for n in range(rows_after))

    roster = read(tmp_path, f'Name,Email,School\nAda L,a@b.org,North\n"Broken,c@b.org,North\n{after}')

    assert refused(roster) == [(3, "unclosed_quote")]
    assert len(roster.persons) == 1 + rows_after
    assert roster.persons[1].ref.row == 4


def test_too_many_cells_cost_their_row_and_too_few_do_not(tmp_path: Path) -> None:
    text = "Name,Email,School,Team\nAda L,a@b.org,North\nBo M,b@b.org,North,Maths,surplus\nCy N,c@b.org,North,,,,\n"

    roster = read(tmp_path, text)

    assert names(roster) == ["Ada L", "Cy N"]
    assert refused(roster) == [(3, "too_many_cells")]


def test_what_controls_a_screen_is_taken_out_of_names(tmp_path: Path) -> None:
    roster = read(tmp_path, "Name,Email,School\n\u202eAda\x1b[31m\tL\u00a0\u00a0X,a@b.org,North\n")

    assert names(roster) == ["Ada [31m L X"]


def test_refusals_beyond_the_limit_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("Name,Email,School\n" + ",x@b.org,North\n" * 30)

    roster = rosters.read(path, mapping=MAPPING, limits=rosters.Limits(refusals=10))

    assert len(roster.refusals) == 10
    assert [note.count for note in roster.notes if note.code == "more_refused"] == [20]
