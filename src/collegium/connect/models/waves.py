"""A tie wave: who turned to whom at one time, in the structure of that day.

Ties carry names on purpose and say so before the first one is given (docs/adr/0006-tie-surveys-are-named.md): a person
sees and withdraws their own, and what is withdrawn is deleted.
"""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.connect.enums import LayerOrigin, WaveOrigin, WaveState
from collegium.listen.models import InstrumentVersion
from collegium.people.enums import Level
from collegium.people.models import Person, Unit
from collegium.people.models.dated import Owned


class TieWave(Owned):
    """One round of questions about ties to the people of a unit, or one import of ties.

    `may_name_partners` lets people of partner schools be named,
    who are members that are not asked. An import has no questionnaire, and is closed from the start.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    origin = models.CharField(max_length=8, choices=WaveOrigin.choices, default=WaveOrigin.ASKED)
    instrument = models.ForeignKey(InstrumentVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    why = models.TextField(blank=True)
    language = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=8, choices=WaveState.choices, default=WaveState.OPEN)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    earlier = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    opening_job_id = models.UUIDField(null=True, blank=True)  # the work that opens it, where that takes longer
    may_name_partners = models.BooleanField(default=False)
    remind_before_hours = models.JSONField(default=list)
    created_at = models.DateTimeField(default=time.now)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(null=True, blank=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=WaveState.values), name="tiewave_state_known"),
            models.CheckConstraint(
                condition=models.Q(origin=WaveOrigin.ASKED, instrument__isnull=False)
                | models.Q(origin=WaveOrigin.IMPORTED, instrument__isnull=True),
                name="tiewave_asks_or_imports",
            ),
            models.CheckConstraint(
                condition=models.Q(origin=WaveOrigin.ASKED) | ~models.Q(state__in=(WaveState.OPENING, WaveState.OPEN)),
                name="tiewave_import_never_open",
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at__lte=models.F("closes_at")), name="tiewave_times_in_order"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="tiewave_titled"),
            models.CheckConstraint(
                condition=models.Q(earlier__isnull=True) | ~models.Q(earlier=models.F("id")),
                name="tiewave_not_before_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-closes_at"], name="tiewave_by_unit"),
            models.Index(fields=["state", "closes_at"], name="tiewave_by_state"),
        ]

    def __str__(self) -> str:
        return self.title


class WaveMember(Owned):
    """Somebody who can have ties in a wave, and where they stood that day; a mark on the map.

    `number` counts from 0 in an order that says nothing: the place in every array worked out from the wave. `has_post`
    says that they hold a post of leadership. `shown` is False for those who decline to be drawn. After an erasure, and
    in an import of people without names, there is no person.

    `draft` holds what somebody has chosen and not handed in, by layer the weights of persons; nothing counts it.
    """

    wave = models.ForeignKey(TieWave, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    number = models.PositiveIntegerField()
    school = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    team = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    level = models.CharField(max_length=10, choices=Level.choices, blank=True)
    has_post = models.BooleanField(default=False)
    asked = models.BooleanField(default=True)
    answered = models.BooleanField(default=False)
    shown = models.BooleanField(default=True)
    draft = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "number"], name="wavemember_number_once"),
            models.UniqueConstraint(
                fields=["wave", "person"], condition=models.Q(person__isnull=False), name="wavemember_person_once"
            ),
            models.CheckConstraint(
                condition=models.Q(level="") | models.Q(level__in=Level.values), name="wavemember_level_known"
            ),
            models.CheckConstraint(
                condition=models.Q(asked=True) | models.Q(answered=False), name="wavemember_answers_if_asked"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "wave"], name="wavemember_by_person"),
            models.Index(fields=["school", "wave"], name="wavemember_by_school"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class TieLayer(Owned):
    """One kind of tie in a wave: a question of a tie survey, or a column or file of an import.

    `labels` are pairs of a weight and what it is called, such as [2, "every week"]; empty where ties have no weights.
    `most` is how many people one may name, None where that is free, and whether those of other schools
    may be is `may_name_partners`.
    """

    wave = models.ForeignKey(TieWave, on_delete=models.CASCADE, related_name="+")
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    prompt = models.TextField(blank=True)
    origin = models.CharField(max_length=8, choices=LayerOrigin.choices)
    position = models.PositiveSmallIntegerField(default=0)
    labels = models.JSONField(default=list)
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    may_name_partners = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "key"], name="tielayer_key_once"),
            models.CheckConstraint(condition=models.Q(origin__in=LayerOrigin.values), name="tielayer_origin_known"),
            models.CheckConstraint(condition=~models.Q(title=""), name="tielayer_titled"),
            models.CheckConstraint(condition=models.Q(most__isnull=True) | models.Q(most__gte=1), name="tielayer_most"),
        ]

    def __str__(self) -> str:
        return self.title


class Tie(Owned):
    """Of `source` it is said that they turn to `target`. It carries no time, so that nothing tells who said it when."""

    layer = models.ForeignKey(TieLayer, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(WaveMember, on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey(WaveMember, on_delete=models.CASCADE, related_name="+")
    weight = models.FloatField(default=1.0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["layer", "source", "target"], name="tie_once"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="tie_not_to_oneself"),
            models.CheckConstraint(condition=models.Q(weight__gt=0), name="tie_weight_positive"),
        ]
        indexes = [models.Index(fields=["source", "layer"], name="tie_by_source")]

    def __str__(self) -> str:
        return str(self.id)
