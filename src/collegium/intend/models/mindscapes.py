"""What people value, think and do, in short statements of their own; and what a circle of them says together."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.intend.enums import Side
from collegium.intend.models.texts import Text, TextVersion
from collegium.people.models import Group, Person, Unit
from collegium.people.models.dated import Owned

STATEMENT_LIMIT = 280


class Circle(Owned):
    """Those who put their statements side by side: the people of a group, or of a team or school."""

    group = models.OneToOneField(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    unit = models.OneToOneField(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(group__isnull=False, unit__isnull=True)
                | models.Q(group__isnull=True, unit__isnull=False),
                name="circle_of_one",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Mindscape(Owned):
    """One short statement of a person. Without a circle it is seen by its writer alone.

    Of the sharing only the day is kept, and the changes of a statement leave no trace: who wrote which of a circle's
    statements is not to be read off their times.
    """

    writer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=5, choices=Side.choices)
    body = models.CharField(max_length=STATEMENT_LIMIT)
    circle = models.ForeignKey(Circle, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_named = models.BooleanField(default=False)
    shared_on = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(side__in=Side.values), name="mindscape_side_known"),
            models.CheckConstraint(condition=~models.Q(body=""), name="mindscape_says_something"),
            models.CheckConstraint(
                condition=models.Q(circle__isnull=True) | models.Q(shared_on__isnull=False),
                name="mindscape_shared_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["writer", "side"], name="mindscape_by_writer"),
            models.Index(fields=["circle", "side"], name="mindscape_by_circle"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Echo(Owned):
    """Somebody sees a shared statement so too. It carries no time, and pages count echoes without naming them."""

    mindscape = models.ForeignKey(Mindscape, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mindscape", "person"], name="echo_once")]
        indexes = [models.Index(fields=["person"], name="echo_by_person")]

    def __str__(self) -> str:
        return str(self.id)


class ValuesStatement(Owned):
    """What a circle holds together, in its own words. Its text has one part, `body`.

    `carried` is the newest wording that more than half of the circle have signed: `carried_by` of `carried_of` people
    on that day. It is what the rest of the unit reads.
    """

    circle = models.OneToOneField(Circle, on_delete=models.CASCADE, related_name="+")
    text = models.OneToOneField(Text, on_delete=models.PROTECT, related_name="+")
    carried = models.ForeignKey(TextVersion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    carried_on = models.DateField(null=True, blank=True)
    carried_by = models.PositiveIntegerField(default=0)
    carried_of = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(carried__isnull=True)
                | models.Q(carried_on__isnull=False, carried_by__lte=models.F("carried_of")),
                name="valuesstatement_carried_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Signature(Owned):
    """Somebody stands by one wording of a statement of values. A rewording asks anew, and this stays where it is."""

    version = models.ForeignKey(TextVersion, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    signed_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="signature_once")]
        indexes = [models.Index(fields=["person"], name="signature_by_person")]

    def __str__(self) -> str:
        return str(self.id)
