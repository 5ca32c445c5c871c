"""The public board of a unit (H12): which promises stand in public, in which words, and what was taken off."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.intend.models.commitments import Commitment
from collegium.people.models import Unit
from collegium.people.models.dated import Owned


class Board(Owned):
    """The board of a unit. `address` is what stands in the public link, unlike any other of the whole site.

    `hosts` are the sites that may show it in a frame.
    """

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="+")
    address = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    intro = models.TextField(blank=True)
    hosts = models.JSONField(default=list)
    is_public = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(address=""), name="board_addressed"),
            models.CheckConstraint(condition=~models.Q(title=""), name="board_titled"),
        ]

    def __str__(self) -> str:
        return self.title


class BoardEntry(Owned):
    """A promise on a board, in public words. `taken_off_on` leaves a dated line saying so.

    `name_allowed` is set by the person who promised, and by nobody else; without it the board names no person.
    """

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="+")
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0)
    words = models.TextField()
    next_step = models.CharField(max_length=200, blank=True)
    name_allowed = models.BooleanField(default=False)
    shown_on = models.DateField()
    taken_off_on = models.DateField(null=True, blank=True)
    taken_off_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(words=""), name="boardentry_worded"),
            models.UniqueConstraint(
                fields=["board", "commitment"], condition=models.Q(taken_off_on__isnull=True), name="boardentry_once"
            ),
        ]
        indexes = [models.Index(fields=["board", "position"], name="boardentry_by_board")]

    def __str__(self) -> str:
        return str(self.id)
