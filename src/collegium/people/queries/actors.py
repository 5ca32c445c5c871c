"""Who is signed in: from an account to the person it acts as."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict

from django.db.models import F

from collegium.base import tenancy, time
from collegium.people.actors import Actor
from collegium.people.enums import Role, UnitKind
from collegium.people.errors import NotFound
from collegium.people.models import Person, Post, Unit, UnitRole
from collegium.people.queries import structure

_HOME_ORDER = [UnitKind.SCHOOL, UnitKind.TEAM, UnitKind.ALLIANCE, UnitKind.TRUST, UnitKind.DISTRICT, UnitKind.STATE]


def list_persons_of_account(account_id: uuid.UUID) -> list[Person]:
    """Return the persons an account may act as, one a community; call it across communities.

    The address that the community holds for a person has the last word: an account with another acts as them no more.
    """
    return list(
        Person.objects.filter(account_id=account_id, email=F("account__email"), erased_at__isnull=True)
        .select_related("community")
        .order_by("community__name", "id")
    )


def get_actor(person: Person, as_of: dt.date) -> Actor:
    """Return the person as an actor, with their roles as of the day."""
    given: dict[uuid.UUID, set[Role]] = defaultdict(set)
    for unit_id, role in UnitRole.objects.on(as_of).filter(person=person).values_list("unit_id", "role"):
        given[unit_id].add(Role(role))
    posts = list(
        Post.objects.on(as_of)
        .filter(person=person)
        .order_by("-is_primary", "starts_on", "id")
        .values_list("unit_id", flat=True)
    )
    member_of = frozenset(posts) | structure.ids_above(posts, as_of)
    return Actor(
        person_id=person.id,
        community_id=person.community_id,
        account_id=person.account_id,
        name=person.full_name,
        given={unit_id: frozenset(roles) for unit_id, roles in given.items()},
        member_of=member_of,
        home_unit_id=_home(posts, given, member_of),
    )


def get_actor_of_job(person_id: str) -> Actor:
    """Return whoever asked for work that runs apart, with the roles they have by now."""
    person = Person.objects.filter(id=uuid.UUID(person_id), erased_at__isnull=True).first()
    if person is None:
        raise NotFound
    return get_actor(person, time.today())


def _home(
    posts: list[uuid.UUID], given: dict[uuid.UUID, set[Role]], member_of: frozenset[uuid.UUID]
) -> uuid.UUID | None:
    """Choose the unit to open first: the one they steward or lead, else the school they work in."""
    own = {unit_id for unit_id, roles in given.items() if {Role.STEWARD, Role.LEAD} & roles}
    kinds = dict(Unit.objects.filter(id__in=own | member_of | set(given)).values_list("id", "kind"))
    for candidates in (own, member_of, set(given)):
        ranked = sorted(
            (_HOME_ORDER.index(UnitKind(kinds[unit])), str(unit), unit) for unit in candidates if unit in kinds
        )
        if ranked:
            first_kind = ranked[0][0]
            # Of several of one kind, the unit of the main post comes first.
            return next((unit for unit in posts if kinds.get(unit) == _HOME_ORDER[first_kind]), ranked[0][2])
    return None


def list_communities_of_account(account_id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """Return person and community name for every community a login belongs to; only for the login's own eyes."""
    with tenancy.across_communities():
        return [(person.id, person.community.name) for person in list_persons_of_account(account_id)]
