"""Agreement inside groups against R's multilevel, against the answers themselves, and at the edges."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.errors import UnusableInput
from collegium.science.measurement.agreement import (
    Centre,
    OutOfRange,
    average_deviation,
    rwg,
    rwg_j,
    rwg_j_lindell,
    uniform_variance,
)
from collegium.science.measurement.groups import OptionCounts
from collegium.science.measurement.moments import NO_ANSWER, moments_of_sheets
from collegium.science.results import Caution, Estimates
from tests.science import golden
from tests.shared import SHARED

CASES = golden.cases("agreement")


def read(name: str, items: list[str] | None = None) -> tuple[OptionCounts, dict[str, Any]]:
    """Count the sheets that answer all of the items, as R's multilevel does."""
    case = golden.case("agreement", name)
    table = golden.rows(golden.FOLDER / case["input"]["csv"])
    items = items or case["input"]["items"]
    answers = golden.whole(table, items)
    labels = [row[case["input"]["group"][0]] for row in table]
    complete = (answers != NO_ANSWER).all(axis=1)
    lowest = int(golden.whole(table, case["input"]["items"]).min(where=answers_given(table, case), initial=99))
    layout = golden.one_facet(items, lowest, lowest + case["input"]["scale_options"] - 1)
    kept = [label for label, whole in zip(labels, complete, strict=True) if whole]
    return moments_of_sheets(layout, kept, answers[complete]).option_counts(tuple(items)), case["outputs"]


def answers_given(table: list[dict[str, str]], case: dict[str, Any]) -> np.ndarray:
    return golden.whole(table, case["input"]["items"]) != NO_ANSWER


def compare(found: Estimates, counts: OptionCounts, ids: list[Any], values: list[float | None]) -> None:
    """Match by group; R's null is our NaN."""
    expected = {str(label): math.nan if value is None else value for label, value in zip(ids, values, strict=True)}
    assert set(expected) == set(counts.labels)
    np.testing.assert_allclose(found.value, [expected[label] for label in counts.labels], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", CASES)
def test_rwg_j_is_that_of_r(name: str) -> None:
    counts, expected = read(name)
    block, ids = expected["multi_item"], expected["multi_item"]["group_ids"]
    found = rwg_j(counts)
    compare(found, counts, ids, block["rwgj"])
    compare(rwg_j(counts, out_of_range=OutOfRange.AS_COMPUTED), counts, ids, block["rwgj_untruncated"])
    assert int(found.marks[Caution.OUT_OF_RANGE].sum()) == expected["summary"]["n_groups_truncated"]
    assert int(found.marks[Caution.TOO_FEW].sum()) == expected["summary"]["n_groups_undefined"]
    assert np.nanmean(found.value) == pytest.approx(expected["summary"]["mean_rwgj"], rel=1e-9)


@pytest.mark.parametrize("name", CASES)
def test_rwg_j_lindell_and_average_deviation_are_those_of_r(name: str) -> None:
    counts, expected = read(name)
    block, ids = expected["multi_item"], expected["multi_item"]["group_ids"]
    compare(rwg_j_lindell(counts), counts, ids, block["rwgj_lindell"])
    compare(average_deviation(counts), counts, ids, block["AD_M_J"])
    compare(average_deviation(counts, centre=Centre.MEDIAN), counts, ids, block["AD_Md_J"])


@pytest.mark.parametrize("name", CASES)
def test_rwg_is_that_of_r(name: str) -> None:
    for item, block in golden.case("agreement", name)["outputs"]["single_item"].items():
        counts, _ = read(name, [item])
        ids = block["group_ids"]
        compare(rwg(counts, item), counts, ids, block["rwg_truncated"])
        compare(rwg(counts, item, out_of_range=OutOfRange.AS_COMPUTED), counts, ids, block["rwg_raw"])
        compare(average_deviation(counts), counts, ids, block["AD_M"])
        compare(average_deviation(counts, centre=Centre.MEDIAN), counts, ids, block["AD_Md"])


@pytest.mark.parametrize("name", CASES)
def test_uniform_variance_is_the_null_of_r(name: str) -> None:
    case = golden.case("agreement", name)
    expected = case["outputs"]["null_variance_uniform"]
    assert uniform_variance(case["input"]["scale_options"]) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("scale", "items"), [("LEAD", 11), ("TSIG", 3)])
def test_lq2002_gives_the_published_agreement(scale: str, items: int) -> None:
    folder = SHARED / "data/survey_multilevel_pkg"
    table = golden.rows(folder / "lq2002.csv")
    names = [f"{scale}{number:02}" for number in range(1, items + 1)]
    moments = moments_of_sheets(
        golden.one_facet(names, 1, 5), [row["COMPID"] for row in table], golden.whole(table, names)
    )
    counts = moments.option_counts(tuple(names))
    for file, column, found in (
        (f"rwgj_lq2002_{scale}.csv", "rwg.j", rwg_j(counts)),
        (f"adm_lq2002_{scale}.csv", "AD.M", average_deviation(counts)),
    ):
        rows = golden.rows(folder / "expected" / file)
        compare(found, counts, [row["grpid"] for row in rows], [float(row[column]) for row in rows])


