"""Something small that lies sealed in the database while nobody may look into it; its keys lie in files beside it.

Every state of a box is sealed under a key that is used once. The new key is safe on the disk before the state that
needs it; once that state is committed, the key before it is overwritten. So the earlier states that a database keeps in
its log and free pages can be opened by nobody, and do not tell what came between two of them; the reasons are in
docs/adr/0005-sealed-trays.md. Keys are never in a backup.
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

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FOLDER = "sealed-keys"
_KEY, _NUMBER = 32, 8
_PLACE = _NUMBER + _KEY
# Every key seals one state and no other, so there is nothing that a nonce would have to tell apart.
_NONCE = bytes(12)


class KeyMissing(Exception):
    """The key that a box was sealed with is not on this machine."""


def seal(box_id: uuid.UUID, number: int, content: bytes, *, folder: str = FOLDER) -> bytes:
    """Seal the content as state `number` of a box, under a new key that is safe on the disk when this returns.

    Each room that seals has a folder of its own, so that none tidies away the keys of another.
    """
    key = secrets.token_bytes(_KEY)
    with _opened(box_id, folder, create=True) as handle:
        os.pwrite(handle, number.to_bytes(_NUMBER, "big") + key, _offset(number))
        os.fdatasync(handle)
    return AESGCM(key).encrypt(_NONCE, content, _context(box_id, number))


def unseal(box_id: uuid.UUID, number: int, sealed: bytes, *, folder: str = FOLDER) -> bytes:
    """Return what was sealed as state `number`; `KeyMissing` where this machine cannot open it."""
    try:
        with _opened(box_id, folder) as handle:
            place = os.pread(handle, _PLACE, _offset(number))
        if len(place) != _PLACE or int.from_bytes(place[:_NUMBER], "big") != number:
            raise KeyMissing(box_id.hex)
        return AESGCM(place[_NUMBER:]).decrypt(_NONCE, bytes(sealed), _context(box_id, number))
    except (FileNotFoundError, InvalidTag) as error:
        raise KeyMissing(box_id.hex) from error


def forget(box_id: uuid.UUID, number: int, *, folder: str = FOLDER) -> None:
    """Overwrite the key of a state that is no longer the box's; harmless where another took its place."""
    try:
        with _opened(box_id, folder) as handle:
            if os.pread(handle, _NUMBER, _offset(number)) == number.to_bytes(_NUMBER, "big"):
                os.pwrite(handle, bytes(_PLACE), _offset(number))
    except FileNotFoundError:
        return


def destroy(box_id: uuid.UUID, *, folder: str = FOLDER) -> None:
    """Overwrite and remove all keys of a box."""
    try:
        with _opened(box_id, folder) as handle:
            os.pwrite(handle, bytes(os.fstat(handle).st_size), 0)
            os.fdatasync(handle)
        _path(box_id, folder).unlink(missing_ok=True)
    except FileNotFoundError:
        return


def list_boxes(*, folder: str = FOLDER) -> dict[uuid.UUID, dt.datetime]:
    """Return the boxes that have keys on this machine, with when those were last touched."""
    return {
        uuid.UUID(hex=path.stem): dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC)
        for path in _folder(folder).glob("*.keys")
    }


def _folder(name: str) -> Path:
    path = Path(settings.DATA_DIR) / name
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _path(box_id: uuid.UUID, folder: str) -> Path:
    return _folder(folder) / f"{box_id.hex}.keys"


def _offset(number: int) -> int:
    """Two places: a new key never lies where that of the present state does."""
    return number % 2 * _PLACE


def _context(box_id: uuid.UUID, number: int) -> bytes:
    return box_id.bytes + number.to_bytes(_NUMBER, "big")


@contextmanager
def _opened(box_id: uuid.UUID, folder: str, *, create: bool = False) -> Iterator[int]:
    """Open the file of a box, alone: nobody else writes a key while another is being forgotten."""
    path = _path(box_id, folder)
    is_new = create and not path.exists()
    handle = os.open(path, os.O_RDWR | (os.O_CREAT if create else 0), 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)
    if is_new:
        entry = os.open(_folder(folder), os.O_RDONLY)
        try:
            os.fsync(entry)
        finally:
            os.close(entry)
