"""What a backup says it holds."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath
from typing import Any

from collegium.cli.console import Exit, Stop

FORMAT = 1
NAME = "manifest.json"
TABLES, UPLOADS = "tables/", "uploads/"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order, how many rows, and the checksum of its lines."""

    columns: list[str]
    rows: int
    sha256: str

    @staticmethod
    def member(name: str) -> str:
        """Return where the archive keeps a table."""
        return f"{TABLES}{name}.jsonl"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything needed to check an archive before any of it is believed."""

    version: str
    made_at: str
    database: str
    migrations: list[tuple[str, str]]
    tables: dict[str, Table] = field(default_factory=dict)
    uploads: dict[str, str] = field(default_factory=dict)  # name to sha256
    format: int = FORMAT
    product: str = "collegium"

    def dump(self) -> str:
        """Return it as text."""
        return json.dumps(asdict(self), indent=1)

    def members(self) -> set[str]:
        """Return the names of all files that the archive must hold, and no others."""
        return {NAME, *map(Table.member, self.tables), *(UPLOADS + name for name in self.uploads)}


def load(text: str) -> Manifest:
    """Read a manifest; stop with words at one that is not ours."""
    try:
        data: dict[str, Any] = json.loads(text)
        if data.pop("product") != "collegium":
            raise ValueError("another product")
        if (number := data.pop("format")) != FORMAT:
            raise Stop(f"This backup has format {number}, which this version cannot read.", Exit.UNREADABLE)
        tables = {name: Table(**table) for name, table in data.pop("tables").items()}
        migrations = [(app, name) for app, name in data.pop("migrations")]
        manifest = Manifest(tables=tables, migrations=migrations, **data)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Stop("This archive is not a backup of Collegium.", Exit.UNREADABLE) from error
    for name in manifest.uploads:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name:
            raise Stop(f"This backup names an upload outside its folder: {name}", Exit.UNREADABLE)
    return manifest
