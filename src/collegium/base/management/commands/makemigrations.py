"""Django's makemigrations, with all that belongs to new tables in one operation (see `CreateTables`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from typing import Any

from django.core.management.commands import makemigrations
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.operations.base import Operation

from collegium.base.tables import CreateTables


class Command(makemigrations.Command):
    """Writes migrations for what has changed in the models."""

    def write_migration_files(self, changes: dict[str, list[Migration]], *args: Any) -> None:
        """Put the operations of each migration together before it is written."""
        for migrations in changes.values():
            for migration in migrations:
                vars(migration)["operations"] = put_together(migration.operations)
        super().write_migration_files(changes, *args)


def put_together(operations: Sequence[Operation]) -> list[Operation]:
    """Return operations that do the same, with new tables made together, and with their indexes and constraints."""
    together: list[Operation] = []
    tables: list[CreateModel] = []
    for operation in [*_fold(operations), None]:
        if isinstance(operation, CreateModel):
            tables.append(operation)
            continue
        together += [CreateTables(tables)] if len(tables) > 1 else tables
        tables = []
        together += [operation] if operation else []
    return together


def _fold(operations: Sequence[Operation]) -> list[Operation]:
    """Move indexes and constraints into the operations that make their tables, unless a field comes in between."""
    made: dict[str, CreateModel] = {}
    later: dict[str, set[str]] = {}
    kept: list[Operation] = []
    for operation in operations:
        name = getattr(operation, "model_name_lower", "")
        if isinstance(operation, CreateModel):
            table = copy(operation)
            table.options = {**operation.options}
            made[operation.name_lower] = table
            kept.append(table)
            continue
        if isinstance(operation, AddField):
            later.setdefault(name, set()).add(operation.name)
        elif isinstance(operation, AddIndex | AddConstraint) and name in made:
            kind, added = ("indexes", "index") if isinstance(operation, AddIndex) else ("constraints", "constraint")
            rule = getattr(operation, added)
            if not later.get(name, set()) & set(re.findall(r"\w+?(?=__|\b)", repr(rule.deconstruct()))):
                made[name].options[kind] = [*made[name].options.get(kind, ()), rule]
                continue
        else:
            made.pop(name, None)
        kept.append(operation)
    return kept
