"""A person's page, one's own part, and what is known of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from collegium.base import indicators, own_part, time
from collegium.base.registries import Registry
from collegium.people import policies
from collegium.people.actors import Actor
from collegium.people.enums import GroupRole, Level, Role
from collegium.people.models import GroupMembership, Person, Post
from collegium.people.models.dated import Dated
from collegium.people.places import Whereabouts
from collegium.people.queries import actors, own_data, persons
from collegium.people.queries.rosters import source_name


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedRow:
    """A post, a role or a part in a group."""

    title: str
    detail: str
    where: str
    url: str
    since: dt.date | None
    until: dt.date | None
    is_now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """A person as a colleague sees them, or as they see themselves."""

    id: str
    name: str
    is_you: bool
    email: str
    strengths: tuple[str, ...]
    posts: tuple[DatedRow, ...]
    groups: tuple[DatedRow, ...]
    roles: tuple[DatedRow, ...]
    name_url: str
    post_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MyPartPage:
    """One's own part: what one is here, and what one may do with one's own data."""

    person: PersonPage
    communities: tuple[CommunityChoice, ...]
    alone_in: tuple[str, ...]
    sections: tuple[PartSection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSection:
    """What another room has for one, with what its template sees."""

    key: str
    title: str
    template: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityChoice:
    """A community that the same login belongs to."""

    person_id: str
    name: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFact:
    """One thing that is known of a person: what it says, who sees it, where it came from, how to change it."""

    term: str
    values: tuple[str, ...]
    seen_by: str
    source: str
    change_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDataPage:
    """What is known of you and who may see it."""

    facts: tuple[KnownFact, ...]
    can_erase: bool


def present_person(actor: Actor, person: Person, whereabouts: Whereabouts) -> PersonPage:
    """Show a person; the address to those who look after them, past posts and groups to themselves."""
    is_you = person.id == actor.person_id
    may_look_after = policies.can_look_after_person(actor, whereabouts)
    data = own_data.get_own_data(person)
    today = time.today()
    return PersonPage(
        id=str(person.id),
        name=person.full_name,
        is_you=is_you,
        email=person.email if may_look_after else "",
        strengths=tuple(row.text for row in data.strengths),
        posts=tuple(_post(row, today) for row in data.posts if may_look_after or row.holds_on(today)),
        groups=tuple(_membership(row, today) for row in data.memberships if is_you or row.holds_on(today)),
        roles=tuple(
            DatedRow(
                title=str(Role(row.role).label).capitalize(),
                detail="",
                where=row.unit.name,
                url=reverse("people:unit_roles", args=[row.unit.slug]),
                **_dates(row, today),
            )
            for row in data.roles
            if is_you or row.holds_on(today)
        ),
        name_url=reverse("people:person_name", args=[person.id]) if may_look_after else "",
        post_url="",
    )


def _dates(row: Dated, today: dt.date) -> dict[str, Any]:
    return {"since": row.starts_on, "until": row.ends_on, "is_now": row.holds_on(today)}


def _post(row: Post, today: dt.date) -> DatedRow:
    return DatedRow(
        title=row.title,
        detail=str(Level(row.level).label),
        where=row.unit.name,
        url=reverse("people:unit_home", args=[row.unit.slug]),
        **_dates(row, today),
    )


def _membership(row: GroupMembership, today: dt.date) -> DatedRow:
    return DatedRow(
        title=row.group.name,
        detail=str(GroupRole(row.role).label),
        where=row.group.unit.name,
        url=reverse("people:group", args=[row.group_id]),
        **_dates(row, today),
    )


def present_my_part(actor: Actor) -> MyPartPage:
    """Show one's own part; what several sections of it read is looked up once."""
    with indicators.sharing():
        return _present_my_part(actor)


def _present_my_part(actor: Actor) -> MyPartPage:
    person = persons.get_own_person(actor)
    return MyPartPage(
        person=present_person(actor, person, persons.get_whereabouts(person)),
        communities=list_communities(actor),
        alone_in=tuple(persons.list_units_kept_alone(person.id)),
        sections=tuple(_sections(actor)),
    )


def _sections(actor: Actor) -> Iterator[PartSection]:
    for section in own_part.list_sections():
        content = section.build(actor)
        if content is not None:
            yield PartSection(
                key=section.key.replace(".", "-"),
                title=str(section.title),
                template=content.template,
                content=content.context,
            )


