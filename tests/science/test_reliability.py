"""Reliability against R (psych, lavaan, semTools and polished optima), against a second path, and at the edges."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from collegium.science.errors import UnusableInput
from collegium.science.measurement.factor import Fit, fit_one_factor
from collegium.science.measurement.layout import Facet, Item, Layout
from collegium.science.measurement.moments import NO_ANSWER, CrossMoments, moments_of_sheets
from collegium.science.measurement.reliability import (
    OmegaForm,
    alpha,
    guttman_lambda6,
    item_reliabilities,
    omega_total,
    spearman_brown,
)
from collegium.science.results import Caution, IntArray
from tests.science import golden
from tests.shared import SHARED

# What the case calls a value, and how we get it.
OMEGAS = [
    ("ml_exact", "omega_raw_implied", Fit.ML, OmegaForm.IMPLIED, False),
    ("ml_exact", "omega_std_implied", Fit.ML, OmegaForm.IMPLIED, True),
    ("ml_exact", "omega_std_observed", Fit.ML, OmegaForm.RESIDUAL, True),
    ("ml_exact", "omega_raw_observed", Fit.ML, OmegaForm.COMMON, False),
    ("minres_exact", "omega_raw_implied", Fit.MINRES, OmegaForm.IMPLIED, False),
    ("minres_exact", "omega_std_implied", Fit.MINRES, OmegaForm.IMPLIED, True),
    ("minres_exact", "omega_std_observed", Fit.MINRES, OmegaForm.RESIDUAL, True),
]


MODES = [
    pytest.param(name, mode, id=f"{name}-{mode}")
    for name in golden.cases("reliability")
    for mode in golden.case("reliability", name)["outputs"]["modes"]
]


def read(name: str, mode: str) -> tuple[CrossMoments, dict[str, Any]]:
    case = golden.case("reliability", name)
    answers = golden.whole(golden.rows(golden.FOLDER / case["input"]["csv"]), case["input"]["items"])
    if mode == "listwise":
        answers = answers[(answers != NO_ANSWER).all(axis=1)]
    return golden.cross_of(answers), case["outputs"]["modes"][mode]


@pytest.mark.parametrize(("name", "mode"), MODES)
def test_covariances_are_those_of_r(name: str, mode: str) -> None:
    cross, expected = read(name, mode)
    np.testing.assert_allclose(cross.covariances(), expected["cov"], rtol=1e-9)


@pytest.mark.parametrize(("name", "mode"), MODES)
def test_alpha_is_that_of_r(name: str, mode: str) -> None:
    cross, expected = read(name, mode)
    result = alpha(cross)
    assert result.value == pytest.approx(expected["alpha_raw"], rel=1e-9)
    assert alpha(cross, standardised=True).value == pytest.approx(expected["alpha_std"], rel=1e-9)
    interval = expected["feldt_ncomplete"]
    assert result.interval is not None
    assert cross.complete == interval["n"]
    assert (result.interval.low, result.interval.high) == pytest.approx(
        (interval["lower"], interval["upper"]), rel=1e-9
    )
    assert (Caution.NEGATIVE in result.cautions) == (expected["alpha_raw"] < 0)


@pytest.mark.parametrize(("name", "mode"), MODES)
def test_guttman_lambda6_is_that_of_r(name: str, mode: str) -> None:
    cross, expected = read(name, mode)
    assert guttman_lambda6(cross).value == pytest.approx(expected["guttman_from_cor"]["lambda6"], rel=1e-9)
    found = guttman_lambda6(cross, standardised=False).value
    assert found == pytest.approx(expected["guttman_from_cov"]["lambda6"], rel=1e-9)


@pytest.mark.parametrize(("name", "mode"), MODES)
def test_item_reliabilities_are_those_of_r(name: str, mode: str) -> None:
    cross, expected = read(name, mode)
    results = item_reliabilities(cross)
    rests = [result.rest_correlation.value for result in results]
    assert rests == pytest.approx(expected["item"]["r_drop_from_cov"], rel=1e-9)
    dropped = [result.alpha_if_dropped.value for result in results]
    if len(results) == 2:
        assert dropped == [None, None]
    else:
        assert dropped == pytest.approx(expected["if_deleted"]["alpha_raw"], rel=1e-9)


@pytest.mark.parametrize(("name", "mode"), MODES)
def test_omega_total_is_that_of_the_best_fit(name: str, mode: str) -> None:
    cross, expected = read(name, mode)
    if not expected.get("omega"):
        assert Caution.TWO_ITEMS in omega_total(cross).cautions
        return
    checked = 0
    for block, key, fit, form, standardised in OMEGAS:
        found = omega_total(cross, fit=fit, form=form, standardised=standardised)
        if expected["omega"][block]["heywood"]:
            assert found.value is None
            assert Caution.NO_PROPER_SOLUTION in found.cautions
        elif key in expected["omega"][block]:
            # Pairwise, psych factors correlations of each pair's own sheets and we scale the covariances; see omega.md.
            tolerance = 1e-9 if mode == "listwise" else 2e-3
            assert found.value == pytest.approx(expected["omega"][block][key], rel=tolerance), (block, key)
        checked += 1
    assert checked == len(OMEGAS)


@pytest.mark.parametrize(("name", "mode"), MODES)
@pytest.mark.parametrize("fit", Fit)
def test_fit_one_factor_finds_the_best_loadings(name: str, mode: str, fit: Fit) -> None:
    expected = golden.case("reliability", name)["outputs"]["modes"][mode]
    if not expected.get("omega"):
        assert len(expected["cor"]) == 2
        return
    best = expected["omega"][f"{fit.value}_exact"]
    found = fit_one_factor(np.array(expected["cor"]), fit=fit)
    assert (Caution.NO_PROPER_SOLUTION in found.cautions) == best["heywood"]
    if not best["heywood"]:
        np.testing.assert_allclose(found.loadings, best["loadings"], rtol=1e-9)


def test_spearman_brown_is_standardised_alpha() -> None:
    for mode in ("listwise", "pairwise"):
        cross, expected = read("bfi_two_items", mode)
        assert spearman_brown(cross).value == pytest.approx(expected["alpha_std"], rel=1e-9)
        assert spearman_brown(cross).value == pytest.approx(alpha(cross, standardised=True).value, rel=1e-12)


@pytest.mark.parametrize("row", golden.rows(SHARED / "data/survey_bfi/expected/scoreItems_reliability.csv"))
def test_bfi_gives_the_published_alphas(row: dict[str, str]) -> None:
    """psych's scoreItems fills gaps with medians first, so two decimals agree (0.70 0.72 0.76 0.81 0.60)."""
    keys = golden.rows(SHARED / "data/survey_bfi/bfi_keys.csv")
    names = [key["item"] for key in keys if key["scale"] == row["scale"]]
    items = tuple(name.lstrip("-") for name in names)
    turned = frozenset(name[1:] for name in names if name.startswith("-"))
    layout = Layout(
        items=tuple(Item(key=item, lowest=1, highest=6) for item in items),
        facets=(Facet(key="scale", items=items, reversed_items=turned),),
    )
    table = golden.whole(golden.rows(SHARED / "data/survey_bfi/bfi.csv"), list(items))
    cross = moments_of_sheets(layout, ["all"] * len(table), table).cross("scale")
    assert alpha(cross).value == pytest.approx(float(row["alpha"]), abs=0.005)


