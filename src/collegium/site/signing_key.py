"""The signing key of an installation that was not given one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def kept_secret_key(folder: Path) -> str:
    """Return the key kept in the data folder, making it on the first start (readable by its owner alone)."""
    path = folder / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key
