"""Change between waves against scipy's own tests, by simulation, and at the edges."""

from __future__ import annotations

import itertools
import math
import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from collegium.science.errors import UnusableInput
from collegium.science.measurement.change import (
    Change,
    Verdict,
    Wave,
    benjamini_hochberg,
    judge_changes,
    wave_difference,
)
from collegium.science.results import Caution

ANSWERS = st.lists(st.integers(1, 5), min_size=2, max_size=30)


def wave(values: list[float] | list[int] | np.ndarray, population: int | None = None) -> Wave:
    array = np.asarray(values, dtype=float)
    return Wave(
        n=len(array), mean=array.mean(), within=float(((array - array.mean()) ** 2).sum()), population=population
    )


def test_the_published_example_comes_out() -> None:
    """Student's sleep data: R's Welch test gives p = 0.07939, interval -3.3654832 to 0.2054832."""
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = wave_difference(wave(first), wave(second))
    assert found.p == pytest.approx(0.07939414, abs=1e-8)
    assert found.difference.interval is not None
    assert (found.difference.interval.low, found.difference.interval.high) == pytest.approx(
        (-0.2054832, 3.3654832), abs=1e-7
    )


@given(ANSWERS, ANSWERS)
def test_wave_difference_is_welchs_test(before: list[int], after: list[int]) -> None:
    found = wave_difference(wave(before), wave(after))
    if len(set(before)) == len(set(after)) == 1:
        assert found.p is None
        assert Caution.NO_VARIANCE in found.difference.cautions
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # scipy warns where one wave does not vary
        expected = stats.ttest_ind(after, before, equal_var=False)
        interval = expected.confidence_interval(0.95)
    assert found.p == pytest.approx(expected.pvalue, rel=1e-9, abs=1e-12)
    assert found.difference.interval is not None
    assert found.difference.interval.low == pytest.approx(interval.low, rel=1e-9, abs=1e-9)
    assert found.difference.interval.high == pytest.approx(interval.high, rel=1e-9, abs=1e-9)


@given(ANSWERS, ANSWERS)
def test_going_back_turns_the_sign(before: list[int], after: list[int]) -> None:
    there, back = wave_difference(wave(before), wave(after)), wave_difference(wave(after), wave(before))
    assert there.p == back.p or there.p == pytest.approx(back.p)
    assert there.difference.value == pytest.approx(-back.difference.value, abs=1e-12)


def test_most_of_a_small_staff_narrows_the_interval_and_says_so() -> None:
    before, after = [1, 2, 3, 4, 5, 3], [3, 4, 5, 5, 4, 4]
    plain = wave_difference(wave(before), wave(after)).difference
    half = wave_difference(wave(before, 12), wave(after, 12)).difference
    most = wave_difference(wave(before, 8), wave(after, 8)).difference
    assert plain.interval is not None
    assert most.interval is not None
    assert half.interval == plain.interval
    widths = [each.high - each.low for each in (most.interval, plain.interval)]
    assert widths[0] == pytest.approx(widths[1] * math.sqrt(1 - 6 / 8))
    assert most.cautions == (Caution.FINITE_POPULATION,)


def test_a_census_of_both_waves_leaves_nothing_to_chance() -> None:
    found = wave_difference(wave([1, 2, 3], 3), wave([2, 3, 4], 3))
    assert (found.difference.value, found.p) == (1.0, 0.0)
    assert found.difference.cautions == (Caution.CENSUS,)
    assert judge_changes([found])[0].verdict is Verdict.UP
    same = wave_difference(wave([1, 2, 3], 3), wave([3, 2, 1], 3))
    assert judge_changes([same])[0].verdict is Verdict.UNCLEAR


def test_where_a_part_of_the_variance_lasts_only_that_part_is_corrected() -> None:
    before, after = [1, 2, 3, 4, 5, 3], [3, 4, 5, 5, 4, 4]
    plain = wave_difference(wave(before), wave(after)).difference.interval
    half = wave_difference(*(replace(wave(each, 6), lasting=0.5) for each in (before, after)))
    found = half.difference.interval
    assert plain is not None
    assert found is not None
    assert found.high - found.low == pytest.approx((plain.high - plain.low) * math.sqrt(0.5))
    assert half.difference.cautions == (Caution.FINITE_POPULATION,)
    with pytest.raises(UnusableInput):
        replace(wave(before), lasting=1.1)


