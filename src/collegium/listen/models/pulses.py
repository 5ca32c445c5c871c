"""A pulse: who is asked what, when, and which views of the answers will exist.

Cells, views and invitations are written when a pulse opens and keep the structure of that day.
"""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.listen.enums import PulseState, ReportingLevel, ViewKind, WayIn
from collegium.listen.models.instruments import InstrumentVersion
from collegium.people.models import Group, Person, Unit
from collegium.people.models.dated import Owned

SMALLEST_K = 5


class PulseSeries(Owned):
    """A pulse that comes back every so many weeks and asks a part of the staff each time."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=160)
    every_weeks = models.PositiveSmallIntegerField()
    parts = models.PositiveSmallIntegerField(default=1)
    settings = models.JSONField(default=dict)
    next_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(every_weeks__gte=1, every_weeks__lte=52), name="pulseseries_weeks_sensible"
            ),
            models.CheckConstraint(condition=models.Q(parts__gte=1, parts__lte=6), name="pulseseries_parts_sensible"),
        ]

    def __str__(self) -> str:
        return self.title


class Pulse(Owned):
    """One round of questions to the people of a unit, with its window and the hour of its results.

    Answers begun by `closes_at` count for `grace_minutes` longer. `k` can be raised in a draft and never lowered.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    series = models.ForeignKey(PulseSeries, null=True, blank=True, on_delete=models.SET_NULL, related_name="pulses")
    title = models.CharField(max_length=160)
    why = models.TextField(blank=True)
    instrument = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="+")
    referent = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=8, choices=PulseState.choices, default=PulseState.DRAFT)
    k = models.PositiveSmallIntegerField(default=SMALLEST_K)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    grace_minutes = models.PositiveSmallIntegerField(default=30)
    results_at = models.DateTimeField()
    remind_before_hours = models.JSONField(default=list)
    sheets_kept_days = models.PositiveSmallIntegerField(default=0)
    levels = models.JSONField(default=list)
    among_units = models.ManyToManyField(Unit, related_name="+", through="PulseUnit")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    part = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=time.now)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    opening_job_id = models.UUIDField(null=True, blank=True)  # the work that opens it, where that takes longer
    opened_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)
    sheets_destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=PulseState.values), name="pulse_state_known"),
            models.CheckConstraint(condition=models.Q(k__gte=SMALLEST_K), name="pulse_k_at_least_five"),
            models.CheckConstraint(
                condition=models.Q(opens_at__lt=models.F("closes_at"), closes_at__lte=models.F("results_at")),
                name="pulse_times_in_order",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="pulse_titled"),
            models.CheckConstraint(
                condition=models.Q(grace_minutes__gte=1, grace_minutes__lte=240), name="pulse_grace_sensible"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-opens_at"], name="pulse_by_unit"),
            models.Index(fields=["state", "closes_at"], name="pulse_by_state"),
        ]

    def __str__(self) -> str:
        return self.title


class PulseUnit(Owned):
    """A unit whose people a pulse asks; a pulse without any asks all of its own unit."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pulse", "unit"], name="pulseunit_once")]

    def __str__(self) -> str:
        return f"{self.pulse_id} asks {self.unit_id}"


class Cell(Owned):
    """The smallest group a sheet can be told from: units and levels in which more than k people are asked together.

    `parts` are pairs of a unit's id and a level; `mixed_in` is the unit whose sheets are mixed with one another while
    the pulse is open.
    """

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="cells")
    number = models.PositiveIntegerField()
    mixed_in = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    parts = models.JSONField()
    asked = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pulse", "number"], name="cell_number_once")]

    def __str__(self) -> str:
        return f"{self.pulse_id}:{self.number}"


class PulseView(Owned):
    """What a pulse reports on, fixed when it opens: a unit or a level of it, as the numbers of its cells."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="views")
    kind = models.CharField(max_length=5, choices=ViewKind.choices)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    level = models.CharField(max_length=10, choices=ReportingLevel.choices, blank=True)
    cells = models.JSONField()
    asked = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pulse", "unit", "level"], name="pulseview_once")]
        indexes = [models.Index(fields=["unit", "level"], name="pulseview_by_unit")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.unit_id}"

    @property
    def key(self) -> str:
        """The name of the view that is the same in every wave."""
        return f"{self.unit_id}:{self.level}"


class Invitation(Owned):
    """Somebody was asked, and has answered or not. Nothing here leads to a sheet, and nothing tells when."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    cell = models.ForeignKey(Cell, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=4, choices=WayIn.choices, default=WayIn.LINK)
    answered = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pulse", "person"], name="invitation_once"),
            models.CheckConstraint(condition=models.Q(way__in=WayIn.values), name="invitation_way_known"),
        ]
        indexes = [
            models.Index(fields=["person", "pulse"], name="invitation_by_person"),
            models.Index(fields=["cell", "answered"], name="invitation_by_cell"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Slip(Owned):
    """A code on paper for somebody of a cell, whoever draws it; as many as people who come in that way."""

    pulse = models.ForeignKey(Pulse, on_delete=models.CASCADE, related_name="slips")
    cell = models.ForeignKey(Cell, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    used = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["cell", "used"], name="slip_by_cell")]

    def __str__(self) -> str:
        return str(self.id)


class AskingLimit(Owned):
    """How often a person has agreed to be asked by pulses that come back."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    weeks_between = models.PositiveSmallIntegerField(default=4)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weeks_between__gte=1, weeks_between__lte=52), name="askinglimit_sensible"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
