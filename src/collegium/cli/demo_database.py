"""The demo's database: a file of its own, looked at before anything opens it for writing."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from collegium.cli.console import Exit, Stop

FILE = "demo.sqlite3"


def point_settings_at(data_dir: Path, *, host: str, port: int) -> Path:
    """Set the environment for the demo, whatever the reader's own site has set; return the database's file."""
    path = data_dir / FILE
    os.environ |= {
        "COLLEGIUM_DATA_DIR": str(data_dir),
        "COLLEGIUM_DATABASE_URL": f"sqlite:///{path}",
        "COLLEGIUM_DEMO": "yes",
        "COLLEGIUM_BASE_URL": f"http://{f'[{host}]' if ':' in host else host}:{port}",
        "COLLEGIUM_EMAIL_URL": "console:",  # Nothing of the demo is ever sent.
    }
    os.environ.pop("COLLEGIUM_ALLOWED_HOSTS", None)
    return path


def check_holds_only_demo(path: Path) -> None:
    """Stop when the file holds anything but the demo; a missing or empty one may become it."""
    if not path.exists() or path.stat().st_size == 0:
        return
    try:
        with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables:
                return
            if "people_community" not in tables:
                raise _refusal(path, "a database of something else")
            others = connection.execute("SELECT count(*) FROM people_community WHERE NOT is_demo").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise _refusal(path, "something that cannot be read as a database") from error
    if others:
        raise _refusal(path, "a community that is not the demo")


def _refusal(path: Path, what: str) -> Stop:
    return Stop(
        f"{path} holds {what}, so the demo leaves it alone. Nothing was changed.\n"
        "Move that file, or give the demo another folder: COLLEGIUM_DATA_DIR=/some/folder",
        Exit.REFUSED,
    )


def remove(path: Path) -> None:
    """Delete the demo's files."""
    for name in (path.name, f"{path.stem}-aside{path.suffix}"):
        for ending in ("", "-wal", "-shm"):
            (path.parent / f"{name}{ending}").unlink(missing_ok=True)
