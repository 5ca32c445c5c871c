"""A table as text: pasted, or from a file. What is read lies in no file once the reading is done."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePath

from collegium.connect.files import UnreadableTies
from collegium.connect.files.tables import open_tables
from collegium.enquire.errors import Invalid
from collegium.people.rosters.cells import clean
from collegium.people.rosters.errors import UnreadableRoster
from collegium.people.rosters.tables import unique_titles

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
MOST_TEXT = 4 * MEGABYTE  # of a table on its way to the browser and back, below what a request may bring
MOST_ROWS, MOST_COLUMNS = 20_000, 60
Row = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Titles of columns, all different, and the rows below them with the numbers that a spreadsheet shows."""

    titles: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, title: str) -> list[str]:
        """Return the cells of a column."""
        place = self.titles.index(title)
        return [cells[place] for _, cells in self.rows]

    def to_text(self) -> str:
        """Return the table as text that `from_text` reads, with its rows at the same numbers."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow(["", *self.titles])
        for number, cells in self.rows:
            writer.writerow([number, *cells])
        return out.getvalue()


def from_text(text: str) -> Sheet:
    """Return the table that `to_text` wrote, as a browser sends it back. Raises Invalid for anything else."""
    try:
        lines = list(csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline=""), delimiter="\t"))
        titles, rows = lines[0][1:], [(int(line[0]), tuple(line[1:])) for line in lines[1:]]
    except (csv.Error, ValueError, IndexError) as error:
        raise Invalid("table_unreadable") from error
    if any(len(cells) != len(titles) for _, cells in rows):
        raise Invalid("table_unreadable")
    return _check(Sheet(unique_titles(titles), tuple(rows)))


def read_pasted(text: str) -> Sheet:
    """Return the table that was copied from a spreadsheet."""
    return read_file("pasted.txt", text.encode)


def read_file(name: str, read: Callable[[], bytes]) -> Sheet:
    """Return the first table of a CSV, TSV, XLSX, XLS or ODS file. Raises Invalid when it cannot be read."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="collegium-"))
        path = Path(folder) / f"table{PurePath(name).suffix[:8]}"
        path.write_bytes(read())
        try:
            table = open_tables(path, stack)[0]
            broken: list[int] = []
            rows: list[Row] = []
            for number, cells in table.rows(lambda number, _: broken.append(number)):
                if len(rows) >= MOST_ROWS:
                    raise Invalid("table_too_long", limit=MOST_ROWS)
                rows.append((number, tuple(cells)))
        except (UnreadableTies, UnreadableRoster) as error:
            raise Invalid("table_unreadable") from error
    if broken:
        raise Invalid("table_broken_row", row=broken[0])
    return _check(Sheet(unique_titles(table.headers), tuple(rows)))


def _check(sheet: Sheet) -> Sheet:
    if not sheet.rows:
        raise Invalid("table_empty")
    if len(sheet.rows) > MOST_ROWS:
        raise Invalid("table_too_long", limit=MOST_ROWS)
    if len(sheet.titles) > MOST_COLUMNS:
        raise Invalid("table_too_wide", limit=MOST_COLUMNS)
    cleaned = Sheet(sheet.titles, tuple((number, tuple(clean(cell) for cell in cells)) for number, cells in sheet.rows))
    if len(cleaned.to_text().encode()) > MOST_TEXT:
        raise Invalid("table_too_large", limit=MOST_TEXT // MEGABYTE)
    return cleaned
