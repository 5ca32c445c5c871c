"""Imports of ties: what was uploaded, what it would add, and what became of it."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.connect.enums import ImportState
from collegium.connect.models.waves import TieWave
from collegium.people.models import Unit
from collegium.people.models.dated import Owned


class TieImport(Owned):
    """One upload of ties for a unit.

    `asked_on` is the day the ties were told, and the day whose organisation counts. `kind_of_tie` names the ties of a
    file that does not, `columns` which of its columns holds what where the titles do not say it. `counts` outlive the
    import; `findings` hold ids from the file and go when it is settled.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.READING)
    title = models.CharField(max_length=160)
    asked_on = models.DateField()
    kind_of_tie = models.CharField(max_length=200)
    ties_file = models.CharField(max_length=200)
    people_file = models.CharField(max_length=200, blank=True)
    columns = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    findings = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)
    wave = models.ForeignKey(TieWave, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    job_id = models.UUIDField(null=True)
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=time.now)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ImportState.values), name="tieimport_state_known"),
            models.CheckConstraint(condition=~models.Q(title=""), name="tieimport_titled"),
        ]
        indexes = [models.Index(fields=["unit", "-created_at"], name="tieimport_by_unit")]

    def __str__(self) -> str:
        return f"{self.title} ({self.state})"
