"""What all readers of tables share: a loop in which one bad row never stops the file, and the names of a person."""

from __future__ import annotations

from collections.abc import Callable

from collegium.people.rosters.cells import clean
from collegium.people.rosters.collecting import LONGEST_NAME, Collector, RowRefused, checked
from collegium.people.rosters.intake import Meter
from collegium.people.rosters.records import NoteCode, Refusal, RefusalCode, RowRef
from collegium.people.rosters.tables import Table

Take = Callable[[list[str], RowRef], None]


def take_rows(table: Table, collector: Collector, meter: Meter, take: Take) -> None:
    """Give every row to `take`; a row it refuses is listed with its reason."""
    for number, cells in table.rows(collector.refuse, meter):
        ref = RowRef(table.file, number)
        try:
            take(cells, ref)
        except RowRefused as refused:
            collector.refuse(Refusal(ref, refused.code, refused.data))


def count_rows(table: Table, meter: Meter) -> int:
    """How many rows a table has that is counted and left out; what they hold is never looked at."""
    return sum(1 for _ in table.rows(lambda _: None, meter))


def at(cells: list[str], place: int) -> str:
    """The cleaned text at a place that `Table.column` gave; "" where the table has no such column."""
    return clean(cells[place]) if place >= 0 else ""


def checked_names(collector: Collector, ref: RowRef, given: str, family: str, username: str) -> tuple[str, str]:
    """Given and family name; the user name stands in for both when the source gives neither. Raises RowRefused."""
    if not given and not family:
        if not username:
            raise RowRefused(RefusalCode.MISSING_NAME)
        collector.note(NoteCode.NAME_FROM_USERNAME, ref)
        family = username
    return checked(given, LONGEST_NAME, "given name"), checked(family, LONGEST_NAME, "family name")
