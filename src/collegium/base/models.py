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


class StoredReading(models.Model):
    """An indicator of a unit as it was read on a day; it holds until the next row of the same unit and key.

    A row is written only where a reading differs from the one before: of what stands still, nothing piles up.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    community_id = models.UUIDField()
    unit_id = models.UUIDField()
    key = models.CharField(max_length=80)
    on = models.DateField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    n = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_id", "key", "on"], name="storedreading_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(low__isnull=True, high__isnull=True) | models.Q(low__lte=models.F("high")),
                name="storedreading_interval_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.on:%Y-%m-%d}"


class ReadUnit(models.Model):
    """When all indicators of a unit were last read and stored; of others the readings are taken as they are asked."""

    unit_id = models.UUIDField(primary_key=True)
    community_id = models.UUIDField()
    read_on = models.DateField()
    read_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["community_id", "read_on"], name="readunit_by_day")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.read_on:%Y-%m-%d}"
