"""Sheets and comments as bytes: sorted by what they say, so that they lie in no order of time, and padded.

The size of a tray depends on how many were asked and not on what anybody wrote, except that it doubles when the
comments outgrow it.
"""

from __future__ import annotations

import bisect
import json
import struct
from dataclasses import dataclass, field

import numpy as np

from collegium.science.results import IntArray

_HEADER = struct.Struct(">III")  # sheets, bytes of one sheet, bytes of all comments
_CELL = struct.Struct(">I")
BLOCK = 4096
COMMENT_ALLOWANCE = 128  # bytes for each person and open question
ANSWER = np.dtype(">i2")


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """An open answer with the cell it came from, cut from its sheet."""

    item: str
    text: str
    cell: int


@dataclass(slots=True)
class Contents:
    """What lies in a tray; both lists are sorted."""

    sheets: list[bytes] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def put(self, cell: int, answers: IntArray, remarks: list[tuple[str, str]]) -> None:
        """Put one person's answers among the others."""
        bisect.insort(self.sheets, _CELL.pack(cell) + answers.astype(ANSWER).tobytes())
        for item, text in remarks:
            bisect.insort(self.remarks, Remark(item=item, text=text, cell=cell))


def sheet_of(packed: bytes) -> tuple[int, bytes]:
    """Return the cell and the answers of a packed sheet."""
    return _CELL.unpack_from(packed)[0], packed[_CELL.size :]


def answers_of(packed: bytes) -> IntArray:
    """Return the answers of a sheet, one number for each column."""
    return np.frombuffer(packed, dtype=ANSWER).astype(np.int64)


def capacity_for(*, asked: int, columns: int, questions: int) -> int:
    """Return how large a tray is from its first day."""
    each = _CELL.size + ANSWER.itemsize * columns + COMMENT_ALLOWANCE * questions
    return _blocks(_HEADER.size + asked * each)


def _blocks(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def pack(contents: Contents, capacity: int) -> bytes:
    """Return the contents as bytes of the size of the tray, or of twice that where they do not fit."""
    remarks = json.dumps([[each.item, each.text, each.cell] for each in contents.remarks], ensure_ascii=False).encode()
    each = len(contents.sheets[0]) if contents.sheets else 0
    body = _HEADER.pack(len(contents.sheets), each, len(remarks)) + b"".join(contents.sheets) + remarks
    while capacity < len(body):
        capacity *= 2
    return body + bytes(capacity - len(body))


def unpack(data: bytes) -> Contents:
    """Return what was packed."""
    number, each, size = _HEADER.unpack_from(data)
    start = _HEADER.size
    sheets = [data[start + place * each : start + (place + 1) * each] for place in range(number)]
    start += number * each
    remarks = json.loads(data[start : start + size])
    return Contents(sheets, [Remark(item=item, text=text, cell=cell) for item, text, cell in remarks])
