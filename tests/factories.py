"""Plain functions that put rows into the database for a test; whatever is not said gets a sensible, unique value."""

from __future__ import annotations

import datetime as dt
import itertools

from collegium.base import time
from collegium.people import places
from collegium.people.actors import Actor
from collegium.people.enums import GroupKind, GroupRole, Level, Role, RosterState, TieKind, UnitKind
from collegium.people.models import (
    Account,
    ApiToken,
    Community,
    ExternalId,
    Group,
    GroupMembership,
    Person,
    Post,
    RosterChange,
    RosterImport,
    Strength,
    Unit,
    UnitRole,
    UnitTie,
)
from collegium.people.queries import actors, tokens
from collegium.people.queries import places as place_queries
from collegium.people.services import accounts

_numbers = itertools.count(1)


def make_community(name: str = "", *, is_demo: bool = False) -> Community:
    """Make a tenant."""
    return Community.objects.create(name=name or f"Community {next(_numbers)}", is_demo=is_demo)


def make_unit(
    community: Community,
    name: str = "",
    *,
    kind: str = UnitKind.SCHOOL,
    slug: str = "",
    within: Unit | None = None,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> Unit:
    """Make a unit, contained in another one when `within` is given."""
    number = next(_numbers)
    unit = Unit.objects.create(
        community=community,
        kind=kind,
        name=name or f"{UnitKind(kind).label.capitalize()} {number}",
        slug=slug or f"{kind}-{number}",
        starts_on=starts_on,
        ends_on=ends_on,
    )
    if within is not None:
        contain(within, unit)
    return unit


def contain(
    upper: Unit,
    lower: Unit,
    *,
    kind: str = TieKind.CONTAINS,
    governance: int | None = None,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> UnitTie:
    """Tie two units: `upper` contains `lower`, or they are partners."""
    return UnitTie.objects.create(
        community_id=upper.community_id,
        upper=upper,
        lower=lower,
        kind=kind,
        governance=governance,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def make_account(email: str = "") -> Account:
    """Make a login that has no password."""
    return Account.objects.create_user(email or f"person{next(_numbers)}@school.example")


def make_person(
    community: Community,
    given_name: str = "Ada",
    family_name: str = "",
    *,
    email: str = "",
    account: bool | Account = False,
) -> Person:
    """Make a person; `account=True` lets them sign in, an account makes them one more person of it."""
    number = next(_numbers)
    if isinstance(account, Account):
        email = account.email  # an account acts as the persons with its own address
    email = email or f"person{number}@school.example"
    if account is True:
        account = make_account(email)
    return Person.objects.create(
        community=community,
        account=account or None,
        given_name=given_name,
        family_name=family_name or f"Example{number}",
        email=email,
    )


def make_post(
    person: Person,
    unit: Unit,
    title: str = "Teacher",
    *,
    level: str = Level.CLASSROOM,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    is_primary: bool = True,
) -> Post:
    """Give a person a post."""
    return Post.objects.create(
        community_id=unit.community_id,
        person=person,
        unit=unit,
        title=title,
        level=level,
        starts_on=starts_on,
        ends_on=ends_on,
        is_primary=is_primary,
    )


def make_role(
    person: Person,
    unit: Unit,
    role: str = Role.STEWARD,
    *,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> UnitRole:
    """Give a person a role in a unit."""
    return UnitRole.objects.create(
        community_id=unit.community_id, person=person, unit=unit, role=role, starts_on=starts_on, ends_on=ends_on
    )


def make_group(
    unit: Unit,
    name: str = "",
    *,
    kind: str = GroupKind.PLC,
    purpose: str = "",
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> Group:
    """Make a group whose home is a unit."""
    return Group.objects.create(
        community_id=unit.community_id,
        unit=unit,
        kind=kind,
        name=name or f"Group {next(_numbers)}",
        purpose=purpose,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def make_membership(
    person: Person,
    group: Group,
    role: str = GroupRole.MEMBER,
    *,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> GroupMembership:
    """Put a person into a group."""
    return GroupMembership.objects.create(
        community_id=group.community_id, group=group, person=person, role=role, starts_on=starts_on, ends_on=ends_on
    )


def make_strength(person: Person, text: str = "") -> Strength:
    """Let a person declare a strength."""
    return Strength.objects.create(
        community_id=person.community_id, person=person, text=text or f"strength {next(_numbers)}"
    )


def make_token(person: Person, *, can_write: bool = False, days: int = 30) -> str:
    """Let a program act as a person; return the secret. A token of no days, or fewer, is over."""
    account = person.account or accounts.ensure_account(person.email, is_proven=True)
    assert account is not None
    Person.objects.filter(id=person.id).update(account=account)
    secret = f"collegium_test-{next(_numbers)}"
    ApiToken.objects.create(
        community_id=person.community_id,
        person=person,
        account=account,
        name="A sheet",
        digest=tokens.digest_of(secret),
        can_write=can_write,
        expires_on=time.today() + dt.timedelta(days=days),
    )
    return secret


def make_external_id(
    thing: Person | Unit | Post, source_id: str = "", *, source: str = "roster", imported: dict[str, str] | None = None
) -> ExternalId:
    """Let a source know a person, a unit or a post by an id."""
    of = {type(thing).__name__.lower(): thing}
    return ExternalId.objects.create(
        community_id=thing.community_id,
        source=source,
        source_id=source_id or f"id-{next(_numbers)}",
        imported=imported or {},
        **of,
    )


def make_roster_import(unit: Unit, *, label: str = "") -> RosterImport:
    """Make a preview of a roster with one line."""
    made = RosterImport.objects.create(
        community_id=unit.community_id,
        unit=unit,
        source=f"{unit.id.hex}:roster",
        state=RosterState.PREVIEWED,
        file_name="roster.zip",
        dialect="oneroster-1.2",
        counts={"actions": {"added": {"person": 1}}, "reasons": {}},
        findings={"notes": []},
    )
    RosterChange.objects.create(
        community_id=unit.community_id, roster_import=made, place=1, kind="person", action="added", label=label
    )
    return made


def actor_of(person: Person, as_of: dt.date | None = None) -> Actor:
    """Return the person as an actor, with the roles of the day."""
    return actors.get_actor(person, as_of or time.today())


def place_of(unit: Unit, as_of: dt.date | None = None) -> places.Place:
    """Return the place of a unit, as policies see it."""
    return place_queries.locate(unit, as_of or time.today())


def steward_of(unit: Unit, given_name: str = "Sefa") -> Person:
    """Make a person who can sign in and looks after the unit."""
    person = make_person(unit.community, given_name, account=True)
    make_role(person, unit, Role.STEWARD)
    return person
