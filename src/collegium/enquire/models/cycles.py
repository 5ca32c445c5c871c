"""Cycles: something small is tried, with a prediction that stays as it was once numbers come in."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.enquire.enums import Decision
from collegium.enquire.models.enquiries import Enquiry
from collegium.people.models import Person
from collegium.people.models.dated import Owned


class Cycle(Owned):
    """One test of a change: plan, do, study, act. One at a time is open; with a decision it is studied.

    From `locked_at`, when the first number came in after it had begun, what was planned and predicted stays as it is.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    plan = models.TextField()
    prediction = models.TextField()
    begun_at = models.DateTimeField(default=time.now)
    begun_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    locked_at = models.DateTimeField(null=True, blank=True)
    found = models.TextField(blank=True)
    surprise = models.TextField(blank=True)
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    studied_at = models.DateTimeField(null=True, blank=True)
    studied_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "number"], name="cycle_number_once"),
            models.UniqueConstraint(fields=["enquiry"], condition=models.Q(decision=""), name="cycle_one_open"),
            models.CheckConstraint(condition=~models.Q(plan="") & ~models.Q(prediction=""), name="cycle_predicts"),
            models.CheckConstraint(
                condition=models.Q(decision="", studied_at__isnull=True)
                | (
                    models.Q(decision__in=Decision.values, studied_at__isnull=False, locked_at__isnull=False)
                    & ~models.Q(found="")
                ),
                name="cycle_studied_with_decision",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
