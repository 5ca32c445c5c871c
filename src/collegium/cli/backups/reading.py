"""Opening a backup and believing nothing in it before all of it has been checked."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from collegium.cli.backups import manifest, sealing
from collegium.cli.backups.manifest import Manifest, Table
from collegium.cli.console import Exit, Stop

CHUNK = 1024 * 1024
LARGEST_MANIFEST = 50 * CHUNK


@contextmanager
def opened(path: Path, ask: Callable[[], str]) -> Iterator[zipfile.ZipFile]:
    """Open a backup, asking for the passphrase where it is encrypted."""
    try:
        with path.open("rb") as file:
            is_sealed = sealing.is_sealed(file.read(len(sealing.HEADER)))
        source = io.BytesIO(sealing.unseal(path.read_bytes(), ask())) if is_sealed else path
        archive = zipfile.ZipFile(source)
    except OSError as error:
        raise Stop(f"{path} cannot be read: {error.strerror}", Exit.UNREADABLE) from error
    except zipfile.BadZipFile as error:
        raise Stop(f"{path} is not a backup of Collegium, or it is damaged.", Exit.UNREADABLE) from error
    with archive:
        yield archive


def verify(archive: zipfile.ZipFile) -> Manifest:
    """Check every file of an archive against its manifest and return that; stop with words at the first difference."""
    try:
        about = _read_manifest(archive)
        held = archive.namelist()
        if len(held) != len(set(held)) or set(held) != about.members():
            raise Stop("This backup does not hold the files that it lists.", Exit.UNREADABLE)
        for name, table in about.tables.items():
            if _digest(archive, Table.member(name)) != (table.sha256, table.rows):
                raise Stop(f"The table {name} in this backup is damaged.", Exit.UNREADABLE)
        for name, sha256 in about.uploads.items():
            if _digest(archive, manifest.UPLOADS + name)[0] != sha256:
                raise Stop(f"The upload {name} in this backup is damaged.", Exit.UNREADABLE)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Stop("This backup is damaged.", Exit.UNREADABLE) from error
    return about


def _read_manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        entry = archive.getinfo(manifest.NAME)
    except KeyError as error:
        raise Stop("This archive is not a backup of Collegium.", Exit.UNREADABLE) from error
    if entry.file_size > LARGEST_MANIFEST:
        raise Stop("This archive is not a backup of Collegium.", Exit.UNREADABLE)
    return manifest.load(archive.read(entry).decode("utf-8", errors="replace"))


def _digest(archive: zipfile.ZipFile, member: str) -> tuple[str, int]:
    digest, lines = hashlib.sha256(), 0
    with archive.open(member) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            lines += chunk.count(b"\n")
    return digest.hexdigest(), lines
