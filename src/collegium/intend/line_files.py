"""The line of a unit as a file: a table for spreadsheets, or JSON."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from collegium.base.sheets import guard, write_line

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """One point of a line. `serves` holds the ids of what it serves; names only those that the reader may see."""

    id: str
    kind: str
    title: str
    text: str = ""
    serves: tuple[str, ...] = ()
    carried_by: str = ""
    starts: dt.date | None = None
    by: dt.date | None = None
    state: str = ""
    unit: str = ""
    missing: tuple[str, ...] = ()


COLUMNS = ("id", "kind", "title", "text", "serves", "carried_by", "starts", "by", "state", "unit", "missing")


TEMPLATE_COLUMNS = ("id", "kind", "title", "text", "serves", "owner", "second_owner", "starts", "by")
TEMPLATE = (
    ("v1", "vision", "A school of readers", "Everybody here reads, and talks about it."),
    ("i1", "intent", "Reading opens every door", "By fourteen everybody reads to learn.", "v1"),
    ("c1", "challenge", "Weak readers understand a text in any subject", "", "i1", "", "", "", "YEAR-07-31"),
    ("g1", "goal", "Two subjects try it by Christmas", "", "c1"),
    ("s1", "strategy", "Read aloud once a week", "", "g1"),
    ("a1", "action", "Science begins in October", "", "s1"),
    ("p1", "pathway", "One subject a half term", "", "c1"),
    ("d1", "standard", "Every pupil of the class can say what it was about", "", "g1"),
)


def write_template(form: str, year: int) -> bytes:
    """Return a plan to write one's own into; its challenge is due in a year that is still to come."""
    table = [list(TEMPLATE_COLUMNS)]
    table += [[cell.replace("YEAR", str(year)) for cell in row] for row in TEMPLATE]
    return _write_table([row + [""] * (len(TEMPLATE_COLUMNS) - len(row)) for row in table], form)


def write(rows: Sequence[LineRow], form: str) -> bytes:
    """Return the rows as a file: `csv`, `xlsx` or `json`. The same rows make the same table."""
    if form == "json":
        plain = [{key: _plain(value) for key, value in asdict(row).items()} for row in rows]
        return json.dumps({"line": plain}, ensure_ascii=False, indent=1).encode()
    return _write_table(list(_table(rows)), form)


def _write_table(table: Sequence[Sequence[str]], form: str) -> bytes:
    if form == "xlsx":
        from openpyxl import Workbook  # type: ignore[import-untyped]  # slow to load, and only needed here

        book = Workbook()
        sheet = book.active
        sheet.title = "line"
        for cells in table:
            sheet.append([guard(cell) for cell in cells])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()
    # The mark at the beginning tells spreadsheets that it is UTF-8.
    return ("\ufeff" + "".join(write_line(cells) for cells in table)).encode()


def _table(rows: Iterable[LineRow]) -> Iterable[list[str]]:
    yield list(COLUMNS)
    for row in rows:
        yield [_cell(getattr(row, name)) for name in COLUMNS]


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, dt.date) else value
