"""Where uploads wait until they are read: a folder for each import, never served, gone after a day at the latest."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import re
import shutil
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import Protocol

from django.conf import settings

from collegium.people.errors import Invalid
from collegium.people.rosters import DEFAULT

MOST_FILES = 50
NAME_LIMIT = 120


class UploadedPart(Protocol):
    """One file as a browser sends it."""

    name: str | None

    def chunks(self) -> Iterable[bytes]:
        """Its content, piece by piece."""


def folder_of(import_id: uuid.UUID) -> Path:
    """The folder that holds an import's upload."""
    return Path(settings.MEDIA_ROOT) / "rosters" / str(import_id)


def path_of(import_id: uuid.UUID) -> Path:
    """What the reader is to open: the one file, or the folder of several."""
    folder = folder_of(import_id)
    if not folder.is_dir():
        raise Invalid("roster_upload_gone")
    files = list(folder.iterdir())
    return files[0] if len(files) == 1 else folder


def keep_upload(import_id: uuid.UUID, parts: Sequence[UploadedPart]) -> tuple[str, str]:
    """Write an upload down; return its name and checksum. Raises Invalid when it is too large or too many."""
    if not 0 < len(parts) <= MOST_FILES:
        raise Invalid("roster_too_many_files", limit=MOST_FILES)
    folder = folder_of(import_id)
    folder.mkdir(parents=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    try:
        for number, part in enumerate(parts):
            name = safe_name(part.name or "", number, {path.name for path in folder.iterdir()})
            with (folder / name).open("wb") as file:
                for chunk in part.chunks():
                    size += len(chunk)
                    if size > DEFAULT.upload:
                        raise Invalid("roster_too_large", limit=DEFAULT.upload // 1024 // 1024)
                    digest.update(chunk)
                    file.write(chunk)
    except BaseException:
        drop_upload(import_id)
        raise
    first = safe_name(parts[0].name or "", 0, set())
    return first if len(parts) == 1 else f"{first} +{len(parts) - 1}", digest.hexdigest()


def name_and_checksum(path: Path) -> tuple[str, str]:
    """Return the same for a file or folder of this machine, which is read where it lies."""
    digest = hashlib.sha256()
    for file in [path] if path.is_file() else sorted(path.rglob("*")):
        if file.is_file():
            with file.open("rb") as content:
                while chunk := content.read(1024 * 1024):
                    digest.update(chunk)
    return path.name[:NAME_LIMIT], digest.hexdigest()


def drop_upload(import_id: uuid.UUID) -> None:
    """Delete an upload; nothing happens when it is gone already."""
    shutil.rmtree(folder_of(import_id), ignore_errors=True)


def drop_older_than(moment: dt.datetime) -> None:
    """Delete every upload from before the moment, those too whose import was never written down or is over."""
    for folder in (Path(settings.MEDIA_ROOT) / "rosters").glob("*"):
        with contextlib.suppress(FileNotFoundError):  # Somebody else has just deleted it.
            if folder.stat().st_mtime < moment.timestamp():
                shutil.rmtree(folder, ignore_errors=True)


def safe_name(name: str, number: int, taken: set[str]) -> str:
    """A file name that is only a name, and not taken yet in this folder."""
    base = PurePath(name.replace("\\", "/")).name
    base = re.sub(r"[^\w .()\-]", "_", base).strip(" .")[-NAME_LIMIT:] or f"upload-{number + 1}"
    return base if base not in taken else f"{number + 1}-{base}"[-NAME_LIMIT:]
