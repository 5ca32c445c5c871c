"""Text files that are no tables: read whole, up to a limit, in UTF-8."""

from __future__ import annotations

from pathlib import Path

from collegium.decide.files.records import Limits, UnreadableBallots


def read_text(path: Path, limits: Limits) -> str:
    """Return what is in a file. Raises UnreadableBallots."""
    try:
        size = path.stat().st_size
        if size > limits.text:
            raise UnreadableBallots("too_large", {"file": path.name})
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableBallots("damaged", {"file": path.name}) from error
    except OSError as error:
        raise UnreadableBallots("not_found", {"file": path.name}) from error
    if not text.strip():
        raise UnreadableBallots("empty", {"file": path.name})
    return text
