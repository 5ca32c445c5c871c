"""Persons, their posts, the strengths they declare, and the ids that other systems know things by."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from collegium.base import time
from collegium.people.enums import Level
from collegium.people.models.accounts import Account
from collegium.people.models.dated import Dated, Owned
from collegium.people.models.units import Unit


class Person(Owned):
    """A member of a community. Erasing one empties what is personal and keeps the row, so that counts stay true."""

    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="persons")
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    created_at = models.DateTimeField(default=time.now)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "email"], condition=~models.Q(email=""), name="person_email_unique"
            ),
            models.UniqueConstraint(
                fields=["community", "account"],
                condition=models.Q(account__isnull=False),
                name="person_account_unique",
            ),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="person_email_lower_case"),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True)
                | models.Q(email="", given_name="", family_name="", account__isnull=True),
                name="person_erased_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "family_name", "given_name"], name="person_by_name"),
            models.Index(fields=["email"], name="person_by_email"),  # sign-in looks across communities
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def full_name(self) -> str:
        """The name as written, or an empty text for an erased person."""
        return f"{self.given_name} {self.family_name}".strip()


class Post(Dated):
    """A post that a person holds in a unit, at the lowest unit it belongs to (a team rather than its school)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="posts")
    title = models.CharField(max_length=160)
    level = models.CharField(max_length=10, choices=Level.choices)
    is_primary = models.BooleanField(default=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="post_level_known"),
            models.UniqueConstraint(
                fields=["person", "unit", "title"],
                condition=models.Q(ends_on__isnull=True),
                name="post_one_open",
            ),
        ]
        # Counting the staff of a district reads this index alone and not a row of the table.
        indexes = [models.Index(fields=["unit", "ends_on", "starts_on", "person", "level"], name="post_by_unit")]

    def __str__(self) -> str:
        return f"{self.title} in {self.unit_id}"


class Strength(Owned):
    """Something a person says colleagues may turn to them for (H3)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="strengths")
    text = models.CharField(max_length=120)
    declared_at = models.DateTimeField(default=time.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "text"], name="strength_said_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="strength_not_empty"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ExternalId(Owned):
    """The id by which a source (a roster) knows a unit, a person or a post, and the values it last gave.

    `imported` lets a later import tell what a person here has changed by hand from what the source has changed.
    """

    source = models.CharField(max_length=80)
    source_id = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="external_ids")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="external_ids")
    post = models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="external_ids")
    imported = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False, person__isnull=True, post__isnull=True)
                | models.Q(unit__isnull=True, person__isnull=False, post__isnull=True)
                | models.Q(unit__isnull=True, person__isnull=True, post__isnull=False),
                name="externalid_of_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=["community", "source", "source_id"],
                    condition=models.Q(**{f"{kind}__isnull": False}),
                    name=f"externalid_{kind}_unique",
                )
                for kind in ("unit", "person", "post")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.id}"
