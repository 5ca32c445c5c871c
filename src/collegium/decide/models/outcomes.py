"""Being heard, and what came of it: themes with their answers, outcomes, dissent, who carries out, who knows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from collegium.base import time
from collegium.decide.enums import Answer, Heard, Verdict
from collegium.decide.models.matters import Matter
from collegium.decide.models.polls import Poll
from collegium.intend.models import Commitment
from collegium.people.models import Person, Unit
from collegium.people.models.dated import Owned
from collegium.talk.models import Comment


class Theme(Owned):
    """What several people said, put together, and the answer that it got."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="themes")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="theme_number_once"),
            models.CheckConstraint(condition=Q(kind="") | Q(kind__in=Answer.values), name="theme_kind_known"),
            models.CheckConstraint(condition=Q(kind="") | ~Q(answer=""), name="theme_answered_in_words"),
        ]

    def __str__(self) -> str:
        return self.title


class ThemePoint(Owned):
    """A comment that belongs to a theme."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="points")
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.id)


class Outcome(Owned):
    """What was decided, why, what would make us stop, and when we look at it again; one that is reviewed says how."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="outcomes")
    number = models.PositiveSmallIntegerField()
    poll = models.ForeignKey(Poll, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    statement = models.TextField()
    reasons = models.TextField()
    stop_if = models.TextField(blank=True)
    review_on = models.DateField()
    published_at = models.DateTimeField(default=time.now)
    published_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    found = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="outcome_number_once"),
            models.CheckConstraint(condition=~Q(statement="") & ~Q(reasons=""), name="outcome_says_why"),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(verdict__in=Verdict.values), name="outcome_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True) | ~Q(verdict=""), name="outcome_reviewed_with_verdict"
            ),
        ]
        indexes = [models.Index(fields=["reviewed_at", "review_on"], name="outcome_by_review")]

    def __str__(self) -> str:
        return f"{self.matter_id}:{self.number}"


class Dissent(Owned):
    """What somebody who sees it otherwise wants to stand beside the outcome, in their own words."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="dissents")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "person"], name="dissent_once"),
            models.CheckConstraint(condition=~Q(text=""), name="dissent_in_words"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Carrying(Owned):
    """A step of carrying an outcome out: a promise of somebody, by a day."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="steps")
    commitment = models.OneToOneField(Commitment, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.id)


class Told(Owned):
    """Somebody who is affected was sent an outcome, and what they say of it; `unit` is where they worked that day."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="told")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, choices=Heard.choices, default=Heard.SENT)
    question = models.TextField(blank=True)
    mailed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outcome", "person"], name="told_once"),
            models.CheckConstraint(condition=Q(state__in=Heard.values), name="told_state_known"),
        ]
        indexes = [models.Index(fields=["person", "state"], name="told_by_person")]

    def __str__(self) -> str:
        return str(self.id)
