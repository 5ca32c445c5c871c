"""Matrices: rows turn to columns; what is not square or doubled is refused as a whole, with what is missing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from collegium.connect import files
from collegium.connect.files import Limits
from tests.connect.files.making import ends_of, file_of, noted, refused, why_unreadable

SQUARE = ",ann,ben,cai\nann,0,1,\nben,2,,0\ncai,NA,0,\n"


def test_rows_turn_to_columns(tmp_path: Path) -> None:
    found = files.read(file_of(tmp_path, "matrix.csv", SQUARE))
    assert ends_of(found) == [("ann", "ben", 1.0), ("ben", "ann", 2.0)]
    assert found.is_listed
    assert [person.ref.row for person in found.people] == [2, 3, 4]


def test_rows_may_stand_in_another_order_than_columns(tmp_path: Path) -> None:
    found = files.read(file_of(tmp_path, "matrix.csv", "who,ann,ben\nben,1,0\nann,0,1\n"))
    assert ends_of(found) == [("ben", "ann", 1.0), ("ann", "ben", 1.0)]


def test_numbers_for_labels_are_labels(tmp_path: Path) -> None:
    found = files.read(file_of(tmp_path, "matrix.csv", ",7,9\n7,,3\n9,1,\n"))
    assert ends_of(found) == [("7", "9", 3.0), ("9", "7", 1.0)]


def test_nothing_but_numbers_are_people_in_their_order(tmp_path: Path) -> None:
    found = files.read(file_of(tmp_path, "matrix.csv", "0,1,0\n0,0,1\n0,0,0\n"))
    assert ends_of(found) == [("1", "2", 1.0), ("2", "3", 1.0)]
    assert "no_labels" in noted(found)


def test_titles_above_may_be_the_only_ones(tmp_path: Path) -> None:
    found = files.read(file_of(tmp_path, "matrix.csv", "ann,ben\n0,1\n0,0\n"))
    assert ends_of(found) == [("ann", "ben", 1.0)]


def test_cells_that_cannot_stand_are_refused_by_their_row(tmp_path: Path) -> None:
    found = files.read(file_of(tmp_path, "matrix.csv", ",ann,ben\nann,1,often\nben,-2,0\n"))
    assert refused(found) == [(2, "self_tie"), (2, "bad_weight"), (3, "negative_weight")]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (",ann,ben,cai\nann,0,1,0\nben,1,0,0\n", "not_square", {"rows": "2", "columns": "3", "missing": "cai"}),
        (",ann,ben\nann,0,1\nben,1,0\ncai,1,0\n", "not_square", {"rows": "3", "columns": "2", "missing": "cai"}),
        (",ann,ben\nann,0,1,9\nben,1,0\n", "not_square", {"missing": "…"}),
        (",ann,ann,ben\nann,0,1,0\nben,0,0,0\n", "doubled_label", {"label": "ann"}),
        (",ann,ben\nann,0,1\nann,0,1\nben,0,0\n", "doubled_label", {"label": "ann"}),
        (",ann,ben\nann,0,1\n,0,1\nben,0,0\n", "row_without_label", {"row": "3"}),
    ],
)
def test_a_broken_matrix_says_what_is_wrong(tmp_path: Path, text: str, code: str, said: dict[str, str]) -> None:
    found, data = why_unreadable(file_of(tmp_path, "matrix.csv", text))
    assert found == code
    assert said.items() <= data.items()


def test_a_matrix_that_is_too_large_is_refused(tmp_path: Path) -> None:
    text = ",a,b,c\na,0,1,0\nb,0,0,0\nc,0,0,0\n"
    code, data = why_unreadable(file_of(tmp_path, "matrix.csv", text), limits=Limits(matrix=2))
    assert (code, data["limit"]) == ("matrix_too_large", "2")


def book_of(folder: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """A spreadsheet with these sheets."""
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return file_of(folder, "book.xlsx", out.getvalue())


def test_a_book_holds_a_kind_of_tie_a_sheet_and_the_people(tmp_path: Path) -> None:
    book = book_of(
        tmp_path,
        {
            "advice": [[None, "ann", "ben"], ["ann", 0, 1], ["ben", 0, 0]],
            "support": [[None, "ann", "ben"], ["ann", 0, 0], ["ben", 2.5, 0]],
            "people": [["id", "team"], ["ann", "Year 3"], ["ben", "Year 4"], ["cai", "Year 4"]],
        },
    )
    found = files.read(book)
    assert found.layers == ("advice", "support")
    assert ends_of(found) == [("ann", "ben", 1.0), ("ben", "ann", 2.5)]
    assert [person.team for person in found.people] == ["Year 3", "Year 4", "Year 4"]


def test_a_book_may_hold_lists(tmp_path: Path) -> None:
    book = book_of(
        tmp_path, {"Sheet1": [["from", "to"], [1, 2], [2, 9]], "staff": [["id"], [1], [2]], "notes": [["hat"], ["x"]]}
    )
    found = files.read(book)
    assert ends_of(found) == [("1", "2", None)]
    assert refused(found) == [(3, "unknown_person")]
    assert "other_tables" in noted(found)
