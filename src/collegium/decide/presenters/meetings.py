"""The pages of meetings, what of them comes onto one's own page, and into one's calendar."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from collegium.base import time
from collegium.base.calendars import Entry
from collegium.base.own_part import Section
from collegium.base.panels import PanelContent, Sentence
from collegium.decide import policies
from collegium.decide.enums import Presence
from collegium.decide.models import AgendaItem, Meeting, Outcome
from collegium.decide.presenters.frame import address_of, name_of
from collegium.decide.queries import meetings as queries
from collegium.decide.queries.matters import FoundMatter
from collegium.decide.queries.meetings import FoundMeeting
from collegium.people import policies as people
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of

SHORT = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """A meeting in a list."""

    title: str
    url: str
    whose: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    where: str
    is_called_off: bool
    has_minutes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsPage:
    """When a unit and its groups meet, and when they have met."""

    unit: UnitFrame
    coming: tuple[MeetingRow, ...]
    past: tuple[MeetingRow, ...]
    page: Page[Meeting]
    plan_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRow:
    """A point of an agenda; `is_closed_to_you` where it is about a matter that the reader may not read."""

    number: int
    title: str
    url: str
    is_closed_to_you: bool
    minutes: int
    begins: dt.datetime
    brought_by: str
    note: str
    decided: str
    decided_url: str
    record_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPage:
    """A meeting: when and where, on what, who was there and what came of it."""

    unit: UnitFrame
    id: str
    title: str
    whose: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    where: str
    is_called_off: bool
    is_over: bool
    points: tuple[PointRow, ...]
    minutes_planned: int
    minutes_over: int
    there: tuple[str, ...]
    apologies: tuple[str, ...]
    number_there: int
    others_there: str
    notes: str
    written_by: str
    written_at: dt.datetime | None
    list_url: str
    file_url: str
    change_url: str
    agenda_url: str
    minutes_url: str
    decided_url: str
    call_off_url: str


def present_meetings(actor: Actor, place: Place, number: int) -> MeetingsPage:
    """Return the page of when a unit meets."""
    now = time.now()
    rows = queries.list_meetings_for(actor, place)
    past = Paginator(rows.filter(starts_at__lt=now), queries.PAGE).get_page(number)
    may_plan = policies.can_plan_meeting(actor, place) or bool(queries.list_groups_to_meet(actor, place))
    return MeetingsPage(
        unit=frame_of(actor, place),
        coming=tuple(row_of(row) for row in rows.filter(starts_at__gte=now).order_by("starts_at", "id")),
        past=tuple(row_of(row) for row in past.object_list),
        page=past,
        plan_url=reverse("decide:meeting_add", args=[place.slug]) if may_plan else "",
    )


def row_of(meeting: Meeting) -> MeetingRow:
    """Return a meeting as lists show it."""
    return MeetingRow(
        title=meeting.title,
        url=reverse("decide:meeting", args=[meeting.id]),
        whose=meeting.group.name if meeting.group else meeting.unit.name,
        starts_at=meeting.starts_at,
        ends_at=ends_of(meeting),
        where=meeting.where,
        is_called_off=meeting.called_off_at is not None,
        has_minutes=meeting.written_at is not None,
    )


def ends_of(meeting: Meeting) -> dt.datetime:
    """Return when a meeting ends."""
    return meeting.starts_at + dt.timedelta(minutes=meeting.minutes)


def present_meeting(actor: Actor, found: FoundMeeting) -> MeetingPage:
    """Return the page of a meeting."""
    meeting, place = found.meeting, found.place
    keeps = policies.can_keep_meeting(actor, place, is_theirs=found.is_theirs) and meeting.called_off_at is None
    sees_names = found.is_theirs or people.can_view_people_below(actor, place)
    items = queries.list_items(meeting)
    attendance = queries.list_attendance(meeting)
    there = [row.person for row in attendance if row.presence == Presence.THERE]
    planned = sum(item.minutes for item in items)
    return MeetingPage(
        unit=frame_of(actor, place),
        id=str(meeting.id),
        title=meeting.title,
        whose=meeting.group.name if meeting.group else place.name,
        starts_at=meeting.starts_at,
        ends_at=ends_of(meeting),
        where=meeting.where,
        is_called_off=meeting.called_off_at is not None,
        is_over=ends_of(meeting) <= time.now(),
        points=_points(items, queries.list_readable(actor, place, items), meeting, sees_names, keeps),
        minutes_planned=planned,
        minutes_over=max(0, planned - meeting.minutes),
        there=tuple(name_of(person) for person in there) if sees_names else (),
        apologies=tuple(name_of(row.person) for row in attendance if row.presence == Presence.APOLOGIES)
        if sees_names
        else (),
        number_there=len(there),
        others_there=meeting.others_there if sees_names else "",
        notes=meeting.notes,
        written_by=name_of(meeting.written_by) if sees_names and meeting.written_at else "",
        written_at=meeting.written_at,
        list_url=reverse("decide:meetings", args=[place.slug]),
        file_url=reverse("decide:meeting_file", args=[meeting.id]),
        change_url=_url("meeting_change", meeting, keeps),
        agenda_url=_url("meeting_agenda", meeting, keeps),
        minutes_url=_url("meeting_minutes", meeting, keeps),
        decided_url=_url("meeting_decided", meeting, keeps and policies.can_start(actor, place)),
        call_off_url=_url("meeting_call_off", meeting, keeps and meeting.starts_at > time.now()),
    )


def _url(name: str, meeting: Meeting, is_open: bool) -> str:
    return reverse(f"decide:{name}", args=[meeting.id]) if is_open else ""


def _points(
    items: Collection[AgendaItem], readable: Collection[uuid.UUID], meeting: Meeting, sees_names: bool, keeps: bool
) -> tuple[PointRow, ...]:
    begins, rows = meeting.starts_at, []
    for number, item in enumerate(items, start=1):
        is_closed = item.matter_id is not None and item.matter_id not in readable
        rows.append(
            PointRow(
                number=number,
                title=title_of(item, readable),
                url=address_of(item.matter) if item.matter and not is_closed else "",
                is_closed_to_you=is_closed,
                minutes=item.minutes,
                begins=begins,
                brought_by=name_of(item.brought_by) if item.brought_by and sees_names and not is_closed else "",
                note="" if is_closed else item.note,
                decided=_short(item.outcome) if item.outcome and not is_closed else "",
                decided_url=f"{address_of(item.matter)}#outcome-{item.outcome.number}"
                if item.matter and item.outcome and not is_closed
                else "",
                record_url=f"{_url('meeting_decided', meeting, keeps)}?item={item.id}"
                if keeps and item.matter_id is None
                else "",
            )
        )
        begins += dt.timedelta(minutes=item.minutes)
    return tuple(rows)


def title_of(item: AgendaItem, readable: Collection[uuid.UUID]) -> str:
    """Return what a point is called to whoever reads; a matter that is not theirs to read is not named."""
    if item.matter is None:
        return item.title
    return item.matter.question if item.matter_id in readable else _("A question that is not open to you")


def _short(outcome: Outcome) -> str:
    return Truncator(" ".join(outcome.statement.split())).chars(SHORT)


def say_outcomes(items: Collection[AgendaItem]) -> Mapping[uuid.UUID, list[tuple[Outcome, str]]]:
    """Return the outcomes that points can refer to, by matter, with the words of a form."""
    return {
        matter_id: [
            (row, _("%(day)s: %(what)s") % {"day": date_format(row.published_at, "DATE_FORMAT"), "what": _short(row)})
            for row in rows
        ]
        for matter_id, rows in queries.list_outcomes_of(items).items()
    }


def list_rows_of(actor: Actor, found: FoundMatter) -> tuple[MeetingRow, ...]:
    """Return the meetings on whose agenda a matter stands, for those who may know when its unit meets."""
    if not policies.can_view_meeting(actor, found.place, is_theirs=False):
        return ()
    return tuple(row_of(meeting) for meeting in queries.list_meetings_of(found.matter))


def fill_minutes(meeting: Meeting) -> dict[str, object]:
    """Return what the minutes say now, for the form that writes them."""
    rows = queries.list_attendance(meeting)
    return {
        "there": [str(row.person_id) for row in rows if row.presence == Presence.THERE],
        "apologies": [str(row.person_id) for row in rows if row.presence == Presence.APOLOGIES],
        "others_there": meeting.others_there,
        "notes": meeting.notes,
    }


# --- one's own --------------------------------------------------------------------------------------------------------
def build_next(actor: Actor) -> PanelContent | None:
    """Say when one meets next, for one's own page."""
    now = time.now()
    rows = [row_of(row) for row in queries.list_own(actor, since=now - dt.timedelta(hours=12))]
    rows = [row for row in rows if row.ends_at > now][: queries.SHOWN_NEXT]
    said = tuple(Sentence(f"{row.title} ({_write_start(row)})", row.url) for row in rows if not row.is_called_off)
    return PanelContent("decide/panels/meetings.html", {"rows": rows}, sentences=said) if rows else None


def _write_start(row: MeetingRow) -> str:
    at = localtime(row.starts_at)
    return f"{date_format(at)}, {date_format(at, 'H:i')}"


SECTIONS = (Section("decide.meetings", gettext_lazy("Your next meetings"), 13, build_next),)


def list_dates(actor: Actor) -> Iterator[Entry]:
    """Yield the meetings of one's units and groups, for one's calendar."""
    for meeting in queries.list_own(actor, since=time.now() - queries.KEPT_IN_CALENDAR):
        yield entry_of(meeting)


def entry_of(meeting: Meeting) -> Entry:
    """Return a meeting as a calendar has it: it names nobody and nothing of the agenda."""
    return Entry(
        uid=f"meeting-{meeting.id}",
        summary=f"{meeting.title} ({meeting.group.name if meeting.group else meeting.unit.name})",
        starts=meeting.starts_at,
        ends=ends_of(meeting),
        path=reverse("decide:meeting", args=[meeting.id]),
        where=meeting.where,
        is_busy=True,
        is_called_off=meeting.called_off_at is not None,
    )
