"""What a promise or a role serves on the line."""

from __future__ import annotations

from typing import Any

from django.db import models


class Serves(models.Model):
    """Something that serves a challenge, or a goal on the way to one; or nothing yet."""

    challenge = models.ForeignKey(
        "intend.Challenge", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    goal = models.ForeignKey("intend.Point", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(challenge__isnull=True) | models.Q(goal__isnull=True), name="%(class)s_serves_one"
            )
        ]

    @property
    def serves(self) -> Any:
        """The challenge or the goal, or None."""
        return self.goal or self.challenge
