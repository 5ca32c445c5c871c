"""The keys of sealed trays: in small files beside the database, overwritten in place, never in a backup.

A file has two places. A new key is written into the one that the sealed state does not use, and is safe on the disk
before the state that needs it; once that state is committed, the key before it is overwritten.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

FOLDER = "answer-keys"
KEY = 32
NUMBER = 8
PLACE = NUMBER + KEY


class KeyMissing(Exception):
    """The key that a tray was sealed with is not on this machine."""


def folder() -> Path:
    """Return where the keys are kept, for this account alone."""
    path = Path(settings.DATA_DIR) / FOLDER
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _path(tray_id: uuid.UUID) -> Path:
    return folder() / f"{tray_id.hex}.key"


@contextmanager
def _opened(tray_id: uuid.UUID, *, create: bool = False) -> Iterator[int]:
    """Open the file of a tray, alone: nobody else writes a key while another is being forgotten."""
    path = _path(tray_id)
    is_new = create and not path.exists()
    handle = os.open(path, os.O_RDWR | (os.O_CREAT if create else 0), 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_size < 2 * PLACE:
            os.pwrite(handle, bytes(2 * PLACE), 0)
        yield handle
        if is_new:
            _sync_folder()
    finally:
        os.close(handle)


def _sync_folder() -> None:
    handle = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def get(tray_id: uuid.UUID, number: int) -> bytes:
    """Return the key of a tray's state with this number."""
    try:
        with _opened(tray_id) as handle:
            place = os.pread(handle, PLACE, (number % 2) * PLACE)
    except FileNotFoundError as error:
        raise KeyMissing(tray_id.hex) from error
    if int.from_bytes(place[:NUMBER], "big") != number:
        raise KeyMissing(tray_id.hex)
    return place[NUMBER:]


def add(tray_id: uuid.UUID, number: int) -> bytes:
    """Make the key for a state still to be written, safe on the disk when this returns."""
    key = secrets.token_bytes(KEY)
    with _opened(tray_id, create=True) as handle:
        os.pwrite(handle, number.to_bytes(NUMBER, "big") + key, (number % 2) * PLACE)
        os.fdatasync(handle)
    return key


def forget(tray_id: uuid.UUID, number: int) -> None:
    """Overwrite the key of a state that is no longer the tray's; harmless where another has taken its place."""
    try:
        with _opened(tray_id) as handle:
            place = (number % 2) * PLACE
            if os.pread(handle, NUMBER, place) == number.to_bytes(NUMBER, "big"):
                os.pwrite(handle, bytes(PLACE), place)
    except FileNotFoundError:
        return


def destroy(tray_id: uuid.UUID) -> None:
    """Overwrite and remove both keys of a tray."""
    try:
        with _opened(tray_id) as handle:
            os.pwrite(handle, bytes(2 * PLACE), 0)
            os.fdatasync(handle)
        _path(tray_id).unlink(missing_ok=True)
    except FileNotFoundError:
        return


def list_trays() -> dict[uuid.UUID, dt.datetime]:
    """Return the trays that have keys on this machine, with when they were last touched."""
    return {
        uuid.UUID(hex=path.stem): dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC)
        for path in folder().glob("*.key")
    }
