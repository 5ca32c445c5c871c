"""Communities, units and how units are tied: a dated graph, not a tree."""

from __future__ import annotations

from django.db import models

from collegium.base import ids, time
from collegium.people.enums import Governance, Role, TieKind, UnitKind
from collegium.people.models.dated import Dated


class Community(models.Model):
    """A tenant: everything below belongs to exactly one, and to others it does not exist."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    name = models.CharField(max_length=200)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=time.now)

    def __str__(self) -> str:
        return self.name


class Unit(Dated):
    """A team, school, district or trust, alliance or state."""

    kind = models.CharField(max_length=10, choices=UnitKind.choices)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80)
    identifier = models.CharField(max_length=80, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["community", "slug"], name="unit_slug_unique"),
            models.CheckConstraint(condition=models.Q(kind__in=UnitKind.values), name="unit_kind_known"),
            models.CheckConstraint(condition=~models.Q(name=""), name="unit_named"),
        ]
        indexes = [models.Index(fields=["community", "kind", "name"], name="unit_by_kind")]

    def __str__(self) -> str:
        return self.name


class UnitTie(Dated):
    """From `upper` to `lower`: upper contains lower, or they are partners. An alliance's ties say how binding."""

    upper = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="ties_down")
    lower = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="ties_up")
    kind = models.CharField(max_length=10, choices=TieKind.choices)
    governance = models.PositiveSmallIntegerField(choices=Governance.choices, null=True, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(upper=models.F("lower")), name="unittie_not_to_itself"),
            models.CheckConstraint(condition=models.Q(kind__in=TieKind.values), name="unittie_kind_known"),
            models.CheckConstraint(
                condition=models.Q(governance__isnull=True) | models.Q(governance__in=Governance.values),
                name="unittie_governance_known",
            ),
            models.UniqueConstraint(
                fields=["upper", "lower", "kind"],
                condition=models.Q(ends_on__isnull=True),
                name="unittie_one_open",
            ),
        ]
        # Walking down to a school's teams reads this index alone; without it SQLite makes one for every walk.
        indexes = [models.Index(fields=["upper", "kind", "lower", "starts_on", "ends_on"], name="unittie_downwards")]

    def __str__(self) -> str:
        return f"{self.upper_id} {self.kind} {self.lower_id}"


class UnitRole(Dated):
    """A role given to a person in a unit. Members and supporters from above mostly follow from posts instead."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=10, choices=Role.choices)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="unitrole_role_known"),
            models.UniqueConstraint(
                fields=["unit", "person", "role"],
                condition=models.Q(ends_on__isnull=True),
                name="unitrole_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.unit_id}"
