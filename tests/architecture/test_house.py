"""The house keeps its own rules."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from collegium.base import tenancy
from collegium.base.management.commands.makemigrations import put_together
from collegium.site import env
from tests.architecture import rules

ROOT = Path(__file__).resolve().parents[2]
AS_PUBLISHED = ("src/collegium/site/static/vendor/", "tests/vendor/")
# These belong to no community: an account may be a person in several.
SHARED_MODELS = {"people.Account"}


# Mail has no style sheet to link to, and no policy of ours.
MAIL = re.compile(r"/(mail|email)/")


def texts(pattern: str, *folders: str) -> Iterator[tuple[str, str]]:
    """Yield the files we wrote, as (path from the root, text)."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(AS_PUBLISHED) and "/migrations/" not in name:
                yield name, path.read_text(encoding="utf-8")


def assert_kept(rule: Callable[[str, str], list[str]], files: Iterator[tuple[str, str]]) -> None:
    """Apply the rule to every file; a rule that looked at nothing proves nothing."""
    findings = [rule(path, text) for path, text in files]
    assert findings, "no file was looked at"
    assert_nothing([finding for of_file in findings for finding in of_file])


def assert_nothing(findings: list[str]) -> None:
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("pattern", ["*.py", "*.html", "*.css"])
def test_no_file_is_too_long(pattern: str) -> None:
    assert_kept(rules.file_too_long, texts(pattern, "src", "tests", "tools", "bench"))


@pytest.mark.parametrize(
    "rule",
    [rules.function_too_long, rules.left_undone, rules.hidden_write, rules.view_knows_tables, rules.service_signature],
)
def test_code_keeps(rule: Callable[[str, str], list[str]]) -> None:
    assert_kept(rule, texts("*.py", "src", "tests", "tools", "bench"))


def test_single_answers_are_read_in_one_module() -> None:
    assert_kept(rules.answers_read_elsewhere, texts("*.py", "src"))
    assert_kept(rules.ballots_read_elsewhere, texts("*.py", "src"))
    reached = {
        related.name
        for model in apps.get_models()
        for related in model._meta.related_objects
        if related.related_model._meta.label in {"listen.Sheet", "listen.Tray", "listen.Comment"} and not related.hidden
    }
    assert reached == set(), "something leads to single answers from behind"


@pytest.mark.parametrize("pattern", ["*.html", "*.css", "*.js", "*.svg"])
def test_nothing_shown_comes_from_another_host(pattern: str) -> None:
    assert_kept(rules.outside_address, texts(pattern, "src"))


def test_no_template_holds_script_or_style() -> None:
    pages = ((path, text) for path, text in texts("*.html", "src") if not MAIL.search(path))
    assert_kept(rules.inline_code, pages)


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    assert_nothing(rules.undocumented(env.VARIABLES, page))


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    page = (ROOT / "docs/reference/dependencies.md").read_text(encoding="utf-8")
    assert_nothing(rules.unexplained(asked, page))


def test_foreign_keys_point_down_the_house() -> None:
    keys = [
        rules.foreign_key_points_left(model.__module__, field.related_model.__module__)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation
    ]
    assert keys
    assert_nothing([problem for problem in keys if problem])


def test_every_table_of_a_community_is_behind_row_level_security(db: None) -> None:
    ours = [model for model in apps.get_models() if rules.room_of(model.__module__)]
    tables = {model._meta.label: model._meta.db_table for model in ours}
    assert_nothing(rules.outside_the_walls(tables, protected_tables(), SHARED_MODELS))


def test_new_tables_are_made_together() -> None:
    """Setting up a site, and with it every run of the tests, takes several times as long where they are not.

    Whoever meets this: delete the migration before it is on main, and let makemigrations write it again.
    """
    ours = [each for each in MigrationLoader(None).disk_migrations.values() if rules.room_of(type(each).__module__)]
    assert ours
    assert_nothing([str(each) for each in ours if len(put_together(each.operations)) < len(each.operations)])


def protected_tables() -> set[str]:
    """Ask PostgreSQL itself; elsewhere, ask the migrations what they would tell it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
                " AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid)"
            )
            return {table for (table,) in cursor.fetchall()}
    told: list[str] = []
    editor: Any = Editor(told)
    for migration in MigrationLoader(None).disk_migrations.values():
        for operation in migration.operations:
            if isinstance(operation, tenancy.RowSecurity):
                operation.database_forwards(migration.app_label, editor)
    forced = [statement for statement in told if "FORCE ROW LEVEL SECURITY" in statement]
    return {statement.split('"')[1] for statement in forced}


class Editor:
    """Stands where PostgreSQL's schema editor does, and writes down what it is told."""

    def __init__(self, told: list[str]) -> None:
        self.execute: Callable[[str], Any] = told.append
        self.connection = self
        self.vendor = "postgresql"
        self.quote_name = '"{}"'.format


def test_every_statistic_is_explained_and_checked_against_another() -> None:
    pages = "\n".join(text for _, text in texts("*.md", "docs/methods"))
    golden = "\n".join(text for _, text in texts("test_*.py", "tests/golden", "tests/science"))
    problems = [
        problem
        for path, text in texts("*.py", "src/collegium/science")
        if not Path(path).name.startswith("_")  # what a family keeps to itself is no statistic
        for problem in rules.science_undocumented(path, text, pages, golden)
    ]
    assert_nothing(problems)
