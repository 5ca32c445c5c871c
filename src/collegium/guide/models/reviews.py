"""Reviews: who is asked by which file, what came of it, what was agreed. Until it closes judgements lie in boxes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from collegium.base import time
from collegium.guide.enums import ReviewState, Whom
from collegium.people.models import Group, Person, Unit
from collegium.people.models.dated import Owned


class ReviewFile(Owned):
    """One version of the file of a review. Shipped ones have no unit; it never changes."""

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    definition = models.TextField()
    brought_at = models.DateTimeField(default=time.now)
    brought_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "key", "version"], condition=Q(unit__isnull=False), name="reviewfile_own_once"
            ),
            models.UniqueConstraint(
                fields=["community", "key", "version"], condition=Q(unit__isnull=True), name="reviewfile_shipped_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Review(Owned):
    """A review of a unit. What it was opened with stays; `result` is counted once, when it closes.

    `part_of` is the review of an alliance of which this is a school's own. `evidence` holds the readings of the day it
    closed, `weights` and `outcome` are kept when it is finished.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey(ReviewFile, on_delete=models.RESTRICT, related_name="+")
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parts")
    key = models.CharField(max_length=60)
    sets = models.CharField(max_length=10, blank=True)
    whom = models.CharField(max_length=8, choices=Whom.choices)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    friend = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, choices=ReviewState.choices, default=ReviewState.JUDGING)
    about = models.CharField(max_length=200, blank=True)
    asked = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(default=time.now)
    opened_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    weights = models.JSONField(default=dict)
    outcome = models.CharField(max_length=40, blank=True)
    is_shared = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReviewState.values), name="review_state_known"),
            models.CheckConstraint(condition=Q(whom__in=Whom.values), name="review_whom_known"),
            models.CheckConstraint(condition=Q(opened_at__lt=models.F("closes_at")), name="review_times_in_order"),
            models.UniqueConstraint(
                fields=["unit", "key"],
                condition=Q(state__in=[ReviewState.JUDGING, ReviewState.TALKING]),
                name="review_one_under_way",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-opened_at"], name="review_by_unit"),
            models.Index(fields=["state", "closes_at"], name="review_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.opened_at:%Y-%m-%d}"


class Seat(Owned):
    """Somebody is asked by a review, and has or has not judged. Nothing here leads to a judgement or tells when."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    has_judged = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "person"], name="seat_once")]
        indexes = [models.Index(fields=["person", "has_judged"], name="seat_by_person")]

    def __str__(self) -> str:
        return str(self.id)


class JudgementBox(Owned):
    """Judgements of an open review, sealed anew each time one is put in. Only `collegium.guide.judgements` knows it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField(default=0)
    sealed = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "position"], name="judgementbox_position_once")]

    def __str__(self) -> str:
        return str(self.id)


class Agreement(Owned):
    """What people agreed on a claim after they talked; `level` is empty where they could not agree."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="agreements")
    claim = models.CharField(max_length=60)
    level = models.CharField(max_length=60, blank=True)
    why = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "claim"], name="agreement_once"),
            models.CheckConstraint(condition=~Q(level="") | ~Q(why=""), name="agreement_says_why_not"),
        ]

    def __str__(self) -> str:
        return f"{self.claim} {self.level}"


class Dissenting(Owned):
    """What somebody who does not agree wrote, under their name, for the record."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="dissents")
    claim = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "claim", "person"], name="dissenting_once")]

    def __str__(self) -> str:
        return str(self.id)


class Weights(Owned):
    """What the claims of a review weigh in a unit from a day on, and why; the latest holds."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    weights = models.JSONField(default=dict)
    reason = models.TextField()
    set_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    set_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="weights_say_why")]
        indexes = [models.Index(fields=["unit", "key", "-set_at"], name="weights_by_unit")]

    def __str__(self) -> str:
        return f"{self.key} {self.set_at:%Y-%m-%d}"
