"""Secret ballots: sealed together while the vote is open, published together when it closes.

Only `collegium.decide.ballots` reads these tables. Nothing in them leads to a person, an instant or an order.
"""

from __future__ import annotations

from django.db import models

from collegium.decide.models.polls import Poll
from collegium.people.models.dated import Owned


class Box(Owned):
    """Ballots of an open secret vote, sealed anew under a key that is used once each time one is put in.

    A large vote has several boxes, and each ballot goes into one that is drawn by lot.
    """

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField(default=0)
    sealed = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "position"], name="box_position_once")]

    def __str__(self) -> str:
        return str(self.id)


class SecretBallot(Owned):
    """A ballot of a closed secret vote, as everybody who takes part may see it; its voter knows the code."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=20)
    marks = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "code"], name="secretballot_code_once")]

    def __str__(self) -> str:
        return str(self.id)


class SecretReason(Owned):
    """What somebody wrote beside a secret ballot, cut from it; kept only where enough wrote and voted."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.id)
