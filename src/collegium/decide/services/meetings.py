"""Meetings: called, changed, called off; their agenda, their minutes, and what was decided at them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from collegium.base import prose, time
from collegium.decide import policies
from collegium.decide.enums import Presence
from collegium.decide.errors import Conflict, Invalid
from collegium.decide.models import AgendaItem, Attendance, Matter, Meeting, Outcome
from collegium.decide.queries import standing as standings
from collegium.decide.services import matters, outcomes
from collegium.decide.services.matters import QUESTION_LIMIT, Asked, Whom
from collegium.people.actors import Actor
from collegium.people.models import Group, Person, Unit
from collegium.people.services.writing import check_open, check_same_community, locate, record, tidy

TITLE_LIMIT = 160
OTHERS_LIMIT = 500
LONGEST_MINUTES = 12 * 60
MOST_ITEMS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What is said about a meeting: what it is, when, how long, where, and which group meets if not everybody."""

    title: str
    starts_at: dt.datetime
    minutes: int = 60
    where: str = ""
    group: Group | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something to talk about: a matter, or a title alone; how many minutes, who brings it, and which row it is."""

    title: str = ""
    matter: Matter | None = None
    minutes: int = 10
    brought_by: Person | None = None
    row: AgendaItem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What came of a meeting: who was there, what was said under each point, and the outcome that each led to."""

    presence: Mapping[Person, Presence]
    others_there: str = ""
    notes: str = ""
    said: Sequence[tuple[AgendaItem, str, Outcome | None]] = ()


@transaction.atomic
def plan(*, actor: Actor, unit: Unit, planned: Planned, is_in_group: bool = False) -> Meeting:
    """Call a meeting of a unit or of one of its groups."""
    place = locate(unit)
    if planned.group is None:
        policies.check_can_plan_meeting(actor, place)
    else:
        policies.check_can_keep_meeting(actor, place, is_theirs=is_in_group)
    check_open(unit, time.today())
    meeting = Meeting(community_id=actor.community_id, unit=unit, created_by_id=actor.recorded_id)
    _fill(meeting, planned)
    meeting.save(force_insert=True)
    record(actor, "meeting.planned", meeting, unit_id=unit.id, title=meeting.title)
    return meeting


def _fill(meeting: Meeting, planned: Planned) -> None:
    if planned.group is not None and planned.group.unit_id != meeting.unit_id:
        raise Invalid("group_elsewhere")
    if not 1 <= planned.minutes <= LONGEST_MINUTES:
        raise Invalid("meeting_too_long", most=LONGEST_MINUTES)
    meeting.group, meeting.starts_at, meeting.minutes = planned.group, planned.starts_at, planned.minutes
    meeting.title = tidy(planned.title, limit=TITLE_LIMIT)
    meeting.where = tidy(planned.where, limit=TITLE_LIMIT, required=False)


def _lock(actor: Actor, meeting: Meeting, is_theirs: bool) -> Meeting:
    policies.check_can_keep_meeting(actor, locate(meeting.unit), is_theirs=is_theirs)
    held = Meeting.objects.select_for_update().get(id=meeting.id)
    if held.called_off_at is not None:
        raise Conflict("meeting_called_off")
    return held


@transaction.atomic
def change(*, actor: Actor, meeting: Meeting, is_theirs: bool, planned: Planned) -> Meeting:
    """Change what is said about a meeting; whose it is stays."""
    held = _lock(actor, meeting, is_theirs)
    _fill(held, planned)
    held.save(update_fields=["title", "starts_at", "minutes", "where", "group"])
    record(actor, "meeting.changed", held, unit_id=held.unit_id, title=held.title)
    return held


@transaction.atomic
def call_off(*, actor: Actor, meeting: Meeting, is_theirs: bool) -> Meeting:
    """Call a meeting off; it stays in the list, and calendars show that it is off."""
    held = _lock(actor, meeting, is_theirs)
    held.called_off_at = time.now()
    held.save(update_fields=["called_off_at"])
    record(actor, "meeting.called_off", held, unit_id=held.unit_id, title=held.title)
    return held


