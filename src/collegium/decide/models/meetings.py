"""Meetings: when and where people of a unit or a group meet, on what, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from collegium.decide.enums import Presence
from collegium.decide.models.matters import Matter
from collegium.decide.models.outcomes import Outcome
from collegium.people.models import Group, Person, Unit
from collegium.people.models.dated import Owned


class Meeting(Owned):
    """A meeting of everybody in a unit, or of one of its groups. `notes` is what its minutes say beside the agenda."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=160)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    where = models.CharField(max_length=160, blank=True)
    notes = models.TextField(blank=True)
    others_there = models.CharField(max_length=500, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    called_off_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="meeting_titled"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="meeting_lasts"),
        ]
        indexes = [
            models.Index(fields=["unit", "starts_at"], name="meeting_by_unit"),
            models.Index(fields=["group", "starts_at"], name="meeting_by_group"),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItem(Owned):
    """Something to talk about at a meeting: a matter or anything else; later what was said, and what was decided."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    matter = models.ForeignKey(Matter, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField(default=10)
    brought_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.TextField(blank=True)
    outcome = models.ForeignKey(Outcome, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="agendaitem_titled"),
            models.UniqueConstraint(
                fields=["meeting", "matter"], condition=Q(matter__isnull=False), name="agendaitem_matter_once"
            ),
        ]
        indexes = [models.Index(fields=["meeting", "position"], name="agendaitem_in_order")]

    def __str__(self) -> str:
        return self.title


class Attendance(Owned):
    """Somebody was at a meeting, or sent their apologies."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    presence = models.CharField(max_length=9, choices=Presence.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="attendance_once"),
            models.CheckConstraint(condition=Q(presence__in=Presence.values), name="attendance_presence_known"),
        ]

    def __str__(self) -> str:
        return str(self.id)
