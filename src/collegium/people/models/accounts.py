"""The login. One account may be a person in several communities; it knows nothing else about them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from collegium.base import ids, time


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts by email address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """Create an account; without a password it signs in by code, passkey or the school's own sign-in."""
        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """Find by email address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """Who signs in: an email address and ways to prove it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    email = models.EmailField(_("email address"), unique=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=time.now)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="account_email_lower_case"),
        ]

    def __str__(self) -> str:
        return str(self.id)
