"""Challenges: what should become true, by when, how people will know, and why now."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.intend.enums import Belief, CitationKind, Measured, Outcome
from collegium.intend.models.line import Intent, Standable
from collegium.people.models import Person, Unit
from collegium.people.models.dated import Owned


class Challenge(Standable):
    """A milestone on the way to an intent (I3): ends, not means. Parts: `what`, `how_known`, `why_now`, `why`.

    Two people own it, so that it lives on when one leaves. `measure_id` is that of an enquiry, which lies above this
    room: it is read through `base.numbers`. `gateways` (D1) and `agenda` (L2) are lists of keys.
    """

    intent = models.ForeignKey(Intent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    starts_on = models.DateField()
    by_on = models.DateField()
    measured = models.CharField(max_length=10, choices=Measured.choices, default=Measured.STATEMENT)
    indicator_key = models.CharField(max_length=80, blank=True)
    measure_id = models.UUIDField(null=True, blank=True)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    second_owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    gateways = models.JSONField(default=list)
    agenda = models.JSONField(default=list)
    curriculum = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    learned = models.TextField(blank=True)

    class Meta(Standable.Meta):
        constraints = [
            *Standable.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("by_on")), name="challenge_dates_in_order"
            ),
            models.CheckConstraint(condition=models.Q(measured__in=Measured.values), name="challenge_measured_known"),
            models.CheckConstraint(
                condition=~models.Q(measured=Measured.INDICATOR) | ~models.Q(indicator_key=""),
                name="challenge_names_indicator",
            ),
            models.CheckConstraint(
                condition=models.Q(owner__isnull=True)
                | models.Q(second_owner__isnull=True)
                | ~models.Q(owner=models.F("second_owner")),
                name="challenge_two_owners",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, outcome="")
                | models.Q(closed_at__isnull=False, outcome__in=Outcome.values),
                name="challenge_closed_with_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "standing"], name="challenge_by_unit"),
            models.Index(fields=["intent"], name="challenge_by_intent"),
            models.Index(fields=["owner"], name="challenge_by_owner"),
            models.Index(fields=["second_owner"], name="challenge_by_second"),
        ]


class ChallengeAsk(Owned):
    """A unit whose people a challenge asks something of; the change check counts who is asked by several at once."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["challenge", "unit"], name="challengeask_once")]
        indexes = [models.Index(fields=["unit"], name="challengeask_by_unit")]

    def __str__(self) -> str:
        return str(self.id)


class Citation(Owned):
    """Evidence that a challenge cites: a number as it was on that day, and where to look at how it is now.

    With a `source_id` it is a number of one single thing (`base.numbers`), such as a facet of one round.
    """

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=CitationKind.choices)
    key = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    source_id = models.UUIDField(null=True, blank=True)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    cited_at = models.DateTimeField(default=time.now)
    cited_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=CitationKind.values), name="citation_kind_known"),
            models.CheckConstraint(condition=~models.Q(key=""), name="citation_of_something"),
            models.UniqueConstraint(
                fields=["challenge", "kind", "key", "unit"],
                condition=models.Q(withdrawn_at__isnull=True, source_id__isnull=True),
                name="citation_once",
            ),
            models.UniqueConstraint(
                fields=["challenge", "kind", "key", "unit", "source_id"],
                condition=models.Q(withdrawn_at__isnull=True, source_id__isnull=False),
                name="citation_of_source_once",
            ),
        ]
        indexes = [models.Index(fields=["challenge", "cited_at"], name="citation_by_challenge")]

    def __str__(self) -> str:
        return f"{self.key} {self.cited_at:%Y-%m-%d}"


class ChangeCheck(Owned):
    """What people answered before a challenge starts (C4, L6). A new check is added; the earlier ones stay."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="+")
    not_isolated = models.CharField(max_length=6, choices=Belief.choices)
    fits_priorities = models.CharField(max_length=6, choices=Belief.choices)
    clear_why = models.CharField(max_length=6, choices=Belief.choices)
    clear_what = models.CharField(max_length=6, choices=Belief.choices)
    believed = models.CharField(max_length=6, choices=Belief.choices)
    design_work = models.TextField(blank=True)
    pilot = models.TextField(blank=True)
    note = models.TextField(blank=True)
    checked_at = models.DateTimeField(default=time.now)
    checked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(**{f"{name}__in": Belief.values}), name=f"changecheck_{name}")
            for name in ("not_isolated", "fits_priorities", "clear_why", "clear_what", "believed")
        ]
        indexes = [models.Index(fields=["challenge", "-checked_at"], name="changecheck_by_challenge")]

    def __str__(self) -> str:
        return str(self.id)


class SignOn(Owned):
    """Somebody who is concerned says that they are in (L6). It is theirs to take back."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    signed_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["challenge", "person"], name="signon_once")]
        indexes = [models.Index(fields=["person"], name="signon_by_person")]

    def __str__(self) -> str:
        return str(self.id)
