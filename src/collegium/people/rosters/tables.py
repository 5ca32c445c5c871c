"""One table of an upload, whatever it came from: its column titles, and its rows with their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from collegium.people.rosters import header_words
from collegium.people.rosters.cells import clean, key
from collegium.people.rosters.delimited import RawRow, Shape, find_shape, read_rows
from collegium.people.rosters.errors import UnreadableCode, UnreadableRoster
from collegium.people.rosters.intake import Meter, SheetFile, TextFile, Upload, open_counted
from collegium.people.rosters.limits import Limits
from collegium.people.rosters.records import NoteCode, Refusal, RefusalCode, RowRef
from collegium.people.rosters.sheets import Sheet, open_sheets

Refuse = Callable[[Refusal], None]
Row = tuple[int, list[str]]
HEADER_SEARCH = 10


@dataclass(slots=True)
class Table:
    """A table whose rows can be read again and again. `notes` are what was guessed about its file."""

    file: str
    size: int
    limits: Limits
    raw_rows: Callable[[Meter | None], Iterator[RawRow]]
    headers: tuple[str, ...] = ()
    width: int = 0  # columns at the end may have no title
    header_row: int = 1
    notes: dict[NoteCode, dict[str, str]] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """The name without folder, ending, case or blanks."""
        return key(PurePosixPath(self.file).stem)

    @property
    def keys(self) -> frozenset[str]:
        """The column titles, reduced to what identifies them."""
        return frozenset(key(header) for header in self.headers if header)

    def rows(self, refuse: Refuse, meter: Meter | None = None) -> Iterator[Row]:
        """Every row below the column titles that is not blank, padded to the width of the table."""
        width = self.width
        for number, cells in self.raw_rows(meter):
            if number <= self.header_row:
                continue
            if number > self.limits.rows:
                raise UnreadableRoster(
                    UnreadableCode.TOO_MANY_ROWS, {"file": self.file, "limit": str(self.limits.rows)}
                )
            if isinstance(cells, tuple):
                refuse(Refusal(RowRef(self.file, number), cells[0], cells[1]))
                continue
            if len(cells) > width and any(cells[width:]):
                said = {"cells": str(len(cells)), "columns": str(width)}
                refuse(Refusal(RowRef(self.file, number), RefusalCode.TOO_MANY_CELLS, said))
                continue
            if not "".join(cells).strip():
                continue
            yield number, cells if len(cells) >= width else cells + [""] * (width - len(cells))

    def sample(self, count: int = 20) -> list[list[str]]:
        """The first few readable rows, cleaned."""
        found: list[list[str]] = []
        for _, cells in self.rows(lambda _: None):
            found.append([clean(cell) for cell in cells[: len(self.headers)]])
            if len(found) == count:
                break
        return found

    def column(self, *names: str) -> int:
        """The place of the first of `names` that is a column title, or -1. Raises UnreadableRoster if it is doubled."""
        keys = [key(header) for header in self.headers]
        for name in names:
            wanted = key(name)
            if keys.count(wanted) > 1:
                raise UnreadableRoster(UnreadableCode.DOUBLED_COLUMN, {"file": self.file, "column": name})
            if wanted in keys:
                return keys.index(wanted)
        return -1

    def needed_column(self, *names: str) -> int:
        """Like `column`, but raises UnreadableRoster if there is none."""
        place = self.column(*names)
        if place < 0:
            raise UnreadableRoster(UnreadableCode.MISSING_COLUMN, {"file": self.file, "column": names[0]})
        return place


def open_tables(upload: Upload, limits: Limits, stack: ExitStack) -> list[Table]:
    """The tables of an upload. A file of a folder or zip that is no table at all is ignored; alone, it is an error."""
    tables: list[Table] = []
    for file in upload.files:
        try:
            if isinstance(file, SheetFile):
                sheets = stack.enter_context(open_sheets(file, limits))
                found = [_sheet_table(file, sheet, len(sheets), limits) for sheet in sheets]
                if not found:
                    raise UnreadableRoster(UnreadableCode.EMPTY, {"file": file.name})
                tables += found
            else:
                tables.append(_text_table(file, limits))
        except UnreadableRoster as error:
            if len(upload.files) == 1 or error.code not in {UnreadableCode.EMPTY, UnreadableCode.NOT_A_TABLE}:
                raise
            upload.ignored.append(file.name)
    return tables


def _text_table(file: TextFile, limits: Limits) -> Table:
    # A meter of its own: looking for the shape is not progress.
    shape = find_shape(file.name, lambda: open_counted(file, Meter(None)))
    table = Table(file.name, file.size, limits, _no_rows)
    table.raw_rows = _text_rows(file, shape, limits, table)
    if shape.guessed:
        table.notes[NoteCode.ENCODING_GUESSED] = {"file": file.name, "encoding": shape.guessed}
    _find_headers(table)
    return table


def _no_rows(_meter: Meter | None) -> Iterator[RawRow]:
    return iter(())


def _text_rows(
    file: TextFile, shape: Shape, limits: Limits, table: Table
) -> Callable[[Meter | None], Iterator[RawRow]]:
    def note_nuls() -> None:
        table.notes[NoteCode.NULS_REMOVED] = {"file": file.name}

    def rows(meter: Meter | None) -> Iterator[RawRow]:
        with open_counted(file, meter or Meter(None)) as stream:
            yield from read_rows(shape, stream, limits, on_nuls=note_nuls)

    return rows


def _sheet_table(file: SheetFile, sheet: Sheet, sheets: int, limits: Limits) -> Table:
    def rows(meter: Meter | None) -> Iterator[RawRow]:
        yield from sheet.rows(meter)

    # A book of several sheets may be a roster of several tables: each is known by the name of its sheet.
    table = Table(sheet.name if sheets > 1 else file.name, sheet.size, limits, rows)
    _find_headers(table)
    return table


def _find_headers(table: Table) -> None:
    """Take the first row that looks like column titles, or else the first that is not blank."""
    candidates: list[tuple[int, list[str]]] = []
    number = 0
    for number, cells in table.raw_rows(None):
        if len(cells) > table.limits.columns:
            said = {"file": table.file, "limit": str(table.limits.columns)}
            raise UnreadableRoster(UnreadableCode.TOO_MANY_COLUMNS, said)
        if isinstance(cells, list) and any(cell.strip() for cell in cells):
            candidates.append((number, [clean(cell) for cell in cells]))
        if len(candidates) == HEADER_SEARCH or number > 1000:
            break
    if not candidates:
        if number:
            said = {"file": table.file, "looks_like": "text without rows"}
            raise UnreadableRoster(UnreadableCode.NOT_A_TABLE, said)
        raise UnreadableRoster(UnreadableCode.EMPTY, {"file": table.file})
    known = [header_words.count_known(cells) for _, cells in candidates]
    best = next((place for place, count in enumerate(known) if count >= 2), 0)
    table.header_row, headers = candidates[best]
    table.width = len(headers)
    if best:
        table.notes[NoteCode.HEADER_NOT_FIRST] = {"row": str(table.header_row)}
    while headers and not headers[-1]:
        headers.pop()
    table.headers = tuple(headers)


def unique_titles(headers: Sequence[str]) -> tuple[str, ...]:
    """Column titles made different from each other, so that a mapping can name each."""
    seen: Counter[str] = Counter()
    titles = []
    for place, header in enumerate(headers):
        title = header or f"(column {place + 1})"
        seen[title] += 1
        titles.append(title if seen[title] == 1 else f"{title} ({seen[title]})")
    return tuple(titles)
