"""Imports of numbers: which came in together, so that they can be taken back together."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.enquire.models.enquiries import Enquiry
from collegium.people.models import Person
from collegium.people.models.dated import Owned


class PointImport(Owned):
    """Numbers that came into an enquiry together. Of their table only the titles of the used columns are kept.

    `columns` says which of them held what, for the next time; `added` holds the ids of measures and groups that were
    made for it. Its points carry it in `Point.brought_by`.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="+")
    columns = models.JSONField(default=dict)
    added = models.JSONField(default=dict)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=time.now)
    made_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["enquiry", "-made_at"], name="pointimport_by_enquiry")]

    def __str__(self) -> str:
        return str(self.id)
