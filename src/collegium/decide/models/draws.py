"""Drawing people by lot: a list that is closed and numbered before anybody can know the seed, and what it came to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from collegium.base import time
from collegium.decide.enums import DrawBy
from collegium.decide.models.matters import Matter
from collegium.people.models import Person
from collegium.people.models.dated import Owned


class Draw(Owned):
    """A draw that was announced. The seed is empty until what was announced as its source is known."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="draws")
    number = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=160)
    places = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=5, choices=DrawBy.choices, default=DrawBy.ALL)
    seed_from = models.CharField(max_length=200)
    seed = models.CharField(max_length=200, blank=True)
    announced_at = models.DateTimeField(default=time.now)
    announced_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    drawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="draw_number_once"),
            models.CheckConstraint(condition=Q(by__in=DrawBy.values), name="draw_by_known"),
            models.CheckConstraint(condition=Q(places__gte=1), name="draw_has_places"),
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(seed_from=""), name="draw_says_what"),
            models.CheckConstraint(
                condition=Q(seed="", drawn_at__isnull=True) | (~Q(seed="") & Q(drawn_at__isnull=False)),
                name="draw_done_with_seed",
            ),
        ]

    def __str__(self) -> str:
        return self.purpose


class DrawEntry(Owned):
    """A number of the list and whose it is. `position` is its place in the order of its group, from the draw on."""

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    part_of = models.CharField(max_length=200)
    position = models.PositiveIntegerField(null=True, blank=True)
    has_place = models.BooleanField(default=False)
    has_declined = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draw", "number"], name="drawentry_number_once"),
            models.UniqueConstraint(fields=["draw", "person"], name="drawentry_person_once"),
            models.CheckConstraint(
                condition=Q(has_place=False) | Q(position__isnull=False, has_declined=False),
                name="drawentry_place_is_drawn",
            ),
        ]
        indexes = [models.Index(fields=["draw", "has_place", "part_of", "position"], name="drawentry_by_place")]

    def __str__(self) -> str:
        return str(self.number)