# --- the second path: the same from the sheets themselves -------------------------------------------------------------
TABLES = hnp.arrays(
    np.int64, st.tuples(st.integers(2, 30), st.integers(2, 7)), elements=st.integers(1, 5), fill=st.nothing()
)


@given(TABLES)
def test_alpha_equals_its_definition_on_the_sheets(answers: IntArray) -> None:
    found = alpha(golden.cross_of(answers)).value
    k, total = answers.shape[1], answers.sum(axis=1).var(ddof=1)
    if total < 1e-9:
        assert found is None
    else:
        expected = k / (k - 1) * (1 - answers.var(axis=0, ddof=1).sum() / total)
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(TABLES)
def test_item_rest_correlations_equal_those_of_the_sheets(answers: IntArray) -> None:
    for place, result in enumerate(item_reliabilities(golden.cross_of(answers))):
        item, rest = answers[:, place], np.delete(answers, place, axis=1).sum(axis=1)
        if item.std() == 0 or rest.std() == 0:
            assert result.rest_correlation.value is None
        else:
            expected = np.corrcoef(item, rest)[0, 1]
            assert result.rest_correlation.value == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(TABLES, st.integers(1, 4))
def test_the_order_of_items_and_the_size_of_steps_do_not_matter(answers: IntArray, times: int) -> None:
    first = golden.cross_of(answers)
    second = golden.cross_of(answers[:, ::-1] * times)
    for statistic in (alpha, guttman_lambda6):
        one, other = statistic(first).value, statistic(second).value
        assert one == other or one == pytest.approx(other, rel=1e-7, abs=1e-9)


