"""What the services of this room share: tidy texts, record events, end rows and bring them back."""

from __future__ import annotations

import datetime as dt
import unicodedata
import uuid
from typing import Any, TypeVar

from django.db import models

from collegium.base import events, time
from collegium.base.models import Event
from collegium.people.actors import Actor
from collegium.people.errors import Conflict, Invalid
from collegium.people.models import Unit
from collegium.people.models.dated import Dated, Owned
from collegium.people.places import Place
from collegium.people.queries import places

Row = TypeVar("Row", bound=Dated)


def tidy(text: str, *, limit: int, required: bool = True) -> str:
    """Return the text on one line with single spaces and composed letters; Invalid when missing or too long."""
    tidied = unicodedata.normalize("NFC", " ".join(text.replace("\0", "").split()))
    if required and not tidied:
        raise Invalid("text_missing")
    if len(tidied) > limit:
        raise Invalid("text_too_long", limit=limit)
    return tidied


def locate(unit: Unit) -> Place:
    """Return the place of a unit today, for a policy."""
    return places.locate(unit, time.today())


def record(actor: Actor, verb: str, row: Owned, *, unit_id: uuid.UUID | None = None, **data: Any) -> Event:
    """Record what happened to a row; its kind is the first word of the verb."""
    return events.record(
        verb,
        community_id=actor.community_id,
        actor_id=actor.recorded_id,
        object_kind=verb.partition(".")[0],
        object_id=row.id,
        unit_id=unit_id,
        data={key: str(value) if isinstance(value, uuid.UUID | dt.date) else value for key, value in data.items()},
    )


def end_row(row: Row, on: dt.date | None) -> dict[str, str | None]:
    """Set the day from which the row no longer holds (today by default); return what an undo needs to know."""
    day = on or time.today()
    row.refresh_from_db(from_queryset=type(row)._default_manager.select_for_update())  # noqa: SLF001 Django's own name
    if row.ends_on is not None and row.ends_on <= day:
        raise Conflict("already_ended", ends_on=row.ends_on)
    if row.starts_on is not None and day < row.starts_on:
        raise Invalid("ends_before_start", starts_on=row.starts_on)
    was, row.ends_on = row.ends_on, day
    row.save(update_fields=["ends_on"])
    return {"ends_on": day.isoformat(), "was": was.isoformat() if was else None}


def end_open(rows: models.QuerySet[Any], day: dt.date) -> list[uuid.UUID]:
    """End those of the rows that have no last day; one that would have started later never holds. Return their ids."""
    ids = list(rows.filter(ends_on__isnull=True).values_list("id", flat=True))
    still_open = rows.model._default_manager.filter(id__in=ids)  # noqa: SLF001 Django's own name
    still_open.filter(starts_on__gt=day).update(ends_on=models.F("starts_on"))
    still_open.filter(ends_on__isnull=True).update(ends_on=day)
    return ids


def check_open(unit: Unit, day: dt.date) -> None:
    """Raise when the unit has ended by the day."""
    if unit.ends_on is not None and unit.ends_on <= day:
        raise Conflict("unit_ended", ends_on=unit.ends_on)


def check_same_community(actor: Actor, *rows: Owned) -> None:
    """Raise when a row belongs to another community than the actor."""
    if any(row.community_id != actor.community_id for row in rows):
        raise Invalid("other_community")
