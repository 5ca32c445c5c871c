"""Votes: what is voted on by which method, who may vote, and open ballots. Secret ones are in models/ballots.py."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import Q

from collegium.base import time
from collegium.decide.enums import Method, PollState
from collegium.decide.models.matters import Matter, Proposal
from collegium.people.models import Person
from collegium.people.models.dated import Owned


class Poll(Owned):
    """A vote in a matter. What it was opened with stays as it is: whoever votes knows the rules beforehand.

    `places` is how many options can win, `most` how many dots or approvals a ballot has, `highest` the best score.
    A secret vote is never made open, and its result is worked out once, when it closes.
    """

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="polls")
    number = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=10, choices=Method.choices)
    question = models.CharField(max_length=200)
    is_secret = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=PollState.choices, default=PollState.OPEN)
    opened_at = models.DateTimeField(default=time.now)
    closes_at = models.DateTimeField()
    quorum_percent = models.PositiveSmallIntegerField(default=0)
    needed_part = models.PositiveSmallIntegerField(default=50)
    needed_of = models.PositiveSmallIntegerField(default=100)
    places = models.PositiveSmallIntegerField(default=1)
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    highest = models.PositiveSmallIntegerField(null=True, blank=True)
    budget = models.PositiveBigIntegerField(null=True, blank=True)
    asked = models.PositiveIntegerField(default=0)
    opened_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="poll_number_once"),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="poll_method_known"),
            models.CheckConstraint(condition=Q(state__in=PollState.values), name="poll_state_known"),
            models.CheckConstraint(condition=Q(opened_at__lt=models.F("closes_at")), name="poll_times_in_order"),
            models.CheckConstraint(
                condition=Q(quorum_percent__lte=100, needed_of__gte=1, needed_part__lte=models.F("needed_of")),
                name="poll_shares_are_shares",
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="poll_somebody_wins"),
        ]
        indexes = [models.Index(fields=["state", "closes_at"], name="poll_by_state")]

    def __str__(self) -> str:
        return self.question

    @property
    def needed(self) -> Fraction:
        """The share that carries, exactly: two thirds of nine are six."""
        return Fraction(self.needed_part, self.needed_of)


class Option(Owned):
    """Something to choose in a vote; one that is withdrawn counts no more and stays on the page with the reason."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    proposal = models.ForeignKey(Proposal, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    proposal_version = models.PositiveSmallIntegerField(null=True, blank=True)
    cost = models.PositiveBigIntegerField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "position"], name="option_position_once"),
            models.CheckConstraint(condition=~Q(title=""), name="option_titled"),
        ]

    def __str__(self) -> str:
        return self.title


class Voter(Owned):
    """Somebody may vote, and has or has not. Nothing here leads to a ballot, and nothing tells when."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="voters")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    has_voted = models.BooleanField(default=False)
    mailed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="voter_once")]
        indexes = [models.Index(fields=["person", "has_voted"], name="voter_by_person")]

    def __str__(self) -> str:
        return str(self.id)


class OpenBallot(Owned):
    """A ballot with a name: seen by all who take part, and changed by its voter until the vote closes.

    `marks` is a whole number or nothing for each option, or the name of a position on the proposal. An objection is
    worked through once whoever raised it says so.
    """

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    marks = models.JSONField()
    reason = models.TextField(blank=True)
    cast_at = models.DateTimeField(default=time.now)
    changed_at = models.DateTimeField(null=True, blank=True)
    worked_through = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="openballot_once")]

    def __str__(self) -> str:
        return str(self.id)
