"""Migrations that make many tables at once."""

from __future__ import annotations

from django.db import models
from django.db.migrations import AddConstraint, AddField, AddIndex, AlterField, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter

from collegium.base.management.commands.makemigrations import put_together
from collegium.base.tables import CreateTables

ONCE = models.UniqueConstraint(fields=["name"], name="once")
LATER = models.UniqueConstraint(fields=["name", "friend"], name="later")
DEEP = models.CheckConstraint(condition=models.Q(friend__isnull=False), name="deep")
BY_NAME = models.Index(fields=["name"], name="by_name")


def table(name: str, **options: object) -> CreateModel:
    fields: list[tuple[str, models.Field]] = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.TextField()),
    ]
    return CreateModel(name, fields, options)


def friend() -> models.Field:
    return models.ForeignKey("people.Two", models.CASCADE, null=True)


def built(operations: list[Operation]) -> ProjectState:
    state = ProjectState()
    assert state.apps is not None  # as in a migration that is run, where every model is there before it begins
    for operation in operations:
        operation.state_forwards("people", state)
    return state


def test_new_tables_are_made_together_and_with_their_rules() -> None:
    (made,) = put_together([table("One"), table("Two"), AddIndex("One", BY_NAME), AddConstraint("Two", ONCE)])
    assert isinstance(made, CreateTables)
    assert [each.options for each in made.tables] == [{"indexes": [BY_NAME]}, {"constraints": [ONCE]}]
    assert "CreateModel" in OperationWriter(made, indentation=0).serialize()[0]


def test_a_rule_about_a_field_that_comes_later_stays_after_it() -> None:
    field = AddField("One", "friend", friend())
    rules = [AddConstraint("One", LATER), AddConstraint("One", DEEP)]
    made, *rest = put_together([table("One"), table("Two"), field, *rules, AddConstraint("One", ONCE)])
    assert rest == [field, *rules]
    assert isinstance(made, CreateTables)
    assert made.tables[0].options == {"constraints": [ONCE]}


def test_what_is_changed_in_between_keeps_its_order() -> None:
    asked: list[Operation] = [
        table("One"),
        AlterField("One", "name", models.CharField(max_length=9)),
        AddConstraint("One", ONCE),
    ]
    assert [each.deconstruct() for each in put_together(asked)] == [each.deconstruct() for each in asked]


def test_the_models_are_the_same_as_one_by_one() -> None:
    asked = [table("One"), table("Two"), AddField("One", "friend", friend()), AddConstraint("One", LATER)]
    together = built(put_together([*asked]))
    assert together == built([*asked])
    assert together.apps.get_model("people", "One")._meta.get_field("friend").related_model._meta.model_name == "two"
