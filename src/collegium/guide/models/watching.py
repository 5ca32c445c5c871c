"""How far the indicators of a community have been read again after what happened in it."""

from __future__ import annotations

from django.db import models

from collegium.people.models.dated import Owned


class Watch(Owned):
    """Up to when a community was looked at, and how many events lay in the last minutes before that.

    A transaction that was under way then may have told of its events since: more than were counted show it.
    """

    looked_until = models.DateTimeField()
    events_counted = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community"], name="watch_once")]

    def __str__(self) -> str:
        return f"{self.community_id} {self.looked_until:%Y-%m-%d}"
