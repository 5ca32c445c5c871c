"""School calendars: the terms and holidays of a unit, which those inside it take over until they keep their own."""

from __future__ import annotations

from django.db import models

from collegium.enquire.enums import SpanKind
from collegium.people.models import Unit
from collegium.people.models.dated import Owned


class CalendarSpan(Owned):
    """A term or a holiday of a unit, from its first day to its last."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=SpanKind.choices)
    title = models.CharField(max_length=80)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="calendarspan_days_in_order"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=SpanKind.values), name="calendarspan_kind_known"),
            models.CheckConstraint(condition=~models.Q(title=""), name="calendarspan_titled"),
        ]
        indexes = [models.Index(fields=["unit", "first_day"], name="calendarspan_by_unit")]

    def __str__(self) -> str:
        return self.title
