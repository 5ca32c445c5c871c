"""Tables of answers, read piece by piece, so that memory does not grow with their rows."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from collegium.science.errors import UnusableInput
from collegium.science.measurement.engines._coding import Column, is_arrow

ROWS_AT_ONCE = 1 << 16
SMALL_FILE, SMALL_TABLE = 1 << 18, 1 << 13  # bytes, rows
TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".tab"})
Report = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a table: the asked columns, and where the rows come from."""

    columns: Mapping[str, Column]
    rows: int
    file: str | None = None
    first_row: int = 0
    numbers: Sequence[int] | None = None

    def number(self, place: int) -> int:
        """Return which row of its source a row is."""
        return self.first_row + place if self.numbers is None else self.numbers[place]

    def after(self, rows: int) -> Piece:
        """Return the piece without its first rows."""
        columns = {name: column[rows:] for name, column in self.columns.items()}
        numbers = None if self.numbers is None else self.numbers[rows:]
        return Piece(columns, self.rows - rows, self.file, self.first_row + rows, numbers)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be read: its files, or what is in memory already."""

    files: tuple[Path, ...] = ()
    held: Any = None
    marks: Mapping[Path, tuple[int, int, int]] = field(default_factory=dict)

    @classmethod
    def found(cls, source: Any) -> Table:
        """Look at a source without reading it."""
        if not isinstance(source, str | Path):
            return cls(held=source)
        path = Path(source)
        UnusableInput.unless(path.exists(), "no_file", f"{path}: there is no such file.", file=str(path))
        files = tuple(_parquet_in(path)) if path.is_dir() else (path,)
        UnusableInput.unless(files, "no_file", f"{path}: there is no Parquet file in this folder.", file=str(path))
        for file in files:
            known = is_text(file) or is_parquet(file)
            UnusableInput.unless(known, "kind", f"{file}: only CSV, TSV and Parquet can be read.", file=str(file))
            UnusableInput.unless(file.stat().st_size, "empty_file", f"{file}: the file is empty.", file=str(file))
        return cls(files=files, marks={file: _mark(file) for file in files})

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(size for size, _, _ in self.marks.values())

    @property
    def is_small(self) -> bool:
        """Say whether it is read in no time: a school, a few thousand sheets."""
        return self.size < SMALL_FILE if self.files else (self.rows() or 0) < SMALL_TABLE

    def check_unchanged(self, only: str | None = None) -> None:
        """Refuse files, or the one named, that are no longer what they were when we looked first."""
        asked = self.marks if only is None else {Path(only): self.marks[Path(only)]}
        for file, mark in asked.items():
            UnusableInput.unless(
                file.exists() and _mark(file) == mark,
                "changed_while_read",
                f"{file}: the file changed while it was read. Copy it, or wait until it is complete, and run again.",
                file=str(file),
            )

    def pieces(self, columns: Sequence[str], rows_at_once: int = ROWS_AT_ONCE) -> Iterator[Piece]:
        """Read the asked columns."""
        if self.held is not None:
            yield from _pieces_held(self.held, columns, rows_at_once)
        for file in self.files:
            read = pieces_of_text if is_text(file) else _pieces_of_parquet
            yield from read(file, columns, rows_at_once)

    def rows(self) -> int | None:
        """How many rows there are, where that is known without reading them."""
        if isinstance(self.held, Mapping):
            return len(next(iter(self.held.values()))) if self.held else 0
        if self.held is not None:
            return int(self.held.num_rows)
        if any(is_text(file) for file in self.files):
            return None
        return sum(int(parquet(file).metadata.num_rows) for file in self.files)


def is_text(file: Path) -> bool:
    """Say whether a file holds text."""
    return file.suffix.lower() in TEXT_SUFFIXES


def is_parquet(file: Path) -> bool:
    """Say whether a file is of Parquet."""
    return file.suffix.lower() in {".parquet", ".pq"}


def parquet(file: Path) -> Any:
    """Open a Parquet file."""
    try:
        import pyarrow as pa
        from pyarrow.parquet import ParquetFile
    except ImportError as missing:
        raise UnusableInput(
            "not_installed", 'Reading Parquet needs more parts: pip install "collegium[analyse]".', file=str(file)
        ) from missing
    try:
        return ParquetFile(file)
    except pa.ArrowInvalid as broken:
        raise UnusableInput("broken_file", f"{file}: this is no Parquet file ({broken}).", file=str(file)) from broken


def separator_of(header: str) -> str:
    """Return what stands between the names of a header most often."""
    return max("\t;,", key=header.count) if any(each in header for each in "\t;,") else ","


def header_of(file: Path) -> tuple[list[str], str]:
    """Return the names of a text file's columns and what separates them."""
    with file.open(encoding="utf-8-sig", newline="") as lines, readable(file):
        first = lines.readline()
        separator = separator_of(first)
        lines.seek(0)
        names = next(csv.reader(lines, delimiter=separator), [])
    twice = sorted({name for name in names if name and names.count(name) > 1})
    UnusableInput.unless(
        not twice, "same_name", f"{file}: two columns have the name {', '.join(twice)}.", file=str(file), names=twice
    )
    return names, separator


