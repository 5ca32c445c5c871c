"""Rows that hold from a day to a day.

The first day counts, the last does not: `[starts_on, ends_on)`. No start means "since before our records"; no end means
"until further notice". Every reading of such rows takes the day it is asked for.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models

from collegium.base import ids


def holds_on(day: dt.date, prefix: str = "") -> models.Q:
    """Return the condition that a dated row, reached by `prefix`, holds on the day."""
    starts, ends = f"{prefix}starts_on", f"{prefix}ends_on"
    return (models.Q(**{f"{starts}__isnull": True}) | models.Q(**{f"{starts}__lte": day})) & (
        models.Q(**{f"{ends}__isnull": True}) | models.Q(**{f"{ends}__gt": day})
    )


class DatedQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Rows with a start and an end."""

    def on(self, day: dt.date) -> DatedQuerySet:
        """Keep the rows that hold on the day."""
        return self.filter(holds_on(day))


class Owned(models.Model):
    """A row of one community, with an id that says nothing."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    community = models.ForeignKey("people.Community", on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Dated(Owned):
    """An owned row that holds from a day to a day."""

    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="%(class)s_dates_in_order",
            )
        ]

    def holds_on(self, day: dt.date) -> bool:
        """Say whether the row holds on the day."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day < self.ends_on)
