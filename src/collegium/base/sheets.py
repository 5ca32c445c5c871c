"""Writing text that a spreadsheet will open."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def guard(text: str) -> str:
    """Return the text so that a spreadsheet shows it and never works it out as a formula."""
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def write_line(cells: Sequence[str | float | None]) -> str:
    """Return one line of CSV, each text guarded; numbers stay numbers, also those below zero."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow([guard(cell) if isinstance(cell, str) else cell for cell in cells])
    return buffer.getvalue()
