"""Which community the current work belongs to.

Queries filter by community themselves. This is the second wall: on PostgreSQL the scope is handed to the session, and
row-level security hides and refuses every row of another community, for raw SQL too. Outside any scope nothing is
visible, so that a forgotten scope fails closed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor as Editor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


@dataclass(frozen=True, slots=True)
class Scope:
    """One community, all of them, or (the default) none."""

    community_id: uuid.UUID | None = None
    reaches_all: bool = False


NOWHERE = Scope()
_scope: ContextVar[Scope] = ContextVar("collegium_scope", default=NOWHERE)


def current() -> Scope:
    """Return the scope in force."""
    return _scope.get()


def _tell_database(scope: Scope) -> None:
    if connection.vendor != "postgresql":
        return
    if connection.in_atomic_block and (connection.needs_rollback or _refused_a_statement()):
        return  # The rollback that must follow restores the session setting by itself.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('collegium.community', %s, false), set_config('collegium.reach', %s, false)",
            [str(scope.community_id or ""), "all" if scope.reaches_all else ""],
        )


def _refused_a_statement() -> bool:
    from psycopg.pq import TransactionStatus  # only where PostgreSQL is used

    return bool(connection.connection.info.transaction_status == TransactionStatus.INERROR)


@contextmanager
def _entered(scope: Scope) -> Iterator[None]:
    before = _scope.get()
    token = _scope.set(scope)
    try:
        _tell_database(scope)
        yield
    finally:
        _scope.reset(token)
        _tell_database(before)


@contextmanager
def community_scope(community_id: uuid.UUID) -> Iterator[None]:
    """See and write rows of this community only."""
    with _entered(Scope(community_id=community_id)):
        yield


@contextmanager
def across_communities() -> Iterator[None]:
    """See and write rows of every community: for sign-in, the command line and upkeep, never for a page."""
    with _entered(Scope(reaches_all=True)):
        yield


_VISIBLE = (
    "{column} = NULLIF(current_setting('collegium.community', true), '')::uuid"
    " OR current_setting('collegium.reach', true) = 'all'"
)


class RowSecurity(Operation):
    """Puts tables behind row-level security on PostgreSQL.

    It needs no models, whereas `RunPython` would build those of every room anew.
    """

    def __init__(self, *tables: str, column: str = "community_id") -> None:
        self.tables, self.column = tables, column

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change no model."""

    def database_forwards(self, app_label: str, schema_editor: Editor, *_states: ProjectState) -> None:  # noqa: ARG002
        """Show and take rows of the community in scope only."""
        visible = _VISIBLE.format(column=self.column)
        self._tell(
            schema_editor,
            "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY one_community ON {{table}} USING ({visible}) WITH CHECK ({visible})",
        )

    def database_backwards(self, app_label: str, schema_editor: Editor, *_states: ProjectState) -> None:  # noqa: ARG002
        """Take the wall down."""
        self._tell(
            schema_editor,
            "DROP POLICY one_community ON {table}",
            "ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )

    def _tell(self, editor: Editor, *statements: str) -> None:
        if editor.connection.vendor == "postgresql":
            for table in self.tables:
                for statement in statements:
                    editor.execute(statement.format(table=editor.quote_name(table)))
