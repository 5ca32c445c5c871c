"""The files of an analysis: which kind each is, its columns, and its rows one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from collegium.cli.analysis.dialects import Dialect, Head, read_head
from collegium.cli.analysis.notes import Kind, Log
from collegium.people.rosters import sentence
from collegium.people.rosters.delimited import BadRow, find_shape, read_rows
from collegium.people.rosters.errors import UnreadableCode, UnreadableRoster
from collegium.people.rosters.intake import Meter, SheetFile, TextFile, open_counted
from collegium.people.rosters.limits import DEFAULT
from collegium.people.rosters.sheets import open_sheets
from collegium.science.errors import UnusableInput

TEXTS = {".csv", ".tsv", ".txt", ".tab"}
SHEETS = {".xlsx", ".xls", ".ods", ".xlsm"}
PARQUETS = {".parquet", ".pq"}
EXPORT_AGAIN = "Export it once more, with its answers."
Row = tuple[int, list[str]]
Mark = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """A table with its head read. `rows` gives the rows of answers, each with its number as a spreadsheet shows it.

    `is_simple` says that an engine may read the file by itself: UTF-8, one row of titles, no row to be left out.
    """

    path: Path
    head: Head
    rows: Callable[[], Iterator[Row]]
    is_simple: bool

    @property
    def name(self) -> str:
        """The file's name, as messages say it."""
        return self.path.name


@dataclass(frozen=True, slots=True, kw_only=True)
class ParquetFiles:
    """A Parquet file or a folder of them; an engine reads it."""

    path: Path
    head: Head

    @property
    def name(self) -> str:
        """The name, as messages say it."""
        return self.path.name


Source = TableFile | ParquetFiles


def open_source(path: Path, stack: ExitStack, log: Log) -> Source:
    """Open one file or folder; what it needs open stays so as long as the stack."""
    UnusableInput.unless(
        path.exists(), "no_file", f"There is no file or folder {path}. Look at how it is spelt.", file=str(path)
    )
    kind = path.suffix.lower()
    if path.is_dir() or kind in PARQUETS:
        return _open_parquet(path)
    try:
        if kind in SHEETS:
            return _open_sheet(path, stack, log)
        UnusableInput.unless(
            kind in TEXTS,
            "kind",
            f"{path.name}: only CSV, TSV, XLSX, XLS, ODS and Parquet can be read, and folders of Parquet.",
            file=str(path),
        )
        return _open_text(path, log)
    except UnreadableRoster as error:
        said = f"{sentence(error)} {EXPORT_AGAIN}" if error.code == UnreadableCode.EMPTY else sentence(error)
        raise UnusableInput(str(error.code), said, file=str(path)) from error


def mark(path: Path) -> Mark:
    """Return what changes when a file does."""
    known = path.stat()
    return known.st_size, known.st_mtime_ns, known.st_ino


def check_unchanged(path: Path, before: Mark) -> None:
    """Refuse a file that is no longer what it was."""
    UnusableInput.unless(
        path.exists() and mark(path) == before,
        "changed_while_read",
        f"{path.name} changed while it was read. Copy it, or wait until it is complete, and run again.",
        file=str(path),
    )


def _open_parquet(path: Path) -> ParquetFiles:
    from collegium.science.measurement.engines import Table, parquet

    table = Table.found(path)
    with parquet(table.files[0]) as opened:
        headers = tuple(opened.schema_arrow.names)
    UnusableInput.unless(table.rows(), "no_rows", f"{path.name} holds no rows. {EXPORT_AGAIN}", file=str(path))
    head = read_head([headers])
    return ParquetFiles(path=path, head=Head(Dialect.PLAIN, head.headers, head.aliases, 1))


def _open_text(path: Path, log: Log) -> TableFile:
    shape = find_shape(path.name, lambda: path.open("rb"))
    if shape.guessed:
        log.add(Kind.ASSUMED, path.name, f"its letters are written in {shape.guessed}")

    file = TextFile(path.name, path.stat().st_size, lambda: path.open("rb"))

    def rows() -> Iterator[Row]:
        with open_counted(file, Meter(None)) as stream:
            for number, cells in read_rows(shape, stream, DEFAULT):
                if isinstance(cells, tuple):
                    _refuse(path, number, cells)
                else:
                    yield number, cells

    simple = shape.encoding in {"utf-8", "utf-8-sig"} and shape.delimiter in ",;\t" and not shape.skip_first
    return _table(path, rows, simple=simple)


def _open_sheet(path: Path, stack: ExitStack, log: Log) -> TableFile:
    sheets = stack.enter_context(open_sheets(SheetFile(path.name, path.stat().st_size, path), DEFAULT))
    UnusableInput.unless(sheets, "no_rows", f"{path.name} holds no rows. {EXPORT_AGAIN}", file=str(path))
    if len(sheets) > 1:
        others = ", ".join(sheet.name for sheet in sheets[1:])
        log.add(Kind.LEFT_OUT, f"{path.name}, sheets {others}", f"only the first sheet, {sheets[0].name}, is read")
    return _table(path, sheets[0].rows, simple=False)


def _table(path: Path, rows: Callable[[], Iterator[Row]], *, simple: bool) -> TableFile:
    first = list(islice((row for row in rows() if any(cell.strip() for cell in row[1])), 4))
    UnusableInput.unless(first, "no_rows", f"{path.name} is empty. {EXPORT_AGAIN}", file=str(path))
    head = read_head([cells for _, cells in first])
    UnusableInput.unless(
        len(first) > head.rows,
        "no_rows",
        f"{path.name} holds column titles and no rows. {EXPORT_AGAIN}",
        file=str(path),
    )
    begin, width = first[head.rows - 1][0], len(head.headers)

    def answers() -> Iterator[Row]:
        for number, cells in rows():
            if number <= begin or not any(cell.strip() for cell in cells):
                continue
            UnusableInput.unless(
                len(cells) <= width or not any(cell.strip() for cell in cells[width:]),
                "unequal_rows",
                f"{path.name}, row {number}: {len(cells)} cells, but there are {width} column titles. Mend the row "
                "and run again.",
                file=str(path),
                row=number,
            )
            yield number, cells + [""] * (width - len(cells))

    simple = simple and begin == 1 and head.rows == 1 and len(set(head.headers)) == width
    return TableFile(path=path, head=head, rows=answers, is_simple=simple)


def _refuse(path: Path, number: int, bad: BadRow) -> None:
    code, _ = bad
    raise UnusableInput(
        "broken_row",
        f"{path.name}, row {number}: the row cannot be read ({str(code).replace('_', ' ')}). Mend it and run again.",
        file=str(path),
        row=number,
    )
