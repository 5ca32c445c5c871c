"""Whom a person lets see their name beside their mark (nobody else does), and who declines to be drawn at all."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.people.models import Person, Unit
from collegium.people.models.dated import Owned


class NamePermission(Owned):
    """An owner lets one colleague see their name, or everybody who works in a unit; never more than they chose."""

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    viewer = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    given_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(viewer__isnull=False, unit__isnull=True)
                | models.Q(viewer__isnull=True, unit__isnull=False),
                name="namepermission_to_one",
            ),
            models.CheckConstraint(
                condition=models.Q(viewer__isnull=True) | ~models.Q(viewer=models.F("owner")),
                name="namepermission_not_oneself",
            ),
            models.UniqueConstraint(
                fields=["owner", "viewer"], condition=models.Q(viewer__isnull=False), name="namepermission_viewer_once"
            ),
            models.UniqueConstraint(
                fields=["owner", "unit"], condition=models.Q(unit__isnull=False), name="namepermission_unit_once"
            ),
        ]
        indexes = [
            models.Index(fields=["viewer"], name="namepermission_by_viewer"),
            models.Index(fields=["unit"], name="namepermission_by_unit"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class MapRefusal(Owned):
    """A person declines to be drawn on maps, in waves gone by and those to come."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    declined_at = models.DateTimeField(default=time.now)

    def __str__(self) -> str:
        return str(self.id)
