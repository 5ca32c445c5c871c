"""Rosters: reads and writes what schools exchange about their units and staff. No Django, no database.

`records` is what every reader produces: one frozen `Roster`. The only exception that leaves this package is
`UnreadableRoster`; `sentence` says any refusal, note or error in plain English.
"""

from __future__ import annotations

from collegium.people.rosters.errors import UnreadableCode, UnreadableRoster
from collegium.people.rosters.limits import DEFAULT, Limits
from collegium.people.rosters.mapping import ColumnMapping, Guess
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

__all__ = [
    "DEFAULT",
    "ColumnMapping",
    "Dialect",
    "Guess",
    "LeftOut",
    "Limits",
    "Note",
    "NoteCode",
    "PersonRecord",
    "PostLevel",
    "PostRecord",
    "Refusal",
    "RefusalCode",
    "Roster",
    "RowRef",
    "UnitKind",
    "UnitRecord",
    "UnreadableCode",
    "UnreadableRoster",
    "sentence",
]
