"""Moments: whole numbers that add up, in any order, and equal what the sheets say."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.errors import UnusableInput
from collegium.science.measurement.groups import GroupMoments, OptionCounts
from collegium.science.measurement.layout import Facet, Item, Layout
from collegium.science.measurement.moments import NO_ANSWER, Moments, moments_of_counts, moments_of_sheets
from tests.science import golden
from tests.shared import SHARED

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
SHEETS = st.lists(
    st.tuples(
        st.sampled_from(["north", "east", "south"]),
        *(st.sampled_from([NO_ANSWER, *range(item.lowest, item.highest + 1)]) for item in LAYOUT.items),
    ),
    max_size=25,
)
Sheets = list[tuple[Any, ...]]


def moments(sheets: Sheets) -> Moments:
    answers = np.array([sheet[1:] for sheet in sheets], dtype=np.int64).reshape(len(sheets), 4)
    return moments_of_sheets(LAYOUT, [sheet[0] for sheet in sheets], answers)


def same(first: Moments, second: Moments) -> bool:
    assert first.scores is not None
    assert second.scores is not None
    assert first.crosses is not None
    assert second.crosses is not None
    pairs = [(first.counts, second.counts), (first.sheets, second.sheets)]
    pairs += list(zip(first.scores, second.scores, strict=True))
    for one, other in zip(first.crosses, second.crosses, strict=True):
        assert (one.sheets, one.answered, one.complete) == (other.sheets, other.answered, other.complete)
        pairs += [(one.n, other.n), (one.sums, other.sums), (one.products, other.products)]
    return first.atoms == second.atoms and all(np.array_equal(one, other) for one, other in pairs)


@given(SHEETS, SHEETS, SHEETS)
def test_adding_moments_is_putting_the_sheets_together(one: Sheets, two: Sheets, three: Sheets) -> None:
    together = moments(one + two + three)
    assert same(moments(one) + (moments(two) + moments(three)), together)
    assert same((moments(three) + moments(one)) + moments(two), together)


@given(SHEETS)
def test_every_number_is_what_the_sheets_say(sheets: Sheets) -> None:
    found = moments(sheets)
    for place, atom in enumerate(found.atoms):
        own = [sheet[1:] for sheet in sheets if sheet[0] == atom]
        assert found.sheets[place] == len(own)
        for column in range(4):
            seen = Counter(sheet[column] for sheet in own if sheet[column] != NO_ANSWER)
            assert {code: int(n) for code, n in enumerate(found.counts[place, column]) if n} == dict(seen)
        scores = []
        for a, b, c, _ in own:
            given_answers = [x for x in (a, 6 - b if b != NO_ANSWER else b, c) if x != NO_ANSWER]
            if len(given_answers) >= 2:  # at least half of three
                scores.append(Fraction(sum(given_answers), len(given_answers)))
        group = found.facet_scores("trust")
        assert group.n[place] == len(scores)
        assert group.n_missing[place] == len(own) - len(scores)
        if scores:
            mean = sum(scores) / len(scores)
            assert group.mean[place] == pytest.approx(float(mean), rel=1e-12)
            within = float(sum((score - mean) ** 2 for score in scores))
            assert group.within[place] == pytest.approx(within, rel=1e-12, abs=1e-12)


@given(SHEETS)
def test_regrouping_atoms_equals_counting_larger_groups(sheets: Sheets) -> None:
    schools = {"north": "hill", "south": "hill", "east": "valley"}
    found = moments(sheets)
    regrouped = found.regrouped({atom: schools[atom] for atom in found.atoms})
    assert same(regrouped, moments([(schools[sheet[0]], *sheet[1:]) for sheet in sheets]))


@given(SHEETS)
def test_counts_alone_give_what_counts_allow(sheets: Sheets) -> None:
    full = moments(sheets)
    entered = moments_of_counts(LAYOUT, full.atoms, full.counts, full.sheets)
    assert np.array_equal(entered.counts, full.counts)
    assert (full + entered).scores is None
    for call in (entered.facet_scores, entered.cross):
        with pytest.raises(UnusableInput, match="Only counts"):
            call("trust")
    if sheets:
        one, other = (each.option_counts(("a", "b", "c")) for each in (full, entered))
        np.testing.assert_array_equal(one.variances(), other.variances())


def test_atoms_that_are_not_named_are_left_out() -> None:
    found = moments([("north", 1, 2, 3, 1), ("south", 4, 4, 4, 0)]).regrouped({"north": "hill"})
    assert found.atoms == ("hill",)
    assert found.sheets.tolist() == [1]
    with pytest.raises(UnusableInput, match="west"):
        found.regrouped({"west": "hill"})


def test_results_cannot_be_written_to() -> None:
    found = moments([("north", 1, 2, 3, 1)])
    assert found.scores is not None
    for array in (found.counts, found.scores[0], found.cross("trust").n, found.facet_scores("trust").mean):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_large_sums_stay_exact() -> None:
    layout = golden.one_facet(["a", "b"], 0, 1000)
    table = np.full((2000, 2), 1000)
    table[0] = 999, 998
    part = moments_of_sheets(layout, ["all"] * 2000, table).cross("scale")
    nation = part
    for _ in range(14):
        nation = nation + nation  # 32 million sheets, whose sums multiply to more than 64 bits hold
    n, a, b = Fraction(int(nation.n[0, 1])), Fraction(int(nation.sums[0, 1])), Fraction(int(nation.sums[1, 0]))
    expected = (Fraction(int(nation.products[0, 1])) - a * b / n) / (n - 1)
    assert nation.covariances()[0, 1] == pytest.approx(float(expected), rel=1e-12)


def test_real_scale_scores_come_out() -> None:
    """`lq2002`: 2,042 soldiers, 11 items on leaders; mean and spread as published with R's psych."""
    table = golden.rows(SHARED / "data/survey_multilevel_pkg/lq2002.csv")
    items = [f"LEAD{number:02}" for number in range(1, 12)]
    layout = golden.one_facet(items, 1, 5)
    found = moments_of_sheets(layout, ["all"] * len(table), golden.whole(table, items)).facet_scores("scale")
    assert found.mean[0] == pytest.approx(3.00071231413053, rel=1e-12)
    assert np.sqrt(found.within[0] / (found.n[0] - 1)) == pytest.approx(0.820294498987919, rel=1e-12)


