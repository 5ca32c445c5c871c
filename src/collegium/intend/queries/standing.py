"""How the promises of a unit stand as a whole, for numbers and for the unit's home."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from collegium.base import time
from collegium.base.indicators import look_up
from collegium.intend.models import Commitment
from collegium.intend.promise_enums import PromiseState
from collegium.intend.queries.carriers import list_carriers
from collegium.people.queries import structure

SPOKEN_OF = (PromiseState.KEPT, PromiseState.PARTLY, PromiseState.NOT_KEPT)


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """What is counted of a promise that was made and is not settled."""

    id: uuid.UUID
    is_carried_by_more: bool
    asks_for_owner: bool
    loses_owner: bool  # whoever promised has left, or goes soon
    is_overdue: bool


def list_open(unit_id: uuid.UUID) -> list[OpenPromise]:
    """Return the open promises of a unit and within it, what is due first on top."""
    return look_up(("intend open", unit_id), lambda: _read_open(unit_id))


def _read_open(unit_id: uuid.UUID) -> list[OpenPromise]:
    today = time.today()
    needed = ("due_on", "unit_id", "by_person_id", "by_group_id", "by_role_id", "second_id")
    promises = list(_open(unit_id).only(*needed).order_by("due_on", "id"))
    carriers = list_carriers(promises)
    return [
        OpenPromise(
            id=row.id,
            is_carried_by_more=len(carriers[row.id].ids) > 1,
            asks_for_owner=carriers[row.id].asks_for_owner,
            loses_owner=carriers[row.id].asks_for_owner or carriers[row.id].is_leaving,
            is_overdue=row.due_on < today,
        )
        for row in promises
    ]


def list_heard_of(unit_id: uuid.UUID) -> list[dt.date]:
    """Return when each open promise of a unit and within it was last spoken of: checked in on, or made."""
    rows = _open(unit_id).filter(made_on__isnull=False)
    return list(rows.values_list(Coalesce("checked_on", "made_on"), flat=True))


def list_shown(promise_ids: Collection[uuid.UUID]) -> list[Commitment]:
    """Return some promises with who promises them, what is due first on top."""
    rows = Commitment.objects.filter(id__in=promise_ids).select_related("by_person", "by_group", "by_role")
    return list(rows.order_by("due_on", "id"))


def _open(unit_id: uuid.UUID) -> QuerySet[Commitment]:
    inside = structure.inside(unit_id, time.today())
    return Commitment.objects.filter(unit_id__in=inside, state=PromiseState.MADE)


def list_settled(unit_id: uuid.UUID, since: dt.date, until: dt.date) -> list[str]:
    """Return what those they were made to said of the promises settled in that time, in a unit and within it."""
    rows = Commitment.objects.filter(unit_id__in=structure.inside(unit_id, until), state__in=SPOKEN_OF)
    return list(rows.filter(settled_on__gt=since, settled_on__lte=until).values_list("state", flat=True))
