"""Numbers from a table: looked at row by row, brought in together, taken back together."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
from dataclasses import asdict, dataclass, field, replace

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from collegium.base import time
from collegium.enquire.charting.files import ABSENT, CODES, parse_number
from collegium.enquire.charting.moments import read_days
from collegium.enquire.enums import Numbers
from collegium.enquire.errors import Conflict, Invalid
from collegium.enquire.intake import pupils
from collegium.enquire.intake.columns import Columns
from collegium.enquire.intake.sheets import Row, Sheet
from collegium.enquire.models import Enquiry, Measure, Point, PointImport, Segment
from collegium.enquire.models.measures import GROUP_LIMIT
from collegium.enquire.policies import Standing
from collegium.enquire.services import points
from collegium.enquire.services.enquiries import check_work, touch
from collegium.enquire.services.measures import MOST_SEGMENTS, Defined, make_measure
from collegium.enquire.services.outcomes import keep_signal
from collegium.enquire.services.points import WHOLE, Change, Entry, Planned
from collegium.people.actors import Actor
from collegium.people.services.writing import record, tidy

JOIN = " · "
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(,\d{3})+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a table is to be read: which column holds what, and the measure, or what a new one is."""

    columns: Columns
    measure: Measure | None = None
    defined: Defined | None = None


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row of the table, and what keeping it would do; `refusal` says why it is left out."""

    number: int
    change: Change
    planned: Planned | None = None
    refusal: Invalid | None = None


@dataclass(slots=True)
class ImportPlan:
    """What a table comes to: its rows, how many hold no number, and the measures and groups that it would add."""

    rows: list[RowPlan] = field(default_factory=list)
    empty: int = 0
    measures: list[Measure] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)

    def count(self, change: Change) -> int:
        """Return how many rows would do this."""
        return sum(row.change is change for row in self.rows)

    @property
    def wanted(self) -> list[Planned]:
        """What would be written."""
        return [row.planned for row in self.rows if row.planned and row.change in {Change.NEW, Change.CHANGED}]

    @property
    def fingerprint(self) -> str:
        """The same for two plans that write the same over the same."""
        said = hashlib.sha256()
        for one in self.wanted:
            entry, measure = one.entry, one.entry.segment.measure
            place = (measure.title, measure.numbers, measure.frequency, entry.segment.title, one.day)
            before = one.before.id if one.before else None
            said.update(repr((*place, entry.value, entry.denominator, entry.note, before)).encode())
        return said.hexdigest()


def plan(enquiry: Enquiry, sheet: Sheet, asked: Asked) -> ImportPlan:
    """Return what bringing a table in would do; nothing is written. Raises Invalid for one about single pupils."""
    found = ImportPlan()
    targets = _Targets(enquiry, asked, found)
    days = read_days(sheet.column(asked.columns.date))[1]
    read = [_read(sheet, row, asked.columns, days, targets) for row in sheet.rows]
    entries = [each.entry for each in read if each.entry]
    if pupils.is_row_each((entry.segment.id, entry.on) for entry in entries):
        raise Invalid("table_about_pupils")
    planned = iter(points.plan(enquiry, entries))
    for each in read:
        if each.entry:
            one = next(planned)
            found.rows.append(RowPlan(each.number, one.change, one, one.refusal))
        elif each.refusal:
            found.rows.append(RowPlan(each.number, Change.REFUSED, None, each.refusal))
        else:
            found.empty += 1
    targets.leave_out_unused()
    return found


@transaction.atomic
def bring_in(
    *, actor: Actor, enquiry: Enquiry, standing: Standing, sheet: Sheet, asked: Asked, seen: str
) -> PointImport:
    """Bring in what was seen, all of it or nothing. Raises Conflict when it would do something else by now."""
    check_work(actor, enquiry, standing)
    found = plan(enquiry, sheet, asked)
    if not found.wanted:
        raise Invalid("table_nothing")
    if found.fingerprint != seen:
        raise Conflict("table_moved_on")
    for measure in found.measures:
        measure.save(force_insert=True)
    Segment.objects.bulk_create(found.segments)
    made = PointImport.objects.create(
        community_id=enquiry.community_id,
        enquiry=enquiry,
        columns=asdict(asked.columns),
        added={
            "measures": [str(measure.id) for measure in found.measures],
            "segments": [str(segment.id) for segment in found.segments],
        },
        new=found.count(Change.NEW),
        changed=found.count(Change.CHANGED),
        made_by_id=actor.recorded_id,
    )
    points.write(actor, enquiry, found.wanted, brought_by=made)
    count = made.new + made.changed
    record(actor, "enquiry.imported", enquiry, unit_id=enquiry.unit_id, title=enquiry.title, count=count)
    return made


@transaction.atomic
def undo(*, actor: Actor, enquiry: Enquiry, standing: Standing, made: PointImport) -> int:
    """Take an import back: what stood before stands again, as entered anew; return how many numbers went.

    What was corrected since stays as it was corrected. Groups and measures that it added go where nothing is left.
    """
    check_work(actor, enquiry, standing)
    made.refresh_from_db()
    if made.undone_at is not None:
        raise Conflict("table_undone")
    standing_points = list(Point.objects.filter(brought_by=made, replaced_at__isnull=True))
    replaced = Point.objects.filter(segment__measure__enquiry=enquiry, replaced_at=made.made_at)
    # What another import brought that was taken back stays away.
    left = replaced.exclude(brought_by=made).exclude(brought_by__undone_at__isnull=False)
    earlier = {(row.segment_id, row.on): row for row in left}
    now = made.undone_at = time.now()
    points.replace(standing_points, now)
    before = [row for point in standing_points if (row := earlier.get((point.segment_id, point.on)))]
    Point.objects.bulk_create(_again(row, actor, now) for row in before)
    made.save(update_fields=["undone_at"])
    _remove_added(made)
    keep_signal(enquiry)
    touch(enquiry)
    count = len(standing_points)
    record(actor, "enquiry.import_undone", enquiry, unit_id=enquiry.unit_id, title=enquiry.title, count=count)
    return count


def _again(row: Point, actor: Actor, now: dt.datetime) -> Point:
    return Point(
        community_id=row.community_id,
        segment_id=row.segment_id,
        on=row.on,
        value=row.value,
        denominator=row.denominator,
        note=row.note,
        entered_at=now,
        entered_by_id=actor.recorded_id,
        brought_by_id=row.brought_by_id,
    )


def _remove_added(made: PointImport) -> None:
    others = Point.objects.filter(segment=OuterRef("pk")).exclude(brought_by=made)
    mine = Segment.objects.filter(id__in=made.added["segments"]).annotate(is_used=Exists(others))
    mine.filter(is_used=False).delete()
    left = Segment.objects.filter(measure=OuterRef("pk"))
    Measure.objects.filter(id__in=made.added["measures"]).annotate(is_used=Exists(left)).filter(is_used=False).delete()


# --- rows -------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Read:
    """A row as an entry, or why it is none; neither where it holds no number."""

    number: int
    entry: Entry | None = None
    refusal: Invalid | None = None


def _read(sheet: Sheet, row: Row, columns: Columns, days: dict[str, dt.date | None], targets: _Targets) -> _Read:
    number, cells = row

    def cell(title: str) -> str:
        return cells[sheet.titles.index(title)] if title else ""

    text, note = cell(columns.value), cell(columns.note)
    code = CODES.get(text.removesuffix(".0"), "")
    if code != "suppressed" and not note and (code or text.casefold() in ABSENT):
        return _Read(number)
    try:
        on = days.get(cell(columns.date))
        if on is None:
            raise Invalid("table_no_date")
        segment = targets.find(cell(columns.measure), JOIN.join(filter(None, map(cell, (columns.by, columns.by_too)))))
        value, under = _parse(text, segment.measure), _parse(cell(columns.of), segment.measure)
        if value is None and code == "suppressed" and not note:
            note = _("Suppressed in the table")
        entry = Entry(
            segment=segment, on=on, value=value, denominator=under, note=tidy(note, limit=200, required=False)
        )
    except Invalid as refusal:
        return _Read(number, refusal=refusal)
    return _Read(number, entry)


def _parse(text: str, measure: Measure) -> float | None:
    if _THOUSANDS.fullmatch(text):
        if Numbers(measure.numbers) not in WHOLE:
            raise Invalid("table_ambiguous")
        text = text.replace(",", "")
    try:
        return parse_number(text)
    except ValueError as error:
        raise Invalid("table_no_number") from error


class _Targets:
    """The measures and groups that rows go to: those that are there, and those that would be added."""

    def __init__(self, enquiry: Enquiry, asked: Asked, found: ImportPlan) -> None:
        self._enquiry, self._asked, self._found = enquiry, asked, found
        measures = list(Measure.objects.filter(enquiry=enquiry).order_by("position", "created_at", "id"))
        self._measures = {_key(measure.title): measure for measure in reversed(measures)}
        self._segments: dict[tuple[uuid.UUID, str], Segment] = {}
        for segment in Segment.objects.filter(measure__in=measures).select_related("measure"):
            self._segments[segment.measure_id, _key(segment.title)] = segment
        self._counts: dict[uuid.UUID, int] = {}
        for segment_of, _title in self._segments:
            self._counts[segment_of] = self._counts.get(segment_of, 0) + 1

    def find(self, measure_title: str, title: str) -> Segment:
        """Return the group of a row, made but not written where it is not there yet. Raises Invalid."""
        measure = self._find_measure(measure_title)
        title = tidy(title, limit=GROUP_LIMIT, required=False)
        place = (measure.id, _key(title))
        if place not in self._segments:
            count = self._counts.get(measure.id, 0)
            if count >= MOST_SEGMENTS:
                raise Invalid("measure_too_many_segments", limit=MOST_SEGMENTS)
            segment = Segment(community_id=measure.community_id, measure=measure, title=title, position=count)
            self._segments[place], self._counts[measure.id] = segment, count + 1
            self._found.segments.append(segment)
        return self._segments[place]

    def leave_out_unused(self) -> None:
        """Add only measures and groups to which a number is written."""
        used = {one.entry.segment.id for one in self._found.wanted}
        self._found.segments = [segment for segment in self._found.segments if segment.id in used]
        of = {segment.measure_id for segment in self._found.segments}
        self._found.measures = [measure for measure in self._found.measures if measure.id in of]

    def _find_measure(self, title: str) -> Measure:
        if not self._asked.columns.measure:
            if self._asked.measure is not None:
                return self._asked.measure
            title = self._asked.defined.title if self._asked.defined else ""
        return self._measures.get(_key(title)) or self._new(title)

    def _new(self, title: str) -> Measure:
        defined = self._asked.defined
        if not title or defined is None:
            raise Invalid("table_no_measure")
        position = len(self._measures) + len(self._found.measures)
        measure = make_measure(self._enquiry, replace(defined, title=title), position)
        self._measures[_key(title)] = measure
        self._found.measures.append(measure)
        return measure


def _key(title: str) -> str:
    return " ".join(title.split()).casefold()
