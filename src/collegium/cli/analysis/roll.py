"""Who was asked: a small table beside the answers, with how many were asked in every group, and who came and went."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from collegium.cli.analysis.columns import find_groups
from collegium.cli.analysis.computing import Asked
from collegium.cli.analysis.files import TableFile, open_source
from collegium.cli.analysis.grouping import GroupColumns, Grouped, View, natural
from collegium.cli.analysis.labels import normal
from collegium.cli.analysis.notes import Log
from collegium.listen.reporting import Moved
from collegium.science.errors import UnusableInput

NUMBERS = ("asked", "joined", "left")


@dataclass(frozen=True, slots=True)
class _Line:
    where: Mapping[str, str]
    numbers: Mapping[str, int | None]


def read_roll(path: Path, columns: GroupColumns, grouped: Grouped, log: Log) -> Asked:
    """Read the table and add it up for every view."""
    with ExitStack() as stack:
        source = open_source(path, stack, log)
        if not isinstance(source, TableFile):
            raise UnusableInput("kind", f"{path.name}: --asked is read from CSV, TSV or a spreadsheet.", file=path.name)
        lines = _lines(source, columns)
    waves = sorted({line.where.get("wave", "") for line in lines}, key=natural)
    known = [name for name, _ in grouped.waves]
    UnusableInput.unless(
        not columns.wave or set(known) <= set(waves),
        "unknown_wave",
        f"{path.name} lacks a wave: there are {', '.join(waves)}, but the answers have {', '.join(known)}.",
        file=path.name,
    )
    numbers, moved = {}, {}
    for view in grouped.views:
        inside = _inside(view)
        numbers[view.key] = tuple(
            _sum([line.numbers["asked"] for line in lines if inside(line.where) and line.where.get("wave", "") == wave])
            for wave in known
        )
        newest = [line for line in lines if inside(line.where) and line.where.get("wave", "") == known[-1]]
        joined, left = (_sum([line.numbers[name] for line in newest]) for name in ("joined", "left"))
        if joined is not None and left is not None and len(known) > 1:
            moved[view.key] = Moved(joined=joined, left=left)
        _check_enough(path, view, numbers[view.key], grouped)
    return Asked(numbers=numbers, moved=moved)


def _lines(source: TableFile, columns: GroupColumns) -> list[_Line]:
    fields = [field for field in ("school", "district", "level", "wave") if getattr(columns, field)]
    places = find_groups(source.name, source.head, [getattr(columns, field) for field in fields])
    names = [normal(header) for header in source.head.headers]
    UnusableInput.unless(
        "asked" in names,
        "unknown_column",
        f"{source.name} has no column “asked”. It needs the group columns and asked; for waves also joined and left.",
        file=source.name,
        column="asked",
    )
    lines = []
    for row, cells in source.rows():
        where = {field: " ".join(cells[place].split()) for field, place in zip(fields, places, strict=True)}
        numbers = {
            name: _number(source, row, name, cells[names.index(name)]) if name in names else None for name in NUMBERS
        }
        lines.append(_Line(where, numbers))
    return lines


def _number(source: TableFile, row: int, name: str, cell: str) -> int | None:
    text = cell.strip().removesuffix(".0")
    UnusableInput.unless(
        not text or (text.isascii() and text.isdigit()),
        "not_counts",
        f"{source.name}, row {row}, column {name}: “{text[:40]}” is no whole number of at least 0.",
        file=source.name,
        row=row,
        column=name,
    )
    return int(text) if text else None


def _inside(view: View) -> Callable[[Mapping[str, str]], bool]:
    wanted = {"school": view.school, "district": view.district, "level": view.level}
    return lambda where: all(where.get(field, "") == value for field, value in wanted.items() if value)


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None


def _check_enough(path: Path, view: View, numbers: tuple[int | None, ...], grouped: Grouped) -> None:
    for (wave, survey), asked in zip(grouped.waves, numbers, strict=True):
        answered = survey.sheets(view.key)
        UnusableInput.unless(
            asked is None or asked >= answered,
            "population",
            f"{path.name}: {asked} people of “{view.title}” were asked{f' in {wave}' if wave else ''}, but {answered} "
            "answered. Mend the number.",
            file=path.name,
        )
