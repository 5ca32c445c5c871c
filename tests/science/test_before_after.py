"""Before and after in one place: against Welch's test, a hand-worked share, and what cannot be said."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from collegium.science.errors import UnusableInput
from collegium.science.improvement.before_after import Scale, before_after

VALUES = [5.0, 6.5, 5.2, 4.1, 7.0, 8.3, 9.9, 8.8, 7.1]


def test_of_averages_it_is_welch() -> None:
    found = before_after(VALUES, None, changed=4)
    test = stats.ttest_ind(VALUES[4:], VALUES[:4], equal_var=False)
    assert found.value is not None
    assert found.variance is not None
    assert found.value / math.sqrt(found.variance) == pytest.approx(test.statistic, rel=1e-12)
    assert (found.before, found.after) == (np.mean(VALUES[:4]), pytest.approx(np.mean(VALUES[4:])))


def test_of_shares_by_hand() -> None:
    # Before 2/10, 4/10, 3/10, 3/10: level 0.3; residuals -1, 1, 0, 0; 2 * 4/3 / 1600 is less than 0.21 / 40.
    found = before_after([2, 4, 3, 3, 9, 1, 9, 1], [10] * 8, changed=4)
    # After: level 0.5; residuals 4, -4, 4, -4; 64 * 4/3 / 1600 is more than 0.25 / 40.
    assert found.value == pytest.approx(0.2)
    assert found.variance == pytest.approx(0.21 / 40 + 64 * 4 / 3 / 1600)


def test_shares_of_everybody_are_not_certain() -> None:
    found = before_after([10] * 8, [10] * 8, changed=4)
    assert found.value == 0
    assert found.variance is not None
    assert found.variance > 0


def test_counts_have_at_least_the_variance_of_chance() -> None:
    found = before_after([9] * 4 + [18] * 4, None, changed=4, scale=Scale.LOG_RATIO, counts=True)
    assert found.value == pytest.approx(math.log(2))
    assert found.variance == pytest.approx(1 / 36 + 1 / 72)
    rate = before_after([9] * 4 + [18] * 4, [3] * 8, changed=4, scale=Scale.LOG_RATIO, counts=True)
    assert (rate.before, rate.after) == (3, 6)
    assert rate.variance == pytest.approx(found.variance)


@pytest.mark.parametrize(
    ("values", "changed", "scale"),
    [
        ([1, 2, 3, 4, 5, 6, 7], 4, Scale.DIFFERENCE),
        ([1, 2, 3, math.nan, 5, 6, 7, 8], 4, Scale.DIFFERENCE),
        ([], 0, Scale.DIFFERENCE),
        ([5] * 8, 4, Scale.DIFFERENCE),
        ([0] * 4 + [3, 4, 5, 6], 4, Scale.LOG_RATIO),
    ],
    ids=["three after", "three known before", "nothing", "no variance", "ratio to nothing"],
)
def test_where_nothing_can_be_said_there_is_no_value(values: list[float], changed: int, scale: Scale) -> None:
    found = before_after(values, None, changed=changed, scale=scale)
    assert (found.value, found.variance) == (None, None)


def test_missing_ones_count_on_no_side() -> None:
    gaps = [*VALUES[:2], math.nan, *VALUES[2:], math.nan]
    assert before_after(gaps, None, changed=5) == before_after(VALUES, None, changed=4)


@pytest.mark.parametrize(
    ("values", "under", "changed"),
    [([1, 2], [1], 1), ([1, math.inf], None, 1), ([1, 2], [1, 0], 1), ([1, 2], None, 3)],
    ids=["lengths", "infinite", "of nothing", "no place"],
)
def test_what_is_no_series_is_refused(values: list[float], under: list[float] | None, changed: int) -> None:
    with pytest.raises(UnusableInput):
        before_after(values, under, changed=changed)
