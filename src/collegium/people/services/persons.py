"""Persons: adding them, what they are called, the strengths they declare, forgetting them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import F

from collegium.base import time
from collegium.people import erasure, policies
from collegium.people.actors import Actor
from collegium.people.errors import Conflict, Invalid
from collegium.people.models import GroupMembership, Person, Post, Strength, Unit, UnitRole
from collegium.people.models.dated import holds_on
from collegium.people.queries import persons
from collegium.people.services import accounts, posts, roles
from collegium.people.services.writing import locate, record, tidy

NAME_LIMIT = 120
STRENGTH_LIMIT = 120
STRENGTHS_LIMIT = 12


@transaction.atomic
def add_person(
    *,
    actor: Actor,
    unit: Unit,
    given_name: str,
    family_name: str = "",
    email: str = "",
    title: str = "",
    level: str = "",
    starts_on: dt.date | None = None,
) -> Person:
    """Add a person to a unit, with a first post when it has a title; they can sign in once they have an address."""
    policies.check_can_steward(actor, locate(unit))
    email = email.strip().lower()
    if email and Person.objects.filter(community_id=actor.community_id, email=email).exists():
        raise Conflict("email_taken")
    given = tidy(given_name, limit=NAME_LIMIT, required=False)
    family = tidy(family_name, limit=NAME_LIMIT, required=not given)
    try:
        with transaction.atomic():
            person = Person.objects.create(
                community_id=actor.community_id, given_name=given, family_name=family, email=email
            )
    except IntegrityError as error:  # The same address at the same moment.
        raise Conflict("email_taken") from error
    record(actor, "person.added", person, unit_id=unit.id, person_id=person.id)
    if title.strip():
        posts.add_post(actor=actor, person=person, unit=unit, title=title, level=level, starts_on=starts_on)
    return person


@transaction.atomic
def rename_person(*, actor: Actor, person: Person, given_name: str, family_name: str) -> Person:
    """Change what a person is called; a later roster does not change it back silently."""
    policies.check_can_look_after_person(actor, persons.get_whereabouts(person))
    _check_not_erased(person)
    given = tidy(given_name, limit=NAME_LIMIT, required=False)
    person.given_name, person.family_name = given, tidy(family_name, limit=NAME_LIMIT, required=not given)
    person.save(update_fields=["given_name", "family_name"])
    record(actor, "person.renamed", person, person_id=person.id)
    return person


@transaction.atomic
def declare_strengths(*, actor: Actor, person: Person, texts: Sequence[str]) -> list[Strength]:
    """Set what a person says colleagues may turn to them for."""
    policies.check_can_decide_for(actor, persons.get_whereabouts(person))
    _check_not_erased(person)
    wanted = dict.fromkeys(tidy(text, limit=STRENGTH_LIMIT) for text in texts if text.strip())
    if len(wanted) > STRENGTHS_LIMIT:
        raise Invalid("too_many_strengths", limit=STRENGTHS_LIMIT)
    Strength.objects.filter(person=person).exclude(text__in=wanted).delete()
    kept = set(Strength.objects.filter(person=person).values_list("text", flat=True))
    Strength.objects.bulk_create(
        Strength(community_id=person.community_id, person=person, text=text) for text in wanted if text not in kept
    )
    record(actor, "person.strengths_declared", person, person_id=person.id, count=len(wanted))
    return list(Strength.objects.filter(person=person).order_by("declared_at", "text"))


@transaction.atomic
def record_export(*, actor: Actor, person: Person) -> None:
    """Note that a person took away what is known of them."""
    policies.check_can_decide_for(actor, persons.get_whereabouts(person))
    record(actor, "person.exported", person, person_id=person.id)


@transaction.atomic
def erase_person(*, actor: Actor, person: Person) -> Person:
    """Forget who a person is and keep that there was one: every count of every past day stays as it was.

    From today on they hold no post, role or membership. The login goes too, unless it belongs to another community.
    """
    policies.check_can_decide_for(actor, persons.get_whereabouts(person))
    _check_not_erased(person)
    today = time.today()
    for role in UnitRole.objects.filter(person=person).select_related("unit"):
        roles.check_not_last_steward(role, today)
    for rows in (
        Post.objects.filter(person=person),
        UnitRole.objects.filter(person=person),
        GroupMembership.objects.filter(person=person),
    ):
        rows.filter(starts_on__gt=today).update(ends_on=F("starts_on"))
        rows.filter(holds_on(today)).update(ends_on=today)
    # A title such as "headteacher" names its holder to whoever was there; the level is enough to count by.
    Post.objects.filter(person=person).update(title="")
    Strength.objects.filter(person=person).delete()
    erasure.forget_person(person.id)
    account = person.account
    Person.objects.filter(id=person.id).update(
        given_name="", family_name="", email="", account=None, erased_at=time.now()
    )
    person.refresh_from_db()
    if account is not None:
        accounts.remove_unused_account(account.id)
    record(actor, "person.erased", person, person_id=person.id)
    return person


def _check_not_erased(person: Person) -> None:
    if person.erased_at is not None:
        raise Conflict("person_erased")
