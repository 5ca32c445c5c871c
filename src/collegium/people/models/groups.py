"""Groups: how people work together across and inside units, each with dated memberships."""

from __future__ import annotations

from django.db import models

from collegium.people.enums import GroupKind, GroupRole
from collegium.people.models.dated import Dated
from collegium.people.models.persons import Person
from collegium.people.models.units import Unit


class Group(Dated):
    """A team, learning community, committee or enquiry group; its home is a unit, its members may come from others."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="groups")
    kind = models.CharField(max_length=10, choices=GroupKind.choices)
    name = models.CharField(max_length=160)
    purpose = models.TextField(blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=models.Q(kind__in=GroupKind.values), name="group_kind_known"),
            models.CheckConstraint(condition=~models.Q(name=""), name="group_named"),
            models.UniqueConstraint(
                fields=["unit", "name"], condition=models.Q(ends_on__isnull=True), name="group_name_one_open"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMembership(Dated):
    """A person's part in a group."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=GroupRole.choices, default=GroupRole.MEMBER)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=models.Q(role__in=GroupRole.values), name="groupmembership_role_known"),
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=models.Q(ends_on__isnull=True),
                name="groupmembership_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.group_id}"