def check_columns(asked: Sequence[str], there: Sequence[str], file: str | None) -> None:
    """Refuse columns that are not there, and say which are."""
    unknown = [name for name in asked if name not in set(there)]
    UnusableInput.unless(
        not unknown,
        "unknown_column",
        f"{file or 'The table'} has no column {', '.join(unknown[:5])}. It has: {', '.join(there[:20])}.",
        file=file,
        columns=unknown,
        column=unknown[0] if unknown else None,
    )


def _pieces_held(held: Any, columns: Sequence[str], rows_at_once: int) -> Iterator[Piece]:
    if not isinstance(held, Mapping):
        check_columns(columns, held.schema.names, None)
        start = 0
        for batch in held.select(list(columns)).to_batches(max_chunksize=rows_at_once):
            yield Piece({name: batch.column(name) for name in columns}, batch.num_rows, None, start)
            start += batch.num_rows
        return
    check_columns(columns, list(held), None)
    arrays = {name: held[name] if is_arrow(held[name]) else np.asarray(held[name]) for name in columns}
    lengths = {len(array) for array in arrays.values()}
    UnusableInput.unless(len(lengths) <= 1, "unequal_rows", "The columns have different lengths.", column=None)
    for start in range(0, max(lengths, default=0), rows_at_once):
        part = {name: _combined(array[start : start + rows_at_once]) for name, array in arrays.items()}
        yield Piece(part, min(rows_at_once, max(lengths) - start), None, start)


def _pieces_of_parquet(file: Path, columns: Sequence[str], rows_at_once: int) -> Iterator[Piece]:
    with parquet(file) as opened:
        check_columns(columns, opened.schema_arrow.names, str(file))
        start = 1
        for groups in _row_groups(opened.metadata, rows_at_once):
            # What was read of a file is kept until its last row is given; so it is asked for part by part.
            for batch in opened.iter_batches(batch_size=rows_at_once, row_groups=groups, columns=list(columns)):
                yield Piece({name: batch.column(name) for name in columns}, batch.num_rows, str(file), start)
                start += batch.num_rows


def _row_groups(metadata: Any, rows_at_once: int) -> Iterator[list[int]]:
    """Put the parts that a Parquet file was written in together, while they hold few rows."""
    together: list[int] = []
    rows = 0
    for place in range(metadata.num_row_groups):
        more = metadata.row_group(place).num_rows
        if together and rows + more > rows_at_once:
            yield together
            together, rows = [], 0
        together.append(place)
        rows += more
    if together:
        yield together


def pieces_of_text(file: Path, columns: Sequence[str], rows_at_once: int = ROWS_AT_ONCE) -> Iterator[Piece]:
    """Read with what Python has; a row is counted as a spreadsheet counts it, the header being row 1."""
    names, separator = header_of(file)
    check_columns(columns, names, str(file))
    with file.open(encoding="utf-8-sig", newline="") as lines, readable(file):
        rows = csv.reader(lines, delimiter=separator)
        next(rows)
        start = 2
        while some := list(islice(enumerate(rows, start), rows_at_once)):
            for number, row in some:
                if row and len(row) != len(names):
                    _refuse_length(file, number, len(row), len(names))
            start = some[-1][0] + 1
            full = [(number, row) for number, row in some if row]  # an empty line is nobody's sheet
            table = {name: np.array([row[names.index(name)] for _, row in full], object) for name in columns}
            yield Piece(table, len(full), str(file), numbers=[number for number, _ in full])


@contextmanager
def readable(file: Path) -> Iterator[None]:
    """Say what is wrong with a text that Python cannot read."""
    try:
        yield
    except UnicodeDecodeError as wrong:
        raise UnusableInput(
            "encoding", f"{file}: this text is not in UTF-8. Save it as UTF-8 and run again.", file=str(file)
        ) from wrong
    except csv.Error as wrong:
        raise UnusableInput("broken_file", f"{file}: {wrong}.", file=str(file)) from wrong


def _refuse_length(file: Path, row: int, fields: int, names: int) -> None:
    """Refuse a row that is longer or shorter than the header."""
    raise UnusableInput(
        "unequal_rows",
        f"{file}, row {row}: {fields} fields, but the header names {names} columns.",
        file=str(file),
        row=row,
        column=None,
        value=fields,
    )


def _combined(array: Column) -> Column:
    return array.combine_chunks() if hasattr(array, "combine_chunks") else array


def _parquet_in(folder: Path) -> list[Path]:
    """Return the Parquet files of a folder and those below it, but none that is being written or kept aside."""
    found = [file for file in folder.rglob("*") if file.is_file() and is_parquet(file)]
    return sorted(file for file in found if not any(p.startswith(("_", ".")) for p in file.relative_to(folder).parts))


def _mark(file: Path) -> tuple[int, int, int]:
    known = file.stat()
    return known.st_size, known.st_mtime_ns, known.st_ino
