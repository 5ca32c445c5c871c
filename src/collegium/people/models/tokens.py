"""Tokens by which a person's own programs act as them."""

from __future__ import annotations

from django.db import models

from collegium.base import time
from collegium.people.models.accounts import Account
from collegium.people.models.dated import Owned
from collegium.people.models.persons import Person


class ApiToken(Owned):
    """A token that a person made for a program of theirs: never the token itself, which nobody can look up again.

    It names the login it was made with: another login that becomes the person's does not inherit it.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    can_write = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=time.now)
    expires_on = models.DateField()
    used_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="apitoken_named")]

    def __str__(self) -> str:
        return str(self.id)
