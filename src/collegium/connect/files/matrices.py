"""Matrices: a row for everybody who turns to others, a column for everybody turned to, a number for each tie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from collegium.connect.files.gathering import NOTHING, Gathering
from collegium.connect.files.records import Limits, NoteCode, PersonRow, UnreadableCode, UnreadableTies
from collegium.connect.files.tables import Table
from collegium.people.rosters import RowRef
from collegium.people.rosters.cells import clean

LARGEST_WIDTH = 20_000  # cells of a row: more is no matrix that anybody could read


@dataclass(frozen=True, slots=True)
class Matrix:
    """A square table: who the rows and columns are, and the rows with their numbers."""

    table: Table
    labels: tuple[str, ...]
    is_labelled: bool
    rows: tuple[tuple[int, str, tuple[str, ...]], ...]  # the number of the row, its label, its cells


def find_matrix(table: Table, limits: Limits) -> Matrix | None:
    """Return a table as a matrix; None when it does not look like one. Raises UnreadableTies for a broken one."""
    if len(table.headers) > LARGEST_WIDTH:
        raise _too_large(table, len(table.headers), limits)
    grid = _read_grid(table, limits)
    if grid is None:
        return None
    numbers, rows = grid
    if len(rows) == len(rows[0]) and all(_is_number(cell) for row in rows for cell in row) and not _has_labels(rows):
        labels = tuple(str(place + 1) for place in range(len(rows)))
        found = tuple((n, label, tuple(row)) for n, label, row in zip(numbers, labels, rows, strict=True))
        return Matrix(table, labels, False, found)
    head, body = rows[0], list(zip(numbers[1:], rows[1:], strict=True))
    if not body:
        return None
    if len(body) == len(head) and head[0] and all(_is_number(cell) for _, row in body for cell in row):
        _check_labels(table, head)
        return Matrix(table, tuple(head), True, tuple((n, head[at], tuple(row)) for at, (n, row) in enumerate(body)))
    return _labelled(table, head[1:], body)


def _labelled(table: Table, labels: list[str], body: list[tuple[int, list[str]]]) -> Matrix | None:
    """A matrix with labels on both sides: rows may stand in another order than columns, but nobody may be missing."""
    in_rows = [row[0] for _, row in body]
    shared = set(labels) & set(in_rows)
    if not shared or 2 * len(shared) < min(len(labels), len(in_rows)):
        return None
    _check_labels(table, labels)
    nameless = next((number for number, row in body if not row[0]), None)
    if nameless is not None:
        raise UnreadableTies(UnreadableCode.ROW_WITHOUT_LABEL, {"file": table.name, "row": str(nameless)})
    _check_labels(table, in_rows)
    if set(labels) != set(in_rows):
        raise _not_square(table, labels, in_rows)
    rows = tuple((number, row[0], tuple(row[1:])) for number, row in body)
    return Matrix(table, tuple(labels), True, rows)


def _read_grid(table: Table, limits: Limits) -> tuple[list[int], list[list[str]]] | None:
    numbers: list[int] = []
    rows: list[list[str]] = []
    for number, cells in table.raw_rows():
        if isinstance(cells, tuple):
            raise UnreadableTies(UnreadableCode.BROKEN_ROW, {"file": table.name, "row": str(number)})
        if not any(cell.strip() for cell in cells):
            continue
        # One more row than columns, for the titles.
        if len(rows) > limits.matrix:
            if len(rows[0]) < limits.matrix:
                return None
            raise _too_large(table, len(rows[0]), limits)
        numbers.append(number)
        rows.append([clean(cell) for cell in cells])
    if not rows:
        return None
    width = max(last + 1 for row in rows for last, cell in enumerate(row) if cell)
    rows = [row[:width] for row in rows]
    return numbers, [row + [""] * (width - len(row)) for row in rows]


def _has_labels(rows: list[list[str]]) -> bool:
    """Whether a table that holds nothing but numbers begins with the numbers by which people are known."""
    across, down = rows[0][1:], [row[0] for row in rows[1:]]
    return "" not in across and len(set(across)) == len(across) > 0 and set(across) == set(down)


def _is_number(cell: str) -> bool:
    if cell.casefold() in NOTHING:
        return True
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True


def _check_labels(table: Table, labels: Sequence[str]) -> None:
    label, count = Counter(labels).most_common(1)[0]
    if count > 1:
        raise UnreadableTies(UnreadableCode.DOUBLED_LABEL, {"file": table.name, "label": label[:80]})


def _not_square(table: Table, labels: Sequence[str], in_rows: Sequence[str]) -> UnreadableTies:
    without_row = [label for label in labels if label not in set(in_rows)]
    without_column = [label for label in in_rows if label not in set(labels)]
    return UnreadableTies(
        UnreadableCode.NOT_SQUARE,
        {
            "file": table.name,
            "rows": str(len(in_rows)),
            "columns": str(len(labels)),
            "missing": ", ".join(label or "…" for label in [*without_row, *without_column][:5]),
        },
    )


def _too_large(table: Table, size: int, limits: Limits) -> UnreadableTies:
    said = {"file": table.name, "size": str(size), "limit": str(limits.matrix)}
    return UnreadableTies(UnreadableCode.MATRIX_TOO_LARGE, said)


def read_matrix(matrix: Matrix, layer: str, gathering: Gathering, *, lists_people: bool) -> None:
    """Read a matrix: every number above zero is a tie from the row to the column."""
    name = matrix.table.name
    if lists_people:
        row_of = {label: number for number, label, _ in matrix.rows}
        for label in matrix.labels:
            gathering.add_person(PersonRow(label, RowRef(name, row_of[label])))
    gathering.layer(layer, RowRef(name, matrix.table.header_row))
    for number, source, cells in matrix.rows:
        ref = RowRef(name, number)
        for target, cell in zip(matrix.labels, cells, strict=True):
            # Nearly every cell of a matrix says that there is no tie.
            if cell not in ("0", ""):
                gathering.add_tie((source, target), cell, layer, ref)
    gathering.note(NoteCode.ROWS_ARE_SOURCES)
    if not matrix.is_labelled:
        gathering.note(NoteCode.NO_LABELS)
