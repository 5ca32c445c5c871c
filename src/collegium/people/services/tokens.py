"""Tokens of programs: making one, noting its use by day, ending it."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid

from django.db import transaction

from collegium.base import time
from collegium.people.actors import Actor
from collegium.people.errors import Invalid, NotFound
from collegium.people.models import ApiToken, Person
from collegium.people.queries.tokens import digest_of
from collegium.people.services.writing import record, tidy

# Begins every token, so that a tool that looks for secrets in files knows one when it sees it.
PREFIX = "collegium_"
NAME_LIMIT = 80
MOST_TOKENS = 20
LONGEST_DAYS = 366


@transaction.atomic
def make_token(*, actor: Actor, name: str, can_write: bool, days: int) -> tuple[ApiToken, str]:
    """Make a token of the actor's own; return it with the secret, which is kept nowhere."""
    person = Person.objects.select_for_update().filter(id=actor.person_id, account_id__isnull=False).first()
    if person is None or person.account_id is None:
        raise NotFound
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid("token_days", limit=LONGEST_DAYS)
    if ApiToken.objects.filter(person=person).count() >= MOST_TOKENS:
        raise Invalid("tokens_too_many", limit=MOST_TOKENS)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        community_id=actor.community_id,
        person=person,
        account_id=person.account_id,
        name=tidy(name, limit=NAME_LIMIT),
        digest=digest_of(secret),
        can_write=can_write,
        expires_on=time.today() + dt.timedelta(days=days),
    )
    record(actor, "token.made", token, unit_id=actor.home_unit_id)
    return token, secret


@transaction.atomic
def end_token(*, actor: Actor, token: ApiToken) -> None:
    """Let a token of the actor's own work no more."""
    if token.person_id != actor.person_id:
        raise NotFound
    record(actor, "token.ended", token, unit_id=actor.home_unit_id)
    token.delete()


def note_use(token: ApiToken) -> None:
    """Keep the day on which a token was used last; of the hour nobody needs to know."""
    if token.used_on != time.today():
        ApiToken.objects.filter(id=token.id).update(used_on=time.today())


def forget_person(person_id: uuid.UUID) -> None:
    """Delete the tokens of an erased person."""
    ApiToken.objects.filter(person_id=person_id).delete()
