"""The tables of SQLite as they stand after all migrations, kept from one run to the next: migrating takes ten times as
long as copying. What they were made from is in the name, so that tables of other migrations are never taken."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "schema"
# Migrations are written with parts of base and with packages.
MADE_FROM = ("src/collegium/*/migrations/*.py", "src/collegium/base/*.py", "requirements-dev.lock")


def copy_to(path: Path) -> bool:
    """Put the tables where a run wants them; says whether there were any to put."""
    try:
        shutil.copyfile(_kept(), path)
    except FileNotFoundError:
        return False
    return True


def keep(connection: BaseDatabaseWrapper) -> None:
    """Keep the tables of a database that was migrated just now, in place of earlier ones."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        copy = sqlite3.connect(Path(folder) / "copy")
        connection.ensure_connection()
        try:
            connection.connection.backup(copy)
        finally:
            copy.close()
        for older in KEPT.glob("*.sqlite3"):
            older.unlink(missing_ok=True)
        (Path(folder) / "copy").replace(_kept())


def _kept() -> Path:
    return KEPT / f"{digest_of(*MADE_FROM)}.sqlite3"


def digest_of(*patterns: str) -> str:
    """Return a name for what these files of the house hold."""
    digest = hashlib.sha256()
    for pattern in patterns:
        for file in sorted(path for path in ROOT.glob(pattern) if path.is_file() and path.suffix != ".pyc"):
            digest.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:24]
