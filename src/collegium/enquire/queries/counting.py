"""What can be counted about the enquiries of a unit and of the units inside it, as of a day."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet

from collegium.base import time
from collegium.enquire.enums import Ending
from collegium.enquire.models import Enquiry, Trial
from collegium.people.queries import structure

TERM = dt.timedelta(days=91)
YEAR = dt.timedelta(days=365)


def count_running(unit_id: uuid.UUID, as_of: dt.date) -> int:
    """Count the enquiries that had begun by the end of a day and were not closed yet."""
    return _running(unit_id, as_of).count()


def count_with_second(unit_id: uuid.UUID, today: dt.date) -> int:
    """Count the enquiries running today that two people own."""
    there = Q(owner__isnull=False, owner__erased_at__isnull=True)
    second = Q(second_owner__isnull=False, second_owner__erased_at__isnull=True)
    return _running(unit_id, today).filter(there, second).count()


def count_silent(unit_id: uuid.UUID, today: dt.date) -> int:
    """Count the enquiries running today in which nothing has been written or entered for a term."""
    return _running(unit_id, today).filter(touched_at__lt=_end(today) - TERM).count()


def count_ended(unit_id: uuid.UUID, as_of: dt.date) -> int:
    """Count the enquiries that were closed with a finding in the year up to a day, whichever way they went."""
    rows = Enquiry.objects.filter(unit_id__in=structure.inside(unit_id, as_of), ending__in=Ending.values)
    return rows.filter(closed_at__lt=_end(as_of), closed_at__gte=_end(as_of) - YEAR).count()


def count_kept_alone(unit_id: uuid.UUID, as_of: dt.date) -> int:
    """Count the enquiries of the year up to a day that adopted what they tried, and that nobody has repeated.

    It is repeated where an idea that was told of it, or that it tried, is tried in another unit too.
    """
    end = _end(as_of)
    rows = Enquiry.objects.filter(unit_id__in=structure.inside(unit_id, as_of), ending=Ending.ADOPT)
    rows = rows.filter(closed_at__lt=end, closed_at__gte=end - YEAR)
    elsewhere = Trial.objects.filter(added_at__lt=end).exclude(enquiry__unit_id=OuterRef("unit_id"))
    told = elsewhere.filter(idea__origin=OuterRef("id"))
    own = Trial.objects.filter(enquiry=OuterRef(OuterRef("id")), added_at__lt=end).values("idea_id")
    return rows.exclude(Exists(told) | Exists(elsewhere.filter(idea_id__in=own))).count()


def _running(unit_id: uuid.UUID, as_of: dt.date) -> QuerySet[Enquiry]:
    end = _end(as_of)
    begun = Enquiry.objects.filter(unit_id__in=structure.inside(unit_id, as_of), created_at__lt=end)
    return begun.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=end))


def _end(day: dt.date) -> dt.datetime:
    return time.start_of(day + dt.timedelta(days=1))
