"""Visions, intents, and what was said of them; how intents of different units stand to each other."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.intend.enums import ConversationFormat, LinkKind, Standing
from collegium.intend.models.texts import Text
from collegium.people.models import Person, Unit
from collegium.people.models.dated import Owned

TITLE_LIMIT = 160


class Standable(Owned):
    """Something of a unit that is drafted, published, and withdrawn with a reason, but never deleted.

    `source_key` is the id it had in the file it came from, so that a later import finds it again.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=TITLE_LIMIT)
    text = models.OneToOneField(Text, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.DRAFT)
    created_at = models.DateTimeField(default=time.now)
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)
    source_key = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "source_key"], condition=~models.Q(source_key=""), name="%(class)s_source_once"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="%(class)s_titled"),
            models.CheckConstraint(
                condition=models.Q(standing=Standing.DRAFT, withdrawn_at__isnull=True)
                | models.Q(standing=Standing.PUBLISHED, published_at__isnull=False, withdrawn_at__isnull=True)
                | (models.Q(standing=Standing.WITHDRAWN, withdrawn_at__isnull=False) & ~models.Q(withdrawn_because="")),
                name="%(class)s_standing_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        """Whether it was ever published: then everybody of the community may read it, also when withdrawn."""
        return self.published_at is not None


class Vision(Standable):
    """What a unit wants to be. Its text has one part, `body`."""

    class Meta(Standable.Meta):
        indexes = [models.Index(fields=["unit", "standing"], name="vision_by_unit")]


class Intent(Standable):
    """A strategic intent (I1): a big idea over some years. Parts: `direction`, `discovery`, `destiny`, and `belief`,
    which says why people believe that together they can.
    """

    vision = models.ForeignKey(Vision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    horizon_on = models.DateField(null=True, blank=True)

    class Meta(Standable.Meta):
        indexes = [
            models.Index(fields=["unit", "standing"], name="intent_by_unit"),
            models.Index(fields=["vision"], name="intent_by_vision"),
        ]


class IntentLink(Owned):
    """The intent of one unit adopts or serves that of another; an intent may have several above it, never itself."""

    lower = models.ForeignKey(Intent, on_delete=models.CASCADE, related_name="+")
    upper = models.ForeignKey(Intent, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=LinkKind.choices)
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=time.now)
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(lower=models.F("upper")), name="intentlink_not_to_itself"),
            models.CheckConstraint(condition=models.Q(kind__in=LinkKind.values), name="intentlink_kind_known"),
            models.UniqueConstraint(
                fields=["lower", "upper"], condition=models.Q(withdrawn_at__isnull=True), name="intentlink_one_open"
            ),
        ]
        indexes = [models.Index(fields=["upper"], name="intentlink_by_upper")]

    def __str__(self) -> str:
        return f"{self.lower_id} {self.kind} {self.upper_id}"


class Conversation(Owned):
    """A strategic conversation (I2): when, among whom, in what form, and in three lines what came of it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    intent = models.ForeignKey(Intent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    held_on = models.DateField()
    who = models.CharField(max_length=200)
    format = models.CharField(max_length=10, choices=ConversationFormat.choices)
    outcome = models.CharField(max_length=600)
    recorded_at = models.DateTimeField(default=time.now)
    recorded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(format__in=ConversationFormat.values), name="conversation_format_known"
            ),
            models.CheckConstraint(condition=~models.Q(outcome=""), name="conversation_says_what_came"),
        ]
        indexes = [models.Index(fields=["unit", "-held_on"], name="conversation_by_unit")]

    def __str__(self) -> str:
        return str(self.id)


class Dissent(Owned):
    """Somebody does not agree with an intent, says so under their name, and stays heard (I4).

    Alignment is not agreement: it stands beside the intent until its writer takes it back.
    """

    intent = models.ForeignKey(Intent, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    body = models.TextField()
    said_at = models.DateTimeField(default=time.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(body=""), name="dissent_says_something"),
            models.UniqueConstraint(
                fields=["intent", "person"], condition=models.Q(withdrawn_at__isnull=True), name="dissent_one_open"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="dissent_by_person")]

    def __str__(self) -> str:
        return str(self.id)