@settings(max_examples=30)
@given(st.lists(st.floats(0.2, 0.95), min_size=3, max_size=9), st.sampled_from(Fit))
def test_a_factor_that_is_there_is_found(loadings: list[float], fit: Fit) -> None:
    matrix = np.outer(loadings, loadings)
    np.fill_diagonal(matrix, 1)
    found = fit_one_factor(matrix, fit=fit)
    assert found.cautions == ()
    np.testing.assert_allclose(found.loadings, loadings, rtol=1e-6)


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.sampled_from(Fit))
def test_no_step_away_from_the_solution_is_better(seed: int, fit: Fit) -> None:
    generator = np.random.default_rng(seed)
    answers = generator.normal(size=(60, 5)) + generator.normal(size=(60, 1))
    matrix = np.corrcoef(answers.T)
    found = fit_one_factor(matrix, fit=fit)
    if found.cautions:
        return

    def distance(loadings: np.ndarray, unique: np.ndarray) -> float:
        implied = np.outer(loadings, loadings) + np.diag(unique)
        if fit is Fit.ML:
            return float(np.linalg.slogdet(implied)[1] + np.trace(matrix @ np.linalg.inv(implied)))
        return float((np.triu(matrix - implied, 1) ** 2).sum())

    best = distance(found.loadings, found.uniquenesses)
    for _ in range(20):
        step = generator.normal(scale=1e-3, size=(2, 5))
        assert distance(found.loadings + step[0], found.uniquenesses + step[1]) >= best - 1e-12


# --- the edges --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [0, 1])
def test_too_few_sheets_give_no_value(rows: int) -> None:
    cross = golden.cross_of(np.ones((rows, 3), dtype=np.int64))
    for result in (alpha(cross), guttman_lambda6(cross), omega_total(cross)):
        assert result.value is None
        assert result.interval is None
        assert Caution.TOO_FEW in result.cautions


def test_everybody_answering_the_same_gives_no_value() -> None:
    cross = golden.cross_of(np.full((10, 3), 4))
    for result in (alpha(cross), guttman_lambda6(cross), omega_total(cross)):
        assert result.value is None
        assert Caution.CONSTANT_ITEM in result.cautions


def test_a_constant_item_stays_in_raw_alpha_and_is_said() -> None:
    answers = np.array([[1, 2, 3], [2, 2, 3], [4, 5, 3], [5, 4, 3]])
    cross = golden.cross_of(answers)
    assert alpha(cross).value == pytest.approx(1.5 * (1 - (10 / 3 + 2.25) / 10.25), rel=1e-9)
    assert alpha(cross).cautions == (Caution.CONSTANT_ITEM,)
    assert alpha(cross, standardised=True).value is None


def test_nobody_answering_gives_no_value_and_counts_them_as_missing() -> None:
    result = alpha(golden.cross_of(np.full((6, 3), NO_ANSWER)))
    assert (result.value, result.n_used, result.n_missing) == (None, 0, 6)


def test_an_item_that_repeats_another_leaves_lambda6_undefined() -> None:
    answers = np.array([[1, 1, 2], [2, 2, 5], [4, 4, 3], [5, 5, 4], [2, 2, 1]])
    for result in (guttman_lambda6(golden.cross_of(answers)), omega_total(golden.cross_of(answers))):
        assert result.value is None
        assert Caution.NOT_POSITIVE_DEFINITE in result.cautions


def test_items_that_cancel_leave_alpha_undefined() -> None:
    answers = np.array([[1, 5], [2, 4], [4, 2], [5, 1]])
    assert alpha(golden.cross_of(answers)).value is None
    assert spearman_brown(golden.cross_of(answers)).value is None
    assert item_reliabilities(golden.cross_of(answers))[0].rest_correlation.value == pytest.approx(-1)


def test_what_has_no_definition_is_refused() -> None:
    one = golden.cross_of(np.array([[1], [2]]))
    three = golden.cross_of(np.array([[1, 2, 3], [2, 3, 1]]))
    for refused in (lambda: alpha(one), lambda: spearman_brown(three), lambda: alpha(three, level=1.0)):
        with pytest.raises(UnusableInput):
            refused()
    with pytest.raises(UnusableInput):
        fit_one_factor(np.array([[1, np.nan, 0], [np.nan, 1, 0], [0, 0, 1]]))
