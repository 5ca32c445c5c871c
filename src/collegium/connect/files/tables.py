"""The tables of an upload: delimited text in any usual encoding, spreadsheets, or a zip of texts, as rows of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from collegium.connect.files.records import NoteCode, RefusalCode, UnreadableCode, UnreadableTies
from collegium.people.rosters.cells import clean, key, word_set
from collegium.people.rosters.delimited import RawRow, find_shape, read_rows
from collegium.people.rosters.errors import UnreadableRoster
from collegium.people.rosters.intake import TEXT, Meter, SheetFile, TextFile, open_counted, open_upload
from collegium.people.rosters.limits import DEFAULT
from collegium.people.rosters.sheets import open_sheets

# Names of tables that say nothing about the kind of tie.
_NO_TITLES = word_set("ties edges matrix sheet1 tabelle1 feuil1 hoja1 blad1")
Row = tuple[int, list[str]]
Refuse = Callable[[int, RefusalCode], None]


@dataclass(slots=True)
class Table:
    """One table with its first row of titles. `name` is the file, or the sheet of a book that has several."""

    name: str
    raw_rows: Callable[[], Iterator[RawRow]]
    is_one_of_several: bool = False
    header_row: int = 1
    headers: tuple[str, ...] = ()
    notes: dict[NoteCode, dict[str, str]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The name without the ending of a file, where that tells this table from others beside it; else nothing."""
        stem = PurePath(self.name).stem if PurePath(self.name).suffix.lower() in TEXT else self.name
        return stem if self.is_one_of_several and key(stem) not in _NO_TITLES else ""

    def rows(self, refuse: Refuse) -> Iterator[Row]:
        """Every row below the titles that is not blank, cleaned and padded to the width of the table."""
        width = len(self.headers)
        for number, cells in self.raw_rows():
            if number <= self.header_row:
                continue
            if isinstance(cells, tuple):
                refuse(number, RefusalCode(cells[0].value))
                continue
            cleaned = [clean(cell) for cell in cells]
            if not any(cleaned):
                continue
            if any(cleaned[width:]):
                refuse(number, RefusalCode.TOO_MANY_CELLS)
                continue
            yield number, (cleaned + [""] * (width - len(cleaned)))[:width]

    def column(self, words: frozenset[str]) -> int:
        """Return the first column whose title is one of the words, or -1."""
        return next((place for place, title in enumerate(self.headers) if key(title) in words), -1)

    def told_column(self, title: str) -> int:
        """Return the column that somebody named, or -1 when there is none. Raises UnreadableTies when there are two."""
        keys = [key(header) for header in self.headers]
        if keys.count(key(title)) > 1:
            raise UnreadableTies(UnreadableCode.DOUBLED_COLUMN, {"file": self.name, "column": title})
        return keys.index(key(title)) if key(title) in keys else -1


def open_tables(path: Path, stack: ExitStack) -> list[Table]:
    """Return the tables at `path`; what they need open stays so as long as the stack. Raises UnreadableTies."""
    try:
        upload = stack.enter_context(open_upload(path, DEFAULT))
        tables: list[Table] = []
        for file in upload.files:
            tables += _sheets(file, stack) if isinstance(file, SheetFile) else [_text(file)]
        for table in tables:
            _find_titles(table)
    except UnreadableRoster as error:
        raise UnreadableTies(error.code, error.data) from error
    found = [table for table in tables if table.headers]
    if not found:
        raise UnreadableTies("empty", {"file": path.name})
    for table in found:
        table.is_one_of_several = len(found) > 1
    return found


def _text(file: TextFile) -> Table:
    shape = find_shape(file.name, lambda: open_counted(file, Meter(None)))
    table = Table(file.name, lambda: iter(()))

    def note_nuls() -> None:
        table.notes[NoteCode.NULS_REMOVED] = {"file": file.name}

    def rows() -> Iterator[RawRow]:
        with open_counted(file, Meter(None)) as stream:
            yield from read_rows(shape, stream, DEFAULT, on_nuls=note_nuls)

    table.raw_rows = rows
    if shape.guessed:
        table.notes[NoteCode.ENCODING_GUESSED] = {"file": file.name, "encoding": shape.guessed}
    return table


def _sheets(file: SheetFile, stack: ExitStack) -> list[Table]:
    sheets = stack.enter_context(open_sheets(file, DEFAULT))
    several = len(sheets) > 1
    return [
        Table(sheet.name if several else file.name, lambda sheet=sheet: sheet.rows())  # type: ignore[misc]
        for sheet in sheets
    ]


def _find_titles(table: Table) -> None:
    """Take the first row that is not blank for the titles."""
    for number, cells in table.raw_rows():
        if isinstance(cells, tuple):
            said = {"file": table.name, "row": str(number)}
            raise UnreadableTies(UnreadableCode.BROKEN_ROW, said)
        if any(cell.strip() for cell in cells):
            titles = [clean(cell) for cell in cells]
            while not titles[-1]:
                titles.pop()
            table.header_row, table.headers = number, tuple(titles)
            return
