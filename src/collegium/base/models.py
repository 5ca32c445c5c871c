"""Tables that every room writes to and none owns."""

from __future__ import annotations

from django.db import models

from collegium.base import ids


class Event(models.Model):
    """Something that happened, by whom, to what. Holds ids, never names, and outlives what it tells of."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    community_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["community_id", "-at"], name="event_by_community"),
            models.Index(fields=["unit_id", "-at"], name="event_by_unit"),
            models.Index(fields=["object_id", "-at"], name="event_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_kind}"


class Job(models.Model):
    """A piece of work that runs apart from the request, and how far it has come."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    UNDER_WAY = (State.QUEUED, State.RUNNING)

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    community_id = models.UUIDField(null=True)
    name = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    error_code = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["community_id", "-created_at"], name="job_by_community")]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"
