"""What was read of every unit, kept by day: for homes that show many at once, for histories, for files.

An indicator is always read by the function that its room registered; here is only what was found. A unit that has not
been read yet has nothing here, and whoever asks reads it afresh.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from collegium.base import indicators, time
from collegium.base.indicators import Reading
from collegium.base.models import ReadUnit, StoredReading

LONGEST_SOURCE, LONGEST_NOTE = 300, 500


@dataclass(frozen=True, slots=True)
class Dated:
    """A reading, and the first day on which it was so."""

    on: dt.date
    reading: Reading


def refresh(community_id: uuid.UUID, unit_id: uuid.UUID, day: dt.date) -> int:
    """Read every indicator of a unit as of a day and keep what differs from before; return how many did."""
    # Of a district this takes seconds, in which SQLite's one writer must not be held.
    found = read_all(unit_id, day)
    with transaction.atomic():
        return _keep(community_id, unit_id, day, found)


def _keep(community_id: uuid.UUID, unit_id: uuid.UUID, day: dt.date, found: Sequence[tuple[str, Reading]]) -> int:
    before = {key: dated.reading for key, dated in get_latest([unit_id], day).get(unit_id, {}).items()}
    changed = [
        StoredReading(community_id=community_id, unit_id=unit_id, key=key, on=day, **_columns(reading))
        for key, reading in found
        if key not in before or before[key] != reading
    ]
    StoredReading.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["unit_id", "key", "on"],
        update_fields=["value", "low", "high", "n", "source", "note"],
    )
    ReadUnit.objects.update_or_create(
        unit_id=unit_id, defaults={"community_id": community_id, "read_on": day, "read_at": time.now()}
    )
    return len(changed)


def read_all(unit_id: uuid.UUID, day: dt.date) -> list[tuple[str, Reading]]:
    """Read every indicator of a unit as of a day, as it is kept."""
    with indicators.sharing():
        return [(each.key, _cut(each.read(unit_id, day))) for each in indicators.list_indicators()]


def _cut(found: Reading) -> Reading:
    return Reading(
        value=None if found.value is None else float(found.value),
        n=found.n,
        interval=found.interval,
        source=found.source[:LONGEST_SOURCE],
        note=found.note[:LONGEST_NOTE],
    )


def _columns(reading: Reading) -> dict[str, object]:
    low, high = reading.interval or (None, None)
    return {
        "value": reading.value,
        "low": low,
        "high": high,
        "n": reading.n,
        "source": reading.source,
        "note": reading.note,
    }


def _reading(row: StoredReading) -> Reading:
    interval = None if row.low is None or row.high is None else (row.low, row.high)
    return Reading(value=row.value, n=row.n, interval=interval, source=row.source, note=row.note)


def get_latest(
    unit_ids: Collection[uuid.UUID], as_of: dt.date, keys: Collection[str] = ()
) -> dict[uuid.UUID, dict[str, Dated]]:
    """Return, for each unit, the reading of each key that held on a day: one statement for any number of units."""
    rows = StoredReading.objects.filter(unit_id__in=unit_ids, on__lte=as_of)
    if keys:
        rows = rows.filter(key__in=keys)
    newest = Window(RowNumber(), partition_by=[F("unit_id"), F("key")], order_by=F("on").desc())
    found: dict[uuid.UUID, dict[str, Dated]] = defaultdict(dict)
    for row in rows.annotate(place=newest).filter(place=1):
        found[row.unit_id][row.key] = Dated(row.on, _reading(row))
    return found


def get_today(unit_id: uuid.UUID, as_of: dt.date) -> Mapping[str, Reading]:
    """Return what is stored of a unit where that is all of today's; otherwise nothing, and it is to be read afresh."""
    return indicators.look_up(("stored", unit_id, as_of), lambda: _find_today(unit_id, as_of))


def _find_today(unit_id: uuid.UUID, as_of: dt.date) -> dict[str, Reading]:
    if as_of != time.today() or not ReadUnit.objects.filter(unit_id=unit_id, read_on=as_of).exists():
        return {}
    return {key: found.reading for key, found in get_latest([unit_id], as_of).get(unit_id, {}).items()}


def list_history(unit_id: uuid.UUID, keys: Collection[str], until: dt.date) -> dict[str, list[Dated]]:
    """Return every reading of some indicators of a unit up to a day, the oldest first."""
    rows = StoredReading.objects.filter(unit_id=unit_id, key__in=keys, on__lte=until).order_by("on")
    found: dict[str, list[Dated]] = defaultdict(list)
    for row in rows:
        found[row.key].append(Dated(row.on, _reading(row)))
    return found


def list_unread(unit_ids: Collection[uuid.UUID], day: dt.date) -> set[uuid.UUID]:
    """Return those of these units that have not been read on a day."""
    read = ReadUnit.objects.filter(unit_id__in=unit_ids, read_on=day).values_list("unit_id", flat=True)
    return set(unit_ids) - set(read)
