"""Making many tables of a migration at once."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor as Editor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTables(Operation):
    """Makes tables that belong together; `manage makemigrations` writes it.

    For each model that is added by itself Django builds all models anew that have to do with it, which here are nearly
    all: a community and its people stand under every table. So the models are added together and built once.
    """

    serialization_expand_args = ["tables"]

    def __init__(self, tables: list[CreateModel]) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models; they are built when somebody asks for one of them."""
        state.__dict__.pop("apps", None)
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, editor: Editor, before: ProjectState, after: ProjectState) -> None:
        """Make the tables."""
        for table in self.tables:
            table.database_forwards(app_label, editor, before, after)

    def database_backwards(self, app_label: str, editor: Editor, before: ProjectState, after: ProjectState) -> None:
        """Drop the tables, the last one first."""
        for table in reversed(self.tables):
            table.database_backwards(app_label, editor, before, after)

    def references_model(self, name: str, app_label: str) -> bool:
        """Say whether a table here is the model or points at it."""
        return any(table.references_model(name, app_label) for table in self.tables)

    def describe(self) -> str:
        """Name the tables."""
        return f"Create tables {', '.join(table.name for table in self.tables)}"
