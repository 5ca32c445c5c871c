"""How much of an upload we are willing to read."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings that keep one upload from taking the whole machine. Sizes in bytes."""

    upload: int = 512 * MEGABYTE  # a file as it arrives; also the sum of a folder
    unpacked: int = 2048 * MEGABYTE  # all members of a zip together
    ratio: int = 200  # unpacked to packed, of a member above a megabyte
    files: int = 500
    rows: int = 5_000_000  # of one table
    columns: int = 1000
    record: int = 1_000_000  # characters of one row
    record_lines: int = 100  # lines of one row: more means an unclosed quote
    refusals: int = 10_000  # listed one by one; the rest is counted
    sheet_memory: int = 1536 * MEGABYTE  # of the process that opens a spreadsheet
    sheet_seconds: int = 60


DEFAULT = Limits()
