"""What a unit made of a move that was suggested: taken up, put off or declined, with the numbers of that day."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.guide.enums import MoveAnswer
from collegium.people.models import Person, Unit
from collegium.people.models.dated import Owned


class MoveRecord(Owned):
    """An answer to a move. `evidence` holds the readings that led to it, as they were; `title` what it said then.

    It is open until it is finished, with what came of it, or taken back.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    move_key = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    answer = models.CharField(max_length=8, choices=MoveAnswer.choices)
    reason = models.TextField(blank=True)
    until = models.DateField(null=True, blank=True)
    asks = models.CharField(max_length=20)
    weeks = models.PositiveSmallIntegerField()
    evidence = models.JSONField(default=list)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(default=time.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    came_of_it = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(answer__in=MoveAnswer.values), name="moverecord_answer_known"),
            models.CheckConstraint(
                condition=models.Q(answer=MoveAnswer.PUT_OFF, until__isnull=False)
                | (~models.Q(answer=MoveAnswer.PUT_OFF) & models.Q(until__isnull=True)),
                name="moverecord_put_off_until",
            ),
            models.CheckConstraint(
                condition=models.Q(answer=MoveAnswer.TAKEN) | ~models.Q(reason=""), name="moverecord_says_why_not"
            ),
            models.UniqueConstraint(
                fields=["unit", "move_key"], condition=models.Q(finished_at__isnull=True), name="moverecord_one_open"
            ),
        ]
        indexes = [models.Index(fields=["unit", "-answered_at"], name="moverecord_by_unit")]

    def __str__(self) -> str:
        return f"{self.move_key} {self.answer}"
