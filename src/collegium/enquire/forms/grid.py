"""Many numbers at once: a cell for each group and period, of which only those that changed are kept."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from collegium.base.errors import word
from collegium.enquire.charting.files import parse_number
from collegium.enquire.errors import Invalid
from collegium.enquire.models import Point, Segment
from collegium.enquire.queries.grids import Grid
from collegium.enquire.services.points import OF_SOMETHING, Change, Entry, Planned

# A reason is words; "1O" or "12?" is a slip of the finger.
_REASON = re.compile(r"(?!.*\d).*[^\W\d_]{3,}.*")


@dataclass(slots=True)
class Cell:
    """One number to enter: what is typed, what was shown, and what is wrong with it."""

    segment: Segment
    day: dt.date
    point: Point | None
    value: str = ""
    under: str = ""
    was: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """What its fields are called."""
        return f"{self.segment.id.hex}-{self.day:%Y%m%d}"

    @property
    def has_under(self) -> bool:
        """Whether its number is of something."""
        return self.segment.measure.numbers in OF_SOMETHING

    @property
    def typed(self) -> str:
        """Both numbers in one text, to compare."""
        return _join(self.value, self.under if self.has_under else "")

    def show(self) -> None:
        """Show what stands there."""
        self.value, self.under = _write(self.point)
        self.was = self.typed


class GridForm:
    """The cells of a grid: as they stand or, with `data`, as they were sent."""

    def __init__(self, data: Mapping[str, str] | None, grid: Grid) -> None:
        self.cells: dict[tuple[uuid.UUID, dt.date], Cell] = {}
        self.entries: list[Entry] = []
        for segment in grid.page.object_list:
            for day in grid.days[segment.measure.frequency]:
                cell = Cell(segment, day, grid.points.get((segment.id, day)))
                cell.show()
                self.cells[segment.id, day] = cell
                if data is not None:
                    self._take(cell, data)

    @property
    def wrong(self) -> list[Cell]:
        """The cells in which something is wrong."""
        return [cell for cell in self.cells.values() if cell.error]

    def refuse(self, planned: Iterable[Planned]) -> None:
        """Say at its cell why an entry is refused."""
        for one in planned:
            if one.change is Change.REFUSED and one.refusal:
                self.cells[one.entry.segment.id, one.entry.on].error = _say(one.refusal)

    def _take(self, cell: Cell, data: Mapping[str, str]) -> None:
        stands, was = cell.was, data.get(f"w-{cell.name}", "")
        if f"v-{cell.name}" not in data:
            return
        cell.value, cell.under = data[f"v-{cell.name}"].strip(), data.get(f"d-{cell.name}", "").strip()
        if cell.typed in {was, stands}:
            cell.show()
            return
        try:
            if stands != was:
                raise Invalid("point_meanwhile", value=stands or "–")
            self.entries.append(_read(cell))
        except Invalid as refusal:
            cell.error = _say(refusal)


def _read(cell: Cell) -> Entry:
    """Return what is typed as an entry: a number, or in words why there is none."""
    if not cell.value:
        raise Invalid("point_emptied" if cell.point else "point_no_number")
    value, under = _number(cell.value), _number(cell.under)
    if value is None and not _REASON.fullmatch(cell.value):
        raise Invalid("point_no_number")
    if value is not None and cell.under and under is None:
        raise Invalid("point_no_number")
    kept = cell.point.note if cell.point and cell.point.value is not None else ""
    note = kept if value is not None else cell.value
    return Entry(segment=cell.segment, on=cell.day, value=value, denominator=under, note=note)


def _number(text: str) -> float | None:
    try:
        return parse_number(text)
    except ValueError:
        return None


def _write(point: Point | None) -> tuple[str, str]:
    if point is None:
        return "", ""
    if point.value is None:
        return point.note, ""
    return f"{point.value:.12g}", "" if point.denominator is None else f"{point.denominator:.12g}"


def _join(value: str, under: str) -> str:
    return f"{value} / {under}" if under else value


def _say(refusal: Invalid) -> str:
    said = word(refusal)
    return f"{said.happened} {said.to_do}"
