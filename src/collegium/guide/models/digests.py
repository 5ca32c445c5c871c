"""How often somebody gets the digest by mail, and when one was made for them last."""

from __future__ import annotations

from django.db import models

from collegium.guide.enums import Often
from collegium.people.models import Person
from collegium.people.models.dated import Owned


class DigestChoice(Owned):
    """One row a person, made when they choose or when their first digest is due.

    `made_on` is the day on which one was last made, sent or not; `said` is a fingerprint of what the last one said.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    often = models.CharField(max_length=8, choices=Often.choices, default=Often.WEEKLY)
    made_on = models.DateField(null=True, blank=True)
    said = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(often__in=Often.values), name="digestchoice_known")]
        indexes = [models.Index(fields=["community", "often", "made_on"], name="digestchoice_due")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.often}"
