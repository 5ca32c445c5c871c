"""The rows of the story while it is being told, with ids that follow from the seed, and how they are written."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.db.models import Manager, Model
from django.utils import timezone

from collegium.base.models import Event
from collegium.people.demo import story
from collegium.people.demo.calendar import Calendar
from collegium.people.demo.names import Name, Names
from collegium.people.enums import GroupKind, GroupRole, Level, Role, TieKind, UnitKind
from collegium.people.models import (
    Account,
    Community,
    Group,
    GroupMembership,
    Person,
    Post,
    Strength,
    Unit,
    UnitRole,
    UnitTie,
)

BATCH = 500


@dataclass
class Book:
    """Everything the story has said so far. Chapters add to it; `write` puts it into the database."""

    seed: int
    calendar: Calendar
    community: Community = field(init=False)
    units: dict[str, Unit] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    roles: list[UnitRole] = field(default_factory=list)
    ties: list[UnitTie] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    memberships: list[GroupMembership] = field(default_factory=list)
    strengths: list[Strength] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ids = self.chance("ids")
        self.names = Names(self.chance("names"), frozenset(part.name.full for part in story.CAST))
        self.community = Community(
            id=self.new_id(), name=story.COMMUNITY, is_demo=True, created_at=instant(self.calendar.first_day)
        )

    def chance(self, chapter: str) -> random.Random:
        """Return the dice of a chapter: what one chapter draws leaves the others as they are."""
        return random.Random(f"{self.seed}:{chapter}")  # noqa: S311 a story, not a secret

    def new_id(self) -> uuid.UUID:
        """Return the next id of this seed."""
        return uuid.UUID(int=self._ids.getrandbits(128), version=4)

    # --- what chapters add --------------------------------------------------------------------------------------------
    def unit(self, slug: str, name: str, kind: UnitKind, identifier: str = "") -> Unit:
        """Add a unit that was there before the story."""
        unit = Unit(id=self.new_id(), community=self.community, slug=slug, name=name, kind=kind, identifier=identifier)
        self.units[slug] = unit
        return unit

    def tie(
        self,
        upper: Unit,
        lower: Unit,
        kind: TieKind = TieKind.CONTAINS,
        governance: int | None = None,
        starts: dt.date | None = None,
        ends: dt.date | None = None,
    ) -> UnitTie:
        """Tie two units from a day to a day."""
        tie = UnitTie(
            id=self.new_id(),
            community=self.community,
            upper=upper,
            lower=lower,
            kind=kind,
            governance=governance,
            starts_on=starts,
            ends_on=ends,
        )
        self.ties.append(tie)
        return tie

    def person(self, name: Name, known_since: dt.date) -> Person:
        """Add a person with an account of their own."""
        at = instant(max(known_since, self.calendar.first_day))
        account = Account(id=self.new_id(), email=name.email, password=f"!{self.new_id().hex}", date_joined=at)
        person = Person(
            id=self.new_id(),
            community=self.community,
            account=account,
            given_name=name.given,
            family_name=name.family,
            email=name.email,
            created_at=at,
        )
        self.persons[name.full] = person
        return person

    def post(
        self,
        person: Person,
        unit: Unit,
        title: str,
        level: Level,
        starts: dt.date | None,
        ends: dt.date | None = None,
        *,
        is_primary: bool = True,
    ) -> Post:
        """Give a person a post."""
        post = Post(
            id=self.new_id(),
            community=self.community,
            person=person,
            unit=unit,
            title=title,
            level=level,
            starts_on=starts,
            ends_on=ends,
            is_primary=is_primary,
        )
        self.posts.append(post)
        return post

    def role(
        self, person: Person, unit: Unit, role: Role, starts: dt.date | None, ends: dt.date | None = None
    ) -> UnitRole:
        """Give a person a role in a unit."""
        given = UnitRole(
            id=self.new_id(),
            community=self.community,
            person=person,
            unit=unit,
            role=role,
            starts_on=starts,
            ends_on=ends,
        )
        self.roles.append(given)
        return given

    def group(
        self, unit: Unit, kind: GroupKind, name: str, purpose: str, starts: dt.date, ends: dt.date | None
    ) -> Group:
        """Start a group."""
        group = Group(
            id=self.new_id(),
            community=self.community,
            unit=unit,
            kind=kind,
            name=name,
            purpose=purpose,
            starts_on=starts,
            ends_on=ends,
        )
        self.groups.append(group)
        return group

    def membership(
        self, group: Group, person: Person, role: GroupRole, starts: dt.date | None, ends: dt.date | None
    ) -> None:
        """Put a person into a group."""
        self.memberships.append(
            GroupMembership(
                id=self.new_id(),
                community=self.community,
                group=group,
                person=person,
                role=role,
                starts_on=starts,
                ends_on=ends,
            )
        )

    def strength(self, person: Person, text: str, on: dt.date) -> None:
        """Let a person say what colleagues may turn to them for."""
        self.strengths.append(
            Strength(
                id=self.new_id(), community=self.community, person=person, text=text, declared_at=instant(on, hour=16)
            )
        )

    def event(
        self,
        verb: str,
        object_id: uuid.UUID,
        on: dt.date,
        *,
        unit: Unit | None = None,
        actor: Person | None = None,
        **data: object,
    ) -> None:
        """Record that something happened on a day; the verb's first word says to what kind of thing."""
        self.events.append(
            Event(
                id=self.new_id(),
                community_id=self.community.id,
                at=instant(on, hour=0),
                actor_id=actor.id if actor else None,
                verb=verb,
                object_kind=verb.partition(".")[0],
                object_id=object_id,
                unit_id=unit.id if unit else None,
                data=data,
            )
        )

    # --- what chapters ask --------------------------------------------------------------------------------------------
    def cast(self, key: str) -> Person:
        """Return a person whom the story names."""
        return self.persons[story.NAMES[key].full]

    def posts_in(self, unit: Unit, on: dt.date) -> list[Post]:
        """Return the posts of a unit that hold on a day, in the order they were told."""
        return [post for post in self.posts if post.unit_id == unit.id and post.holds_on(on)]

    # --- writing ------------------------------------------------------------------------------------------------------
    def write(self) -> Community:
        """Put all of it into the database, in the order that foreign keys ask for."""
        self.community.save(force_insert=True)
        accounts = [person.account for person in self.persons.values() if person.account]
        addresses = [EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in accounts]
        for rows in (
            self.units.values(),
            accounts,
            addresses,
            self.persons.values(),
            self.ties,
            self.posts,
            self.roles,
            self.groups,
            self.memberships,
            self.strengths,
            self.events,
        ):
            _insert(rows)
        return self.community


def _insert(rows: Iterable[Model]) -> None:
    rows = list(rows)
    if rows:
        manager: Manager[Model] = type(rows[0]).objects  # type: ignore[attr-defined]
        manager.bulk_create(rows, batch_size=BATCH)


def instant(day: dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
    """Return a moment of a day in the community's time zone."""
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=timezone.get_default_timezone())
