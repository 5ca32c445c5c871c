"""The other points on the line: goals, obligations, strategies, actions, pathways, standards, and what each serves."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.intend.enums import POINT_KINDS, Standing
from collegium.intend.models.challenges import Challenge
from collegium.intend.models.line import TITLE_LIMIT, Intent, Vision
from collegium.people.models import Person, Unit
from collegium.people.models.dated import Owned


class Point(Owned):
    """A plain point on the line: a title, whose it is, and who else could carry it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.label) for kind in POINT_KINDS])
    title = models.CharField(max_length=TITLE_LIMIT)
    note = models.TextField(blank=True)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    second_owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_on = models.DateField(null=True, blank=True)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.PUBLISHED)
    created_at = models.DateTimeField(default=time.now)
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    source_key = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in POINT_KINDS]), name="point_kind_known"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="point_titled"),
            models.UniqueConstraint(
                fields=["unit", "source_key"], condition=~models.Q(source_key=""), name="point_source_once"
            ),
            models.CheckConstraint(
                condition=models.Q(standing__in=[Standing.DRAFT, Standing.PUBLISHED], withdrawn_at__isnull=True)
                | models.Q(standing=Standing.WITHDRAWN, withdrawn_at__isnull=False),
                name="point_standing_known",
            ),
            models.CheckConstraint(
                condition=models.Q(owner__isnull=True)
                | models.Q(second_owner__isnull=True)
                | ~models.Q(owner=models.F("second_owner")),
                name="point_two_owners",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "standing"], name="point_by_unit"),
            models.Index(fields=["owner"], name="point_by_owner"),
            models.Index(fields=["second_owner"], name="point_by_second"),
        ]

    def __str__(self) -> str:
        return self.title


_UPPER = ("vision", "intent", "challenge", "point")


class PointServes(Owned):
    """A point serves one thing that stands before it in the order of the line; it may serve several."""

    lower = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="+")
    vision = models.ForeignKey(Vision, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    intent = models.ForeignKey(Intent, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    challenge = models.ForeignKey(Challenge, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    point = models.ForeignKey(Point, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    vision__isnull=False, intent__isnull=True, challenge__isnull=True, point__isnull=True
                )
                | models.Q(vision__isnull=True, intent__isnull=False, challenge__isnull=True, point__isnull=True)
                | models.Q(vision__isnull=True, intent__isnull=True, challenge__isnull=False, point__isnull=True)
                | models.Q(vision__isnull=True, intent__isnull=True, challenge__isnull=True, point__isnull=False),
                name="pointserves_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(point__isnull=True) | ~models.Q(point=models.F("lower")),
                name="pointserves_not_itself",
            ),
            *(
                models.UniqueConstraint(
                    fields=["lower", name],
                    condition=models.Q(**{f"{name}__isnull": False}),
                    name=f"pointserves_{name}_once",
                )
                for name in _UPPER
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
