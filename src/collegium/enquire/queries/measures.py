"""What an enquiry measures, read for those who may read the enquiry."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, QuerySet, Subquery

from collegium.enquire.enums import Role
from collegium.enquire.errors import NotFound
from collegium.enquire.models import Enquiry, Measure, Point, Segment

MOST = 100
FIRST = 12  # groups of a measure that pages show beside other things
PAGE = 24  # groups of a measure whose charts stand on one page


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure with its groups, and the points that stand, oldest first, by group."""

    measure: Measure
    segments: tuple[Segment, ...]
    points: dict[uuid.UUID, list[Point]]

    @property
    def has_groups(self) -> bool:
        """Whether it is taken apart."""
        return any(segment.title for segment in self.segments)


def list_measured(enquiry: Enquiry, *, first: int | None = None) -> list[Measured]:
    """Return the measures of an enquiry that was found for somebody, with their points; or the `first` groups alone."""
    rows = Measure.objects.filter(enquiry=enquiry).order_by("position", "created_at", "id")
    some = Segment.objects.all() if first is None else Segment.objects.filter(position__lt=first)
    return _gather(rows, some)


def list_first_measured(enquiries: Iterable[Enquiry]) -> dict[uuid.UUID, Measured]:
    """Return the first outcome that each of these enquiries measures, by enquiry; those without one are left out.

    Of one with more than `FIRST` groups there are one more than so many.
    """
    rows = Measure.objects.filter(enquiry__in=[row.id for row in enquiries], role=Role.OUTCOME)
    some = Segment.objects.filter(position__lte=FIRST)
    first: dict[uuid.UUID, Measure] = {}
    for row in rows.order_by("position", "created_at", "id"):
        first.setdefault(row.enquiry_id, row)
    return {measured.measure.enquiry_id: measured for measured in _gather(first.values(), some)}


def list_measured_of(
    readable: QuerySet[Enquiry], ids: Collection[uuid.UUID] | None = None, most: int = MOST
) -> list[Measured]:
    """Return the measures of some enquiries, those worked on last first; only some of them, where ids are given."""
    rows = Measure.objects.filter(enquiry__in=readable).select_related("enquiry__unit")
    rows = rows if ids is None else rows.filter(id__in=ids)
    return _gather(rows.order_by("-enquiry__touched_at", "enquiry_id", "position", "created_at", "id")[:most])


def list_measured_by_enquiry(enquiries: Iterable[Enquiry]) -> dict[uuid.UUID, list[Measured]]:
    """Return all that these enquiries measure, by enquiry."""
    rows = Measure.objects.filter(enquiry__in=[row.id for row in enquiries]).order_by("position", "created_at", "id")
    found: dict[uuid.UUID, list[Measured]] = defaultdict(list)
    for measured in _gather(rows):
        found[measured.measure.enquiry_id].append(measured)
    return found


def list_by_id(measure_ids: Iterable[uuid.UUID]) -> list[Measured]:
    """Return these measures with their points, whichever enquiries they are of."""
    return _gather(Measure.objects.filter(id__in=list(measure_ids)))


def get_measured(enquiry: Enquiry, measure_id: uuid.UUID) -> Measured:
    """Return one measure of the enquiry; NotFound when it is of another one."""
    found = _gather(Measure.objects.filter(enquiry=enquiry, id=measure_id).select_related("baseline_by"))
    if not found:
        raise NotFound
    return found[0]


def get_measured_page(enquiry: Enquiry, measure_id: uuid.UUID, number: int) -> tuple[Measured, Page[Segment]]:
    """Return one measure with a page of its groups; NotFound when it is of another enquiry."""
    row = Measure.objects.filter(enquiry=enquiry, id=measure_id).select_related("baseline_by").first()
    if row is None:
        raise NotFound
    groups = Segment.objects.filter(measure=row).order_by("position", "id")
    page = Paginator(groups, PAGE).get_page(number)
    return _gather([row], Segment.objects.filter(id__in=[segment.id for segment in page.object_list]))[0], page


def list_newest(enquiry: Enquiry) -> dict[uuid.UUID, list[dt.date | None]]:
    """Return the newest period of each group of the measures, by measure; None for a group without any."""
    newest = Point.objects.filter(segment=OuterRef("pk"), replaced_at__isnull=True).order_by("-on").values("on")[:1]
    found: dict[uuid.UUID, list[dt.date | None]] = defaultdict(list)
    rows = Segment.objects.filter(measure__enquiry=enquiry).annotate(newest=Subquery(newest))
    for measure_id, on in rows.values_list("measure_id", "newest"):
        found[measure_id].append(on)
    return found


def list_replaced(measured: Measured) -> list[Point]:
    """Return what was entered and corrected later, the latest first."""
    rows = Point.objects.filter(segment__in=measured.segments, replaced_at__isnull=False)
    return list(rows.select_related("segment", "entered_by").order_by("-replaced_at", "id")[:50])


def _gather(rows: Iterable[Measure], some: QuerySet[Segment] | None = None) -> list[Measured]:
    measures = list(rows)
    groups = Segment.objects.all() if some is None else some
    segments = defaultdict(list)
    for segment in groups.filter(measure__in=measures).select_related("measure").order_by("position", "id"):
        segments[segment.measure_id].append(segment)
    standing = Point.objects.filter(segment__measure__in=measures, replaced_at__isnull=True)
    standing = standing if some is None else standing.filter(segment__in=some)
    points = defaultdict(list)
    for point in standing.order_by("on", "id"):
        points[point.segment_id].append(point)
    return [
        Measured(
            measure,
            tuple(segments[measure.id]),
            {segment.id: points[segment.id] for segment in segments[measure.id]},
        )
        for measure in measures
    ]
