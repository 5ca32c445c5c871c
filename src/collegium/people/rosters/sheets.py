"""Spreadsheets (XLSX, XLS, ODS): every visible sheet as rows of text, read through a process with ceilings."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from collegium.people.rosters import sheet_process
from collegium.people.rosters.errors import UnreadableCode, UnreadableRoster
from collegium.people.rosters.intake import Meter, SheetFile
from collegium.people.rosters.limits import Limits

_CODES = {
    sheet_process.EXIT_DAMAGED: UnreadableCode.DAMAGED,
    sheet_process.EXIT_ENCRYPTED: UnreadableCode.ENCRYPTED,
    sheet_process.EXIT_MACROS: UnreadableCode.MACROS,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of an opened book: where its rows begin in the converted text, and how long they are."""

    name: str
    start: int
    size: int
    converted: IO[bytes]

    def rows(self, meter: Meter | None = None) -> Iterator[tuple[int, list[str]]]:
        """Every row from the first, with its number."""
        position, end = self.start, self.start + self.size
        number = 0
        while position < end:
            # Others may read the same file between two rows.
            self.converted.seek(position)
            line = self.converted.readline()
            position += len(line)
            number += 1
            if meter:
                meter.advance(len(line))
            yield number, json.loads(line)


@contextmanager
def open_sheets(file: SheetFile, limits: Limits) -> Iterator[list[Sheet]]:
    """The visible, non-empty sheets of a spreadsheet. Their text lies in a nameless file that ends with the block."""
    with tempfile.TemporaryFile() as converted:
        _convert(file, limits, converted)
        yield _find_sheets(converted)


def _convert(file: SheetFile, limits: Limits, converted: IO[bytes]) -> None:
    program = str(Path(sheet_process.__file__))
    # -P: the folder of that file must not be searched for modules.
    command = [
        sys.executable,
        "-P",
        program,
        str(file.path.resolve()),
        str(limits.sheet_memory),
        str(limits.sheet_seconds),
    ]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=converted, stderr=subprocess.DEVNULL,
            timeout=2 * limits.sheet_seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise UnreadableRoster(UnreadableCode.SHEET_TOO_BIG, {"file": file.name}) from error
    if done.returncode:
        raise UnreadableRoster(_CODES.get(done.returncode, UnreadableCode.SHEET_TOO_BIG), {"file": file.name})


def _find_sheets(converted: IO[bytes]) -> list[Sheet]:
    found: list[Sheet] = []
    name, start, position = "", 0, 0
    converted.seek(0)
    for line in converted:
        if line.startswith(b"{"):
            found.append(Sheet(name, start, position - start, converted))
            name, start = json.loads(line)["sheet"], position + len(line)
        position += len(line)
    found.append(Sheet(name, start, position - start, converted))
    return [sheet for sheet in found if sheet.size]
