"""Restoring a backup: all of it or nothing, whenever it is stopped.

With SQLite a new file is built beside the old one and takes its place in one step; with PostgreSQL all is one
transaction. Either way the tables are first made as they were when the backup was taken, filled, and then brought up to
date by the migrations that came since.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from collegium.base import tenancy
from collegium.cli.backups import manifest, snapshot
from collegium.cli.backups.manifest import Manifest, Table
from collegium.cli.console import Exit, Stop

Report = Callable[[str, int], None]
WRITE_AT_ONCE = 500
IN_USE = (
    "Something is using the database. Stop the server first (Ctrl-C where `collegium serve` runs), then try again.\n"
    "Nothing was changed."
)


def check_target(*, overwrite: bool) -> None:
    """Stop unless the database is empty, or may be overwritten."""
    if overwrite or not _holds_something():
        return
    raise Stop(
        "The database already holds a community, so nothing was restored.\n"
        "To replace everything in it by what is in the backup, say so: --overwrite (make a backup of it first).",
        Exit.REFUSED,
    )


def _holds_something() -> bool:
    tables = set(connection.introspection.table_names())
    with tenancy.across_communities(), connection.cursor() as cursor:
        for table in sorted(tables & {"people_community", "people_account"}):
            cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608 one of the two names above
            if cursor.fetchone():
                return True
    return False


def check_known(about: Manifest) -> None:
    """Stop when the backup comes from a newer version than this one."""
    graph = MigrationExecutor(connection).loader.graph
    unknown = [f"{app}.{name}" for app, name in about.migrations if (app, name) not in graph.nodes]
    if unknown:
        raise Stop(
            f"This backup was made by Collegium {about.version}, which is newer than this version.\n"
            f"Install that version first. (Unknown here: {', '.join(unknown[:3])}.)",
            Exit.REFUSED,
        )


def restore(archive: zipfile.ZipFile, about: Manifest, report: Report) -> None:
    """Put a verified backup in the place of what the database holds."""
    check_known(about)
    if connection.vendor == "sqlite":
        _restore_sqlite(archive, about, report)
    else:
        _restore_server(archive, about, report)


# --- SQLite -----------------------------------------------------------------------------------------------------------
def _restore_sqlite(archive: zipfile.ZipFile, about: Manifest, report: Report) -> None:
    path = Path(connection.settings_dict["NAME"])
    beside = path.with_name(f"{path.name}.restoring")
    _remove_files(beside)
    beside.touch(mode=0o600)
    try:
        with _connected_to(beside):
            _build(archive, about, report)
        _fold(beside)
        _restore_uploads(archive, about)
        if path.exists():
            # Without a log of its own the old file is whole by itself until the very moment it is replaced.
            _fold(path)
        _sync(beside)
        beside.replace(path)
    finally:
        _remove_files(beside)


@contextmanager
def _connected_to(path: Path) -> Iterator[None]:
    """Let another file be the site's database for a block: migrations read and write that one and no other."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _fold(path: Path) -> None:
    """Bring everything in the write-ahead log into the file; only possible while nobody else has it open."""
    folding = sqlite3.connect(path, timeout=5)
    try:
        if folding.execute("PRAGMA journal_mode=DELETE").fetchone() != ("delete",):
            raise Stop(IN_USE)
    except sqlite3.OperationalError as error:
        raise Stop(IN_USE) from error
    finally:
        folding.close()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _remove_files(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


# --- PostgreSQL -------------------------------------------------------------------------------------------------------
def _restore_server(archive: zipfile.ZipFile, about: Manifest, report: Report) -> None:
    with tenancy.across_communities(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '30s'")
        _drop_tables()
        _build(archive, about, report)
        _restore_uploads(archive, about)


def _drop_tables() -> None:
    applied = snapshot.list_applied()
    ours = {model._meta.db_table for model in snapshot.list_models(applied)} | snapshot.LEFT_OUT
    there = ours & set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in sorted(there):
            cursor.execute(f'DROP TABLE "{table}" CASCADE')
        if applied:
            cursor.execute(f'DELETE FROM "{MigrationRecorder.Migration._meta.db_table}"')  # noqa: S608 Django's own name


# --- both -------------------------------------------------------------------------------------------------------------
def _build(archive: zipfile.ZipFile, about: Manifest, report: Report) -> None:
    """Make the tables of the backup's day, fill them, and bring them up to date."""
    executor = MigrationExecutor(connection)
    executor.migrate(_last_of_each_app(executor, about))
    if snapshot.list_applied() != sorted(about.migrations):
        raise Stop("This backup's list of migrations does not fit together.", Exit.UNREADABLE)
    models_of_then = {model._meta.db_table: model for model in snapshot.list_models(about.migrations)}
    if models_of_then.keys() != about.tables.keys():
        raise Stop("This backup does not hold the tables of its own version.", Exit.UNREADABLE)
    try:
        with transaction.atomic():
            _fill(models_of_then, archive, about, report)
            connection.check_constraints()
    except (DatabaseError, ValueError, TypeError) as error:
        raise Stop(f"A row of this backup does not fit its table: {error}", Exit.UNREADABLE) from error
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _last_of_each_app(executor: MigrationExecutor, about: Manifest) -> list[tuple[str, str]]:
    applied = set(about.migrations)
    nodes = executor.loader.graph.node_map
    return [
        key
        for key in sorted(applied)
        if not any(child.key in applied and child.key[0] == key[0] for child in nodes[key].children)
    ]


def _fill(
    models_of_then: dict[str, type[models.Model]],
    archive: zipfile.ZipFile,
    about: Manifest,
    report: Report,
) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # Migrations leave some of them immediate.
        for table in models_of_then:
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 what a migration has put there itself
    for table, model in models_of_then.items():
        fields = snapshot.columns_of(model)
        if snapshot.names_of(model) != about.tables[table].columns:
            raise Stop(f"The table {table} of this backup has other columns than its version.", Exit.UNREADABLE)
        _keep_times(fields)
        for lines in _batches(archive, table):
            values = (snapshot.read_values(line, fields) for line in lines)
            rows = [model(**{field.attname: one for field, one in zip(fields, row, strict=True)}) for row in values]
            model._base_manager.bulk_create(rows)
            report(table, len(rows))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models_of_then.values())):
            cursor.execute(statement)


def _keep_times(fields: Iterable[models.Field[Any, Any]]) -> None:
    """Let no column write down the time of restoring in place of its own; these models serve this restoring alone."""
    for field in fields:
        if isinstance(field, models.DateField):
            field.auto_now = field.auto_now_add = False


def _batches(archive: zipfile.ZipFile, table: str) -> Iterator[list[str]]:
    with archive.open(Table.member(table)) as member:
        lines = (line.decode() for line in member)
        while batch := list(itertools.islice(lines, WRITE_AT_ONCE)):
            yield batch


def _restore_uploads(archive: zipfile.ZipFile, about: Manifest) -> None:
    """Put back uploads that are missing. They are never changed once written, so what is there already stays."""
    root = Path(settings.MEDIA_ROOT)
    for name, sha256 in about.uploads.items():
        path = root / name
        if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.partial")
        with archive.open(manifest.UPLOADS + name) as source, partial.open("wb") as target:
            while chunk := source.read(1024 * 1024):
                target.write(chunk)
        partial.replace(path)


def count_rows(about: Manifest) -> int:
    """Return how many rows a backup holds."""
    return sum(table.rows for table in about.tables.values())