def test_reversed_items_of_bfi_give_the_published_scores() -> None:
    """`bfi`: A1, C4, C5, E1, E2, O2, O5 are reversed; each person's score as psych's scoreItems gives it."""
    folder = SHARED / "data/survey_bfi"
    table = [row for row in golden.rows(folder / "bfi.csv") if row["A1"] not in golden.ABSENT]
    expected = {row["id"]: row for row in golden.rows(folder / "expected/scoreItems_scores.csv")}
    keys = golden.rows(folder / "bfi_keys.csv")
    checked = 0
    for scale in ("agree", "conscientious", "extraversion", "neuroticism", "openness"):
        names = [row["item"] for row in keys if row["scale"] == scale]
        items = tuple(name.lstrip("-") for name in names)
        turned = frozenset(name[1:] for name in names if name.startswith("-"))
        layout = Layout(
            items=tuple(Item(key=item, lowest=1, highest=6) for item in items),
            facets=(Facet(key=scale, items=items, reversed_items=turned),),
        )
        answers = golden.whole(table, list(items))
        complete = (answers != NO_ANSWER).all(axis=1)  # psych fills gaps with medians, we do not
        kept = [row["id"] for row, whole in zip(table, complete, strict=True) if whole]
        scores = moments_of_sheets(layout, kept, answers[complete]).facet_scores(scale)
        for label, mean in zip(scores.labels, scores.mean, strict=True):
            assert mean == pytest.approx(float(expected[label][scale]), abs=1e-9)
            checked += 1
    assert checked > 13_000


