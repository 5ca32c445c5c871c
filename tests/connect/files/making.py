"""Small files of ties, written for a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from collegium.connect import files
from collegium.connect.files import TieFile, UnreadableTies


def file_of(folder: Path, name: str, text: str | bytes) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def ends_of(found: TieFile) -> list[tuple[str, str, float | None]]:
    """The ties as the ids they join."""
    return [(found.people[tie.source].id, found.people[tie.target].id, tie.weight) for tie in found.ties]


def refused(found: TieFile) -> list[tuple[int, str]]:
    """What was not taken: the row and why."""
    return [(refusal.ref.row, refusal.code.value) for refusal in found.refusals]


def noted(found: TieFile) -> set[str]:
    """What was decided."""
    return {note.code.value for note in found.notes}


def why_unreadable(path: Path, people: Path | None = None, **more: object) -> tuple[str, dict[str, str]]:
    """Why a file cannot be read."""
    with pytest.raises(UnreadableTies) as caught:
        files.read(path, people, **more)  # type: ignore[arg-type]
    return caught.value.code, dict(caught.value.data)
