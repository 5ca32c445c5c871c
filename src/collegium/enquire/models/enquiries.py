"""Enquiries: a question, the two who own it, who works on it, and what was written at each stage."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.enquire.enums import Ending, NoteKind, Signal, Stage, Template
from collegium.intend.models import Challenge
from collegium.people.models import Group, Person, Unit
from collegium.people.models.dated import Owned

TITLE_LIMIT = 160
MOST = 10  # half steps of progress


class Enquiry(Owned):
    """Something a team finds out together. Two people own it, so that it lives on when one leaves.

    `stage` is where the team is now; it may go back. It may serve
    a published challenge of its unit or of one above. A closed enquiry has an ending and a finding, and stays as it is.
    `progress` is in half steps of the scale in progress.py, 0 where nobody said. `signal` is what the charts of its
    outcomes say (services/outcomes.py), kept for lists.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    challenge = models.ForeignKey(Challenge, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    template = models.CharField(max_length=16, choices=Template.choices)
    title = models.CharField(max_length=TITLE_LIMIT)
    question = models.TextField()
    aim = models.TextField(blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.CONTEXT)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    second_owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    critical_friend = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=time.now)
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    touched_at = models.DateTimeField(default=time.now)
    ending = models.CharField(max_length=8, choices=Ending.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    finding = models.TextField(blank=True)
    again = models.TextField(blank=True)
    who_should_know = models.TextField(blank=True)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    progress = models.PositiveSmallIntegerField(default=0)
    progress_why = models.CharField(max_length=300, blank=True)
    progress_at = models.DateTimeField(null=True, blank=True)
    help_wanted = models.TextField(blank=True)
    help_at = models.DateTimeField(null=True, blank=True)
    signal = models.CharField(max_length=9, choices=Signal.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(title="") & ~models.Q(question=""), name="enquiry_asks"),
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="enquiry_stage_known"),
            models.CheckConstraint(condition=models.Q(progress__lte=MOST), name="enquiry_progress_known"),
            models.CheckConstraint(condition=models.Q(template__in=Template.values), name="enquiry_template_known"),
            models.CheckConstraint(
                condition=models.Q(owner__isnull=True)
                | models.Q(second_owner__isnull=True)
                | ~models.Q(owner=models.F("second_owner")),
                name="enquiry_two_owners",
            ),
            models.CheckConstraint(
                condition=models.Q(ending="", closed_at__isnull=True)
                | (models.Q(ending__in=Ending.values, closed_at__isnull=False) & ~models.Q(finding="")),
                name="enquiry_closed_with_finding",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "closed_at", "-touched_at"], name="enquiry_by_unit"),
            models.Index(fields=["owner"], name="enquiry_by_owner"),
            models.Index(fields=["second_owner"], name="enquiry_by_second"),
            models.Index(fields=["critical_friend"], name="enquiry_by_friend"),
        ]

    def __str__(self) -> str:
        return self.title


class EnquiryMember(Owned):
    """Somebody who works on an enquiry beside its owners, from any school."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enquiry", "person"], name="enquirymember_once")]
        indexes = [models.Index(fields=["person"], name="enquirymember_by_person")]

    def __str__(self) -> str:
        return str(self.id)


class StageNote(Owned):
    """What somebody wrote at a stage. Nothing is written over: a later note stands beside the earlier one."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    kind = models.CharField(max_length=10, choices=NoteKind.choices, default=NoteKind.NOTE)
    text = models.TextField()
    written_at = models.DateTimeField(default=time.now)
    written_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="stagenote_stage_known"),
            models.CheckConstraint(condition=models.Q(kind__in=NoteKind.values), name="stagenote_kind_known"),
            models.CheckConstraint(condition=~models.Q(text=""), name="stagenote_says_something"),
        ]
        indexes = [models.Index(fields=["enquiry", "written_at"], name="stagenote_by_enquiry")]

    def __str__(self) -> str:
        return str(self.id)
