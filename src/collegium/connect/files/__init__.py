"""Files of ties: lists, matrices and graphs in; the same and GEXF out. No Django, no database.

`read` turns an upload into one `TieFile`; `write` does the reverse. The only exception that leaves this package is
`UnreadableTies`.
"""

from __future__ import annotations

from collegium.connect.files.reading import read
from collegium.connect.files.records import (
    DEFAULT,
    MAIN_LAYER,
    Columns,
    FileKind,
    Limits,
    Note,
    NoteCode,
    PersonRow,
    Refusal,
    RefusalCode,
    TieFile,
    TieRow,
    UnreadableCode,
    UnreadableTies,
)
from collegium.connect.files.writers import Format, write

__all__ = [
    "DEFAULT",
    "MAIN_LAYER",
    "Columns",
    "FileKind",
    "Format",
    "Limits",
    "Note",
    "NoteCode",
    "PersonRow",
    "Refusal",
    "RefusalCode",
    "TieFile",
    "TieRow",
    "UnreadableCode",
    "UnreadableTies",
    "read",
    "write",
]
