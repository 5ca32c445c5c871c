"""Rosters: reads and writes what schools exchange about their units and staff. No Django, no database.

`sniff` looks at an upload and says what it is; `read` turns it into one `Roster`; the writers do the reverse. The only
exception that leaves this package is `UnreadableRoster`.
"""

from __future__ import annotations

from collegium.people.rosters.errors import UnreadableCode, UnreadableRoster
from collegium.people.rosters.intake import Progress
from collegium.people.rosters.limits import DEFAULT, Limits
from collegium.people.rosters.mapping import ColumnMapping, Guess, guess_mapping
from collegium.people.rosters.reading import Sniffed, TableSeen, read, sniff
from collegium.people.rosters.records import (
    Dialect,
    LeftOut,
    Note,
    NoteCode,
    PersonRecord,
    PostLevel,
    PostRecord,
    Refusal,
    RefusalCode,
    Roster,
    RowRef,
    UnitKind,
    UnitRecord,
)
from collegium.people.rosters.words import sentence
from collegium.people.rosters.writers import PLAIN_MAPPING, Format, write

__all__ = [
    "DEFAULT",
    "PLAIN_MAPPING",
    "ColumnMapping",
    "Dialect",
    "Format",
    "Guess",
    "LeftOut",
    "Limits",
    "Note",
    "NoteCode",
    "PersonRecord",
    "PostLevel",
    "PostRecord",
    "Progress",
    "Refusal",
    "RefusalCode",
    "Roster",
    "RowRef",
    "Sniffed",
    "TableSeen",
    "UnitKind",
    "UnitRecord",
    "UnreadableCode",
    "UnreadableRoster",
    "guess_mapping",
    "read",
    "sentence",
    "sniff",
    "write",
]
