"""The keys of sealed trays: in one small file a pulse beside the database, overwritten in place, never in a backup.

Each tray has two places in the file. A new key is written into the one that the sealed state does not use, and is safe
on the disk before the state that needs it; once that state is committed, the key before it is overwritten. Trays that
are sealed together share one flush of the file.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import secrets
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from collegium.listen.models import Tray

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


def _path(pulse_id: uuid.UUID) -> Path:
    return folder() / f"{pulse_id.hex}.keys"


def _offset(tray: Tray, number: int) -> int:
    return (2 * tray.position + number % 2) * PLACE


@contextmanager
def _opened(pulse_id: uuid.UUID, *, create: bool = False) -> Iterator[int]:
    """Open the file of a pulse, alone: nobody else writes a key while another is being forgotten."""
    path = _path(pulse_id)
    is_new = create and not path.exists()
    handle = os.open(path, os.O_RDWR | (os.O_CREAT if create else 0), 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
        if is_new:
            _sync_folder()
    finally:
        os.close(handle)


@contextmanager
def turn() -> Iterator[None]:
    """Let one process of this machine after the other write answers, in the order of the kernel's queue."""
    handle = os.open(folder() / "turn", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sync_folder() -> None:
    handle = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def get(tray: Tray, number: int) -> bytes:
    """Return the key of a tray's state with this number."""
    try:
        with _opened(tray.pulse_id) as handle:
            place = os.pread(handle, PLACE, _offset(tray, number))
    except FileNotFoundError as error:
        raise KeyMissing(tray.id.hex) from error
    if len(place) != PLACE or int.from_bytes(place[:NUMBER], "big") != number:
        raise KeyMissing(tray.id.hex)
    return place[NUMBER:]


def add(trays: Iterable[tuple[Tray, int]]) -> list[bytes]:
    """Make the keys for states of one pulse that are still to be written, safe on the disk when this returns."""
    wanted = list(trays)
    made = [secrets.token_bytes(KEY) for _tray in wanted]
    with _opened(wanted[0][0].pulse_id, create=True) as handle:
        for (tray, number), key in zip(wanted, made, strict=True):
            os.pwrite(handle, number.to_bytes(NUMBER, "big") + key, _offset(tray, number))
        os.fdatasync(handle)
    return made


def forget(trays: Iterable[tuple[Tray, int]]) -> None:
    """Overwrite the keys of states of a pulse that are no longer its trays'; harmless where others took their place."""
    given = list(trays)
    try:
        with _opened(given[0][0].pulse_id) as handle:
            for tray, number in given:
                offset = _offset(tray, number)
                if os.pread(handle, NUMBER, offset) == number.to_bytes(NUMBER, "big"):
                    os.pwrite(handle, bytes(PLACE), offset)
    except FileNotFoundError:
        return


def destroy(pulse_id: uuid.UUID) -> None:
    """Overwrite and remove all keys of a pulse."""
    try:
        with _opened(pulse_id) as handle:
            os.pwrite(handle, bytes(os.fstat(handle).st_size), 0)
            os.fdatasync(handle)
        _path(pulse_id).unlink(missing_ok=True)
    except FileNotFoundError:
        return


def list_pulses() -> dict[uuid.UUID, dt.datetime]:
    """Return the pulses that have keys on this machine, with when those were last touched."""
    return {
        uuid.UUID(hex=path.stem): dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC)
        for path in folder().glob("*.keys")
    }
