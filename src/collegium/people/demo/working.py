"""The chapter of working together: who looks after what, groups, and the strengths that people declare."""

from __future__ import annotations

import datetime as dt
import random

from collegium.people.demo import story
from collegium.people.demo.book import Book
from collegium.people.demo.staff import schools_leaders
from collegium.people.demo.structure import team_slug
from collegium.people.enums import GroupRole, Level, Role
from collegium.people.models import Group, Person, Post

DECLARING_SHARE = 0.6
MOST_STRENGTHS = 3
OWN_SUBJECT_SHARE = 0.5
SHARED_CHAIR = 7  # groups of this size share the chair


def tell(book: Book) -> None:
    """Add roles, groups and strengths."""
    _look_after_upper_units(book)
    for plan in story.SCHOOLS:
        _look_after_school(book, plan)
    _support_from_above(book)
    rng = book.chance("groups")
    for group in story.GROUPS:
        _meet(book, rng, group)
    _declare_strengths(book, book.chance("strengths"))


# --- looking after units ----------------------------------------------------------------------------------------------
def _look_after_upper_units(book: Book) -> None:
    for slug, *_ in story.UPPER_UNITS:
        posts = book.posts_in(book.units[slug], book.calendar.today)
        first, second = posts[0].person, posts[1].person
        book.role(first, book.units[slug], Role.LEAD, None)
        for person in (first, second):
            book.role(person, book.units[slug], Role.STEWARD, None)


def _look_after_school(book: Book, plan: story.SchoolPlan) -> None:
    calendar, school = book.calendar, book.units[plan.slug]
    if plan.slug == story.LEADER_LEFT:
        left, acting, other = book.cast("left_head"), *schools_leaders(book, plan.slug, calendar.today)[:2]
        for role in (Role.LEAD, Role.STEWARD):
            book.role(left, school, role, None, calendar.year(2))
        book.role(acting, school, Role.STEWARD, None)
        book.role(acting, school, Role.LEAD, calendar.year(2))
        book.role(other, school, Role.STEWARD, calendar.year(2))
    else:
        leaders = schools_leaders(book, plan.slug, calendar.today)
        stewards = leaders[:1] if plan.slug == story.ONE_STEWARD else leaders[:2]
        book.role(leaders[0], school, Role.LEAD, None)
        for person in stewards:
            book.role(person, school, Role.STEWARD, None)
    for team in plan.teams:
        _look_after_team(book, team_slug(plan.slug, team.name))


def _look_after_team(book: Book, slug: str) -> None:
    posts = book.posts_in(book.units[slug], book.calendar.today)
    for number, post in enumerate(posts[:2]):
        if number == 0:
            book.role(post.person, post.unit, Role.LEAD, post.starts_on)
        book.role(post.person, post.unit, Role.STEWARD, post.starts_on)


def _support_from_above(book: Book) -> None:
    """Advisers of the district support the school without a head and the very small one; a guest looks in."""
    calendar = book.calendar
    advisers = [post.person for post in book.posts_in(book.units[story.DISTRICT], calendar.today)][2:4]
    book.role(advisers[0], book.units[story.LEADER_LEFT], Role.SUPPORTER, calendar.year(2))
    book.role(advisers[1], book.units[story.VERY_SMALL], Role.SUPPORTER, calendar.day(1, 30))
    book.role(book.cast("growing_head"), book.units[story.VERY_SMALL], Role.GUEST, calendar.day(1, 90))


# --- groups -----------------------------------------------------------------------------------------------------------
def _meet(book: Book, rng: random.Random, plan: story.GroupPlan) -> None:
    starts = book.calendar.day(plan.year, plan.days) if plan.year else book.calendar.lately(plan.days)
    ends = min(starts + dt.timedelta(days=plan.lasts_days), book.calendar.today) if plan.lasts_days else None
    group = book.group(book.units[plan.unit], plan.kind, plan.name, plan.purpose, starts, ends)
    members = [book.cast(key) for key in plan.named]
    for slug, team, number in plan.members:
        members += _draw_members(book, rng, slug, team, number, taken=members)
    facilitator = book.cast(plan.facilitator) if plan.facilitator else members[0]
    members = [facilitator, *(person for person in members if person is not facilitator)]
    for person in members:
        role = GroupRole.FACILITATOR if person is facilitator else GroupRole.MEMBER
        book.membership(group, person, role, max(starts, _came(book, person) or starts), _left(book, person) or ends)
    _carry_on(book, group, ends)
    for key in plan.later:
        book.membership(group, book.cast(key), GroupRole.MEMBER, book.calendar.year(2), ends)
    if plan.name == story.DUPLICATES[0]:
        adviser = book.posts_in(book.units[story.DISTRICT], book.calendar.today)[2].person
        book.membership(group, adviser, GroupRole.CRITICAL_FRIEND, starts, None)


def _carry_on(book: Book, group: Group, ends: dt.date | None) -> None:
    """In most lasting groups a second person facilitates too; some rest on one, and the product says so."""
    rows = [row for row in book.memberships if row.group is group]
    if ends is None and len(rows) >= SHARED_CHAIR:
        rows[-1].role = GroupRole.FACILITATOR


def _draw_members(
    book: Book, rng: random.Random, slug: str, team: str, number: int, taken: list[Person]
) -> list[Person]:
    if not team:
        return [one for one in schools_leaders(book, slug, book.calendar.today) if one not in taken][:number]
    unit = book.units[team_slug(slug, team)]
    there = [post.person for post in book.posts_in(unit, book.calendar.today) if post.person not in taken]
    named = {part.name.full for part in story.CAST}
    free = [person for person in there if person.full_name not in named]
    early = [person for person in free if (_came(book, person) or book.calendar.first_day) <= book.calendar.year(1)]
    return rng.sample(early if len(early) >= number else free, number)


def _came(book: Book, person: Person) -> dt.date | None:
    """Return the first day of a person's posts, or None when nobody knows."""
    starts = [post.starts_on for post in book.posts if post.person_id == person.id]
    return None if None in starts else min(day for day in starts if day)


def _left(book: Book, person: Person) -> dt.date | None:
    """Return the day a person's last post ended, or None while they hold one."""
    ends = [post.ends_on for post in book.posts if post.person_id == person.id]
    return None if None in ends else max(day for day in ends if day)


# --- strengths --------------------------------------------------------------------------------------------------------
def _declare_strengths(book: Book, rng: random.Random) -> None:
    subjects = {
        book.units[team_slug(plan.slug, team.name)].id: team.subject for plan in story.SCHOOLS for team in plan.teams
    }
    staff: dict[str, Post] = {
        post.person.full_name: post
        for post in book.posts
        if post.holds_on(book.calendar.today) and post.level != Level.GOVERNANCE
    }
    for post in staff.values():
        if rng.random() > DECLARING_SHARE:
            continue
        own = story.STRENGTHS.get(subjects.get(post.unit_id, ""), ()) or story.STRENGTHS[""]
        wanted = rng.randint(1, MOST_STRENGTHS)
        said = {rng.choice(own if rng.random() < OWN_SUBJECT_SHARE else story.STRENGTHS[""]) for _ in range(wanted)}
        began = max(post.starts_on or book.calendar.first_day, book.calendar.first_day)
        day = book.calendar.lately(rng.randint(1, max(1, (book.calendar.today - began).days)))
        for text in sorted(said):
            book.strength(post.person, text, max(day, began))
