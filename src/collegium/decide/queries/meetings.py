"""Meetings, found for somebody."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from collegium.base import time
from collegium.decide import policies
from collegium.decide.enums import Stage
from collegium.decide.errors import NotFound
from collegium.decide.models import AgendaItem, Attendance, Matter, Meeting, Outcome
from collegium.decide.queries import choosing, matters
from collegium.people.actors import Actor
from collegium.people.models import Group, GroupMembership, Person
from collegium.people.places import Place
from collegium.people.queries import groups, persons, places

PAGE = 30
KEPT_IN_CALENDAR = dt.timedelta(days=60)  # a meeting that is over stays so long in the calendars of its people
SHOWN_NEXT = 5


@dataclass(frozen=True, slots=True)
class FoundMeeting:
    """A meeting with its place, and whether whoever asked called it or is in the group that meets."""

    meeting: Meeting
    place: Place
    is_theirs: bool


def get_meeting_for(actor: Actor, meeting_id: uuid.UUID) -> FoundMeeting:
    """Return a meeting the actor may read of; NotFound when absent or not theirs."""
    rows = Meeting.objects.filter(id=meeting_id, community_id=actor.community_id)
    meeting = rows.select_related("unit", "group", "written_by", "created_by").first()
    if meeting is None:
        raise NotFound
    place = places.locate(meeting.unit, time.today())
    own_groups = persons.list_own_group_ids(actor, time.today()) if meeting.group_id else frozenset()
    is_theirs = meeting.created_by_id == actor.person_id or meeting.group_id in own_groups
    if not policies.can_view_meeting(actor, place, is_theirs=is_theirs):
        raise NotFound
    return FoundMeeting(meeting, place, is_theirs)


def get_meeting_to_keep(actor: Actor, meeting_id: uuid.UUID) -> FoundMeeting:
    """Return a meeting for those who keep it; NotAllowed for others who may read of it."""
    found = get_meeting_for(actor, meeting_id)
    policies.check_can_keep_meeting(actor, found.place, is_theirs=found.is_theirs)
    return found


def list_meetings_for(actor: Actor, place: Place) -> QuerySet[Meeting]:
    """Return the meetings of a unit and its groups, the latest first."""
    policies.check_can_view_meeting(actor, place, is_theirs=False)
    rows = Meeting.objects.filter(unit_id=place.unit_id, community_id=actor.community_id)
    return rows.select_related("group", "unit").order_by("-starts_at", "id")


def list_own(actor: Actor, *, since: dt.datetime) -> list[Meeting]:
    """Return the meetings of the units and groups that the actor belongs to, the next first."""
    own_groups = persons.list_own_group_ids(actor, time.today())
    own = Q(group__isnull=True, unit_id__in=actor.member_of) | Q(group_id__in=own_groups)
    rows = Meeting.objects.filter(own, community_id=actor.community_id, starts_at__gte=since)
    return list(rows.select_related("unit", "group").order_by("starts_at", "id"))


def list_groups_to_meet(actor: Actor, place: Place) -> list[Group]:
    """Return the groups of a unit that the actor can call together: their own, and all of them for those who lead."""
    own = persons.list_own_group_ids(actor, place.as_of)
    rows = [group for group in groups.list_groups(actor, place) if group.unit_id == place.unit_id]
    return [group for group in rows if policies.can_keep_meeting(actor, place, is_theirs=group.id in own)]


def list_expected(meeting: Meeting, place: Place) -> list[Person]:
    """Return who is to be at a meeting: the people of the group or the unit, by name, and whoever was noted already."""
    noted = [row.person for row in list_attendance(meeting)]
    if meeting.group_id is None:
        return choosing.list_people(place, *noted)
    memberships = GroupMembership.objects.on(time.today()).filter(group_id=meeting.group_id)
    there = Person.objects.filter(id__in=memberships.values("person_id"), erased_at__isnull=True)
    found = {person.id: person for person in [*there, *noted] if not person.erased_at}
    return sorted(found.values(), key=lambda person: (person.family_name, person.given_name, str(person.id)))


def list_attendance(meeting: Meeting) -> list[Attendance]:
    """Return who was noted at a meeting that was found for somebody, by name."""
    rows = Attendance.objects.filter(meeting=meeting).select_related("person")
    return list(rows.order_by("person__family_name", "person__given_name", "id"))


def list_items(meeting: Meeting) -> list[AgendaItem]:
    """Return the agenda of a meeting that was found for somebody, in its order."""
    rows = AgendaItem.objects.filter(meeting=meeting).select_related("matter", "brought_by", "outcome")
    return list(rows.order_by("position", "id"))


def find_item(meeting: Meeting, text: str) -> AgendaItem | None:
    """Return the point of an agenda that an address names and that is no matter yet, or None."""
    open_points = AgendaItem.objects.filter(meeting=meeting, matter__isnull=True)
    return next((item for item in open_points if str(item.id) == text), None)


def list_readable(actor: Actor, place: Place, items: Collection[AgendaItem]) -> set[uuid.UUID]:
    """Return which of the matters on an agenda the actor may read."""
    asked = [item.matter_id for item in items if item.matter_id is not None]
    return (
        set(matters.list_matters_for(actor, place).filter(id__in=asked).values_list("id", flat=True))
        if asked
        else set()
    )


def list_choosable(actor: Actor, place: Place, group_id: uuid.UUID | None) -> list[Matter]:
    """Return the open matters that can be put on an agenda; of a group's meeting, its own first."""
    rows = [row for row in matters.list_open_for(actor, place) if row.stage != Stage.CLOSED]
    return sorted(rows, key=lambda row: group_id is not None and row.group_id != group_id)


def list_outcomes_of(items: Collection[AgendaItem]) -> dict[uuid.UUID, list[Outcome]]:
    """Return the outcomes of the matters on an agenda, by matter, the latest first."""
    found: dict[uuid.UUID, list[Outcome]] = {}
    ids = [item.matter_id for item in items if item.matter_id is not None]
    for row in Outcome.objects.filter(matter_id__in=ids).order_by("-number"):
        found.setdefault(row.matter_id, []).append(row)
    return found


def list_meetings_of(matter: Matter) -> list[Meeting]:
    """Return the meetings on whose agenda a matter stands, the latest first."""
    ids = AgendaItem.objects.filter(matter=matter).values("meeting_id")
    return list(Meeting.objects.filter(id__in=ids).select_related("unit", "group").order_by("-starts_at"))
