"""Uploads that are damaged, hostile or something else altogether are refused with words, never with a crash."""

from __future__ import annotations

import datetime
import random
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from collegium.people import rosters
from collegium.people.rosters import DEFAULT, ColumnMapping, Limits, UnreadableCode
from tests.people.rosters.making import ORGS, USERS, folder_of, text_of, zip_of

STAFF = text_of("Name,Email,School", "Ada Lovelace,ada@school.org,North")
MAPPING = ColumnMapping(full_name="Name", email="Email", unit_name="School")
ONEROSTER = {"orgs.csv": text_of(ORGS, "s1,,,North,school,,"), "users.csv": text_of(USERS, "1,,,s1,teacher,,Ada,L,")}


def code_of(path: Path, limits: Limits = DEFAULT) -> UnreadableCode:
    """Why `path` cannot be read; every reason has a sentence with all its words filled in."""
    with pytest.raises(rosters.UnreadableRoster) as refused:
        rosters.read(path, mapping=MAPPING, limits=limits)
    assert "…" not in rosters.sentence(refused.value).replace(" …", "")
    return refused.value.code


def test_a_missing_file(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.csv") == UnreadableCode.NOT_FOUND


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n", b"\xef\xbb\xbf", b"  \n"])
def test_an_empty_file(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_bytes(content)

    assert code_of(path) == UnreadableCode.EMPTY


def test_titles_and_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("Name,Email,School\n")
    folder = folder_of(tmp_path / "roster", {"orgs.csv": ORGS, "users.csv": USERS})

    assert code_of(path) == UnreadableCode.NO_ROWS
    with pytest.raises(rosters.UnreadableRoster, match="no_rows"):
        rosters.read(folder)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        b"%PDF-1.7\n...",
        b"\xff\xd8\xff\xe0rest",
        random.Random(1).randbytes(4096),
    ],
    ids=["png", "pdf", "jpeg", "noise"],
)
def test_something_else_called_staff_csv(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_bytes(content)

    assert code_of(path) == UnreadableCode.NOT_A_TABLE


def test_a_file_too_large(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(STAFF)

    assert code_of(path, replace(DEFAULT, upload=10)) == UnreadableCode.TOO_LARGE
    assert code_of(folder_of(tmp_path / "f", {"staff.csv": STAFF}), replace(DEFAULT, upload=10)) == "too_large"


def test_a_file_of_one_endless_line_or_of_endless_columns(tmp_path: Path) -> None:
    line, columns = tmp_path / "line.csv", tmp_path / "columns.csv"
    line.write_text("x" * 3_000_000)
    columns.write_text("x," * 400_000)

    assert code_of(line) == UnreadableCode.NOT_A_TABLE
    assert code_of(columns) == UnreadableCode.TOO_MANY_COLUMNS


def test_too_many_rows_and_files(tmp_path: Path) -> None:
    path = folder_of(tmp_path / "f", {"staff.csv": STAFF, "b.csv": STAFF})

    assert code_of(path, replace(DEFAULT, files=1)) == UnreadableCode.TOO_MANY_FILES
    assert code_of(path / "staff.csv", replace(DEFAULT, rows=1)) == UnreadableCode.TOO_MANY_ROWS
    assert code_of(zip_of(tmp_path / "z.zip", ONEROSTER), replace(DEFAULT, files=1)) == "too_many_files"


# --- zips -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["../users.csv", "/etc/users.csv", "a/../../users.csv", "C:/users.csv", "..\\users.csv", "\\users.csv"]
)
def test_a_zip_that_points_outside_of_itself(name: str, tmp_path: Path) -> None:
    assert code_of(zip_of(tmp_path / "z.zip", {**ONEROSTER, name: "x"})) == UnreadableCode.UNSAFE_NAME
    assert not (tmp_path.parent / "users.csv").exists()


def test_a_link_in_a_zip(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "z.zip", ONEROSTER)
    link = zipfile.ZipInfo("secret.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")

    assert code_of(path) == UnreadableCode.SYMLINK


def test_a_link_in_a_folder(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "f", ONEROSTER)
    (folder / "classes.csv").symlink_to("/etc/passwd")

    assert code_of(folder) == UnreadableCode.SYMLINK


def test_a_zip_bomb(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "z.zip", {"users.csv": b"a" * 20_000_000})

    assert path.stat().st_size < 100_000
    assert code_of(path) == UnreadableCode.ZIP_BOMB
    assert code_of(zip_of(tmp_path / "y.zip", ONEROSTER), replace(DEFAULT, unpacked=50)) == UnreadableCode.ZIP_BOMB


def test_a_zip_whose_members_share_their_bytes(tmp_path: Path) -> None:
    """The second entry of the directory is made to point at the first one's bytes."""
    path = zip_of(tmp_path / "z.zip", {"users.csv": "a" * 100, "roles.csv": "a" * 100})
    content = bytearray(path.read_bytes())
    second = content.rindex(b"PK\x01\x02")
    content[second + 42 : second + 46] = struct.pack("<I", 0)
    path.write_bytes(content)

    assert code_of(path) == UnreadableCode.ZIP_BOMB


def test_an_encrypted_zip(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "z.zip", ONEROSTER)
    content = bytearray(path.read_bytes())
    for place in (content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8):
        content[place] |= 1
    path.write_bytes(content)

    assert code_of(path) == UnreadableCode.ENCRYPTED


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_with_one_name_twice(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "z.zip", ONEROSTER)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Users.csv", "other")

    assert code_of(path) == UnreadableCode.DUPLICATE_MEMBER


def test_a_zip_in_a_zip(tmp_path: Path) -> None:
    inner = zip_of(tmp_path / "inner.zip", ONEROSTER).read_bytes()

    assert code_of(zip_of(tmp_path / "z.zip", {"inner.zip": inner})) == UnreadableCode.NESTED_ZIP
    beside = rosters.read(zip_of(tmp_path / "y.zip", {**ONEROSTER, "old.zip": inner}))
    assert any("old.zip" in note.data.get("files", "") for note in beside.notes)


def test_a_damaged_zip(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "z.zip", {name: text * 50 for name, text in ONEROSTER.items()})
    content = bytearray(path.read_bytes())
    content[60:70] = b"\xff" * 10
    path.write_bytes(content)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(content[:80])

    assert code_of(path) == UnreadableCode.DAMAGED
    assert code_of(cut) == UnreadableCode.DAMAGED


def test_a_zip_with_nothing_to_read(tmp_path: Path) -> None:
    assert code_of(zip_of(tmp_path / "z.zip", {"readme.md": "x"})) == UnreadableCode.NO_TABLES
    assert code_of(zip_of(tmp_path / "y.zip", {})) == UnreadableCode.NO_TABLES


def test_a_zip_made_on_a_mac_or_with_a_folder_inside(tmp_path: Path) -> None:
    files = {f"My School/{name}": text for name, text in ONEROSTER.items()}
    path = zip_of(tmp_path / "z.zip", {**files, "__MACOSX/._users.csv": b"\0\5", "My School/.DS_Store": b"\0"})

    assert len(rosters.read(path).persons) == 1


def test_two_rosters_in_one_zip(tmp_path: Path) -> None:
    files = {f"{school}/{name}": text for school in "ab" for name, text in ONEROSTER.items()}

    assert code_of(zip_of(tmp_path / "z.zip", files)) == UnreadableCode.SEVERAL_ROSTERS


# --- spreadsheets -----------------------------------------------------------------------------------------------------
def book(path: Path, rows: list[list[object]], sheet: str = "Staff") -> Path:
    """A spreadsheet with one sheet."""
    made = openpyxl.Workbook()
    page = made.active
    assert page
    page.title = sheet
    for row in rows:
        page.append(row)
    made.save(path)
    return path


def test_a_spreadsheet_with_dates_numbers_and_a_title_line(tmp_path: Path) -> None:
    day = datetime.date(2024, 3, 4)
    rows: list[list[object]] = [
        ["Staff of North School"], [], ["Name", "Staff ID", "School", "Start date"], ["Ada L", 17, "North", day],
    ]  # fmt: skip
    path = book(tmp_path / "staff.xlsx", rows)

    sniffed = rosters.sniff(path)
    assert sniffed.guess
    roster = rosters.read(path, mapping=sniffed.guess.mapping)

    assert [(p.source_id, p.ref.row) for p in roster.persons] == [("17", 4)]
    assert [post.starts_on for post in roster.posts] == [day]
    assert "header_not_first" in {note.code for note in roster.notes}


def test_a_hidden_sheet_is_not_read_and_the_right_one_is_found(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.title = "Read me"
    made["Read me"].append(["How to fill this in"])
    made.create_sheet("Staff").append(["Name", "Email", "School"])
    made["Staff"].append(["Ada L", "ada@school.org", "North"])
    made.create_sheet("Hidden").append(["Name", "Email", "School"])
    made["Hidden"].append(["Secret", "s@school.org", "North"])
    made["Hidden"].sheet_state = "hidden"
    made.save(tmp_path / "staff.xlsx")

    roster = rosters.read(tmp_path / "staff.xlsx", mapping=MAPPING)

    assert [person.family_name for person in roster.persons] == ["L"]


def test_a_book_without_a_sheet_to_see(tmp_path: Path) -> None:
    path = book(tmp_path / "staff.xlsx", [["Name"]])
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["xl/workbook.xml"] = files["xl/workbook.xml"].replace(b'state="visible"', b'state="hidden"')

    assert b"hidden" in files["xl/workbook.xml"]
    assert code_of(zip_of(tmp_path / "hidden.xlsx", files)) == UnreadableCode.EMPTY
    assert code_of(book(tmp_path / "blank.xlsx", [])) == UnreadableCode.EMPTY


def test_sheets_named_as_the_tables_of_a_roster_are_one_roster(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, text in ONEROSTER.items():
        page = made.create_sheet(name.removesuffix(".csv"))
        for line in text.splitlines():
            page.append(line.split(","))
    made.save(tmp_path / "roster.xlsx")

    assert rosters.read(tmp_path / "roster.xlsx").dialect == "oneroster-1.1"


def test_a_spreadsheet_with_macros(tmp_path: Path) -> None:
    path = book(tmp_path / "staff.xlsx", [["Name", "Email", "School"]])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    named = path.rename(tmp_path / "staff.xlsm")
    old = tmp_path / "staff.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "_VBA_PROJECT".encode("utf-16-le"))

    assert code_of(named) == UnreadableCode.MACROS
    assert code_of(old) == UnreadableCode.MACROS


def test_a_spreadsheet_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "staff.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))

    assert code_of(path) == UnreadableCode.ENCRYPTED


def test_a_damaged_spreadsheet(tmp_path: Path) -> None:
    path = book(tmp_path / "staff.xlsx", [["Name", "Email", "School"], ["Ada", "a@b.org", "N"]])
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["xl/worksheets/sheet1.xml"] = files["xl/worksheets/sheet1.xml"][:200]
    old = tmp_path / "staff.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(2).randbytes(3000))

    assert code_of(zip_of(tmp_path / "broken.xlsx", files)) == UnreadableCode.DAMAGED
    assert code_of(old) == UnreadableCode.DAMAGED


def test_a_spreadsheet_that_asks_for_all_memory(tmp_path: Path) -> None:
    """Two cells at opposite corners make the library reserve every cell between them; only its process may die."""
    made = openpyxl.Workbook()
    made.active["A1"] = "Name"
    made.active["XFD1048576"] = "x"
    made.save(tmp_path / "staff.xlsx")

    assert code_of(tmp_path / "staff.xlsx", replace(DEFAULT, sheet_memory=400_000_000)) == UnreadableCode.SHEET_TOO_BIG


def test_a_name_that_looks_like_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    book(tmp_path / "-c.xlsx", [["Name", "Email", "School"], ["Ada L", "a@b.org", "N"]])

    assert len(rosters.read(Path("-c.xlsx"), mapping=MAPPING).persons) == 1


def test_an_open_document_sheet(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = [["Name", "Email", "School"], ["Ada L", "a@b.org", "North"]]
    rows = "".join(f"<table:table-row>{''.join(cell.format(c) for c in row)}</table:table-row>" for row in lines)
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Staff">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    files = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    listing = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'

    read = rosters.read(zip_of(tmp_path / "staff.ods", {**files, "META-INF/manifest.xml": listing}), mapping=MAPPING)

    assert [person.email for person in read.persons] == ["a@b.org"]
    assert code_of(zip_of(tmp_path / "locked.ods", {**files, "META-INF/manifest.xml": locked})) == "encrypted"
    assert code_of(zip_of(tmp_path / "macro.ods", {**files, "Basic/Standard/script.xml": "x"})) == "macros"


def test_progress_ends_at_the_whole(tmp_path: Path) -> None:
    rows = [f"{n},,,s1,teacher,,Ada {n},L," for n in range(20_000)]
    path = zip_of(tmp_path / "z.zip", {**ONEROSTER, "users.csv": text_of(USERS, *rows)})
    heard: list[tuple[int, int]] = []

    rosters.read(path, progress=lambda done, total: heard.append((done, total)))

    assert len(heard) > 1
    assert heard == sorted(heard)
    assert heard[-1][0] == heard[-1][1]
    assert len({total for _, total in heard}) == 1


def test_nothing_is_left_open(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "z.zip", ONEROSTER)
    opened = Path("/dev/fd")
    before = len(list(opened.iterdir()))

    rosters.read(path)
    rosters.sniff(path)
    rosters.read(folder_of(tmp_path / "f", ONEROSTER))

    assert len(list(opened.iterdir())) == before
