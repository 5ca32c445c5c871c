"""Writes a survey of any size as Parquet: `python -m bench.measurement.generate OUT --sheets N`.

The same for the same number.

60 items from 1 to 5 in 8 scales, two of each scale turned round, 5 in 100 answers missing, 50 sheets a school, 100
schools a district. Schools differ, people differ inside them, and the items of a scale go together. Above 250,000
sheets the answers repeat under the names of other schools, so that writing takes no longer than needed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from collegium.science.measurement.layout import Facet, Item, Layout

SIZES = (8, 8, 8, 8, 7, 7, 7, 7)
PER_SCHOOL, SCHOOLS_PER_DISTRICT = 50, 100
MISSING = 0.05
BLOCK = 50_000
DIFFERENT_BLOCKS = 5


def layout() -> Layout:
    """The items and scales."""
    items = tuple(Item(key=f"q{number:02}", lowest=1, highest=5) for number in range(sum(SIZES)))
    facets, start = [], 0
    for number, size in enumerate(SIZES):
        keys = tuple(item.key for item in items[start : start + size])
        facets.append(Facet(key=f"scale{number}", items=keys, reversed_items=frozenset(keys[-2:])))
        start += size
    return Layout(items=items, facets=tuple(facets))


def answers(sheets: int, seed: int) -> np.ndarray[Any, Any]:
    """Make up the answers of some schools: (sheets, items), 0 where nothing was answered."""
    chance = np.random.default_rng(seed)
    schools = -(-sheets // PER_SCHOOL)
    table = np.empty((sheets, sum(SIZES)), dtype=np.int8)
    start = 0
    for size in SIZES:
        school = np.repeat(chance.normal(0, 0.35, schools), PER_SCHOOL)[:sheets]
        person = school + chance.normal(0, 0.9, sheets)
        leaning = chance.uniform(-0.4, 0.6, size)
        felt = person[:, None] + leaning + chance.normal(0, 0.8, (sheets, size))
        codes = 1 + np.searchsorted([-1.4, -0.5, 0.4, 1.3], felt)
        codes[:, -2:] = 6 - codes[:, -2:]
        table[:, start : start + size] = codes
        start += size
    table[chance.random(table.shape, dtype=np.float32) < MISSING] = 0
    return table


def blocks(sheets: int) -> Iterator[pa.Table]:
    """The table, piece by piece."""
    kept: dict[int, np.ndarray[Any, Any]] = {}
    names = [item.key for item in layout().items]
    for number, first in enumerate(range(0, sheets, BLOCK)):
        rows = min(BLOCK, sheets - first)
        seed = number % DIFFERENT_BLOCKS
        if seed not in kept:
            kept[seed] = answers(rows, seed)
        made = kept[seed][:rows]
        school = (first + np.arange(rows)) // PER_SCHOOL
        columns: dict[str, Any] = {
            "school": pa.array([f"s{place:07}" for place in school.tolist()]),
            "district": pa.array([f"d{place:05}" for place in (school // SCHOOLS_PER_DISTRICT).tolist()]),
        }
        columns |= {name: pa.array(made[:, at], mask=made[:, at] == 0) for at, name in enumerate(names)}
        yield pa.table(columns)


def write(path: Path, sheets: int) -> Path:
    """Write the survey."""
    writer = None
    for block in blocks(sheets):
        writer = writer or parquet.ParquetWriter(path, block.schema)
        writer.write_table(block)
    assert writer is not None
    writer.close()
    return path


def main() -> None:
    """Write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--sheets", type=int, default=100_000)
    given = parser.parse_args()
    write(given.out, given.sheets)


if __name__ == "__main__":
    main()
