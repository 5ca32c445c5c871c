"""What was worked out of a wave for the page of a unit, kept so that the page need not."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.connect.models.waves import TieWave
from collegium.people.models import Unit
from collegium.people.models.dated import Owned


class WaveAnalysis(Owned):
    """The document of one unit's page, and the hash of the ties and members it was worked out from.

    `map` holds where marks lie, by the numbers of members; what of it a reader may see is worked out for each.
    `leaving` holds what rests on members one by one: it is read for that member and for stewards alone, never listed.
    """

    wave = models.ForeignKey(TieWave, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    data_hash = models.CharField(max_length=64)
    document = models.JSONField(default=dict)
    map = models.JSONField(default=dict)
    leaving = models.JSONField(default=dict)
    worked_out_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "unit"], name="waveanalysis_once")]
        indexes = [models.Index(fields=["unit", "-worked_out_at"], name="waveanalysis_by_unit")]

    def __str__(self) -> str:
        return str(self.id)
