"""From an upload to a `Roster`: opens it, recognises what it is, and lets the right reader at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from collegium.people.rosters.collecting import Collector
from collegium.people.rosters.dialects import columns, edfi, legacy_sds, oneroster
from collegium.people.rosters.dialects.rows import count_rows
from collegium.people.rosters.errors import UnreadableCode, UnreadableRoster
from collegium.people.rosters.intake import Meter, Progress, Upload, open_upload
from collegium.people.rosters.limits import DEFAULT, Limits
from collegium.people.rosters.mapping import ColumnMapping, Guess, guess_mapping
from collegium.people.rosters.recognising import Recognised, recognise
from collegium.people.rosters.records import Dialect, NoteCode, Roster, RowRef
from collegium.people.rosters.tables import Table, open_tables, unique_titles

_READERS = {
    Dialect.ONEROSTER_1_1: oneroster.read,
    Dialect.ONEROSTER_1_2: oneroster.read,
    Dialect.SDS_2: oneroster.read,
    Dialect.SDS_2_1: oneroster.read,
    Dialect.SDS_LEGACY: legacy_sds.read,
    Dialect.SDS_UK: legacy_sds.read,
    Dialect.EDFI: edfi.read,
}
_SAMPLE = 20


@dataclass(frozen=True, slots=True)
class TableSeen:
    """One table of an upload: the name of its file or sheet and its column titles, each different from the others.

    `samples` are the first rows, for the step that maps columns; empty when no mapping is needed: they may be pupils.
    """

    file: str
    headers: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What an upload is. With `needs_mapping`, `tables` holds the one table to be mapped and `guess` a proposal."""

    dialect: Dialect
    tables: tuple[TableSeen, ...]
    needs_mapping: bool
    guess: Guess | None = None


def sniff(path: Path, *, limits: Limits = DEFAULT) -> Sniffed:
    """Say what an upload is without reading all of it. Raises UnreadableRoster."""
    with _opened(path, limits) as (_, tables):
        found = recognise(tables)
        if found:
            seen = tuple(TableSeen(table.file, unique_titles(table.headers)) for table in tables)
            return Sniffed(found.dialect, seen, needs_mapping=False)
        table, guess, samples = _choose_table(tables)
        seen = (TableSeen(table.file, unique_titles(table.headers), tuple(tuple(row) for row in samples)),)
        return Sniffed(Dialect.COLUMNS, seen, needs_mapping=True, guess=guess)


def read(
    path: Path, *, mapping: ColumnMapping | None = None, progress: Progress | None = None, limits: Limits = DEFAULT
) -> Roster:
    """Read an upload: a folder, a zip or a single file. `progress` hears (bytes read, bytes to read).

    A staff list of no known format needs `mapping`, of which `sniff` proposes one. Raises UnreadableRoster.
    """
    meter = Meter(progress)
    collector = Collector(limits.refusals)
    with _opened(path, limits) as (upload, tables):
        found = None if mapping else recognise(tables)
        if found:
            dialect, is_delta = found.dialect, _read_recognised(found, tables, collector, meter)
        else:
            is_delta = _read_columns(tables, mapping, collector, meter)
            dialect = Dialect.COLUMNS
        _tell_notes(upload, tables, collector)
    roster = collector.close(dialect, is_delta=is_delta)
    # An empty delta is good news; an empty anything else is a mistake, and would end everybody.
    may_be_empty = is_delta and dialect is not Dialect.COLUMNS
    if not may_be_empty and not (roster.units or roster.persons or roster.posts or roster.refusals or roster.left_out):
        raise UnreadableRoster(UnreadableCode.NO_ROWS, {"file": path.name})
    meter.finish()
    return roster


@contextmanager
def _opened(path: Path, limits: Limits) -> Iterator[tuple[Upload, list[Table]]]:
    with ExitStack() as stack:
        upload = stack.enter_context(open_upload(path, limits))
        tables = open_tables(upload, limits, stack)
        if not tables:
            raise UnreadableRoster(UnreadableCode.NO_TABLES, {"file": upload.name})
        yield upload, tables


def _read_recognised(found: Recognised, tables: list[Table], collector: Collector, meter: Meter) -> bool:
    for table in tables:
        meter.expect(table.size)
    is_delta = _READERS[found.dialect](found, collector, meter)
    for what, table in found.counted:
        collector.leave_out(what, count_rows(table, meter))
    return is_delta


def _read_columns(tables: list[Table], mapping: ColumnMapping | None, collector: Collector, meter: Meter) -> bool:
    table, _, _ = _choose_table(tables)
    if mapping is None:
        raise UnreadableRoster(UnreadableCode.MAPPING_NEEDED, {"file": table.file})
    # The table that fits the mapping is meant, even if another one looks better.
    table = next((t for t in tables if set(mapping.columns.values()) <= set(unique_titles(t.headers))), table)
    meter.expect(table.size)
    others = [other.file for other in tables if other is not table]
    if others:
        collector.note(NoteCode.OTHER_SHEETS, None, sheet=table.file, others=", ".join(others[:10]))
    return columns.read(table, mapping, collector, meter)


def _choose_table(tables: list[Table]) -> tuple[Table, Guess, list[list[str]]]:
    """The table that looks most like a list of staff."""
    guesses = []
    for table in tables:
        samples = table.sample(_SAMPLE)
        guesses.append((table, guess_mapping(unique_titles(table.headers), samples), samples))
    return max(guesses, key=lambda g: (not g[1].looks_like_pupils, sum(g[1].confidence.values())))


def _tell_notes(upload: Upload, tables: list[Table], collector: Collector) -> None:
    for table in tables:
        for code, said in table.notes.items():
            collector.note(code, RowRef(table.file, table.header_row), **said)
    if upload.ignored:
        listed = ", ".join(upload.ignored[:10]) + (" …" if len(upload.ignored) > 10 else "")
        collector.note(NoteCode.IGNORED_FILES, None, files=listed)
