"""The log of an analysis: what was assumed, what was left out, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a line of the log is about."""

    READ = "read"
    ASSUMED = "assumed"
    LEFT_OUT = "left out"
    NOT_SHOWN = "not shown"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True)
class Note:
    """One line: what about it, and why. It never holds a value that somebody wrote."""

    kind: Kind
    subject: str
    reason: str

    def __str__(self) -> str:
        return f"{self.kind:9}  {self.subject}: {self.reason}"


@dataclass(slots=True)
class Log:
    """Notes in the order in which they were made, each once."""

    notes: list[Note] = field(default_factory=list)

    def add(self, kind: Kind, subject: str, reason: str) -> None:
        """Write a line, unless it is there already."""
        note = Note(kind, subject, reason)
        if note not in self.notes:
            self.notes.append(note)

    def of(self, *kinds: Kind) -> list[Note]:
        """Return the notes of some kinds."""
        return [note for note in self.notes if note.kind in kinds]
