"""Estimates of schools against lme4 and polished optima, against the full likelihood over people, and at the edges."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from collegium.science.errors import UnusableInput
from collegium.science.measurement.comparison import comparison_intervals
from collegium.science.measurement.estimates import GroupEstimates, group_estimates, nested_estimates
from collegium.science.measurement.groups import GroupMoments
from collegium.science.measurement.likelihood import Likelihood, Ratios
from collegium.science.measurement.single import single_group_mean
from collegium.science.results import Caution
from tests.science import golden
from tests.shared import SHARED

# One-way cases; those with explanatory variables belong to another model.
CASES = [name for name in golden.cases("lmer") if not golden.case("lmer", name)["input"]["x"]]
Z = 1.959963984540054


def read(name: str) -> tuple[GroupMoments, dict[str, Any]]:
    case = golden.case("lmer", name)
    table = golden.rows(golden.FOLDER / case["input"]["csv"])
    values = golden.numbers(table, case["input"]["y"])
    kept = ~np.isnan(values)
    labels = [row[case["input"]["group"]] for row, keep in zip(table, kept, strict=True) if keep]
    return GroupMoments.from_values(values[kept], labels), case["outputs"]


@pytest.mark.parametrize("name", CASES)
def test_group_estimates_are_those_of_the_best_fit(name: str) -> None:
    groups, outputs = read(name)
    expected, found = outputs["exact_REML"], group_estimates(groups)
    assert found.within == pytest.approx(expected["sigma2_within"], rel=1e-9)
    assert found.between == pytest.approx(expected["tau2_between"], rel=1e-8, abs=1e-12)
    assert found.grand_mean.value == pytest.approx(expected["fixed"]["(Intercept)"], rel=1e-9)
    assert found.grand_mean.interval is not None
    half = (found.grand_mean.interval.high - found.grand_mean.interval.low) / 2
    assert half == pytest.approx(Z * expected["fixed_se"]["(Intercept)"], rel=1e-8)
    order = [found.labels.index(str(label)) for label in outputs["group_ids"]]
    assert found.groups.low is not None
    for key, values in {
        "eb_mean": found.groups.value,
        "ranef_cond_sd": found.deviation,
        "reliability_of_group_mean": found.reliability,
        "pev_sd_ebmean_incl_fixed": (found.groups.value - found.groups.low) / Z,
    }.items():
        np.testing.assert_allclose(values[order], expected[key], rtol=1e-8, atol=1e-10, err_msg=key)
    assert (Caution.SINGULAR in found.cautions) == (expected["tau2_between"] == 0)


@pytest.mark.parametrize("name", CASES)
def test_group_estimates_are_those_of_lme4_as_it_comes(name: str) -> None:
    groups, outputs = read(name)
    expected, found = outputs["lmer_default"], group_estimates(groups)
    assert found.between == pytest.approx(expected["tau2_between"], rel=1e-6, abs=1e-9)
    assert found.within == pytest.approx(expected["sigma2_within"], rel=1e-6)
    model = Likelihood.of_schools(groups.n.astype(float), groups.mean, float(groups.within.sum()))
    assert model.criterion(model.best_school()) == pytest.approx(expected["REMLcrit"], rel=1e-10)


@pytest.mark.parametrize(
    ("data", "y", "school"),
    [("Hsb82", "mAch", "school"), ("Exam", "normexam", "school"), ("ScotsSec", "attain", "second")],
)
def test_published_models_of_pupils_in_schools(data: str, y: str, school: str) -> None:
    """Raudenbush and Bryk: High School and Beyond has 8.61 between and 39.15 within schools."""
    folder = SHARED / "data/edu_multilevel_mlmrev"
    table = golden.rows(folder / f"{data}.csv")
    found = group_estimates(GroupMoments.from_values(golden.numbers(table, y), [row[school] for row in table]))
    (expected,) = [row for row in golden.rows(folder / "expected/null_models.csv") if row["dataset"] == data]
    assert found.between == pytest.approx(float(expected["tau00"]), rel=1e-5)
    assert found.within == pytest.approx(float(expected["sigma2"]), rel=1e-6)
    for row in golden.rows(folder / f"expected/blup_{data}_{y}.csv"):
        place = found.labels.index(row["group"])
        assert found.groups.value[place] == pytest.approx(float(row["shrunk_mean"]), rel=1e-5)
        assert found.deviation[place] == pytest.approx(float(row["cond_sd"]), rel=1e-5)


# --- the second path: the likelihood over people, with matrices -------------------------------------------------------
def restricted(values: np.ndarray, designs: list[np.ndarray], variances: list[float]) -> tuple[float, np.ndarray]:
    """Return the REML criterion, and V, for y = mu + sum of Z u + e; the last variance is that of e."""
    v = variances[-1] * np.eye(len(values))
    for design, variance in zip(designs, variances, strict=False):
        v += variance * design @ design.T
    inverse, ones = np.linalg.inv(v), np.ones(len(values))
    precision = ones @ inverse @ ones
    rest = values - (ones @ inverse @ values) / precision
    free = len(values) - 1
    criterion = np.linalg.slogdet(v)[1] + np.log(precision) + rest @ inverse @ rest + free * np.log(2 * np.pi)
    return float(criterion), v


def indicator(labels: list[str]) -> np.ndarray:
    names = sorted(set(labels))
    return np.array([[float(label == name) for name in names] for label in labels])


def simulated(seed: int, districts: int, spread: float, people: int = 4) -> tuple[np.ndarray, list[str], list[str]]:
    generator = np.random.default_rng(seed)
    values, schools, places = [], [], []
    for district in range(districts):
        high = generator.normal(scale=spread)
        for school in range(generator.integers(1, 4)):
            own = high + generator.normal(scale=0.7)
            for _ in range(generator.integers(1, people + 1)):
                values.append(3 + own + generator.normal())
                schools.append(f"{district:02}-{school}")
                places.append(f"{district:02}")
    return np.array(values), schools, places


@settings(max_examples=15)
@given(st.integers(0, 1000), st.sampled_from([0.0, 0.5, 1.5]))
def test_no_other_variances_make_people_in_schools_likelier(seed: int, spread: float) -> None:
    values, schools, _ = simulated(seed, 6, spread)
    found = group_estimates(GroupMoments.from_values(values, schools))
    if found.within is None or found.between is None:
        return
    designs = [indicator(schools)]
    best, v = restricted(values, designs, [found.between, found.within])
    model = Likelihood.of_schools(*_sizes(values, schools))
    assert best == pytest.approx(model.criterion(model.best_school()), abs=1e-8)
    for between in (0.0, *np.geomspace(0.01, 10, 12)):
        for within in np.geomspace(0.2, 5, 12):
            assert restricted(values, designs, [between, within])[0] >= best - 1e-9
    # Conditional means and variances by the textbook: cov V^-1 (y - mu).
    mu = found.grand_mean.value
    covariance = found.between * designs[0].T
    np.testing.assert_allclose(found.groups.value, mu + covariance @ np.linalg.inv(v) @ (values - mu), atol=1e-8)
    variance = found.between - np.diag(covariance @ np.linalg.inv(v) @ covariance.T)
    np.testing.assert_allclose(found.deviation**2, variance, atol=1e-8)


def _sizes(values: np.ndarray, schools: list[str]) -> tuple[np.ndarray, np.ndarray, float]:
    groups = GroupMoments.from_values(values, schools)
    return groups.n.astype(float), groups.mean, float(groups.within.sum())


@settings(max_examples=5)
@given(st.integers(0, 1000), st.sampled_from([0.0, 0.5, 1.5]))
def test_nested_estimates_are_those_of_the_full_likelihood(seed: int, spread: float) -> None:
    values, schools, places = simulated(seed, 20, spread, people=2)
    groups = GroupMoments.from_values(values, schools)
    found = nested_estimates(groups, [label.split("-")[0] for label in groups.labels])
    assert found.within is not None
    assert found.between is not None
    assert found.districts is not None
    designs = [indicator(places), indicator(schools)]
    variances = [found.districts, found.between, found.within]
    best, v = restricted(values, designs, variances)

    for factors in itertools.product((0.5, 0.98, 1.0, 1.02, 2.0), repeat=3):
        others = [max(own, 1e-3) * factor for own, factor in zip(variances, factors, strict=True)]
        assert restricted(values, designs, others)[0] >= best - 1e-8
    mu = found.grand_mean.value
    school_of = indicator(schools)
    in_district = indicator([label[:2] for label in groups.labels])
    covariance = found.districts * in_district @ designs[0].T + found.between * school_of.T
    inverse = np.linalg.inv(v)
    np.testing.assert_allclose(found.groups.value, mu + covariance @ inverse @ (values - mu), atol=1e-7)
    variance = found.districts + found.between - np.diag(covariance @ inverse @ covariance.T)
    np.testing.assert_allclose(found.deviation**2, variance, atol=1e-7)
    ones = np.ones(len(values))
    share = 1 - covariance @ inverse @ ones
    half = Z * np.sqrt(variance + share**2 / (ones @ inverse @ ones))
    assert found.groups.low is not None
    np.testing.assert_allclose(found.groups.value - found.groups.low, half, atol=1e-7)


def test_the_slopes_are_the_derivatives_of_the_criterion() -> None:
    values, schools, _ = simulated(5, 8, 1.0)
    groups = GroupMoments.from_values(values, schools)
    place = np.array([int(label[:2]) for label in groups.labels])
    model = Likelihood.of_districts(groups.n.astype(float), groups.mean, float(groups.within.sum()), place)
    step = 1e-5
    for school, district in [(0.3, 0.2), (1.0, 0.0001), (0.01, 2.0)]:
        up, down = (model.criterion(Ratios(school=school + move, district=district)) for move in (step, -step))
        assert model.school_slope(school, district) == pytest.approx((up - down) / (2 * step), rel=1e-4)
        up, down = (model.criterion(Ratios(school=school, district=district + move)) for move in (step, -step))
        assert model.district_slope(school, district) == pytest.approx((up - down) / (2 * step), rel=1e-4)


def test_many_slopes_at_once_are_the_slopes_one_by_one() -> None:
    values, schools, _ = simulated(5, 8, 1.0)
    model = Likelihood.of_schools(*_sizes(values, schools))
    ratios = np.array([0.0, 0.01, 1.0, 50.0])
    one_by_one = [model.school_slope(float(ratio), 0.0) for ratio in ratios]
    np.testing.assert_allclose(model.slopes_alone(ratios), one_by_one, rtol=1e-10)


def test_one_school_a_district_and_few_districts_fall_back() -> None:
    values, schools, _ = simulated(3, 10, 1.0)
    groups = GroupMoments.from_values(values, schools)
    found = nested_estimates(groups, [label[:2] for label in groups.labels])
    np.testing.assert_array_equal(found.groups.value, group_estimates(groups).groups.value)
    assert Caution.FEW_DISTRICTS in found.cautions
    assert Caution.FEW_DISTRICTS in found.groups[0].cautions
    assert found.districts is None


# --- properties -------------------------------------------------------------------------------------------------------
GROUPS = st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=8), min_size=2, max_size=10)


def grouped(groups: list[list[int]]) -> GroupMoments:
    values = [value for group in groups for value in group]
    return GroupMoments.from_values(values, [f"{place:02}" for place, group in enumerate(groups) for _ in group])


@given(GROUPS)
def test_estimates_lie_between_the_groups_mean_and_the_grand_mean(groups: list[list[int]]) -> None:
    moments = grouped(groups)
    found = group_estimates(moments)
    if found.within:
        low = np.minimum(moments.mean, found.grand_mean.value)
        high = np.maximum(moments.mean, found.grand_mean.value)
        assert ((found.groups.value >= low - 1e-9) & (found.groups.value <= high + 1e-9)).all()


@given(GROUPS)
def test_the_order_of_groups_does_not_matter(groups: list[list[int]]) -> None:
    one, other = group_estimates(grouped(groups)), group_estimates(grouped(groups[::-1]))
    np.testing.assert_allclose(one.groups.value, other.groups.value[::-1], rtol=1e-7, equal_nan=True)


@pytest.mark.parametrize("groups", [[[1], [3, 4, 4]], [[3, 4, 4], [1]]])
def test_a_dip_right_on_the_grid_is_found(groups: list[list[int]]) -> None:
    """The ratio is 10 here: grid and single evaluation round its slope of nought to different signs."""
    found = group_estimates(grouped(groups))
    np.testing.assert_allclose(sorted(found.groups.value), [1.125, 3.625], rtol=1e-9)
    assert found.grand_mean.value == pytest.approx(2.375, rel=1e-9)


def test_a_criterion_with_two_dips_gives_the_deeper_one() -> None:
    """Many groups of one size far apart beside one huge group: every start must end in the same place."""
    moments = GroupMoments(
        labels=("a", "b", "c", "d"),
        n=np.array([2, 2, 2, 5000]),
        mean=np.array([1.0, 3.0, 5.0, 3.0]),
        within=np.array([0.0, 0.0, 0.0, 4999.0]),
        n_missing=np.zeros(4, dtype=np.int64),
    )
    model = Likelihood.of_schools(moments.n.astype(float), moments.mean, float(moments.within.sum()))
    best = model.criterion(model.best_school())
    assert all(model.criterion(Ratios(school=ratio)) >= best - 1e-9 for ratio in (0.0, *np.geomspace(1e-8, 1e8, 500)))


# --- comparing --------------------------------------------------------------------------------------------------------
def with_deviations(deviations: list[float]) -> GroupEstimates:
    groups, _ = read("dyestuff")
    found = group_estimates(groups)
    from dataclasses import replace

    return replace(found, deviation=np.array(deviations))


def test_comparison_intervals_of_equal_deviations_use_1_386() -> None:
    found = comparison_intervals(with_deviations([2.0] * 6))
    assert found.low is not None
    np.testing.assert_allclose((found.value - found.low) / 2.0, Z / math.sqrt(2), rtol=1e-9)


@given(st.lists(st.floats(0.1, 5), min_size=6, max_size=6), st.sampled_from([0.8, 0.95, 0.99]))
def test_the_risk_of_telling_equals_apart_is_as_said_on_average(deviations: list[float], level: float) -> None:
    found = comparison_intervals(with_deviations(deviations), level=level)
    assert found.low is not None
    half, s = found.value - found.low, np.array(deviations)
    risks = [2 * ndtr(-(half[i] + half[j]) / math.hypot(s[i], s[j])) for i in range(6) for j in range(6) if i != j]
    assert float(np.mean(risks)) == pytest.approx(1 - level, abs=1e-9)


def test_a_nation_of_different_deviations_is_compared_in_time() -> None:
    generator = np.random.default_rng(1)
    n = generator.integers(2, 10_000, 3000)
    moments = GroupMoments(
        labels=tuple(str(place) for place in range(3000)),
        n=n,
        mean=generator.normal(size=3000) + 3,
        within=(n - 1) * 1.0,
        n_missing=np.zeros(3000, dtype=np.int64),
    )
    found = group_estimates(moments)
    intervals = comparison_intervals(found)
    assert intervals.low is not None
    z = float(((intervals.value - intervals.low) / found.deviation)[0])
    assert Z / math.sqrt(2) < z < Z


# --- one school -------------------------------------------------------------------------------------------------------
def test_single_group_mean_is_the_t_interval() -> None:
    """Student's sleep data, first drug: R's t.test gives 0.75, from -0.5297804 to 2.0297804."""
    values = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
    found = single_group_mean(10, values.mean(), float(((values - values.mean()) ** 2).sum()))
    assert found.value == pytest.approx(0.75)
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((-0.5297804, 2.0297804), abs=1e-7)


def test_the_finite_population_correction_needs_most_of_the_staff_and_says_so() -> None:
    few, most, all_of_them = (single_group_mean(10, 3.0, 9.0, population=size) for size in (20, 19, 10))
    plain = single_group_mean(10, 3.0, 9.0)
    assert few.interval == plain.interval
    assert few.cautions == ()
    assert most.interval is not None
    assert plain.interval is not None
    ratio = (most.interval.high - 3) / (plain.interval.high - 3)
    assert ratio == pytest.approx(math.sqrt(1 - 10 / 19))
    assert most.cautions == (Caution.FINITE_POPULATION,)
    assert all_of_them.cautions == (Caution.CENSUS,)
    assert all_of_them.interval is not None
    assert all_of_them.interval.low == all_of_them.interval.high == 3.0


def test_where_a_part_of_the_variance_lasts_a_census_leaves_the_days_chance() -> None:
    plain = single_group_mean(19, 3.0, 9.0).interval
    found = single_group_mean(19, 3.0, 9.0, population=19, lasting=0.5)
    assert plain is not None
    assert found.interval is not None
    assert (found.interval.high - 3) / (plain.high - 3) == pytest.approx(math.sqrt(0.5))
    assert found.cautions == (Caution.CENSUS,)
    with pytest.raises(UnusableInput):
        single_group_mean(19, 3.0, 9.0, lasting=-0.1)


@pytest.mark.parametrize(
    ("n", "within", "caution"), [(0, 0.0, Caution.TOO_FEW), (1, 0.0, Caution.TOO_FEW), (5, 0.0, Caution.NO_VARIANCE)]
)
def test_one_school_without_spread_has_no_interval(n: int, within: float, caution: Caution) -> None:
    found = single_group_mean(n, math.nan if n == 0 else 4.0, within)
    assert found.interval is None
    assert found.cautions == (caution,)
    assert found.value == (4.0 if n else None)


# --- the edges --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("groups", "caution"),
    [([], Caution.ONE_GROUP), ([[1, 2, 3]], Caution.ONE_GROUP), ([[1], [2], [3]], Caution.ONLY_SINGLES)],
)
def test_what_cannot_be_known_has_no_value(groups: list[list[int]], caution: Caution) -> None:
    found = group_estimates(grouped(groups))
    assert found.grand_mean.value is None
    assert found.within is found.between is None
    assert all(each.value is None and each.interval is None and caution in each.cautions for each in found.groups)
    assert np.isnan(comparison_intervals(found).value).all()


def test_all_agreeing_inside_groups_gives_their_means_without_intervals() -> None:
    found = group_estimates(grouped([[1, 1], [3, 3, 3], [5]]))
    assert found.groups.value.tolist() == [1.0, 3.0, 5.0]
    assert [each.interval for each in found.groups] == [None, None, None]
    assert found.cautions == (Caution.NO_VARIANCE_WITHIN,)
    same = group_estimates(grouped([[2, 2], [2, 2]]))
    assert same.cautions == (Caution.NO_VARIANCE,)
    assert same.groups.value.tolist() == [2.0, 2.0]


def test_a_group_that_did_not_answer_has_no_estimate_and_changes_nothing() -> None:
    full = grouped([[1, 2, 4], [3, 3], [4, 6], [2]])
    padded = GroupMoments(
        labels=("silent", *full.labels),
        n=np.insert(full.n, 0, 0),
        mean=np.insert(full.mean, 0, np.nan),
        within=np.insert(full.within, 0, 0.0),
        n_missing=np.insert(full.n_missing, 0, 9),
    )
    found = group_estimates(padded)
    np.testing.assert_array_equal(found.groups.value[1:], group_estimates(full).groups.value)
    assert found.groups[0].value is None
    assert found.groups[0].n_missing == 9
    assert Caution.TOO_FEW in found.groups[0].cautions
    assert Caution.TOO_FEW not in found.groups[1].cautions


def test_what_has_no_definition_is_refused() -> None:
    moments = grouped([[1, 2], [2, 3]])
    for refused in (
        lambda: group_estimates(moments, level=0),
        lambda: nested_estimates(moments, ["one"]),
        lambda: comparison_intervals(group_estimates(moments), level=2),
        lambda: single_group_mean(5, 3.0, 1.0, population=4),
        lambda: single_group_mean(5, math.inf, 1.0),
        lambda: single_group_mean(5, 3.0, -1.0),
    ):
        with pytest.raises(UnusableInput):
            refused()
