"""The page about the format tells the truth."""

from __future__ import annotations

import re
from pathlib import Path

from collegium.listen.instruments import ItemKind, limits, list_shipped, read
from collegium.listen.instruments.model import SECONDS

PAGE = (Path(__file__).resolve().parents[3] / "docs/reference/instruments.md").read_text(encoding="utf-8")


def test_the_example_is_an_instrument() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    instrument = read(example)
    assert instrument.text(instrument.items[0]) == "The people in my team leave meetings knowing what was decided."
    assert instrument.layout().facet("usefulness").reversed_items == {"use_message"}


def test_every_kind_is_described() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]* \| [^|]+ \|$", PAGE, re.MULTILINE)
    assert set(rows) == set(ItemKind)
    assert SECONDS[ItemKind.LIKERT] == 8
    assert SECONDS[ItemKind.MULTIPLE] == 12
    assert SECONDS[ItemKind.TEXT] == 30


def test_every_shipped_instrument_is_listed_with_its_constructs() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", PAGE, re.MULTILINE))
    for instrument in list_shipped():
        said = set(re.findall(r"[A-Z]\d+", rows[instrument.key]))
        assert not said or said == {facet.construct for facet in instrument.facets}, instrument.key


def test_limits_are_as_written() -> None:
    said = PAGE[PAGE.index("## Limits") :].replace(",", "")
    for number in (
        limits.MOST_ITEMS, limits.MOST_FACETS, limits.MOST_SCALES, limits.MOST_REFERENTS, limits.MOST_OPTIONS,
        limits.LONGEST_TEXT, limits.LONGEST_LABEL, limits.LONGEST_PASSAGE, limits.HIGHEST_NUMBER, limits.LONGEST_LINE,
        limits.MOST_BYTES // 1024,
    ):  # fmt: skip
        assert re.search(rf"\b{number}\b", said), number
