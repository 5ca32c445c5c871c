"""Tokens of programs: whom one lets act, and what their owner sees of them."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from collegium.people.actors import Actor
from collegium.people.errors import NotFound
from collegium.people.models import ApiToken
from collegium.people.queries import actors


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever holds a token that works: the person it acts as, and whether it may change anything."""

    token: ApiToken
    actor: Actor
    can_write: bool


def digest_of(secret: str) -> str:
    """Return what is kept of a token. It is long and random, so that a plain digest cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_bearer(secret: str, today: dt.date) -> Bearer | None:
    """Return whom a token lets act, or None for one that does not work any more; call it across communities."""
    row = (
        ApiToken.objects.filter(
            digest=digest_of(secret),
            expires_on__gt=today,
            account__is_active=True,
            person__account_id=F("account_id"),
            person__email=F("account__email"),
            person__erased_at__isnull=True,
        )
        .select_related("person")
        .first()
    )
    return Bearer(row, actors.get_actor(row.person, today), row.can_write) if row else None


def list_own_tokens(actor: Actor) -> list[ApiToken]:
    """Return the tokens of a person, the newest first."""
    rows = ApiToken.objects.filter(person_id=actor.person_id, community_id=actor.community_id)
    return list(rows.order_by("-made_at", "id"))


def get_own_token(actor: Actor, token_id: str) -> ApiToken:
    """Return a token of the actor; NotFound for any other."""
    found = next((row for row in list_own_tokens(actor) if str(row.id) == token_id), None)
    if found is None:
        raise NotFound
    return found


def dump(person_id: uuid.UUID) -> list[dict[str, Any]]:
    """Return what is kept of a person's tokens, for the file they take away."""
    return [
        {
            "name": row.name,
            "can_write": row.can_write,
            "made_at": row.made_at.isoformat(),
            "expires_on": row.expires_on.isoformat(),
            "used_on": row.used_on.isoformat() if row.used_on else None,
        }
        for row in ApiToken.objects.filter(person_id=person_id).order_by("made_at", "id")
    ]
