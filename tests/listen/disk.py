"""The disk as somebody finds it who has taken the whole machine: every file of the site and of its database."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import postgres


@dataclass(frozen=True)
class Found:
    """Where on the disk something lies."""

    file: str
    offset: int


class Disk:
    """Everything on the disk at one moment."""

    def __init__(self, *, with_log: bool = True) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("CHECKPOINT")  # writes the tables and the log as they stand
        files = [path for path in _files() if with_log or "pg_wal" not in path.parts]
        # A log is laid out in advance: nothing is what most of it holds.
        self.files = {path: path.read_bytes().rstrip(b"\0") for path in files}

    def __contains__(self, needle: bytes) -> bool:
        return any(needle in content for content in self.files.values())

    def find(self, needle: bytes) -> list[Found]:
        """Return every place where the bytes lie."""
        return [found for path, content in self.files.items() for found in _find(path, content, needle)]

    def which(self, needles: Iterable[bytes]) -> list[bytes]:
        """Return those that lie anywhere."""
        return [needle for needle in needles if needle in self]


def _files() -> Iterator[Path]:
    folders = [Path(settings.DATA_DIR)]
    if connection.vendor == "postgresql":
        if postgres.DATA not in os.environ:
            pytest.fail(f"Say with {postgres.DATA} where the server of the tests keeps its files.")
        data = Path(os.environ[postgres.DATA])
        with connection.cursor() as cursor:
            cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
            folders += [data / "base" / str(cursor.fetchone()[0]), data / "pg_wal"]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "static" not in path.parts:
                yield path


def _find(path: Path, content: bytes, needle: bytes) -> Iterator[Found]:
    offset = content.find(needle)
    while offset >= 0:
        yield Found(str(path), offset)
        offset = content.find(needle, offset + 1)
