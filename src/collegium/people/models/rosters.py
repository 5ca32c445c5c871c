"""Imports of rosters: what was uploaded, what it would change line by line, and how its columns are to be read."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.people.enums import ChangeAction, ChangeKind, RosterState
from collegium.people.models.dated import Owned
from collegium.people.models.units import Unit


class RosterImport(Owned):
    """One upload and what became of it. `unit` is the scope: nothing outside of it is touched.

    `counts` and `findings` say what the file holds without naming anybody; they outlive the lines.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="roster_imports")
    source = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=RosterState.choices, default=RosterState.UPLOADED)
    file_name = models.CharField(max_length=200)
    checksum = models.CharField(max_length=64, blank=True)
    dialect = models.CharField(max_length=20, blank=True)
    is_delta = models.BooleanField(default=False)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    findings = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)
    job_id = models.UUIDField(null=True)
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=time.now)
    planned_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=RosterState.values), name="rosterimport_state_known")
        ]
        indexes = [models.Index(fields=["unit", "-created_at"], name="rosterimport_by_unit")]

    def __str__(self) -> str:
        return f"{self.source} ({self.state})"


class RosterChange(Owned):
    """One line of a preview. It holds what applying and undoing need, and loses it when neither can follow any more.

    `before` and `after` hold field values; `link` holds what the source's id said before and says after.
    """

    roster_import = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="changes")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=ChangeKind.choices)
    action = models.CharField(max_length=7, choices=ChangeAction.choices)
    reason = models.CharField(max_length=40, blank=True)
    file = models.CharField(max_length=200, blank=True)
    row = models.PositiveIntegerField(null=True)
    source_id = models.CharField(max_length=200, blank=True)
    target_id = models.UUIDField(null=True)
    label = models.CharField(max_length=400, blank=True)
    data = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    link = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=ChangeKind.values), name="rosterchange_kind_known"),
            models.CheckConstraint(
                condition=models.Q(action__in=ChangeAction.values), name="rosterchange_action_known"
            ),
        ]
        indexes = [
            models.Index(fields=["roster_import", "action", "place"], name="rosterchange_in_order"),
            models.Index(fields=["target_id"], name="rosterchange_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.kind}"


class ColumnMapping(Owned):
    """How a list with these column titles was read the last time, for one unit."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    headers_key = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    used_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "unit", "headers_key"], name="columnmapping_one_each")
        ]

    def __str__(self) -> str:
        return str(self.id)
