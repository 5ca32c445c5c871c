"""What was published: worked out once, when a pulse closes, and the same for everybody."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.listen.models.pulses import Pulse, PulseView
from collegium.people.models import Person, Unit
from collegium.people.models.dated import Owned


class Publication(Owned):
    """The moments of a closed pulse by atom; all its published numbers come from them."""

    pulse = models.OneToOneField(Pulse, on_delete=models.CASCADE, related_name="publication")
    atoms = models.JSONField()
    withheld = models.JSONField(default=list)
    sheets = models.PositiveIntegerField()
    moments = models.BinaryField()
    published_at = models.DateTimeField(default=time.now)

    def __str__(self) -> str:
        return str(self.id)


class PublishedView(Owned):
    """The figures of one view, or that it is not shown (`document` is empty then)."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="+")
    view = models.OneToOneField(PulseView, on_delete=models.CASCADE, related_name="published")
    atoms = models.JSONField(default=list)
    n = models.PositiveIntegerField(null=True)
    document = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["pulse"], name="publishedview_by_pulse")]

    def __str__(self) -> str:
        return str(self.id)


class NamingConsent(Owned):
    """A school agrees that its name stands beside its estimate in the picture of an alliance."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    given_at = models.DateTimeField(default=time.now)
    given_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pulse", "unit"], name="namingconsent_once")]

    def __str__(self) -> str:
        return str(self.id)


class SenseNote(Owned):
    """What people made of a result together: kept with it and seen by all who see it."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=10)
    text = models.TextField()
    written_at = models.DateTimeField(default=time.now)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["pulse", "unit"], name="sensenote_by_result")]

    def __str__(self) -> str:
        return str(self.id)
