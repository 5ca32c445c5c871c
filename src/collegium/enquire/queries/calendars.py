"""The school calendar that holds in a unit: its own, or that of the nearest unit above it that keeps one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from collegium.base import time
from collegium.enquire.enums import SpanKind
from collegium.enquire.models import CalendarSpan
from collegium.enquire.periods import SchoolCalendar, Span
from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from collegium.people.places import Place
from collegium.people.queries import structure

_NEAREST_FIRST = [kind.value for kind in UnitKind]


@dataclass(frozen=True, slots=True)
class Kept:
    """A calendar with the unit that keeps it, None where nobody does, and its rows by first day."""

    unit: Unit | None
    rows: tuple[CalendarSpan, ...]

    @property
    def calendar(self) -> SchoolCalendar:
        """The terms and holidays as periods know them."""
        return SchoolCalendar(self._of(SpanKind.TERM), self._of(SpanKind.HOLIDAY))

    def _of(self, kind: SpanKind) -> tuple[Span, ...]:
        return tuple(Span(row.first_day, row.last_day, row.title) for row in self.rows if row.kind == kind)


def get_calendar(unit: Unit) -> SchoolCalendar:
    """Return the terms and holidays that hold in a unit."""
    return _nearest([unit.id, *structure.ids_above([unit.id], time.today())], unit.id).calendar


def get_calendar_at(place: Place) -> SchoolCalendar:
    """Return the same for a place, of which is known what is above."""
    return get_kept(place).calendar


def get_kept(place: Place) -> Kept:
    """Return the calendar that holds at a place, with who keeps it."""
    return _nearest([place.unit_id, *place.above], place.unit_id)


def list_own(place: Place) -> list[CalendarSpan]:
    """Return what the unit itself keeps."""
    return list(CalendarSpan.objects.filter(unit_id=place.unit_id).order_by("first_day", "last_day", "id"))


def _nearest(unit_ids: Iterable[object], own: object) -> Kept:
    rows = CalendarSpan.objects.filter(unit_id__in=list(unit_ids)).select_related("unit")
    found = list(rows.order_by("first_day", "last_day", "id"))
    keepers = {row.unit_id: row.unit for row in found}
    if not keepers:
        return Kept(None, ())
    nearest = min(
        keepers.values(), key=lambda unit: (unit.id != own, _NEAREST_FIRST.index(unit.kind), unit.name, unit.id)
    )
    return Kept(nearest, tuple(row for row in found if row.unit_id == nearest.id))
