"""Every engine finds the same whole numbers, and says where a table cannot be understood."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from collegium.science.errors import UnusableInput
from collegium.science.measurement.engines import BETWEEN, choose_engine, moments_of_table
from collegium.science.measurement.layout import Facet, Item, Layout
from collegium.science.measurement.moments import NO_ANSWER, Moments, moments_of_sheets

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


def answers(sheets: int, seed: int = 1) -> tuple[list[str], np.ndarray[Any, Any]]:
    chance = np.random.default_rng(seed)
    table = np.column_stack([chance.integers(item.lowest, item.highest + 1, sheets) for item in LAYOUT.items])
    table[chance.random(table.shape) < 0.2] = NO_ANSWER
    return [f"school {number}" for number in chance.integers(0, 7, sheets)], table.astype(np.int8)


def write_csv(path: Path, schools: Sequence[str], table: np.ndarray[Any, Any], between: str = ",") -> Path:
    lines = [between.join(["school", *(item.key for item in LAYOUT.items)])]
    for school, row in zip(schools, table.tolist(), strict=True):
        lines.append(between.join([school, *("" if code == NO_ANSWER else str(code) for code in row)]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return path


def test_a_table_in_memory_gives_the_moments_of_its_sheets() -> None:
    schools, table = answers(500)
    columns = {item.key: table[:, place] for place, item in enumerate(LAYOUT.items)}
    assert_same(
        moments_of_table({"school": schools, **columns}, LAYOUT, atom="school"),
        moments_of_sheets(LAYOUT, schools, table),
    )


@pytest.mark.parametrize(("suffix", "between"), [("csv", ","), ("csv", ";"), ("tsv", "\t")])
def test_a_text_file_gives_the_moments_of_its_sheets(tmp_path: Path, suffix: str, between: str) -> None:
    schools, table = answers(300)
    path = write_csv(tmp_path / f"answers.{suffix}", schools, table, between)
    assert choose_engine(path) == "numpy"
    assert_same(moments_of_table(path, LAYOUT, atom="school"), moments_of_sheets(LAYOUT, schools, table))


def test_two_columns_together_make_the_atom() -> None:
    table: dict[str, Sequence[object]] = {key: [1, 1, 1] for key in ("a", "b", "c", "yes")}
    table |= {"school": ["hill", "hill", None], "level": [1.0, 2.0, float("nan")]}
    found = moments_of_table(table, LAYOUT, atom=("school", "level"))
    assert found.atoms == (BETWEEN, f"hill{BETWEEN}1", f"hill{BETWEEN}2")


def test_a_value_that_is_no_option_is_shown_with_its_place(tmp_path: Path) -> None:
    schools, table = answers(20)
    table[16, 1] = 6
    path = write_csv(tmp_path / "answers.csv", schools, table)
    with pytest.raises(UnusableInput) as refused:
        moments_of_table(path, LAYOUT, atom="school")
    assert refused.value.code == "outside_range"
    assert (refused.value.data["column"], refused.value.data["row"], refused.value.data["value"]) == ("b", 18, "6")
