"""Small rosters for tests, built from rows."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

ORGS = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId"
USERS = "sourcedId,status,enabledUser,orgSourcedIds,role,username,givenName,familyName,email"
ROLES = "sourcedId,status,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId"
USERS_1_2 = "sourcedId,status,enabledUser,username,givenName,familyName,email,userMasterIdentifier"


def text_of(header: str, *rows: str) -> str:
    """The text of one CSV file."""
    return "\r\n".join([header, *rows, ""])


def folder_of(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder with these files in it."""
    path.mkdir(exist_ok=True)
    for name, content in files.items():
        (path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def zip_of(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """A zip with these files in it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def csv_of(*rows: list[str]) -> str:
    """Rows as properly quoted CSV."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def manifest(version: str, **modes: str) -> str:
    """A manifest, for example `manifest("1.1", users="delta")`."""
    rows = [f"file.{name},{mode}" for name, mode in modes.items()]
    return text_of("propertyName,value", "manifest.version,1.0", f"oneroster.version,{version}", *rows)
