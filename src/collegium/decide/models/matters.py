"""Matters: a question that people decide together, who takes part, and the proposals that answer it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from collegium.base import time
from collegium.decide.enums import Method, Public, Readers, Stage, Voice
from collegium.people.enums import UnitKind
from collegium.people.models import Group, Person, Unit
from collegium.people.models.dated import Owned


class Norms(Owned):
    """How a unit, or a group of it, decides. Every wording stays; the one with the highest number holds."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    how = models.TextField()
    method = models.CharField(max_length=10, choices=Method.choices, default=Method.CONSENT)
    quorum_percent = models.PositiveSmallIntegerField(default=50)
    consulted = models.TextField(blank=True)
    safe_to_fail = models.TextField(blank=True)
    written_at = models.DateTimeField(default=time.now)
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number"], condition=Q(group__isnull=True), name="norms_number_once_of_unit"
            ),
            models.UniqueConstraint(
                fields=["group", "number"], condition=Q(group__isnull=False), name="norms_number_once_of_group"
            ),
            models.CheckConstraint(condition=Q(quorum_percent__lte=100), name="norms_quorum_is_share"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="norms_method_known"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}:{self.number}"


class DecisionRight(Owned):
    """Whose a kind of decision is. One that sits above the lowest sensible level says why (H9).

    With `each` it is not the holder's as a whole but that of each unit of the kind in it. One that was moved down says
    in which matter that was decided, and why.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=200)
    holder = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    holder_group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    each = models.CharField(max_length=10, choices=UnitKind.choices, blank=True)
    lowest = models.CharField(max_length=10, choices=UnitKind.choices)
    reason = models.TextField(blank=True)
    written_at = models.DateTimeField(default=time.now)
    decided_in = models.ForeignKey("Matter", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    moved_because = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(lowest__in=UnitKind.values), name="decisionright_lowest_known"),
            models.CheckConstraint(condition=~Q(what=""), name="decisionright_says_what"),
        ]
        indexes = [models.Index(fields=["unit", "withdrawn_at"], name="decisionright_by_unit")]

    def __str__(self) -> str:
        return self.what


class Matter(Owned):
    """A question that is decided together, from finding it to reviewing what came of it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    question = models.CharField(max_length=200)
    background = models.TextField(blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.FRAMING)
    readers = models.CharField(max_length=10, choices=Readers.choices, default=Readers.UNIT)
    public = models.CharField(max_length=7, choices=Public.choices, default=Public.NOBODY)
    facilitator = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    second = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decide_by = models.DateField(null=True, blank=True)
    moves_right = models.ForeignKey(DecisionRight, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=time.now)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)  # the first proposal
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="matter_stage_known"),
            models.CheckConstraint(condition=Q(readers__in=Readers.values), name="matter_readers_known"),
            models.CheckConstraint(condition=Q(public__in=Public.values), name="matter_public_known"),
            models.CheckConstraint(condition=~Q(question=""), name="matter_asks"),
            models.CheckConstraint(
                condition=Q(facilitator__isnull=True) | Q(second__isnull=True) | ~Q(facilitator=models.F("second")),
                name="matter_facilitators_differ",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "stage", "-created_at"], name="matter_by_unit"),
            models.Index(fields=["stage", "decide_by"], name="matter_by_stage"),
        ]

    def __str__(self) -> str:
        return self.question


class Part(Owned):
    """Who takes part in a matter: everybody of a unit or a group, or one person; with a vote, or with a voice alone."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="parts")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    voice = models.CharField(max_length=5, choices=Voice.choices, default=Voice.VOTE)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, group__isnull=True, person__isnull=True)
                | Q(unit__isnull=True, group__isnull=False, person__isnull=True)
                | Q(unit__isnull=True, group__isnull=True, person__isnull=False),
                name="part_of_one",
            ),
            models.CheckConstraint(condition=Q(voice__in=Voice.values), name="part_voice_known"),
            *(
                models.UniqueConstraint(
                    fields=["matter", kind], condition=Q(**{f"{kind}__isnull": False}), name=f"part_{kind}_once"
                )
                for kind in ("unit", "group", "person")
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "matter"], name="part_by_unit"),
            models.Index(fields=["group", "matter"], name="part_by_group"),
            models.Index(fields=["person", "matter"], name="part_by_person"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Proposal(Owned):
    """An answer to the question of a matter, as it reads now; every wording before stays."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="proposals")
    number = models.PositiveSmallIntegerField()
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=160)
    text = models.TextField()
    version = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(default=time.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="proposal_number_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="proposal_says_something"),
        ]

    def __str__(self) -> str:
        return self.title


class ProposalVersion(Owned):
    """A wording of a proposal: who wrote it, when, and why it was changed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField()
    why = models.TextField(blank=True)
    written_at = models.DateTimeField(default=time.now)
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="proposalversion_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id}.{self.number}"
