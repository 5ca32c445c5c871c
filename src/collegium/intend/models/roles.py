"""Roles in groups (H6): what somebody takes on for the others, and who holds it from when to when."""

from __future__ import annotations

from django.db import models

from collegium.intend.models.serves import Serves
from collegium.people.models import Group, Person
from collegium.people.models.dated import Dated


class WorkRole(Dated, Serves):
    """A role in a group: its purpose, the obligations that come with it, and which kinds of work it does."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=160)
    purpose = models.TextField(blank=True)
    obligations = models.JSONField(default=list)  # texts, in their order
    works = models.JSONField(default=list)  # values of enums.Work

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            *Serves.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(title=""), name="workrole_titled"),
            models.UniqueConstraint(
                fields=["group", "title"], condition=models.Q(ends_on__isnull=True), name="workrole_one_open"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RoleHolding(Dated):
    """Somebody holds a role, from a day on."""

    role = models.ForeignKey(WorkRole, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["role", "person"], condition=models.Q(ends_on__isnull=True), name="roleholding_one_open"
            ),
        ]
        indexes = [models.Index(fields=["person", "ends_on"], name="roleholding_by_person")]

    def __str__(self) -> str:
        return str(self.id)
