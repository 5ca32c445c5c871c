"""Numbers of an enquiry, one or many at once: looked at first, then kept together, with what stood before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

from django.db import transaction

from collegium.base import time
from collegium.enquire.enums import Numbers
from collegium.enquire.errors import Invalid
from collegium.enquire.models import Enquiry, Point, PointImport, Segment
from collegium.enquire.policies import Standing
from collegium.enquire.queries.calendars import get_calendar
from collegium.enquire.services.cycles import lock_prediction
from collegium.enquire.services.enquiries import check_work, touch
from collegium.enquire.services.outcomes import keep_signal
from collegium.people.actors import Actor
from collegium.people.services.writing import record as record_event
from collegium.people.services.writing import tidy

OF_SOMETHING = frozenset({Numbers.PROPORTION, Numbers.RATE})
AT_ONCE = 5000  # ids in one statement
WHOLE = frozenset({Numbers.PROPORTION, Numbers.COUNT, Numbers.RATE})


@unique
class Change(StrEnum):
    """What keeping an entry would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A number of a group on any day of its period; without a value, `note` says why there is none."""

    segment: Segment
    on: dt.date
    value: float | None
    denominator: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An entry, the first day of its period, what keeping it would do, what stands there, and why it is refused."""

    entry: Entry
    day: dt.date
    change: Change
    before: Point | None = None
    refusal: Invalid | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """How many are new and corrected, and what stands now for each entry, in their order."""

    new: int
    changed: int
    points: tuple[Point, ...]


def plan(enquiry: Enquiry, entries: Sequence[Entry]) -> list[Planned]:
    """Return what keeping these entries would do, one for each; nothing is written."""
    calendar = get_calendar(enquiry.unit)
    days = [calendar.first_day_of(entry.on, entry.segment.measure.frequency) for entry in entries]
    standing = _standing(entries, days)
    seen: set[tuple[object, dt.date]] = set()
    planned = []
    for entry, day in zip(entries, days, strict=True):
        place = (entry.segment.id, day)
        planned.append(_plan_one(enquiry, entry, day, standing.get(place), is_repeated=place in seen))
        seen.add(place)
    return planned


@transaction.atomic
def record(*, actor: Actor, enquiry: Enquiry, standing: Standing, entries: Sequence[Entry]) -> Recorded:
    """Keep numbers, all of them or none: what stood there is kept as replaced. Raises Invalid for the first refused."""
    check_work(actor, enquiry, standing)
    planned = plan(enquiry, entries)
    refusal = next((one.refusal for one in planned if one.refusal), None)
    if refusal:
        raise refusal
    wanted = [one for one in planned if one.change is not Change.SAME]
    written = iter(write(actor, enquiry, wanted) if wanted else ())
    points = [one.before if one.before and one.change is Change.SAME else next(written) for one in planned]
    new = sum(one.change is Change.NEW for one in wanted)
    return Recorded(new=new, changed=len(wanted) - new, points=tuple(points))


def write(
    actor: Actor, enquiry: Enquiry, wanted: Sequence[Planned], *, brought_by: PointImport | None = None
) -> list[Point]:
    """Write what was planned inside the transaction of a service that has checked who acts; return the new points."""
    now = brought_by.made_at if brought_by else time.now()
    replace((one.before for one in wanted if one.before), now)
    points = Point.objects.bulk_create(
        Point(
            community_id=enquiry.community_id,
            segment=one.entry.segment,
            on=one.day,
            value=one.entry.value,
            denominator=_under(one.entry),
            note=_note(one.entry),
            entered_at=now,
            entered_by_id=actor.recorded_id,
            brought_by=brought_by,
        )
        for one in wanted
    )
    lock_prediction(enquiry)
    keep_signal(enquiry)
    touch(enquiry)
    if brought_by:
        return points
    if len(points) == 1:
        record_event(actor, "enquiry.measured", enquiry, unit_id=enquiry.unit_id, title=enquiry.title)
    else:
        said = {"title": enquiry.title, "count": len(points)}
        record_event(actor, "enquiry.measured_many", enquiry, unit_id=enquiry.unit_id, **said)
    return points


def replace(points: Iterable[Point], now: dt.datetime) -> None:
    """Let these points stand no longer; they are kept."""
    ids = [point.id for point in points]
    for start in range(0, len(ids), AT_ONCE):
        Point.objects.filter(id__in=ids[start : start + AT_ONCE]).update(replaced_at=now)


# --- one entry --------------------------------------------------------------------------------------------------------
def _standing(entries: Sequence[Entry], days: Sequence[dt.date]) -> dict[tuple[object, dt.date], Point]:
    if not entries:
        return {}
    segments = {entry.segment.id for entry in entries}
    rows = Point.objects.filter(segment__in=segments, on__gte=min(days), on__lte=max(days), replaced_at__isnull=True)
    return {(row.segment_id, row.on): row for row in rows}


def _plan_one(enquiry: Enquiry, entry: Entry, day: dt.date, before: Point | None, *, is_repeated: bool) -> Planned:
    try:
        if entry.segment.measure.enquiry_id != enquiry.id:
            raise Invalid("enquiry_text_missing")
        if is_repeated:
            raise Invalid("point_twice")
        _check_number(entry)
        if entry.on > time.today():
            raise Invalid("point_later")
    except Invalid as refusal:
        return Planned(entry=entry, day=day, change=Change.REFUSED, before=before, refusal=refusal)
    said = (entry.value, _under(entry), _note(entry))
    if before is None:
        change = Change.NEW
    else:
        change = Change.SAME if said == (before.value, before.denominator, before.note) else Change.CHANGED
    return Planned(entry=entry, day=day, change=change, before=before)


def _note(entry: Entry) -> str:
    return tidy(entry.note, limit=200, required=False)


def _under(entry: Entry) -> float | None:
    is_of_something = Numbers(entry.segment.measure.numbers) in OF_SOMETHING
    return entry.denominator if is_of_something and entry.value is not None else None


def _check_number(entry: Entry) -> None:
    numbers, value, denominator = Numbers(entry.segment.measure.numbers), entry.value, entry.denominator
    note = _note(entry)
    if value is None:
        if not note:
            raise Invalid("point_absent")
        return
    if numbers in WHOLE and (value < 0 or value != round(value)):
        raise Invalid("point_not_whole")
    if numbers in OF_SOMETHING:
        if denominator is None or denominator <= 0:
            raise Invalid("point_denominator")
        if numbers == Numbers.PROPORTION and value > denominator:
            raise Invalid("point_above")
