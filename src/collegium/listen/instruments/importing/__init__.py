"""Makes instruments of files that other systems and people keep: LimeSurvey exports and lists of items."""

from __future__ import annotations

from collegium.listen.instruments.importing.intake import MOST_BYTES, import_file
from collegium.listen.instruments.importing.notes import Imported, ImportNote, NoteCode

__all__ = ["MOST_BYTES", "ImportNote", "Imported", "NoteCode", "import_file"]
