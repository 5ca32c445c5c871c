"""Which files may come with a comment: by what they are, and not only by what their name says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol

from collegium.talk.errors import Invalid

MOST_FILES = 3
MOST_BYTES = 5 * 1024 * 1024
NAME_LIMIT = 120
_ZIP = (b"PK\x03\x04",)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
# By the end of the name: what it is called on the web, and how such a file begins (nothing: as text).
KINDS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".docx": (f"{_OFFICE}wordprocessingml.document", _ZIP),
    ".xlsx": (f"{_OFFICE}spreadsheetml.sheet", _ZIP),
    ".pptx": (f"{_OFFICE}presentationml.presentation", _ZIP),
    ".odt": (f"{_OPEN}text", _ZIP),
    ".ods": (f"{_OPEN}spreadsheet", _ZIP),
    ".odp": (f"{_OPEN}presentation", _ZIP),
    ".txt": ("text/plain", ()),
    ".md": ("text/plain", ()),
    ".csv": ("text/csv", ()),
}


class Upload(Protocol):
    """One file as a browser sends it."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterable[bytes]:
        """Its content, piece by piece."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept."""

    name: str
    media_type: str
    content: bytes


def check(uploads: Iterable[Upload]) -> list[Checked]:
    """Return the files as they may be kept; Invalid for too many, too large, empty ones, and other kinds."""
    given = list(uploads)
    if len(given) > MOST_FILES:
        raise Invalid("files_too_many", limit=MOST_FILES)
    return [_check(upload) for upload in given]


def _check(upload: Upload) -> Checked:
    name = safe_name(upload.name or "")
    if (upload.size or 0) > MOST_BYTES:
        raise Invalid("file_too_large", name=name, limit_mb=MOST_BYTES // 1024**2)
    content = b"".join(upload.chunks())
    if not content:
        raise Invalid("file_empty", name=name)
    kind = KINDS.get(PurePath(name).suffix.lower())
    if kind is None or not _is(content, kind[1]):
        raise Invalid("file_kind", name=name)
    return Checked(name, kind[0], content)


def _is(content: bytes, beginnings: tuple[bytes, ...]) -> bool:
    if beginnings:
        return content.startswith(beginnings)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in content


def safe_name(name: str) -> str:
    """Return a name for a file that carries nothing but a name, not too long, with its ending."""
    path = PurePath(name.replace("\\", "/"))
    stem = re.sub(r"[^\w .()-]", "_", path.stem).strip(" .") or "file"
    suffix = re.sub(r"[^\w.]", "", path.suffix)
    return stem[: NAME_LIMIT - len(suffix)] + suffix
