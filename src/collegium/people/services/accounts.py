"""Accounts: made for people who are invited, that is, for whom a community holds a person with their address.

These run before anybody is signed in, so they take an address that has been typed or proven rather than an actor, and
they look across communities. What they do is not an event: when colleagues sign in is nobody's business.
"""

from __future__ import annotations

import uuid

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db import transaction

from collegium.base import tenancy
from collegium.people.models import Account, Person


@transaction.atomic
def ensure_account(email: str, *, is_proven: bool = False) -> Account | None:
    """Return the account for this address, making it when a person has the address; None when nobody does.

    `is_proven` says that whoever asks has shown that the address is theirs.
    """
    email = email.strip().lower()
    account = Account.objects.filter(email=email).first()
    if account is None:
        with tenancy.across_communities():
            if not email or not Person.objects.filter(email=email, erased_at__isnull=True).exists():
                return None
        account, _was_made = Account.objects.get_or_create(email=email, defaults={"password": make_password(None)})
    address, _was_made = EmailAddress.objects.get_or_create(
        user=account, email=email, defaults={"primary": True, "verified": is_proven}
    )
    if is_proven and not address.verified:
        address.set_verified()
    return account


@transaction.atomic
def link_persons(account: Account) -> None:
    """Let an account that has just proven its address act as the persons with that address, and as no others.

    The address that a community holds for a person says who may act as them. When a steward or a roster changes it, the
    old account loses the person, and whoever proves the new address gains them.
    """
    with tenancy.across_communities():
        Person.objects.filter(account=account).exclude(email=account.email).update(account=None)
        Person.objects.filter(email=account.email, erased_at__isnull=True).exclude(account=account).update(
            account=account
        )


@transaction.atomic
def remove_unused_account(account_id: uuid.UUID) -> bool:
    """Delete an account that no person of any community has any more, and its sessions; says whether it did."""
    with tenancy.across_communities():
        if Person.objects.filter(account_id=account_id).exists():
            return False
        for session in UserSession.objects.filter(user_id=account_id):
            session.end()  # it holds the address that somebody signed in with, until it would have run out
        deleted, _by_model = Account.objects.filter(id=account_id).delete()
        return bool(deleted)
