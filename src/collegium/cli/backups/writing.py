"""Making a backup: read one snapshot, write beside the wanted name, read it back, and only then give it its name."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, models

from collegium import __version__
from collegium.base import time
from collegium.cli.backups import manifest, reading, sealing, snapshot
from collegium.cli.backups.manifest import Manifest, Table
from collegium.cli.console import Exit, Stop

Report = Callable[[str, int], None]
PARTIAL = ".partial"
CHUNK = 1024 * 1024
TELL_EVERY = 5000


def choose_path(wanted: Path, now: dt.datetime) -> Path:
    """Return the file to write: the one asked for, or one named by the time in the folder asked for."""
    path = wanted / f"collegium-{now:%Y-%m-%dT%H%M%S}.backup" if wanted.is_dir() else wanted
    if path.exists():
        raise Stop(f"{path} is there already. Choose another name, or a folder.", Exit.REFUSED)
    if not path.parent.is_dir():
        raise Stop(f"There is no folder {path.parent}.", Exit.REFUSED)
    return path


def write_backup(path: Path, *, passphrase: str | None, report: Report) -> Manifest:
    """Write a verified backup to `path`. Whatever stops it, no file of that name is left half-written."""
    partial = path.with_name(f".{path.name}{PARTIAL}")
    partial.unlink(missing_ok=True)
    # A file of our own: one that somebody else has put there could be read by them, or lead elsewhere.
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            if passphrase is None:
                _write_archive(file, report)
            else:
                # Nothing of it reaches the disk in the open.
                content = io.BytesIO()
                _write_archive(content, report)
                file.write(sealing.seal(content.getvalue(), passphrase))
            file.flush()
            os.fsync(file.fileno())
        with reading.opened(partial, lambda: passphrase or "") as archive:
            checked = reading.verify(archive)
        partial.replace(path)
        _sync_folder(path.parent)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return checked


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def count_rows() -> int:
    """Return about how many rows a backup made now would hold."""
    with snapshot.reading():
        found = snapshot.list_models(snapshot.list_applied())
        return sum(model._base_manager.count() for model in found)


def _write_archive(file: IO[bytes], report: Report) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        with snapshot.reading():
            applied = snapshot.list_applied()
            if not applied:
                raise Stop("There is nothing to back up: this database has not been set up yet.", Exit.REFUSED)
            about = Manifest(__version__, time.now().isoformat(), connection.vendor, applied)
            for model in snapshot.list_models(applied):
                about.tables[model._meta.db_table] = _write_table(archive, model, report)
        for name, path in list_uploads():
            # An upload that its import has used up meanwhile is no longer needed.
            with contextlib.suppress(FileNotFoundError):
                about.uploads[name] = _write_upload(archive, name, path)
                report(manifest.UPLOADS + name, 1)
        archive.writestr(manifest.NAME, about.dump())


def _write_table(archive: zipfile.ZipFile, model: type[models.Model], report: Report) -> Table:
    table, digest, rows = model._meta.db_table, hashlib.sha256(), 0
    with archive.open(Table.member(table), "w", force_zip64=True) as member:
        for rows, line in enumerate(snapshot.read_lines(model), start=1):
            content = f"{line}\n".encode()
            digest.update(content)
            member.write(content)
            if rows % TELL_EVERY == 0:
                report(table, TELL_EVERY)
    report(table, rows % TELL_EVERY)
    return Table(snapshot.names_of(model), rows, digest.hexdigest())


def list_uploads() -> Iterator[tuple[str, Path]]:
    """Return the uploaded files by their names in the archive."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(root).as_posix(), path


def _write_upload(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as source, archive.open(manifest.UPLOADS + name, "w", force_zip64=True) as member:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            member.write(chunk)
    return digest.hexdigest()
