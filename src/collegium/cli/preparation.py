"""Bringing an installation up to date before it runs: settings, migrations, the cache table, assets."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import checks
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from collegium.cli.console import Exit, Stop, remark

STAMP = ".collected"


def prepare(*, migrate: bool) -> None:
    """Check the settings, bring the database and the assets up to date; `migrate` allows it on a server's database."""
    check_settings()
    bring_database_up_to_date(migrate=migrate)
    collect_assets()


def check_settings() -> None:
    """Stop with words when Django finds the settings unworkable."""
    errors = [message for message in checks.run_checks() if message.is_serious()]
    if errors:
        raise Stop("\n".join(f"{error.msg} {error.hint or ''}".strip() for error in errors), Exit.REFUSED)


def is_embedded() -> bool:
    """Say whether the site uses the embedded database."""
    return connection.vendor == "sqlite"


def count_waiting_migrations(executor: MigrationExecutor | None = None) -> int:
    """Return how many migrations the database still needs."""
    executor = executor or MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def bring_database_up_to_date(*, migrate: bool = False) -> None:
    """Apply waiting migrations where that is safe or allowed, and make the cache's table where it is missing.

    It is safe in the embedded database, which one process owns, and in one that holds nothing yet.
    """
    executor = MigrationExecutor(connection)
    waiting = count_waiting_migrations(executor)
    is_safe = is_embedded() or not executor.loader.applied_migrations
    if waiting and not (migrate or is_safe):
        raise Stop(
            f"Migrations are waiting ({waiting}), so this version cannot run on the database yet.\n"
            "Make a backup first (collegium backup FILE), then start once with --migrate.",
            Exit.REFUSED,
        )
    if waiting:
        remark("Bringing the database up to date.")
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", database="aside", verbosity=0)


def collect_assets() -> None:
    """Collect the static files into the data folder when any of them has changed."""
    if not assets_are_current():
        call_command("collectstatic", interactive=False, verbosity=0)
        (Path(settings.STATIC_ROOT) / STAMP).write_text(_fingerprint(), encoding="ascii")


def assets_are_current() -> bool:
    """Say whether the collected files are those of this version."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    return stamp.exists() and stamp.read_text(encoding="ascii") == _fingerprint()


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            about = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    return digest.hexdigest()
