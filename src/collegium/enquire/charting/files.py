"""Series from a file: long (a row for each point and group) or wide (a column for each group)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum, unique
from pathlib import Path

from collegium.connect.files import UnreadableTies
from collegium.connect.files.tables import Table, open_tables
from collegium.enquire.charting.making import Series
from collegium.enquire.charting.moments import Axis, read_axis
from collegium.people.rosters.cells import key
from collegium.people.rosters.errors import UnreadableRoster

# What stands for no value, as statistical offices write it; the two numbers are those of Connecticut's school data.
ABSENT = frozenset({"", "na", "nan", "null", "none", "-", "–", "..", ".", "*", "n/a", "#n/a"})
CODES = {"-9999": "suppressed", "-6666": "missing"}
JOIN = " · "
_NUMBER = re.compile(r"[-+−]?\d+([.,]\d+)?([eE][-+]?\d+)?%?")
MOST_SERIES, MOST_ROWS = 5000, 500_000


@unique
class Combine(StrEnum):
    """What to do with several rows for the same group and time."""

    SUM = "sum"
    MEAN = "mean"


class UnreadableSeries(Exception):
    """A file that cannot be read as series; `code` and `data` say why."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which columns hold what; without a value, every other column of numbers is a series."""

    date: str
    value: str = ""
    of: str = ""
    by: tuple[str, ...] = ()
    combine: Combine | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFile:
    """Series of a file, in the order of their titles, on one axis; `codes` counts cells that stand for no value."""

    series: tuple[Series, ...]
    axis: Axis
    rows: int
    codes: dict[str, int] = field(default_factory=dict)


def read_series_file(path: Path, columns: Columns) -> SeriesFile:
    """Read a CSV, TSV, XLSX or ODS file. Raises UnreadableSeries."""
    with ExitStack() as stack:
        try:
            table = open_tables(path, stack)[0]
            rows = list(_rows(table))
        except UnreadableTies as error:
            raise UnreadableSeries(str(error.code), **error.data) from error
        except UnreadableRoster as error:
            raise UnreadableSeries(error.code.value, **error.data) from error
        except OSError as error:
            raise UnreadableSeries("not_found", file=path.name) from error
    if not rows:
        raise UnreadableSeries("no_rows", file=path.name)
    date = _place(table, columns.date)
    axis = read_axis(cells[date] for _, cells in rows if cells[date])
    codes: Counter[str] = Counter()
    read = _long if columns.value else _wide
    found = read(table, rows, date, axis, columns, codes)
    return SeriesFile(series=tuple(found), axis=axis, rows=len(rows), codes=dict(codes))


Row = tuple[int, list[str]]


def _rows(table: Table) -> Iterable[Row]:
    def refuse(number: int, code: object) -> None:
        raise UnreadableSeries("bad_row", row=number, why=str(code))

    for count, row in enumerate(table.rows(refuse)):
        if count >= MOST_ROWS:
            raise UnreadableSeries("too_many_rows", most=MOST_ROWS)
        yield row


def _place(table: Table, title: str) -> int:
    keys = [key(header) for header in table.headers]
    wanted = key(title)
    if keys.count(wanted) != 1:
        code = "doubled_column" if wanted in keys else "no_column"
        raise UnreadableSeries(code, column=title, known=", ".join(filter(None, table.headers[:20])))
    return keys.index(wanted)


