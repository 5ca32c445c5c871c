"""Groups of a unit, and one group with its people."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse

from collegium.people.actors import Actor
from collegium.people.enums import GroupKind, GroupRole
from collegium.people.models import Group, GroupMembership
from collegium.people.places import Place
from collegium.people.presenters.frame import PersonLink, UnitFrame, frame_of, link_person
from collegium.people.queries import groups
from collegium.people.queries.units import UnitName

PAGE_SIZE = 50
PAST_LIMIT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """One group of the list."""

    name: str
    url: str
    kind_label: str
    purpose: str
    unit_name: str
    is_elsewhere: bool
    people: int
    facilitators: tuple[str, ...]
    since: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupListPage:
    """The groups of a unit."""

    unit: UnitFrame
    rows: tuple[GroupRow, ...]
    pages: Page[Group]
    total: int
    is_narrowed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """One member of a group."""

    person: PersonLink
    role: str
    role_label: str
    is_facilitator: bool
    since: dt.date | None
    until: dt.date | None
    from_units: tuple[str, ...]
    is_you: bool
    role_url: str
    end_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPage:
    """One group."""

    unit: UnitFrame
    id: str
    name: str
    kind_label: str
    purpose: str
    since: dt.date | None
    until: dt.date | None
    has_ended: bool
    members: tuple[MemberRow, ...]
    past: tuple[MemberRow, ...]
    schools: tuple[str, ...]
    facilitators: int
    add_url: str
    change_url: str
    end_url: str


def present_groups(actor: Actor, place: Place, *, kind: str, text: str, page: str) -> GroupListPage:
    """List the groups of a unit and of the units within it."""
    frame = frame_of(actor, place)
    pages = Paginator(groups.list_groups(actor, place, kind=kind, text=text), PAGE_SIZE).get_page(page)
    facilitators = groups.list_facilitators([group.id for group in pages.object_list], place.as_of)
    return GroupListPage(
        unit=frame,
        rows=tuple(
            GroupRow(
                name=group.name,
                url=reverse("people:group", args=[group.id]) + frame.query,
                kind_label=str(GroupKind(group.kind).label),
                purpose=group.purpose,
                unit_name=group.unit.name,
                is_elsewhere=group.unit_id != place.unit_id,
                people=group.people,  # type: ignore[attr-defined]
                facilitators=tuple(facilitators.get(group.id, ())),
                since=group.starts_on,
            )
            for group in pages.object_list
        ),
        pages=pages,
        total=pages.paginator.count,
        is_narrowed=bool(kind or text),
    )


def present_group(actor: Actor, place: Place, group: Group) -> GroupPage:
    """Show a group with who is in it, where they come from, and who was in it before."""
    frame = frame_of(actor, place)
    memberships = groups.list_memberships(group.id, place.as_of)
    past = groups.list_past_memberships(group.id, place.as_of, PAST_LIMIT)
    schools = groups.list_schools_of([row.person_id for row in [*memberships, *past]], place.as_of)
    members = tuple(_member(row, actor, frame, schools) for row in memberships)
    can_change = frame.can_lead and group.holds_on(place.as_of)
    return GroupPage(
        unit=frame,
        id=str(group.id),
        name=group.name,
        kind_label=str(GroupKind(group.kind).label),
        purpose=group.purpose,
        since=group.starts_on,
        until=group.ends_on,
        has_ended=not group.holds_on(place.as_of),
        members=members,
        past=tuple(_member(row, actor, frame, schools) for row in past),
        schools=tuple(sorted({school for row in members for school in row.from_units})),
        facilitators=sum(row.is_facilitator for row in members),
        add_url=reverse("people:member_add", args=[group.id]) if can_change else "",
        change_url=reverse("people:group_change", args=[group.id]) if can_change else "",
        end_url=reverse("people:group_end", args=[group.id]) if can_change else "",
    )


def _member(
    row: GroupMembership, actor: Actor, frame: UnitFrame, schools: dict[uuid.UUID, list[UnitName]]
) -> MemberRow:
    is_you = row.person_id == actor.person_id
    may_end = frame.can_lead or (is_you and frame.is_today)
    return MemberRow(
        person=link_person(row.person_id, row.person.full_name),
        role=row.role,
        role_label=str(GroupRole(row.role).label),
        is_facilitator=row.role == GroupRole.FACILITATOR,
        since=row.starts_on,
        until=row.ends_on,
        from_units=tuple(unit.name for unit in schools.get(row.person_id, ())),
        is_you=is_you,
        role_url=reverse("people:member_role", args=[row.group_id, row.id]) if frame.can_lead else "",
        end_url=reverse("people:member_end", args=[row.group_id, row.id]) if may_end else "",
    )
