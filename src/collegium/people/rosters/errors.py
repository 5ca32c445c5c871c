"""The one exception that leaves this package: a file that cannot be read at all."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class UnreadableCode(StrEnum):
    """Why nothing could be read."""

    NOT_FOUND = "not_found"
    EMPTY = "empty"
    NO_ROWS = "no_rows"
    NOT_A_TABLE = "not_a_table"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    TOO_MANY_FILES = "too_many_files"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    ZIP_BOMB = "zip_bomb"
    UNSAFE_NAME = "unsafe_name"
    SYMLINK = "symlink"
    ENCRYPTED = "encrypted"
    NESTED_ZIP = "nested_zip"
    DUPLICATE_MEMBER = "duplicate_member"
    MACROS = "macros"
    SHEET_TOO_BIG = "sheet_too_big"
    NO_TABLES = "no_tables"
    SEVERAL_ROSTERS = "several_rosters"
    DOUBLED_COLUMN = "doubled_column"
    MISSING_COLUMN = "missing_column"
    MAPPING_NEEDED = "mapping_needed"
    MAPPING_DOES_NOT_FIT = "mapping_does_not_fit"


class UnreadableRoster(Exception):
    """Nothing could be read from the upload; `code` says why, `data` fills the sentence in `words`."""

    def __init__(self, code: UnreadableCode, data: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{code}: {dict(data or {})}" if data else str(code))
        self.code = code
        self.data: Mapping[str, str] = dict(data or {})
