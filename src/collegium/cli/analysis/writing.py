"""The folder of results: written beside its place, and given its name only when it is whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from collegium.science.errors import UnusableInput

MARK = "results.json"


def check_place(out: Path, *, overwrite: bool) -> None:
    """Refuse a place where something stands that an analysis did not write."""
    UnusableInput.unless(
        not out.exists() or out.is_dir(), "out", f"{out} is a file. Name a folder with --out.", file=str(out)
    )
    if not out.exists() or not any(out.iterdir()):
        return
    UnusableInput.unless(
        (out / MARK).is_file(), "out", f"{out} holds other files. Name a new folder with --out.", file=str(out)
    )
    UnusableInput.unless(overwrite, "out", f"{out} holds an analysis already. --overwrite replaces it.", file=str(out))


def write_folder(out: Path, contents: Mapping[str, str]) -> None:
    """Write files into a new folder and put it in its place in one step; whatever stops it leaves nothing behind."""
    out = out.absolute()
    half: Path | None = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent))
        for name, text in contents.items():
            path = half / name
            path.parent.mkdir(exist_ok=True)
            with path.open("w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        half.chmod(0o755 if not out.exists() else out.stat().st_mode & 0o777)
        _put_in_place(half, out)
    except OSError as error:
        raise UnusableInput(
            "not_written",
            f"{out} could not be written: {error.strerror or error}. Nothing was kept. Make room or name another "
            "folder with --out, and run again.",
            file=str(out),
        ) from error
    finally:
        if half is not None and half.exists():
            shutil.rmtree(half, ignore_errors=True)


def _put_in_place(half: Path, out: Path) -> None:
    if not out.exists():
        half.rename(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".old", dir=out.parent))
    try:
        out.rename(old / out.name)
        try:
            half.rename(out)
        except OSError:
            (old / out.name).rename(out)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
