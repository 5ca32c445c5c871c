"""One-click sign-in for the people of the demo. Whoever holds a link is that person, so links exist nowhere else."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse

from collegium.base import tenancy
from collegium.people.errors import NotFound
from collegium.people.models import Account, Person
from collegium.people.services import accounts

SALT = "collegium.demo.sign-in"


def path_of(person: Person) -> str:
    """Return the path that signs in as this person."""
    return reverse("demo_sign_in", args=[signing.dumps(str(person.id), salt=SALT)])


def open_link(token: str) -> tuple[Account, uuid.UUID]:
    """Return the account and the person that a link is for; NotFound for any other link, and outside a demo."""
    if not settings.DEMO:
        raise NotFound
    try:
        person_id = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise NotFound from None
    with tenancy.across_communities():
        person = Person.objects.filter(id=person_id, community__is_demo=True, erased_at__isnull=True).first()
        account = accounts.ensure_account(person.email, is_proven=True) if person else None
        if person is None or account is None:
            raise NotFound
        # An address given to a person of the demo may be somebody's real one: a link must not open what is theirs.
        if Person.objects.filter(email=account.email, community__is_demo=False).exists():
            raise NotFound
        accounts.link_persons(account)
        return account, person.id
