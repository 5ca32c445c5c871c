"""The list of all units."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse

from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.models import Unit
from collegium.people.presenters.sizes import write_sizes
from collegium.people.queries import units

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One unit of the list."""

    name: str
    url: str
    kind_label: str
    part_of: tuple[str, ...]
    size: str
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitListPage:
    """A page of the list."""

    rows: tuple[UnitRow, ...]
    pages: Page[Unit]
    total: int
    is_narrowed: bool


def present_unit_list(actor: Actor, as_of: dt.date, *, text: str, kind: str, page: str) -> UnitListPage:
    """List the units of the community, a page at a time."""
    pages = Paginator(units.list_units_for(actor, as_of, text=text, kind=kind), PAGE_SIZE).get_page(page)
    parents = units.list_parents([unit.id for unit in pages.object_list], as_of)
    sizes = write_sizes(pages.object_list, as_of)
    own = actor.member_of | set(actor.given)
    return UnitListPage(
        rows=tuple(
            UnitRow(
                name=unit.name,
                url=reverse("people:unit_home", args=[unit.slug]),
                kind_label=str(UnitKind(unit.kind).label),
                part_of=tuple(parent.name for parent in parents.get(unit.id, ())),
                size=sizes[unit.id],
                is_own=unit.id in own,
            )
            for unit in pages.object_list
        ),
        pages=pages,
        total=pages.paginator.count,
        is_narrowed=bool(text or kind),
    )