# --- many at once -----------------------------------------------------------------------------------------------------
P_VALUES = st.lists(st.floats(0, 1), max_size=40)


@given(P_VALUES)
def test_benjamini_hochberg_is_that_of_scipy(p_values: list[float]) -> None:
    found = benjamini_hochberg(p_values)
    expected = stats.false_discovery_control(p_values, method="bh") if p_values else []
    assert list(found) == pytest.approx(list(expected), rel=1e-9)


@given(P_VALUES, st.randoms())
def test_adjusting_keeps_the_order_and_never_lowers(p_values: list[float], random: object) -> None:
    found = benjamini_hochberg(p_values)
    pairs = sorted(zip(p_values, found, strict=True))
    assert all(p <= adjusted <= 1 for p, adjusted in pairs)
    assert all(one[1] <= other[1] for one, other in itertools.pairwise(pairs))


def test_the_published_fifteen_p_values_give_four_rejections() -> None:
    """Benjamini and Hochberg (1995), section 4.1: at 5% the four smallest are rejected."""
    p_values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    p_values += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert sum(p <= 0.05 for p in benjamini_hochberg(p_values)) == 4


@given(st.lists(st.tuples(ANSWERS, ANSWERS), min_size=1, max_size=8))
def test_a_clear_change_has_an_interval_on_one_side_of_nothing(pages: list[tuple[list[int], list[int]]]) -> None:
    changes = [wave_difference(wave(before), wave(after)) for before, after in pages]
    for judged in judge_changes(changes):
        interval = judged.change.difference.interval
        if judged.verdict is not Verdict.UNCLEAR:
            assert interval is not None
            assert interval.low > -1e-12 if judged.verdict is Verdict.UP else interval.high < 1e-12


def test_where_nothing_changed_few_pages_say_that_something_did() -> None:
    generator = np.random.default_rng(7)
    wrong = 0
    for _ in range(300):
        changes = [wave_difference(*(wave(generator.integers(1, 6, 25)) for _ in range(2))) for _ in range(8)]
        wrong += any(judged.verdict is not Verdict.UNCLEAR for judged in judge_changes(changes))
    assert wrong <= 300 * 0.05 + 3 * math.sqrt(300 * 0.05 * 0.95)


# --- the edges --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("n", "value"), [(0, None), (1, 1.0)])
def test_too_few_answers_cannot_tell(n: int, value: float | None) -> None:
    alone = Wave(n=n, mean=4.0 if n else math.nan, within=0.0)
    found = wave_difference(wave([2, 3, 4]), alone)
    assert found.difference.value == value
    assert found.difference.interval is found.p is None
    assert Caution.TOO_FEW in found.difference.cautions
    assert judge_changes([found])[0].verdict is Verdict.UNCLEAR


def test_what_cannot_be_judged_does_not_count_among_the_many() -> None:
    clear = wave_difference(wave([1, 2] * 10), wave([4, 5] * 10))
    unknown = Change(difference=wave_difference(wave([1, 1]), wave([2, 2])).difference, p=None)
    judged = judge_changes([unknown, clear, unknown])
    assert [each.verdict for each in judged] == [Verdict.UNCLEAR, Verdict.UP, Verdict.UNCLEAR]
    assert judged[1].p_adjusted == clear.p
    assert judge_changes([]) == ()


def test_what_has_no_definition_is_refused() -> None:
    for refused in (
        lambda: Wave(n=5, mean=math.nan, within=1.0),
        lambda: Wave(n=5, mean=3.0, within=math.inf),
        lambda: Wave(n=5, mean=3.0, within=1.0, population=4),
        lambda: benjamini_hochberg([0.1, math.nan]),
        lambda: judge_changes([], rate=5),
        lambda: wave_difference(wave([1, 2]), wave([1, 2]), level=95),
    ):
        with pytest.raises(UnusableInput):
            refused()
