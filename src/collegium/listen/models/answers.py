"""Answers. Once a pulse has closed they carry their atom and nothing that leads to a person, an instant or an order.

Only `collegium.listen.answers` reads these tables.
"""

from __future__ import annotations

from django.db import models

from collegium.listen.models.pulses import Pulse
from collegium.people.models import Unit
from collegium.people.models.dated import Owned


class Tray(Owned):
    """Where sheets lie sealed and shuffled while a pulse is open: all of a school, rewritten under a new key each time.

    The keys are not in the database (docs/explanation/anonymity.md); an earlier state can be opened by nobody.
    `position` says where in the file of the pulse's keys those of the tray are, `number` counts its states.
    """

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField(default=0)
    sealed = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pulse", "unit"], name="tray_once")]

    def __str__(self) -> str:
        return str(self.id)


class Sheet(Owned):
    """One sheet of a closed pulse: two bytes for each column of the instrument, -1 where nothing was answered.

    `atom` is a place among those of the publication: more than k people answered in each.
    """

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="+")
    atom = models.PositiveIntegerField()
    answers = models.BinaryField()

    def __str__(self) -> str:
        return str(self.id)


class Comment(Owned):
    """An open answer, cut from the sheet it came on. A steward may withhold one that identifies somebody."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="+")
    atom = models.PositiveIntegerField()
    item = models.CharField(max_length=80)
    text = models.TextField()
    is_withheld = models.BooleanField(default=False)
    withheld_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return str(self.id)
