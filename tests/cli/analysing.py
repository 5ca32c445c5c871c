"""Files of answers made on the spot, and `collegium analyse` run on them."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from collegium.cli.commands import collegium
from collegium.listen.instruments import Instrument, get_shipped

LEVELS = ("Support", "Teaching")
Rows = list[list[str]]


def invoke(*args: object) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(collegium, ["analyse", *map(str, args)])


def write(path: Path, rows: Sequence[Sequence[object]], delimiter: str = ",") -> Path:
    """Write rows as a table."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def results(out: Path) -> dict[str, Any]:
    """Return what an analysis wrote for programs."""
    found: dict[str, Any] = json.loads((out / "results.json").read_text(encoding="utf-8"))
    return found


def view(data: dict[str, Any], title: str) -> dict[str, Any]:
    """Return a view by its title."""
    found: dict[str, Any] = next(one for one in data["views"] if one["title"] == title)
    return found


def facet(data: dict[str, Any], title: str, key: str) -> dict[str, Any]:
    """Return a facet of a view."""
    found: dict[str, Any] = next(one for one in view(data, title)["facets"] if one["key"] == key)
    return found


def plain(people: int = 24, schools: int = 3, *, seed: int = 1, levels: bool = False, rise: float = 0.0) -> Rows:
    """Answers to two facets of three and two items, as whole numbers."""
    chance = random.Random(seed)
    header = ["school", *(["level"] if levels else []), "trust_1", "trust_2", "trust_3", "hope_1", "hope_2"]
    rows: Rows = [header]
    for school in range(schools):
        for person in range(people):
            own = chance.gauss(3.2 + 0.3 * school + rise, 0.7)
            answers = [str(min(5, max(1, round(chance.gauss(own, 0.7))))) for _ in range(5)]
            level = [LEVELS[person % 4 > 0]] if levels else []
            rows.append([f"School {school + 1}", *level, *answers])
    return rows


def answers_to(instrument: Instrument, people: int, *, seed: int = 1, missing: float = 0.05) -> list[list[int | None]]:
    """Codes for every column of an instrument."""
    chance = random.Random(seed)
    table: list[list[int | None]] = []
    for _ in range(people):
        own = chance.gauss(0.6, 0.2)
        row: list[int | None] = []
        for column in instrument.columns:
            span = column.highest - column.lowest
            code = column.lowest + min(span, max(0, round(chance.gauss(own, 0.2) * span)))
            code = column.lowest + column.highest - code if column.item.reversed else code
            row.append(None if chance.random() < missing else code)
        table.append(row)
    return table


def heartbeat() -> Instrument:
    """The shortest instrument that is shipped."""
    return get_shipped("heartbeat")


def in_words(instrument: Instrument, table: list[list[int | None]]) -> list[list[str]]:
    """Write codes as the labels that people saw."""
    labels = [dict(instrument.labels(column.item)) for column in instrument.columns]
    return [["" if code is None else words[code] for code, words in zip(row, labels, strict=True)] for row in table]
