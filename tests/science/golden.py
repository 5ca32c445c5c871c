"""Cases made with R: ../shared/golden, one JSON each with its CSV beside it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np

from collegium.science.measurement.layout import Facet, Item, Layout
from collegium.science.measurement.moments import NO_ANSWER, CrossMoments, moments_of_sheets
from collegium.science.results import FloatArray, IntArray
from tests.shared import SHARED

FOLDER = SHARED / "golden"
ABSENT = ("", "NA")


def cases(family: str) -> list[str]:
    """Return the names of a family's cases; none at all is a mistake."""
    names = sorted(path.stem for path in (FOLDER / family).glob("*.json"))
    assert names, f"no golden cases in {FOLDER / family}"
    return names


def case(family: str, name: str) -> dict[str, Any]:
    """Return one case."""
    found: dict[str, Any] = json.loads((FOLDER / family / f"{name}.json").read_text())
    return found


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV, as text."""
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def whole(table: list[dict[str, str]], columns: list[str]) -> IntArray:
    """Return columns of whole numbers, NO_ANSWER where the file has none."""
    return np.array(
        [[NO_ANSWER if row[name] in ABSENT else int(float(row[name])) for name in columns] for row in table],
        dtype=np.int64,
    )


def numbers(table: list[dict[str, str]], column: str) -> FloatArray:
    """Return a column of numbers, NaN where the file has none."""
    return np.array([np.nan if row[column] in ABSENT else float(row[column]) for row in table])


def one_facet(items: list[str], lowest: int, highest: int) -> Layout:
    """Return a layout whose items all belong to the facet ``scale``."""
    return Layout(
        items=tuple(Item(key=item, lowest=lowest, highest=highest) for item in items),
        facets=(Facet(key="scale", items=tuple(items)),),
    )


def cross_of(answers: IntArray) -> CrossMoments:
    """Return the cross moments of a table of answers, all columns one facet."""
    highest = max(int(answers.max(initial=0)), 1)
    layout = one_facet([f"i{place}" for place in range(answers.shape[1])], 0, highest)
    return moments_of_sheets(layout, ["all"] * len(answers), answers).cross("scale")