def _long(
    table: Table, rows: list[Row], date: int, axis: Axis, columns: Columns, codes: Counter[str]
) -> Iterable[Series]:
    value, groups = _place(table, columns.value), [_place(table, title) for title in columns.by]
    of = _place(table, columns.of) if columns.of else -1
    sums: dict[str, _Sums] = {}
    for number, cells in rows:
        if not cells[date]:
            raise UnreadableSeries("no_date", row=number, column=columns.date)
        title = JOIN.join(cells[place] for place in groups) if groups else columns.value
        if title not in sums and len(sums) >= MOST_SERIES:
            raise UnreadableSeries("too_many_series", most=MOST_SERIES)
        one = sums.setdefault(title, _Sums(len(axis.labels)))
        under = _number(cells[of], number, columns.of, codes) if of >= 0 else None
        fresh = one.add(axis.place_of[cells[date]], _number(cells[value], number, columns.value, codes), under)
        if not fresh and columns.combine is None:
            raise UnreadableSeries("several_rows", row=number, group=title, when=cells[date])
    in_order = sorted(sums.items())
    return [one.series(title, axis, columns.combine, has_denominators=of >= 0) for title, one in in_order]


def _wide(
    table: Table, rows: list[Row], date: int, axis: Axis, columns: Columns, codes: Counter[str]
) -> Iterable[Series]:
    if columns.by or columns.of:
        raise UnreadableSeries("value_needed")
    places = [
        place
        for place, title in enumerate(table.headers)
        if place != date and title and _is_numeric([cells[place] for _, cells in rows])
    ]
    if not places:
        raise UnreadableSeries("no_numbers", column=columns.date)
    found = []
    for place in places:
        title = table.headers[place]
        one = _Sums(len(axis.labels))
        for number, cells in rows:
            if not cells[date]:
                raise UnreadableSeries("no_date", row=number, column=columns.date)
            fresh = one.add(axis.place_of[cells[date]], _number(cells[place], number, title, codes), None)
            if not fresh and columns.combine is None:
                raise UnreadableSeries("several_rows", row=number, group=title, when=cells[date])
        found.append(one.series(title, axis, columns.combine, has_denominators=False))
    return found


def _is_numeric(cells: Sequence[str]) -> bool:
    said = [cell for cell in cells if cell.casefold() not in ABSENT]
    return bool(said) and all(_NUMBER.fullmatch(cell) for cell in said)


def parse_number(text: str) -> float | None:
    """Return the number that a cell says, None where it says that there is none. Raises ValueError for other words."""
    if text.casefold() in ABSENT or text.removesuffix(".0") in CODES:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text.replace("−", "-").replace(",", ".").rstrip("%"))


def _number(text: str, row: int, column: str, codes: Counter[str]) -> float | None:
    if text.removesuffix(".0") in CODES:
        codes[text.removesuffix(".0")] += 1
    try:
        return parse_number(text)
    except ValueError as error:
        raise UnreadableSeries("no_number", row=row, column=column, text=text[:40]) from error


class _Sums:
    """Numbers of one group: what its rows come to at each point, how many they are, and how many hold a number."""

    def __init__(self, points: int) -> None:
        self.values, self.denominators = [0.0] * points, [0.0] * points
        self.rows, self.known, self.known_under = [0] * points, [0] * points, [0] * points

    def add(self, place: int, value: float | None, under: float | None) -> bool:
        """Take a row in; return whether it is the first of its point."""
        self.values[place] += value or 0.0
        self.known[place] += value is not None
        self.denominators[place] += under or 0.0
        self.known_under[place] += under is not None
        self.rows[place] += 1
        return self.rows[place] == 1

    def series(self, title: str, axis: Axis, combine: Combine | None, *, has_denominators: bool) -> Series:
        """Return what was gathered. A sum of which a part is missing is missing; a mean is of what is known."""
        values: list[float | None] = []
        for total, rows, known in zip(self.values, self.rows, self.known, strict=True):
            if combine is Combine.MEAN and not has_denominators:
                values.append(total / known if known else None)
            else:
                values.append(total if rows and known == rows else None)
        unders = [
            total if rows and known == rows else None
            for total, rows, known in zip(self.denominators, self.rows, self.known_under, strict=True)
        ]
        return Series(
            title=title,
            labels=axis.labels,
            values=tuple(values),
            denominators=tuple(unders) if has_denominators else (),
        )