@transaction.atomic
def set_agenda(*, actor: Actor, meeting: Meeting, is_theirs: bool, items: Sequence[Item]) -> None:
    """Set what is talked about, in this order; what was written under a point that stays, stays."""
    held = _lock(actor, meeting, is_theirs)
    if len(items) > MOST_ITEMS:
        raise Invalid("agenda_too_long", most=MOST_ITEMS)
    asked = [item.matter.id for item in items if item.matter is not None]
    if len(set(asked)) != len(asked):
        raise Invalid("agenda_twice")
    check_same_community(actor, *(item.brought_by for item in items if item.brought_by is not None))
    if any(item.row is not None and item.row.meeting_id != held.id for item in items):
        raise Invalid("point_elsewhere")
    gone = AgendaItem.objects.filter(meeting=held).exclude(id__in=[item.row.id for item in items if item.row])
    if gone.exclude(note="", outcome__isnull=True).exists():
        raise Conflict("agenda_has_notes")
    gone.delete()
    for position, item in enumerate(items, start=1):
        row = item.row or AgendaItem(community_id=held.community_id, meeting=held)
        row.matter, row.brought_by, row.position = item.matter, item.brought_by, position
        row.minutes = max(0, min(item.minutes, LONGEST_MINUTES))
        row.title = tidy(item.matter.question if item.matter else item.title, limit=QUESTION_LIMIT)
        row.save()
    record(actor, "meeting.agenda", held, unit_id=held.unit_id, title=held.title)


@transaction.atomic
def write_minutes(*, actor: Actor, meeting: Meeting, is_theirs: bool, minutes: Minutes) -> Meeting:
    """Write who was there and what was said; an outcome is one of the matter that the point is about."""
    held = _lock(actor, meeting, is_theirs)
    check_same_community(actor, *minutes.presence)
    Attendance.objects.filter(meeting=held).delete()
    Attendance.objects.bulk_create(
        Attendance(community_id=held.community_id, meeting=held, person=person, presence=presence)
        for person, presence in minutes.presence.items()
    )
    for row, note, outcome in minutes.said:
        if row.meeting_id != held.id or (outcome is not None and outcome.matter_id != row.matter_id):
            raise Invalid("point_elsewhere")
        row.note, row.outcome = prose.tidy(note), outcome
        row.save(update_fields=["note", "outcome"])
    held.notes = prose.tidy(minutes.notes)
    held.others_there = tidy(minutes.others_there, limit=OTHERS_LIMIT, required=False)
    held.written_at, held.written_by_id = time.now(), actor.recorded_id
    held.save(update_fields=["notes", "others_there", "written_at", "written_by"])
    record(actor, "meeting.minutes", held, unit_id=held.unit_id, title=held.title)
    return held


@transaction.atomic
def record_decision(
    *, actor: Actor, meeting: Meeting, is_theirs: bool, question: str, words: outcomes.Words, item: AgendaItem | None
) -> Outcome:
    """Write down what was decided at a meeting without a vote: a matter with its outcome, sent to all it affects."""
    held = _lock(actor, meeting, is_theirs)
    whom = Whom(group=held.group) if held.group is not None else Whom(unit=held.unit)
    asked = Asked(question=question)
    matter = matters.ask(actor=actor, unit=held.unit, group=held.group, asked=asked, whom=[whom])
    standing = standings.get_standing(actor, matter, locate(held.unit))
    outcome = outcomes.publish(actor=actor, matter=matter, standing=standing, words=words)
    last = AgendaItem.objects.filter(meeting=held).count()
    row = item or AgendaItem(community_id=held.community_id, meeting=held, position=last + 1, minutes=0)
    row.matter, row.title, row.outcome = matter, matter.question, outcome
    row.save()
    return outcome
