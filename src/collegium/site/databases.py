"""How the databases are reached.

`default` holds everything that matters. `aside` holds the cache (rate limits, sign-in attempts, how far a job has come)
on a connection of its own, so that it can be written while a long import holds `default`: with SQLite a second file,
with PostgreSQL a second connection to the same database.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

CACHE_APP = "django_cache"


def configure(default: dict[str, Any], data_dir: Path) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES for the given main database."""
    if "sqlite" in default["ENGINE"]:
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,  # seconds: the import of a whole state holds the one write lock for about twenty
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
            ),
        }
        # Opening the file anew for every request takes as long as answering it.
        main = {**default, "OPTIONS": options, "CONN_MAX_AGE": 60}
        aside = {**main, "NAME": _beside(Path(str(default["NAME"])), data_dir)}
        return {"default": main, "aside": aside}
    main = {**default, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return {"default": main, "aside": {**main, "TEST": {"MIRROR": "default"}}}


def _beside(path: Path, data_dir: Path) -> str:
    folder = path.parent if path.is_absolute() else data_dir
    return str(folder / f"{path.stem}-aside.sqlite3")


class AsideRouter:
    """Sends the cache table to `aside` and everything else to `default`."""

    def db_for_read(self, model: Any, **_hints: object) -> str | None:
        """Choose where to read."""
        return "aside" if model._meta.app_label == CACHE_APP else None

    def db_for_write(self, model: Any, **_hints: object) -> str | None:
        """Choose where to write."""
        return "aside" if model._meta.app_label == CACHE_APP else None

    def allow_migrate(self, db: str, app_label: str, **_hints: object) -> bool | None:
        """Keep the cache table, and nothing else, on `aside`."""
        return (db == "aside") == (app_label == CACHE_APP)
