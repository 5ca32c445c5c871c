"""Tables read by DuckDB, in this process and on every processor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from collegium.science.errors import UnusableInput
from collegium.science.measurement.engines._reading import (
    ROWS_AT_ONCE,
    Piece,
    Table,
    check_columns,
    header_of,
    is_text,
    parquet,
    pieces_of_text,
)


def pieces_from_database(table: Table, columns: Sequence[str]) -> Iterator[Piece]:
    """Read the asked columns in the order of the rows."""
    duckdb = database()
    if table.held is not None:
        yield from table.pieces(columns)
    for file in table.files:
        given = 0
        try:
            for piece in _pieces(file, columns):
                given += piece.rows
                yield piece
        except duckdb.Error as wrong:
            if not is_text(file):
                raise UnusableInput("broken_file", f"{file}: {wrong}", file=str(file)) from wrong
            # Python's reader understands more, and says in which row it stops.
            yield from _rest(file, columns, given)


def database() -> Any:
    """Return DuckDB, or say how to get it."""
    try:
        import duckdb
        import pyarrow as pa
    except ImportError as missing:
        raise UnusableInput(
            "not_installed", 'The engine duckdb needs more parts: pip install "collegium[analyse]".'
        ) from missing
    del pa
    return duckdb


@cache
def _one_reader() -> Any:
    """Return the DuckDB that reads Parquet, started once: starting it takes as long as reading 50,000 sheets.

    One reader keeps ahead of the counting, which has the other processors; several get in each other's way.
    """
    return database().connect(config={"threads": 1})


def _pieces(file: Path, columns: Sequence[str]) -> Iterator[Piece]:
    """Read one file. What a text holds stays text, as it is for every engine."""
    if not is_text(file):
        with parquet(file) as opened:
            check_columns(columns, opened.schema_arrow.names, str(file))
        chosen = ", ".join('"' + name.replace('"', '""') + '"' for name in columns)
        with _one_reader().cursor() as connection:
            connection.execute("SET enable_progress_bar = false")
            rows = connection.sql(f"SELECT {chosen} FROM read_parquet(?)", params=[str(file)])  # noqa: S608 quoted above
            yield from _given(rows, columns, file, 1)
        return
    names, separator = header_of(file)
    check_columns(columns, names, str(file))
    if any(set(name) & {"\n", "\r"} for name in names):
        # DuckDB finds no row at all below a header that runs over lines, and does not say so.
        yield from pieces_of_text(file, columns)
        return
    with database().connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        rows = connection.read_csv(
            str(file),
            header=True,
            sep=separator,
            quotechar='"',
            escapechar='"',
            auto_detect=False,
            strict_mode=True,
            null_padding=False,
            columns=dict.fromkeys(_named(names), "VARCHAR"),
        )
        yield from _given(rows.select(*map(database().ColumnExpression, columns)), columns, file, 2)


def _given(rows: Any, columns: Sequence[str], file: Path, row: int) -> Iterator[Piece]:
    """Give rows piece by piece; `row` is the number of the first."""
    for batch in rows.to_arrow_reader(ROWS_AT_ONCE):
        yield Piece({name: batch.column(place) for place, name in enumerate(columns)}, batch.num_rows, str(file), row)
        row += batch.num_rows


def _named(names: Sequence[str]) -> list[str]:
    """Give columns without a name one, since a table needs them."""
    return [name or f"\x1f{place}" for place, name in enumerate(names)]


def _rest(file: Path, columns: Sequence[str], given: int) -> Iterator[Piece]:
    """Read a text with what Python has, without the rows that were given already."""
    for piece in pieces_of_text(file, columns):
        if given < piece.rows:
            yield piece.after(given)
        given = max(given - piece.rows, 0)