# --- the second path: the same from the answers themselves ------------------------------------------------------------
ANSWERS = st.lists(st.integers(1, 5), min_size=2, max_size=40)


def one_item(answers: list[int], options: int = 5) -> OptionCounts:
    counts = np.bincount(np.array(answers) - 1, minlength=options)[None, None, :]
    return OptionCounts(labels=("all",), items=("a",), counts=counts, sheets=np.array([len(answers)]))


@given(ANSWERS)
def test_counts_give_what_the_answers_give(answers: list[int]) -> None:
    counts = one_item(answers)
    raw = rwg(counts, "a", out_of_range=OutOfRange.AS_COMPUTED).value[0]
    assert raw == pytest.approx(1 - np.var(answers, ddof=1) / 2, abs=1e-12)
    from_mean = np.abs(np.array(answers) - np.mean(answers)).mean()
    from_median = np.abs(np.array(answers) - np.median(answers)).mean()
    assert average_deviation(counts).value[0] == pytest.approx(from_mean, abs=1e-12)
    assert average_deviation(counts, centre=Centre.MEDIAN).value[0] == pytest.approx(from_median, abs=1e-12)
    assert from_median <= from_mean + 1e-12 <= 2 + 1e-12


@given(ANSWERS)
def test_turning_the_options_round_changes_nothing(answers: list[int]) -> None:
    one, other = one_item(answers), one_item([6 - answer for answer in answers])
    for statistic in (rwg_j, rwg_j_lindell, average_deviation):
        assert statistic(one).value[0] == pytest.approx(statistic(other).value[0], abs=1e-12)


@given(ANSWERS, st.integers(2, 10))
def test_more_of_the_same_items_raise_rwg_j_but_not_lindells(answers: list[int], times: int) -> None:
    one = one_item(answers)
    many = OptionCounts(
        labels=one.labels,
        items=tuple(f"i{place}" for place in range(times)),
        counts=np.repeat(one.counts, times, axis=1),
        sheets=one.sheets,
    )
    assert rwg_j(one).value[0] == pytest.approx(rwg(one, "a").value[0], abs=1e-12)
    assert rwg_j(many).value[0] >= rwg_j(one).value[0] - 1e-12
    assert 0 <= rwg_j(many).value[0] <= 1
    assert rwg_j_lindell(many).value[0] == pytest.approx(rwg_j_lindell(one).value[0], abs=1e-12)


# --- the edges --------------------------------------------------------------------------------------------------------
def test_all_agreeing_is_1_and_nobody_or_one_is_nothing() -> None:
    table = np.array([[[0, 0, 0]], [[0, 1, 0]], [[0, 6, 0]]])
    counts = OptionCounts(labels=("none", "one", "six"), items=("a",), counts=table, sheets=np.array([3, 1, 6]))
    for found, agreed in ((rwg_j(counts), 1.0), (rwg_j_lindell(counts), 1.0), (average_deviation(counts), 0.0)):
        assert [estimate.value for estimate in found] == [None, None, agreed]
        assert [Caution.TOO_FEW in estimate.cautions for estimate in found] == [True, True, False]
        assert [estimate.n_missing for estimate in found] == [3, 0, 0]


def test_two_camps_are_out_of_range_and_set_to_0_by_name() -> None:
    counts = one_item([1, 1, 1, 5, 5, 5])
    found = rwg_j(counts)[0]
    assert found.value == 0
    assert Caution.OUT_OF_RANGE in found.cautions
    assert "LeBreton & Senter 2008" in found.method
    raw = rwg_j(counts, out_of_range=OutOfRange.AS_COMPUTED)[0]
    assert raw.value is not None
    assert raw.value < 0
    assert Caution.OUT_OF_RANGE in raw.cautions


def test_no_groups_are_fine() -> None:
    counts = OptionCounts(labels=(), items=("a",), counts=np.zeros((0, 1, 5), dtype=np.int64), sheets=np.zeros(0, int))
    assert len(rwg_j(counts)) == len(average_deviation(counts, centre=Centre.MEDIAN)) == 0


def test_what_has_no_definition_is_refused() -> None:
    with pytest.raises(UnusableInput):
        uniform_variance(1)
    with pytest.raises(UnusableInput):
        rwg(one_item([1, 2]), "b")
    with pytest.raises(UnusableInput):
        OptionCounts(labels=("n",), items=("a",), counts=np.array([[[0.5, 1]]]), sheets=np.array([3]))
