"""Many rows at once, as plain values: a model instance for each of 100,000 people would take minutes and gigabytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

T = TypeVar("T")
CHUNK = 500
_PLAIN = (models.CharField, models.IntegerField, models.BooleanField)


def chunked(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Cut a stream into lists."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def table_of(model: type[models.Model]) -> str:
    """The quoted name of a model's table."""
    return connection.ops.quote_name(model._meta.db_table)


def _columns(model: type[models.Model], names: Sequence[str]) -> list[models.Field[Any, Any]]:
    return [model._meta.get_field(name) for name in names]  # type: ignore[misc]


def _prepared(columns: Sequence[models.Field[Any, Any]], rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    """The rows as the database takes them; texts and numbers it takes as they are."""
    wrapper = connections[DEFAULT_DB_ALIAS]  # `connection` would look this up for every value
    prepare = [None if isinstance(column, _PLAIN) else column.get_db_prep_save for column in columns]
    for row in rows:
        yield [
            value if ready is None or value is None else ready(value, wrapper)
            for ready, value in zip(prepare, row, strict=True)
        ]


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of these fields; fields that are not named must have no value to be given."""
    columns = _columns(model, names)
    quote = connection.ops.quote_name
    listed = ", ".join(quote(str(column.column)) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {table_of(model)} ({listed}) VALUES ({marks})"  # noqa: S608 our own names
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(_prepared(columns, rows)))


def update_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Set these fields of rows; each row ends with its id."""
    columns = _columns(model, [*names, "id"])
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(str(column.column))} = %s" for column in columns[:-1])
    statement = f"UPDATE {table_of(model)} SET {sets} WHERE id = %s"  # noqa: S608 our own names
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(_prepared(columns, rows)))


def hold_off_writers(*tables: type[models.Model]) -> None:
    """Let nobody else write to the tables until the transaction ends. SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        names = ", ".join(table_of(table) for table in tables)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
