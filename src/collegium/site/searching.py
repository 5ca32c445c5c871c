"""Searching without regard to case for all letters, on SQLite too, which by itself knows only those of ASCII.

PostgreSQL compares letters of every alphabet. On SQLite a text that holds other letters is compared by a function of
ours; one in plain ASCII finds the same without it, and quicker.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db.backends.signals import connection_created
from django.db.models import Field
from django.db.models.lookups import IContains

FUNCTION = "collegium_contains"


class Contains(IContains):
    """`icontains` for letters of every alphabet."""

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Write the comparison for SQLite."""
        if not isinstance(self.rhs, str) or self.rhs.isascii():
            return super().as_sql(compiler, connection)  # type: ignore[return-value]
        column, params = self.process_lhs(compiler, connection)
        return f"{FUNCTION}({column}, %s)", [*params, fold(self.rhs)]


def fold(text: str) -> str:
    """Return a text as it is compared: `ß` like `ss`, an accent written on its own like one on its letter."""
    return unicodedata.normalize("NFC", text).casefold()


def contains(text: str | None, folded: str) -> bool | None:
    """Say whether a text of the database contains another one, folded already."""
    return None if text is None else folded in text.casefold()


def teach(connection: Any, **_unused: Any) -> None:
    """Give a new connection to SQLite the function."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(FUNCTION, 2, contains, deterministic=True)


def install() -> None:
    """Search like this everywhere."""
    Field.register_lookup(Contains)
    connection_created.connect(teach, dispatch_uid="collegium.site.searching")
