"""Who works in a unit: its people by team, or the units it is made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse

from collegium.people.actors import Actor
from collegium.people.enums import Level, Role, UnitKind
from collegium.people.models import Post, Unit
from collegium.people.places import Place
from collegium.people.presenters.frame import PersonLink, UnitFrame, frame_of, link_person
from collegium.people.presenters.sizes import write_sizes
from collegium.people.queries import roles, staff, units

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    """One post of a person."""

    person: PersonLink
    title: str
    level_label: str
    since: dt.date | None
    until: dt.date | None
    title_url: str
    end_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamBlock:
    """The posts of one team, or of the unit itself."""

    name: str
    url: str
    is_itself: bool
    rows: tuple[PostRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainedRow:
    """One unit that this one is made of."""

    name: str
    url: str
    kind_label: str
    size: str
    stewards: tuple[str, ...]
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPage:
    """The people of a unit, a page at a time."""

    unit: UnitFrame
    shows_people: bool
    has_both: bool
    teams: tuple[TeamBlock, ...]
    contained: tuple[ContainedRow, ...]
    pages: Page[Any]
    total: int
    erased: int
    is_narrowed: bool

    @property
    def shows_parts(self) -> bool:
        """Whether the page lists units rather than people."""
        return not self.shows_people


def present_staff(actor: Actor, place: Place, *, text: str, level: str, itself: bool, page: str) -> StaffPage:
    """List people by team for a team or school, and the units it is made of for all above."""
    frame = frame_of(actor, place)
    lists_people, shows_people = frame.lists_people, frame.lists_people or itself
    rows: QuerySet[Any]
    if shows_people:
        rows = staff.list_posts(place, text=text, level=level, only_itself=not lists_people)
    else:
        rows = units.list_contained(place.unit_id, place.as_of, text=text)
    pages: Page[Any] = Paginator(rows, PAGE_SIZE).get_page(page)
    shown = list(pages.object_list)
    return StaffPage(
        unit=frame,
        shows_people=shows_people,
        has_both=not lists_people,
        teams=_blocks(shown, place, frame) if shows_people else (),
        contained=() if shows_people else _contained(shown, place, frame),
        pages=pages,
        total=pages.paginator.count,
        erased=staff.count_erased(place) if shows_people and not frame.is_today else 0,
        is_narrowed=bool(text or level),
    )


def _blocks(posts: list[Post], place: Place, frame: UnitFrame) -> tuple[TeamBlock, ...]:
    return tuple(
        TeamBlock(
            name=unit.name,
            url=reverse("people:unit_home", args=[unit.slug]) + frame.query,
            is_itself=unit.id == place.unit_id,
            rows=tuple(_row(post, frame) for post in team),
        )
        for unit, team in groupby(posts, key=lambda post: post.unit)
    )


def _row(post: Post, frame: UnitFrame) -> PostRow:
    return PostRow(
        person=link_person(post.person_id, post.person.full_name),
        title=post.title,
        level_label=str(Level(post.level).label),
        since=post.starts_on,
        until=post.ends_on,
        title_url=reverse("people:post_title", args=[post.unit.slug, post.id]) if frame.can_steward else "",
        end_url=reverse("people:post_end", args=[post.unit.slug, post.id]) if frame.can_steward else "",
    )


def _contained(contained: list[Unit], place: Place, frame: UnitFrame) -> tuple[ContainedRow, ...]:
    ids = [unit.id for unit in contained]
    sizes = write_sizes(contained, place.as_of)
    named = roles.list_stewards_and_leads(ids, place.as_of) if frame.can_view_people else {}
    return tuple(
        ContainedRow(
            name=unit.name,
            url=reverse("people:unit_home", args=[unit.slug]) + frame.query,
            kind_label=str(UnitKind(unit.kind).label),
            size=sizes[unit.id],
            stewards=tuple(name for _id, name in named.get(unit.id, {}).get(Role.STEWARD, ())),
            leads=tuple(name for _id, name in named.get(unit.id, {}).get(Role.LEAD, ())),
        )
        for unit in contained
    )
