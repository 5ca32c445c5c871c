"""The chapter of events: what the services would have recorded, had each thing been done on its day."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from collegium.people.demo.book import Book
from collegium.people.demo.calendar import weekday
from collegium.people.enums import Role, TieKind
from collegium.people.models import GroupMembership, Person, Post, Unit, UnitRole

RECORDED_BEFORE_DAYS = 10  # People are entered some days before they begin.


def tell(book: Book) -> None:
    """Add the events of everything that happened since the story began, oldest first."""
    for post in book.posts:
        _tell_post(book, post)
    for role in book.roles:
        _tell_role(book, role)
    _tell_ties(book)
    _tell_groups(book)
    for membership in book.memberships:
        _tell_membership(book, membership)
    declared: dict[tuple[Person, dt.date], int] = {}
    for strength in book.strengths:
        key = (strength.person, strength.declared_at.date())
        declared[key] = declared.get(key, 0) + 1
    for (person, day), count in declared.items():
        book.event("person.strengths_declared", person.id, day, actor=person, person_id=str(person.id), count=count)
    _give_hours(book)


def _give_hours(book: Book) -> None:
    """Spread what happened on a day over its working hours, in the order it was told."""
    so_far: Counter[dt.datetime] = Counter()
    for event in book.events:
        number = so_far[event.at]
        so_far[event.at] += 1
        event.at += dt.timedelta(hours=9, minutes=5 * number)
    book.events.sort(key=lambda event: event.at)


def _happened(book: Book, day: dt.date | None) -> bool:
    return day is not None and book.calendar.first_day < day <= book.calendar.today


def _steward(book: Book, unit: Unit, day: dt.date, but: Person | None = None) -> Person | None:
    """Return who looked after the unit, or the one above it, on the day, and may have done this."""
    for role in book.roles:
        if role.unit is unit and role.role == Role.STEWARD and role.holds_on(day) and role.person is not but:
            return role.person
    for tie in book.ties:
        if tie.lower is unit and tie.kind == TieKind.CONTAINS:
            return _steward(book, tie.upper, day, but)
    return None


def _tell_post(book: Book, post: Post) -> None:
    about = {"person_id": str(post.person_id), "title": post.title}
    if post.starts_on and _happened(book, post.starts_on):
        day = max(weekday(post.starts_on - dt.timedelta(days=RECORDED_BEFORE_DAYS)), book.calendar.first_day)
        who = _steward(book, post.unit, day, post.person)
        if _is_first(book, post):
            book.event("person.added", post.person_id, day, unit=post.unit, actor=who, person_id=str(post.person_id))
        book.event("post.added", post.id, day, unit=post.unit, actor=who, level=str(post.level), **about)
    if post.ends_on and _happened(book, post.ends_on):
        day = weekday(post.ends_on - dt.timedelta(days=1))
        who = _steward(book, post.unit, day, post.person)
        book.event(
            "post.ended",
            post.id,
            day,
            unit=post.unit,
            actor=who,
            ends_on=post.ends_on.isoformat(),
            was=None,
            **about,
        )


def _is_first(book: Book, post: Post) -> bool:
    return next(one for one in book.posts if one.person is post.person) is post


def _tell_role(book: Book, role: UnitRole) -> None:
    about = {"person_id": str(role.person_id), "role": str(role.role)}
    if role.starts_on and _happened(book, role.starts_on):
        who = _steward(book, role.unit, role.starts_on, role.person)
        book.event("role.given", role.id, role.starts_on, unit=role.unit, actor=who, **about)
    if role.ends_on and _happened(book, role.ends_on):
        who = _steward(book, role.unit, role.ends_on, role.person)
        book.event(
            "role.ended",
            role.id,
            role.ends_on,
            unit=role.unit,
            actor=who,
            ends_on=role.ends_on.isoformat(),
            was=None,
            **about,
        )


def _tell_ties(book: Book) -> None:
    for tie in book.ties:
        if not tie.starts_on or not _happened(book, tie.starts_on):
            continue
        before = next(
            (
                one
                for one in book.ties
                if one.ends_on == tie.starts_on and one.lower is tie.lower and one.kind == tie.kind
            ),
            None,
        )
        about = {"other_unit_id": str(tie.lower_id), "governance": tie.governance}
        who = _steward(book, tie.upper, tie.starts_on)
        if before is None:
            book.event("tie.added", tie.id, tie.starts_on, unit=tie.upper, actor=who, kind=str(tie.kind), **about)
        else:
            book.event("tie.changed", tie.id, tie.starts_on, unit=tie.upper, actor=who, was=before.governance, **about)


def _tell_groups(book: Book) -> None:
    for group in book.groups:
        if group.starts_on and _happened(book, group.starts_on):
            who = _steward(book, group.unit, group.starts_on)
            book.event(
                "group.added",
                group.id,
                group.starts_on,
                unit=group.unit,
                actor=who,
                name=group.name,
                kind=str(group.kind),
            )
        if group.ends_on:
            who = _steward(book, group.unit, group.ends_on)
            together = {"membership": [str(one.id) for one in book.memberships if one.group is group]}
            book.event(
                "group.ended",
                group.id,
                group.ends_on,
                unit=group.unit,
                actor=who,
                name=group.name,
                ends_on=group.ends_on.isoformat(),
                was=None,
                together=together,
            )


def _tell_membership(book: Book, membership: GroupMembership) -> None:
    group = membership.group
    about = {
        "person_id": str(membership.person_id),
        "group_id": str(group.id),
        "name": group.name,
        "role": str(membership.role),
    }
    if membership.starts_on and _happened(book, membership.starts_on):
        who = _steward(book, group.unit, membership.starts_on)
        book.event("membership.added", membership.id, membership.starts_on, unit=group.unit, actor=who, **about)
    if membership.ends_on and membership.ends_on != group.ends_on:
        who = _steward(book, group.unit, membership.ends_on)
        book.event(
            "membership.ended",
            membership.id,
            membership.ends_on,
            unit=group.unit,
            actor=who,
            ends_on=membership.ends_on.isoformat(),
            was=None,
            **about,
        )
