"""The grid that numbers of an enquiry are entered into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page
from django.utils.translation import gettext as _

from collegium.enquire.charting.series import label_of
from collegium.enquire.enums import Frequency
from collegium.enquire.forms.grid import Cell, GridForm
from collegium.enquire.models import Segment
from collegium.enquire.presenters.frame import address_of
from collegium.enquire.queries.enquiries import FoundEnquiry
from collegium.enquire.queries.grids import PERIODS, Grid
from collegium.people.actors import Actor
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell with what it is called, and whether something should have been there by now."""

    cell: Cell
    column: str
    label: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A group of a measure."""

    title: str
    group: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GridTable:
    """Measures that are taken equally often."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A cell that is to be looked at again."""

    target: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridPage:
    """All measures of an enquiry over the last periods, to be filled in."""

    unit: UnitFrame
    enquiry: str
    enquiry_url: str
    tables: tuple[GridTable, ...]
    mistakes: tuple[Mistake, ...]
    page: Page[Segment]
    spans: tuple[tuple[int, bool], ...]


def present_grid(actor: Actor, found: FoundEnquiry, grid: Grid, form: GridForm, periods: int) -> GridPage:
    """Return the page of a grid."""
    ordered = sorted(
        grid.page.object_list, key=lambda segment: list(Frequency).index(Frequency(segment.measure.frequency))
    )
    tables = tuple(
        _table(grid, form, Frequency(frequency), list(segments))
        for frequency, segments in groupby(ordered, key=lambda segment: segment.measure.frequency)
    )
    shown = [each for table in tables for row in table.rows for each in row.cells]
    wrong = [each for each in shown if each.cell.error]
    return GridPage(
        unit=frame_of(actor, found.place),
        enquiry=found.enquiry.title,
        enquiry_url=address_of(found.enquiry),
        tables=tables,
        mistakes=tuple(Mistake(target=f"v-{each.cell.name}", label=each.label, text=each.cell.error) for each in wrong),
        page=grid.page,
        spans=tuple((count, count == periods) for count in PERIODS),
    )


def _table(grid: Grid, form: GridForm, frequency: Frequency, segments: Sequence[Segment]) -> GridTable:
    days = grid.days[frequency]
    return GridTable(
        title=str(frequency.label),
        columns=tuple(label_of(day, frequency) for day in days),
        rows=tuple(
            GridRow(
                title=segment.measure.title,
                group=segment.title,
                cells=tuple(_cell(grid, form.cells[segment.id, day]) for day in days),
            )
            for segment in segments
        ),
    )


def _cell(grid: Grid, cell: Cell) -> GridCell:
    column = label_of(cell.day, cell.segment.measure.frequency)
    named = [cell.segment.measure.title, cell.segment.title, column]
    return GridCell(cell=cell, column=column, label=", ".join(filter(None, named)), state=_state(grid, cell))


def _state(grid: Grid, cell: Cell) -> str:
    """Say that a number is missing, where the group has begun and the period has passed."""
    frequency, begun = cell.segment.measure.frequency, grid.begun.get(cell.segment.id)
    if cell.point or begun is None or cell.day < begun or not grid.calendar.has_steps(frequency):
        return ""
    if grid.calendar.last_day_of(cell.day, frequency) >= grid.today:
        return ""
    return _("late") if _is_last_due(grid, cell.day, frequency) else _("missing")


def _is_last_due(grid: Grid, day: dt.date, frequency: str) -> bool:
    return day == grid.calendar.last_due(grid.today, frequency)
