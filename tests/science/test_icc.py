"""ICC(1) and ICC(2) against R, against the sums of squares of the values, and at the edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.errors import UnusableInput
from collegium.science.measurement.groups import GroupMoments
from collegium.science.measurement.icc import group_reliability, one_way
from collegium.science.results import Caution
from tests.science import golden

VARIABLES = [
    pytest.param(name, variable, id=f"{name}-{variable}")
    for name in golden.cases("icc")
    for variable in golden.case("icc", name)["input"]["variables"]
]


@pytest.mark.parametrize(("name", "variable"), VARIABLES)
def test_group_reliability_is_that_of_r(name: str, variable: str) -> None:
    case = golden.case("icc", name)
    table = golden.rows(golden.FOLDER / case["input"]["csv"])
    values = golden.numbers(table, variable)
    kept = ~np.isnan(values)
    labels = [row[case["input"]["group"][0]] for row, keep in zip(table, kept, strict=True) if keep]
    groups = GroupMoments.from_values(values[kept], labels)
    expected, found, anova = case["outputs"][variable], group_reliability(groups), one_way(groups)
    pairs = {
        "N": anova.n,
        "K": anova.groups,
        "nbar": anova.n_bar,
        "n0": anova.n_0,
        "MSB": anova.between,
        "MSW": anova.within,
        "F": anova.f,
        "ICC1_n0": found.icc1.value,
        "ICC1_nbar": found.icc1_n_bar.value,
        "ICC2": found.icc2.value,
    }
    for key, value in pairs.items():
        assert value == pytest.approx(expected[key], rel=1e-9), key
    assert anova.p == pytest.approx(expected["p"], rel=1e-6)  # so small that R's own last digits differ
    assert found.icc1.interval is not None
    assert (found.icc1.interval.low, found.icc1.interval.high) == pytest.approx(
        (expected["ICC1_n0_ci95_F"]["lower"], expected["ICC1_n0_ci95_F"]["upper"]), rel=1e-9
    )
    assert (Caution.NEGATIVE in found.icc1.cautions) == (expected["ICC1_n0"] < 0)


GROUPS = st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=8), min_size=2, max_size=8)


def grouped(groups: list[list[int]]) -> GroupMoments:
    values = [value for group in groups for value in group]
    return GroupMoments.from_values(values, [str(place) for place, group in enumerate(groups) for _ in group])


@given(GROUPS)
def test_the_mean_squares_add_up_to_the_whole(groups: list[list[int]]) -> None:
    table = one_way(grouped(groups))
    values = np.concatenate([np.array(group, dtype=float) for group in groups])
    whole = float(((values - values.mean()) ** 2).sum())
    assert table.between is not None
    parts = table.between * (table.groups - 1) + (table.within or 0) * (table.n - table.groups)
    assert parts == pytest.approx(whole, abs=1e-9)


@given(GROUPS, st.floats(-5, 5), st.floats(0.5, 3))
def test_moving_and_stretching_the_scale_changes_nothing(groups: list[list[int]], move: float, stretch: float) -> None:
    first = grouped(groups)
    second = GroupMoments(
        labels=first.labels,
        n=first.n,
        mean=first.mean * stretch + move,
        within=first.within * stretch**2,
        n_missing=first.n_missing,
    )
    one, other = group_reliability(first), group_reliability(second)
    if one.table.between and one.table.between > 1e-9 and one.icc1.value is not None:
        assert other.icc1.value == pytest.approx(one.icc1.value, abs=1e-9)
        assert other.icc2.value == pytest.approx(one.icc2.value, rel=1e-6)


@given(GROUPS)
def test_the_interval_holds_the_value(groups: list[list[int]]) -> None:
    found = group_reliability(grouped(groups))
    for estimate in (found.icc1, found.icc2):
        if estimate.interval is not None and estimate.value is not None:
            assert estimate.interval.low <= estimate.interval.high


# --- the edges --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("groups", "caution"),
    [
        ([[1, 2, 3]], Caution.ONE_GROUP),
        ([[1], [2], [3]], Caution.ONLY_SINGLES),
        ([[2, 2], [2, 2]], Caution.NO_VARIANCE),
    ],
)
def test_what_cannot_be_known_has_no_value(groups: list[list[int]], caution: Caution) -> None:
    found = group_reliability(grouped(groups))
    for estimate in (found.icc1, found.icc1_n_bar, found.icc2):
        assert estimate.value is None
        assert estimate.interval is None
        assert caution in estimate.cautions


def test_agreement_inside_every_group_is_1_without_an_interval() -> None:
    found = group_reliability(grouped([[1, 1], [2, 2, 2], [5]]))
    assert (found.icc1.value, found.icc2.value) == (1.0, 1.0)
    assert found.icc1.interval is None
    assert found.icc1.cautions == (Caution.NO_VARIANCE_WITHIN,)


def test_equal_means_leave_icc2_undefined() -> None:
    found = group_reliability(grouped([[1, 3], [2, 2], [0, 4]]))
    assert found.icc2.value is None
    assert found.icc1.value == pytest.approx(-1)


def test_groups_without_answers_are_left_out() -> None:
    full = grouped([[1, 2, 4], [3], [4, 6], [2]])
    padded = GroupMoments(
        labels=(*full.labels, "silent"),
        n=np.append(full.n, 0),
        mean=np.append(full.mean, np.nan),
        within=np.append(full.within, 0.0),
        n_missing=np.append(full.n_missing, 7),
    )
    assert group_reliability(padded).icc1.value == group_reliability(full).icc1.value
    assert group_reliability(padded).icc1.n_missing == 7


def test_no_groups_have_no_value() -> None:
    assert group_reliability(GroupMoments.from_values([], [])).icc1.value is None


def test_a_level_outside_its_range_is_refused() -> None:
    with pytest.raises(UnusableInput):
        group_reliability(grouped([[1, 2], [2, 3]]), level=95)
