"""Tables of answers on disk, and what is true of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from collegium.science.measurement.layout import Facet, Item, Layout
from collegium.science.measurement.moments import NO_ANSWER, Moments

Answers = np.ndarray[Any, np.dtype[np.int8]]

LAYOUT = Layout(
    items=(
        Item(key="a", lowest=1, highest=5),
        Item(key="b", lowest=1, highest=5),
        Item(key="c", lowest=1, highest=5),
        Item(key="yes", lowest=0, highest=1),
    ),
    facets=(
        Facet(key="trust", items=("a", "b", "c"), reversed_items=frozenset({"b"})),
        Facet(key="said yes", items=("yes",)),
    ),
)


def assert_same(first: Moments, second: Moments) -> None:
    """Every whole number is the same."""
    assert first.atoms == second.atoms
    assert np.array_equal(first.sheets, second.sheets)
    assert np.array_equal(first.counts, second.counts)
    for one, other in zip(first.scores or (), second.scores or (), strict=True):
        assert np.array_equal(one, other)
    for mine, theirs in zip(first.crosses or (), second.crosses or (), strict=True):
        assert (mine.sheets, mine.answered, mine.complete) == (theirs.sheets, theirs.answered, theirs.complete)
        assert np.array_equal(mine.n, theirs.n)
        assert np.array_equal(mine.sums, theirs.sums)
        assert np.array_equal(mine.products, theirs.products)


def answers(sheets: int, seed: int = 1) -> tuple[list[str], Answers]:
    """Make up schools and answers, a fifth of them missing."""
    chance = np.random.default_rng(seed)
    table = np.column_stack([chance.integers(item.lowest, item.highest + 1, sheets) for item in LAYOUT.items])
    table[chance.random(table.shape) < 0.2] = NO_ANSWER
    return [f"school {number}" for number in chance.integers(0, 7, sheets)], table.astype(np.int8)


def columns(table: Answers) -> dict[str, Answers]:
    """Return the answers by item."""
    return {item.key: table[:, place] for place, item in enumerate(LAYOUT.items)}


def write_csv(path: Path, schools: Sequence[str], table: Answers, between: str = ",") -> Path:
    """Write as spreadsheets do, with a mark of the encoding, gaps empty."""
    lines = [between.join(["school", *(item.key for item in LAYOUT.items)])]
    for school, row in zip(schools, table.tolist(), strict=True):
        lines.append(between.join([school, *("" if code == NO_ANSWER else str(code) for code in row)]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return path


def write_parquet(path: Path, schools: Sequence[str], table: Answers) -> Path:
    """Write as programs do, gaps as nulls."""
    path.parent.mkdir(parents=True, exist_ok=True)
    gaps = {key: pa.array(column, mask=column == NO_ANSWER) for key, column in columns(table).items()}
    parquet.write_table(pa.table({"school": list(schools), **gaps}), path, row_group_size=1000)
    return path
