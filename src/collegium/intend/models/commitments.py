"""Commitments: who promises what to whom by when, how it goes, and what those it was made to say of it.

What somebody says in an anonymous round stands in no table. `Confirmation` says who was asked and whether they have
answered; the round itself holds three sealed counts and nothing that leads from one to the other.
"""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.intend.models.roles import WorkRole
from collegium.intend.models.serves import Serves
from collegium.intend.promise_enums import Audience, Going, Kept, PromiseState, Question, RoundState, StepKind
from collegium.people.models import Group, Person, Unit
from collegium.people.models.dated import Owned


def _exactly_one(*fields: str) -> models.Q:
    found = models.Q()
    for field in fields:
        found |= models.Q(**{f"{other}__isnull": other != field for other in fields})
    return found


class Commitment(Owned, Serves):
    """A promise of a person, a group or a role, in a unit. Whether it is overdue, the day says.

    `speaks_for` is a group that answers for an audience without accounts (pupils, parents). `pair` points to the
    promise that this one answers: "we will ..., and you will ...".
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    by_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    by_group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    by_role = models.ForeignKey(WorkRole, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    to_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    to_group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    to_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    speaks_for = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    what = models.TextField()
    standard = models.TextField(blank=True)
    strategy = models.TextField(blank=True)
    pathway = models.TextField(blank=True)
    due_on = models.DateField()
    pair = models.OneToOneField("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="paired")
    state = models.CharField(max_length=10, choices=PromiseState.choices, default=PromiseState.PROPOSED)
    made_on = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)  # the latest check-in
    going = models.CharField(max_length=8, choices=Going.choices, blank=True)
    going_since = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    proposed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = [
            *Serves.Meta.constraints,
            models.CheckConstraint(
                condition=_exactly_one("by_person", "by_group", "by_role"), name="commitment_one_promiser"
            ),
            models.CheckConstraint(
                condition=_exactly_one("to_unit", "to_group", "to_person"), name="commitment_one_audience"
            ),
            models.CheckConstraint(condition=models.Q(audience__in=Audience.values), name="commitment_audience_known"),
            models.CheckConstraint(condition=models.Q(state__in=PromiseState.values), name="commitment_state_known"),
            models.CheckConstraint(
                condition=models.Q(going="") | models.Q(going__in=Going.values), name="commitment_going_known"
            ),
            models.CheckConstraint(condition=~models.Q(what=""), name="commitment_says_what"),
            models.CheckConstraint(
                condition=models.Q(by_person__isnull=True)
                | models.Q(second__isnull=True)
                | ~models.Q(second=models.F("by_person")),
                name="commitment_second_is_another",
            ),
            models.CheckConstraint(
                condition=models.Q(by_person__isnull=True)
                | models.Q(to_person__isnull=True)
                | ~models.Q(to_person=models.F("by_person")),
                name="commitment_not_to_oneself",
            ),
            models.CheckConstraint(
                condition=models.Q(state=PromiseState.PROPOSED)
                | models.Q(state=PromiseState.RELEASED)
                | models.Q(made_on__isnull=False),
                name="commitment_made_has_day",
            ),
            models.CheckConstraint(
                condition=models.Q(pair__isnull=True) | ~models.Q(pair=models.F("id")),
                name="commitment_not_paired_with_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due_on", "id"], name="commitment_by_unit"),
            models.Index(fields=["state", "due_on"], name="commitment_by_state"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PromiseStep(Owned):
    """What happened to a promise, with its reason, for those concerned; a note is one, too. Nothing is deleted.

    `before` holds the words that a rewording replaced, by field.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    at = models.DateTimeField(default=time.now)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(blank=True)
    before = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=StepKind.values), name="promisestep_kind_known")
        ]
        indexes = [models.Index(fields=["commitment", "-at"], name="promisestep_by_commitment")]

    def __str__(self) -> str:
        return str(self.id)


class CheckIn(Owned):
    """How a promise goes, said in under a minute; `question` is the one of the five that the words answer (H4)."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(default=time.now)
    going = models.CharField(max_length=8, choices=Going.choices)
    question = models.CharField(max_length=14, choices=Question.choices, blank=True)
    text = models.TextField(blank=True)
    next_step = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(going__in=Going.values), name="checkin_going_known"),
            models.CheckConstraint(
                condition=models.Q(question="") | models.Q(question__in=Question.values), name="checkin_question_known"
            ),
        ]
        indexes = [models.Index(fields=["commitment", "-at"], name="checkin_by_commitment")]

    def __str__(self) -> str:
        return str(self.id)


class ConfirmationRound(Owned):
    """Those a promise was made to are asked whether it was kept, until a moment that was announced.

    In an anonymous round `sealed` holds how many said what, rewritten under a new key with each answer, so that no log
    tells the order; it is opened once, when the round closes, and emptied. `outcome` and `answered_at_least` are all
    that is ever said.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=RoundState.choices, default=RoundState.OPEN)
    is_by_name = models.BooleanField(default=False)
    claim = models.CharField(max_length=8, choices=Kept.choices)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    asked = models.PositiveIntegerField()
    number = models.PositiveIntegerField(default=0)
    sealed = models.BinaryField(default=b"")
    outcome = models.CharField(max_length=8, choices=Kept.choices, blank=True)
    answered_at_least = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=RoundState.values), name="confirmround_state_known"),
            models.CheckConstraint(condition=models.Q(claim__in=Kept.values), name="confirmround_claim_known"),
            models.CheckConstraint(
                condition=models.Q(outcome="") | models.Q(outcome__in=Kept.values), name="confirmround_outcome_known"
            ),
            models.CheckConstraint(
                condition=models.Q(opened_at__lt=models.F("closes_at")), name="confirmround_times_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(state=RoundState.CLOSED) | models.Q(outcome="", answered_at_least__isnull=True),
                name="confirmround_says_nothing_before",
            ),
            models.UniqueConstraint(
                fields=["commitment"], condition=models.Q(state=RoundState.OPEN), name="confirmround_one_open"
            ),
        ]
        indexes = [models.Index(fields=["state", "closes_at"], name="confirmround_by_state")]

    def __str__(self) -> str:
        return str(self.id)


class Confirmation(Owned):
    """Somebody is asked in a round, and has answered or not; nothing tells when, or leads to what they said."""

    round = models.ForeignKey(ConfirmationRound, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    answered = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="confirmation_once")]
        indexes = [models.Index(fields=["person", "answered"], name="confirmation_by_person")]

    def __str__(self) -> str:
        return str(self.id)


class NamedAnswer(Owned):
    """What somebody says with their name, in a round of so few that nothing could hide them; they are told before."""

    round = models.ForeignKey(ConfirmationRound, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    said = models.CharField(max_length=8, choices=Kept.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="namedanswer_once"),
            models.CheckConstraint(condition=models.Q(said__in=Kept.values), name="namedanswer_known"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AskingChoice(Owned):
    """How often somebody wants to be reminded by mail of their check-ins, and when they last were."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    weeks_between = models.PositiveSmallIntegerField(default=2)  # 0: never
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(weeks_between__lte=12), name="askingchoice_sensible")]

    def __str__(self) -> str:
        return str(self.id)


class CalendarFeed(Owned):
    """A secret address at which somebody's own dates are read by their calendar; kept as a digest of the secret."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=time.now)

    def __str__(self) -> str:
        return str(self.id)
