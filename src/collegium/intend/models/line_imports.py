"""Plans brought in from a file: what was uploaded, which column holds what, and what became of it."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.intend.enums import LineImportState
from collegium.people.models import Person, Unit
from collegium.people.models.dated import Owned


class LineImport(Owned):
    """One upload of a plan for a unit. The cells go when it is settled; the columns stay for the next file like it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=LineImportState.choices, default=LineImportState.OPEN)
    file_name = models.CharField(max_length=200)
    headers = models.JSONField(default=list)
    rows = models.JSONField(default=list)  # pairs of the number of a row in the file and its cells
    columns = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=time.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=LineImportState.values), name="lineimport_state_known")
        ]
        indexes = [models.Index(fields=["unit", "-created_at"], name="lineimport_by_unit")]

    def __str__(self) -> str:
        return self.file_name
