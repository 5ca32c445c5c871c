"""The way a unit has chosen to begin, vision first or trust first, with its steps."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.intend.enums import Path, StepKind
from collegium.intend.models.texts import Text
from collegium.people.models import Person, Unit
from collegium.people.models.dated import Owned

WHY_LIMIT = 500


class TrustPath(Owned):
    """A path of a unit. `suggested` and `evidence` are what the guidance said on the day it was chosen, and from what:
    published figures alone. `why` is the unit's own reason, asked for where it chooses otherwise.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=6, choices=Path.choices)
    suggested = models.CharField(max_length=10)
    evidence = models.JSONField(default=dict)
    why = models.CharField(max_length=WHY_LIMIT, blank=True)
    chosen_at = models.DateTimeField(default=time.now)
    chosen_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)
    left_because = models.CharField(max_length=WHY_LIMIT, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(path__in=Path.values), name="trustpath_known"),
            models.CheckConstraint(
                condition=models.Q(suggested="unknown") | models.Q(suggested=models.F("path")) | ~models.Q(why=""),
                name="trustpath_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(left_at__isnull=True) | ~models.Q(left_because=""), name="trustpath_left_with_reason"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(left_at__isnull=True), name="trustpath_one_open"
            ),
        ]
        indexes = [models.Index(fields=["unit", "-chosen_at"], name="trustpath_by_unit")]

    def __str__(self) -> str:
        return f"{self.path} ({self.unit_id})"


class TrustStep(Owned):
    """One step of a path: who sees to it, who could in their place, by when, and what was learned once it is done."""

    path = models.ForeignKey(TrustPath, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=StepKind.choices)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    second = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    learned = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "place"], name="truststep_place_once"),
            models.CheckConstraint(condition=models.Q(kind__in=StepKind.values), name="truststep_kind_known"),
            models.CheckConstraint(
                condition=models.Q(owner__isnull=True)
                | models.Q(second__isnull=True)
                | ~models.Q(owner=models.F("second")),
                name="truststep_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=True) | ~models.Q(learned=""), name="truststep_done_says_what"
            ),
        ]
        indexes = [
            models.Index(fields=["owner"], name="truststep_by_owner"),
            models.Index(fields=["second"], name="truststep_by_second"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.kind}"


class Revisit(Owned):
    """A text that a step of revisiting opened again, from the wording it had, with what was learned.

    `stands_because` says why it stands as it is; otherwise it has been settled once it has a later wording.
    """

    step = models.ForeignKey(TrustStep, on_delete=models.CASCADE, related_name="+")
    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="+")
    from_version = models.PositiveIntegerField()
    learned = models.CharField(max_length=WHY_LIMIT)
    stands_because = models.CharField(max_length=WHY_LIMIT, blank=True)
    opened_at = models.DateTimeField(default=time.now)
    opened_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "text"], name="revisit_once"),
            models.CheckConstraint(condition=~models.Q(learned=""), name="revisit_says_what_was_learned"),
        ]

    def __str__(self) -> str:
        return str(self.id)
