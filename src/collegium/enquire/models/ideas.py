"""Change ideas: what was tried in one place, carried over to others, each with its own numbers."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.enquire.enums import Direction, Fidelity, Numbers, Setting
from collegium.enquire.models.enquiries import TITLE_LIMIT, Enquiry
from collegium.enquire.models.measures import Measure
from collegium.people.models import Person, Unit
from collegium.people.models.dated import Owned


class Idea(Owned):
    """A change that others can try too, told so that they can. It comes from an enquiry, and outlives it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    origin = models.ForeignKey(Enquiry, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=TITLE_LIMIT)
    how = models.TextField()
    why = models.TextField(blank=True)
    created_at = models.DateTimeField(default=time.now)
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(title="") & ~models.Q(how=""), name="idea_is_told")]
        indexes = [models.Index(fields=["unit", "created_at"], name="idea_by_unit")]

    def __str__(self) -> str:
        return self.title


class IdeaOutcome(Owned):
    """What everybody who tries an idea measures, so that their numbers can be laid beside each other."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=TITLE_LIMIT)
    numbers = models.CharField(max_length=10, choices=Numbers.choices)
    direction = models.CharField(max_length=8, choices=Direction.choices)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "title"], name="ideaoutcome_once")]

    def __str__(self) -> str:
        return self.title


class Trial(Owned):
    """An enquiry in which an idea is tried: since when, where, how far as it is told, and what was changed."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="+")
    since = models.DateField()
    setting = models.CharField(max_length=10, choices=Setting.choices)
    fidelity = models.CharField(max_length=8, choices=Fidelity.choices)
    context = models.TextField()
    adaptation = models.TextField(blank=True)
    added_at = models.DateTimeField(default=time.now)
    added_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "enquiry"], name="trial_once"),
            models.CheckConstraint(condition=models.Q(setting__in=Setting.values), name="trial_setting_known"),
            models.CheckConstraint(condition=models.Q(fidelity__in=Fidelity.values), name="trial_fidelity_known"),
            models.CheckConstraint(condition=~models.Q(context=""), name="trial_says_where"),
        ]
        indexes = [models.Index(fields=["enquiry"], name="trial_by_enquiry")]

    def __str__(self) -> str:
        return str(self.id)


class TrialMeasure(Owned):
    """Which measure of a trial stands for an outcome of the idea."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="+")
    outcome = models.ForeignKey(IdeaOutcome, on_delete=models.CASCADE, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trial", "outcome"], name="trialmeasure_once")]

    def __str__(self) -> str:
        return str(self.id)
