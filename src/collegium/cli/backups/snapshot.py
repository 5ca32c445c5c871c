"""The rows of a database as values, as its migrations define them at that moment, whatever the code of today says."""

from __future__ import annotations

import datetime as dt
import decimal
import json
import uuid
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader

from collegium.base import tenancy
from collegium.site.databases import CACHE_APP

# Whoever holds a backup must not become somebody by it, and a restored site has nobody signed in.
LEFT_OUT = frozenset({"django_session", "usersessions_usersession"})
READ_AT_ONCE = 2000


@contextmanager
def reading() -> Iterator[None]:
    """Make everything read in a block be of one moment, without holding up any writer."""
    with tenancy.across_communities():
        if connection.vendor == "sqlite":
            with _reading_sqlite():
                yield
            return
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


@contextmanager
def _reading_sqlite() -> Iterator[None]:
    # Django would begin by asking to write, as the site must; who only reads the write-ahead log need not.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT count(*) FROM sqlite_master")  # The snapshot is taken by the first read.
            yield
        finally:
            cursor.execute("ROLLBACK")


def list_applied() -> list[tuple[str, str]]:
    """Return the migrations that the database has had, of those that this version has: rows are read as these say."""
    loader = MigrationLoader(connection)
    return sorted(loader.graph.nodes.keys() & loader.applied_migrations.keys())


def list_models(applied: list[tuple[str, str]]) -> list[type[models.Model]]:
    """Return the models that these migrations make, in the order of their tables' names."""
    state = MigrationLoader(connection).project_state(applied)
    found = {
        model._meta.db_table: model
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label != CACHE_APP
    }
    return [found[table] for table in sorted(found) if table not in LEFT_OUT]


def columns_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Return the stored fields of a model."""
    return list(model._meta.concrete_fields)


def names_of(model: type[models.Model]) -> list[str]:
    """Return the names of a model's columns."""
    return [str(field.column) for field in columns_of(model)]


def read_lines(model: type[models.Model]) -> Iterator[str]:
    """Return a table row by row as JSON lines, in the order of its keys."""
    names = [field.attname for field in columns_of(model)]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(READ_AT_ONCE):
        yield json.dumps(row, default=_to_json, ensure_ascii=False, separators=(",", ":"))


def _to_json(value: object) -> object:
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode("ascii")
    if isinstance(value, uuid.UUID | decimal.Decimal | dt.timedelta):
        return str(value)
    raise TypeError(f"a backup cannot hold {type(value).__name__}")


def read_values(line: str, fields: list[models.Field[Any, Any]]) -> list[Any]:
    """Return the values of one JSON line, as the fields hold them."""
    return [
        value if value is None or isinstance(field, models.JSONField) else field.to_python(value)
        for field, value in zip(fields, json.loads(line), strict=True)
    ]