# --- the edges --------------------------------------------------------------------------------------------------------
def test_no_sheets_are_fine() -> None:
    found = moments([])
    assert found.atoms == ()
    assert found.counts.shape == (0, 4, 6)
    assert same(found + moments([("north", 1, 2, 3, 1)]), moments([("north", 1, 2, 3, 1)]))


def test_a_sheet_without_answers_counts_as_missing() -> None:
    found = moments([("north", NO_ANSWER, NO_ANSWER, NO_ANSWER, NO_ANSWER)]).facet_scores("trust")
    assert (found.n.tolist(), found.n_missing.tolist(), np.isnan(found.mean[0])) == ([0], [1], True)


@pytest.mark.parametrize("wrong", [np.nan, np.inf, 1.5])
def test_what_is_no_whole_number_is_refused(wrong: float) -> None:
    with pytest.raises(UnusableInput) as refusal:
        moments_of_sheets(LAYOUT, ["north"], [[1, wrong, 1, 1]])
    assert refusal.value.code == "not_whole"


def test_a_code_outside_its_range_is_refused_with_its_place() -> None:
    with pytest.raises(UnusableInput) as refusal:
        moments_of_sheets(LAYOUT, ["north", "north"], [[1, 2, 3, 1], [1, 2, 7, 1]])
    assert refusal.value.code == "outside_range"
    assert refusal.value.data == {"item": "c", "row": 1, "value": 7}


@pytest.mark.parametrize(
    "refused",
    [
        lambda: Item(key="a", lowest=5, highest=1),
        lambda: Item(key="a", lowest=-2, highest=2),
        lambda: Facet(key="f", items=()),
        lambda: Facet(key="f", items=("a", "a")),
        lambda: Facet(key="f", items=("a",), reversed_items=frozenset("b")),
        lambda: Layout(items=()),
        lambda: Layout(items=(LAYOUT.items[0], LAYOUT.items[0])),
        lambda: Layout(items=LAYOUT.items, facets=(Facet(key="f", items=("z",)),)),
        lambda: Layout(items=LAYOUT.items, facets=(Facet(key="f", items=("a", "yes")),)),
        lambda: LAYOUT.facet("none"),
        lambda: LAYOUT.columns(("none",)),
        lambda: moments_of_sheets(LAYOUT, ["north"], [[1, 2, 3]]),
        lambda: moments([("north", 1, 2, 3, 1)]).option_counts(("a", "yes")),
        lambda: moments_of_counts(LAYOUT, ["north"], np.zeros((1, 4, 2), dtype=int), [0]),
        lambda: moments_of_counts(LAYOUT, ["n", "n"], np.zeros((2, 4, 6), dtype=int), [0, 0]),
        lambda: moments_of_counts(LAYOUT, ["n"], np.full((1, 4, 6), -1), [0]),
        lambda: moments_of_counts(LAYOUT, ["n"], np.ones((1, 4, 6)), [9]),
        lambda: moments_of_counts(LAYOUT, ["n"], np.ones((1, 4, 6), dtype=int), [9]),
        lambda: moments_of_counts(LAYOUT, ["n"], np.full((1, 4, 6), 2), [1]),
        lambda: GroupMoments.from_values([1.0, np.nan], ["a", "b"]),
        lambda: GroupMoments.from_values([1.0], ["a", "b"]),
        lambda: OptionCounts(labels=("n",), items=("a",), counts=np.array([[[3, 1]]]), sheets=np.array([3])),
        lambda: moments([]) + moments_of_sheets(golden.one_facet(["a"], 1, 5), ["n"], [[1]]),
    ],
)
def test_what_contradicts_itself_is_refused(refused: Any) -> None:
    with pytest.raises(UnusableInput):
        refused()
