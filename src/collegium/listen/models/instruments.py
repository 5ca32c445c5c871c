"""Instruments as they were when somebody was asked: a version in use never changes."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.people.models import Unit
from collegium.people.models.dated import Owned


class InstrumentVersion(Owned):
    """One version of an instrument, kept as its file. Shipped ones have no unit; own ones belong to one."""

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    key = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    definition = models.TextField()
    created_at = models.DateTimeField(default=time.now)
    created_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "unit", "key", "version"],
                condition=models.Q(unit__isnull=False),
                name="instrumentversion_own_unique",
            ),
            models.UniqueConstraint(
                fields=["community", "key", "version"],
                condition=models.Q(unit__isnull=True),
                name="instrumentversion_shipped_unique",
            ),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="instrumentversion_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"
