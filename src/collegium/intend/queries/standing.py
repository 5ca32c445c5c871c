"""How the promises of a unit stand as a whole, for numbers and for the unit's home."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from collegium.base import time
from collegium.intend.models import Commitment
from collegium.intend.promise_enums import PromiseState
from collegium.intend.queries.carriers import list_carriers
from collegium.people.queries import structure

SPOKEN_OF = (PromiseState.KEPT, PromiseState.PARTLY, PromiseState.NOT_KEPT)


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """What is counted of a promise that was made and is not settled."""

    promise: Commitment
    is_carried_by_more: bool
    asks_for_owner: bool
    is_overdue: bool
    heard_on: dt.date


def list_open(unit_id: uuid.UUID) -> list[OpenPromise]:
    """Return the open promises of a unit and within it, what is due first on top."""
    today = time.today()
    rows = Commitment.objects.filter(unit_id__in=structure.inside(unit_id, today), state=PromiseState.MADE)
    promises = list(rows.select_related("by_person", "by_group", "by_role").order_by("due_on", "id"))
    carriers = list_carriers(promises)
    return [
        OpenPromise(
            promise=row,
            is_carried_by_more=len(carriers[row.id].ids) > 1,
            asks_for_owner=carriers[row.id].asks_for_owner,
            is_overdue=row.due_on < today,
            heard_on=row.checked_on or row.made_on or today,
        )
        for row in promises
    ]


def list_settled(unit_id: uuid.UUID, since: dt.date, until: dt.date) -> list[str]:
    """Return what those they were made to said of the promises settled in that time, in a unit and within it."""
    rows = Commitment.objects.filter(unit_id__in=structure.inside(unit_id, until), state__in=SPOKEN_OF)
    return list(rows.filter(settled_on__gt=since, settled_on__lte=until).values_list("state", flat=True))
