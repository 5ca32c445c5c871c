"""Texts that people word together: every wording is kept, with who, when and why."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.people.models import Person
from collegium.people.models.dated import Owned


class Text(Owned):
    """A text as it stands now. `parts` are its pieces in Markdown by key; `version` counts its wordings from 1.

    Whatever has a text refers to it one to one; who may read or reword it is decided there.
    """

    parts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(version__gte=1), name="text_version_from_one")]

    def __str__(self) -> str:
        return str(self.id)


class TextVersion(Owned):
    """One wording of a text. Versions are added and never changed; the latest is the text as it stands."""

    text = models.ForeignKey(Text, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    parts = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="textversion_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="textversion_from_one"),
            models.CheckConstraint(condition=models.Q(number=1) | ~models.Q(reason=""), name="textversion_says_why"),
        ]
        indexes = [models.Index(fields=["written_by"], name="textversion_by_writer")]

    def __str__(self) -> str:
        return f"{self.text_id} {self.number}"