def list_communities(actor: Actor) -> tuple[CommunityChoice, ...]:
    """Return the communities of the actor's login when there are several."""
    if actor.account_id is None:
        return ()
    found = actors.list_communities_of_account(actor.account_id)
    return tuple(
        CommunityChoice(person_id=str(person_id), name=name, is_current=person_id == actor.person_id)
        for person_id, name in found
    )


KnownFacts = Callable[[Actor], tuple[KnownFact, ...]]
_known_in_rooms: Registry[KnownFacts, None] = Registry("what is known by")


def register_known(build: KnownFacts) -> None:
    """Let a room say what it knows of a reader on the page about their own data."""
    _known_in_rooms.add(build, None)


def present_own_data(actor: Actor) -> OwnDataPage:
    """Say everything that is known of the actor, who may see it, and where it came from."""
    person = persons.get_own_person(actor)
    data = own_data.get_own_data(person)
    return OwnDataPage(
        facts=(
            *_who_you_are(data),
            *_what_you_do(data),
            *(fact for build in _known_in_rooms for fact in build(actor)),
            *_what_systems_know(data),
        ),
        can_erase=not persons.list_units_kept_alone(person.id),
    )


def _who_you_are(data: own_data.OwnData) -> tuple[KnownFact, ...]:
    person = data.person
    return (
        KnownFact(
            term=_("Your name"),
            values=(person.full_name,),
            seen_by=_colleagues(),
            source=_source(data.source_of("given_name") or data.source_of("family_name")),
            change_url=reverse("people:person_name", args=[person.id]),
        ),
        KnownFact(
            term=_("Your email address"),
            values=(person.email,) if person.email else (),
            seen_by=_("You, and the stewards of units you work in"),
            source=_source(data.source_of("email")),
        ),
        KnownFact(
            term=_("Your strengths"),
            values=tuple(row.text for row in data.strengths),
            seen_by=_colleagues(),
            source=_("You"),
            change_url=reverse("people:my_strengths"),
        ),
    )


def _what_you_do(data: own_data.OwnData) -> tuple[KnownFact, ...]:
    today = time.today()
    return (
        KnownFact(
            term=_("Your posts now"),
            values=_write(_post(row, today) for row in data.posts if row.holds_on(today)),
            seen_by=_colleagues(),
            source=_("A roster, or a steward by hand"),
        ),
        KnownFact(
            term=_("Your posts before"),
            values=_write(_post(row, today) for row in data.posts if not row.holds_on(today)),
            seen_by=_("You, and stewards; colleagues who look at that day on your unit’s pages"),
            source=_("A roster, or a steward by hand"),
        ),
        KnownFact(
            term=_("Your groups"),
            values=_write(_membership(row, today) for row in data.memberships),
            seen_by=_("Members of each group, and everybody who may see the people of its unit"),
            source=_("Whoever leads the unit of the group"),
        ),
        KnownFact(
            term=_("Your roles"),
            values=tuple(f"{capfirst(str(Role(row.role).label))}, {row.unit.name}" for row in data.roles),
            seen_by=_colleagues(),
            source=_("A steward of that unit"),
        ),
    )


def _what_systems_know(data: own_data.OwnData) -> tuple[KnownFact, ...]:
    return (
        KnownFact(
            term=_("Your number in other systems"),
            values=tuple(f"{row.source_id} ({source_name(row.source)})" for row in data.external_ids),
            seen_by=_("You, and stewards who import or export rosters"),
            source=_("A roster"),
        ),
        KnownFact(
            term=_("When you last signed in"),
            values=_last_login(data.person),
            seen_by=_("Only you"),
            source=_("Collegium notes it when you sign in"),
        ),
    )


def _colleagues() -> str:
    return _("Everybody who may see the people of your school or unit")


def _source(name: str) -> str:
    return _("The roster “%(name)s”") % {"name": name} if name else _("Written by hand")


def _write(rows: Iterable[DatedRow]) -> tuple[str, ...]:
    return tuple(f"{row.title or row.detail}, {row.where} ({_write_dates(row)})" for row in rows)


def _write_dates(row: DatedRow) -> str:
    if row.since and row.until:
        return f"{date_format(row.since)} – {date_format(row.until)}"
    if row.until:
        return _("until %(day)s") % {"day": date_format(row.until)}
    return _("since %(day)s") % {"day": date_format(row.since)} if row.since else _("start not known")


def _last_login(person: Person) -> tuple[str, ...]:
    account = person.account
    if account is None or account.last_login is None:
        return ()
    at = timezone.localtime(account.last_login)
    return (f"{date_format(at)}, {date_format(at, 'H:i')}",)
