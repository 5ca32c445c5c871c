"""Driver diagrams: every version as it was, with who made it and when."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.enquire.models.enquiries import Enquiry
from collegium.people.models import Person
from collegium.people.models.dated import Owned


class DriverVersion(Owned):
    """A driver diagram as it stood after one change; the highest number is how it stands. Nothing is written over.

    `nodes` are the boxes as drivers/tree.py dumps them; `what` is the change in a word of `enums.DriverChange`.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    nodes = models.JSONField(default=list)
    what = models.CharField(max_length=8)
    about = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=time.now)
    made_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enquiry", "number"], name="driverversion_number_once")]

    def __str__(self) -> str:
        return str(self.id)
