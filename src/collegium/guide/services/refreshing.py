"""Reading indicators again in the background: every unit once a day, and what changed within a minute."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from collegium.base import indicators, jobs, readings, tenancy, time
from collegium.base.jobs import Report
from collegium.base.models import Event
from collegium.guide.models import Watch
from collegium.people.models import Community, Unit
from collegium.people.queries import structure

DAY_JOB, CHANGES_JOB = "guide.read_all", "guide.read_changed"
# Transactions that take longer than this leave their units to the next day's reading.
LONGEST_TRANSACTION = dt.timedelta(minutes=10)


def do_what_is_due() -> None:
    """Start reading where a day has begun or something has happened; nothing is started twice."""
    with tenancy.across_communities():
        for community_id in Community.objects.values_list("id", flat=True):
            name = _what_is_due(community_id)
            if name and jobs.is_wanted(name, community_id=community_id):
                jobs.enqueue(name, community_id=community_id, started_by=None, community=str(community_id))


def _what_is_due(community_id: uuid.UUID) -> str:
    watch = Watch.objects.filter(community_id=community_id).first()
    if watch is None or timezone.localdate(watch.looked_until) != time.today():
        return DAY_JOB
    now = time.now()
    has_told = _events(community_id, watch.looked_until).count() != watch.events_counted
    return CHANGES_JOB if has_told or indicators.list_turned(watch.looked_until, now) else ""


def _events(community_id: uuid.UUID, until: dt.datetime) -> QuerySet[Event]:
    return Event.objects.filter(community_id=community_id, at__gt=until - LONGEST_TRANSACTION)


def read_all(*, report: Report, community: str) -> dict[str, int]:
    """Read every unit of a community as of today; one that was read today already is left as it is."""
    community_id, day, began = uuid.UUID(community), time.today(), time.now()
    units = list(Unit.objects.on(day).filter(community_id=community_id).order_by("id").values_list("id", flat=True))
    left = readings.list_unread(units, day)
    unread = [unit_id for unit_id in units if unit_id in left]
    changed = _read(community_id, unread, day, report)
    _note(community_id, began)
    return {"units": len(unread), "changed": changed}


def read_changed(*, report: Report, community: str) -> dict[str, int]:
    """Read the units in which something happened, and those that contain them."""
    community_id, day, began = uuid.UUID(community), time.today(), time.now()
    watch = Watch.objects.filter(community_id=community_id).first()
    since = watch.looked_until if watch else began
    told = {unit_id for unit_id in _events(community_id, since).values_list("unit_id", flat=True) if unit_id}
    touched = told | indicators.list_turned(since, began)
    wider = touched | structure.ids_above(touched, day)
    known = Unit.objects.on(day).filter(community_id=community_id, id__in=wider).order_by("id")
    units = list(known.values_list("id", flat=True))
    changed = _read(community_id, units, day, report)
    _note(community_id, began)
    return {"units": len(units), "changed": changed}


def _read(community_id: uuid.UUID, units: list[uuid.UUID], day: dt.date, report: Report) -> int:
    changed = 0
    for place, unit_id in enumerate(units, start=1):
        changed += readings.refresh(community_id, unit_id, day)
        report(place, len(units), "")
    return changed


def _note(community_id: uuid.UUID, began: dt.datetime) -> None:
    counted = _events(community_id, began).filter(at__lte=began).count()
    Watch.objects.update_or_create(
        community_id=community_id, defaults={"looked_until": began, "events_counted": counted}
    )


def read_days(community_id: uuid.UUID, unit_ids: Iterable[uuid.UUID], days: Iterable[dt.date]) -> int:
    """Read some units as of days that have been, the earliest first: a history for what began before the readings."""
    units = list(unit_ids)
    return sum(readings.refresh(community_id, unit_id, day) for day in sorted(days) for unit_id in units)
