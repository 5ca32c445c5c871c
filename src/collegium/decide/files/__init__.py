"""Files of ballots: tables, PrefLib, Pabulib, and what Loomio exports. No Django, no database.

`read` turns a file into one `BallotFile`, `read_loomio` into `LoomioExport`; `write` makes a table that `read` reads.
The only exception that leaves this package is `UnreadableBallots`.
"""

from __future__ import annotations

from collegium.decide.files.loomio import ballots_of, read_loomio
from collegium.decide.files.loomio_records import LoomioExport, LoomioPoll, LoomioStance
from collegium.decide.files.reading import read, read_costs
from collegium.decide.files.records import (
    BallotFile,
    FileKind,
    Form,
    Limits,
    Note,
    NoteCode,
    UnreadableBallots,
    UnreadableCode,
)
from collegium.decide.files.writing import write, write_positions

__all__ = [
    "BallotFile",
    "FileKind",
    "Form",
    "Limits",
    "LoomioExport",
    "LoomioPoll",
    "LoomioStance",
    "Note",
    "NoteCode",
    "UnreadableBallots",
    "UnreadableCode",
    "ballots_of",
    "read",
    "read_costs",
    "read_loomio",
    "write",
    "write_positions",
]
