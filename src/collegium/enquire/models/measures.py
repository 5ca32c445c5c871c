"""What an enquiry measures: aggregates by period, never numbers of single pupils."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.enquire.enums import Direction, Frequency, Numbers, Role
from collegium.enquire.models.enquiries import TITLE_LIMIT, Enquiry
from collegium.enquire.models.imports import PointImport
from collegium.people.models import Person
from collegium.people.models.dated import Owned

GROUP_LIMIT = 160


class Measure(Owned):
    """One thing that is counted or measured again and again.

    The lines of its chart rest on the first `baseline_points` points, on all where that is 0; only a person moves it,
    and says why. `per` is the exposure that a rate is given for.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=TITLE_LIMIT)
    definition = models.TextField()
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.OUTCOME)
    numbers = models.CharField(max_length=10, choices=Numbers.choices)
    direction = models.CharField(max_length=8, choices=Direction.choices)
    frequency = models.CharField(max_length=6, choices=Frequency.choices)
    source = models.CharField(max_length=200, blank=True)
    target = models.FloatField(null=True, blank=True)
    per = models.FloatField(default=1.0)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=time.now)
    baseline_points = models.PositiveSmallIntegerField(default=0)
    baseline_reason = models.CharField(max_length=300, blank=True)
    baseline_at = models.DateTimeField(null=True, blank=True)
    baseline_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(title="") & ~models.Q(definition=""), name="measure_defined"),
            models.CheckConstraint(condition=models.Q(per__gt=0), name="measure_per_above_zero"),
            models.CheckConstraint(condition=models.Q(numbers__in=Numbers.values), name="measure_numbers_known"),
            models.CheckConstraint(
                condition=models.Q(baseline_points=0) | ~models.Q(baseline_reason=""),
                name="measure_baseline_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["enquiry", "position"], name="measure_by_enquiry")]

    def __str__(self) -> str:
        return self.title


class Segment(Owned):
    """A class, a group or a school of which a measure is taken apart; without a title, all together."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=GROUP_LIMIT, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "title"], name="segment_title_once")]

    def __str__(self) -> str:
        return self.title


class Point(Owned):
    """A number of one period. A correction is a new row; what stood before keeps when it was replaced.

    Without a value the `note` says why there is none, such as a holiday.
    """

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    value = models.FloatField(null=True, blank=True)
    denominator = models.FloatField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    entered_at = models.DateTimeField(default=time.now)
    entered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)
    brought_by = models.ForeignKey(PointImport, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "on"], condition=models.Q(replaced_at__isnull=True), name="point_stands_once"
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False) | ~models.Q(note=""), name="point_absent_with_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(denominator__isnull=True) | models.Q(denominator__gt=0), name="point_of_something"
            ),
        ]
        indexes = [models.Index(fields=["segment", "on"], name="point_by_segment")]

    def __str__(self) -> str:
        return str(self.id)
