"""Runs, special causes, icons, readings, which chart fits: rules, properties and degenerate input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from collegium.science.errors import UnusableInput
from collegium.science.improvement.charts import (
    Kind,
    c_chart,
    g_chart,
    p_chart,
    run_chart,
    t_chart,
    u_chart,
    xmr_chart,
)
from collegium.science.improvement.fit import Unfit, check_fit
from collegium.science.improvement.reading import Finding, Judgement, read_series
from collegium.science.improvement.runs import judge_runs, run_limits
from collegium.science.improvement.special_causes import (
    Assurance,
    Good,
    RuleSet,
    Variation,
    assurance,
    judge_points,
    variation,
)

NAN = float("nan")
CALM = [5.0, 6, 5, 4, 5, 6, 4, 5, 6, 4]
POINTS = st.one_of(st.integers(-4, 4).map(float), st.just(NAN))
TABLES = arrays.arrays(np.float64, st.tuples(st.integers(1, 3), st.integers(0, 25)), elements=POINTS)


# --- properties -------------------------------------------------------------------------------------------------------
@given(TABLES)
def test_runs_are_what_counting_by_hand_gives(table: np.ndarray) -> None:
    found = judge_runs(run_chart(table))
    for row, points in enumerate(table):
        known = points[~np.isnan(points)]
        sides = [side for side in np.sign(known - np.median(known)).tolist() if side] if len(known) else []
        runs: list[int] = []
        for place, side in enumerate(sides):
            if place and side == sides[place - 1]:
                runs[-1] += 1
            else:
                runs.append(1)
        assert found.n_useful[row] == len(sides)
        assert found.longest_run[row] == max(runs, default=-1)
        assert found.crossings[row] == len(runs) - 1
        if sides:
            limits = run_limits(len(sides))
            long = [length for length in runs if length > limits.longest_run]
            assert found.in_long_run[row].sum() == sum(long)
            assert found.is_signal[row] == (bool(long) or len(runs) - 1 < limits.fewest_crossings)


@given(TABLES, st.floats(0.5, 3), st.floats(-5, 5))
def test_a_change_of_unit_changes_no_signal(table: np.ndarray, scale: float, move: float) -> None:
    before, after = run_chart(table), run_chart(np.round(table * 4) * scale + move)
    assert judge_runs(before).n_points.tolist() == judge_runs(after).n_points.tolist()
    turned = judge_runs(run_chart(-table))
    assert turned.longest_run.tolist() == judge_runs(before).longest_run.tolist()
    assert turned.crossings.tolist() == judge_runs(before).crossings.tolist()


@given(TABLES)
def test_missing_points_change_no_run(table: np.ndarray) -> None:
    holes = np.insert(table, np.arange(table.shape[1]), NAN, axis=1)
    assert judge_runs(run_chart(holes)).crossings.tolist() == judge_runs(run_chart(table)).crossings.tolist()


@given(TABLES)
def test_each_series_of_a_table_is_as_if_alone(table: np.ndarray) -> None:
    together = xmr_chart(table, screen_ranges=True)
    signals, readings = judge_points(together), read_series(together, good=Good.UP)
    for row, points in enumerate(table):
        alone = xmr_chart(points, screen_ranges=True)
        np.testing.assert_array_equal(together.high[row], alone.high[0])
        np.testing.assert_array_equal(signals.any[row], judge_points(alone).any[0])
        assert readings[row] == read_series(alone, good=Good.UP)[0]


@given(TABLES)
def test_what_comes_after_the_baseline_moves_no_line(table: np.ndarray) -> None:
    later = np.concatenate([table, table + 100], axis=1)
    if not table.shape[1]:
        return
    for make in (run_chart, xmr_chart):
        np.testing.assert_array_equal(make(later, baseline=table.shape[1]).centre[:, 0], make(table).centre[:, 0])


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=20))
def test_limits_of_shares_stay_shares(pairs: list[tuple[int, int]]) -> None:
    counts, of = [min(pair) for pair in pairs], [max(pair) for pair in pairs]
    for prime in (False, True):
        chart = p_chart([counts], [of], prime=prime)
        known = ~np.isnan(chart.low)
        assert (chart.low[known] >= 0).all()
        assert (chart.high[known] <= 1).all()
        assert (chart.low[known] <= chart.centre[known] + 1e-12).all()


# --- degenerate input -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "values", [[], [NAN, NAN], [4.0], [4.0, NAN, 4.0], [3.0] * 15, [0.1] * 13, [[1.0, 2.0], [NAN, NAN]]]
)
def test_too_little_is_no_error(values: list[float]) -> None:
    for make in (run_chart, xmr_chart, c_chart, g_chart, t_chart):
        chart = make(values)
        assert not judge_runs(chart).is_signal.any()
        read_series(chart, good=Good.UP)
        if chart.kind is not Kind.RUN:
            assert not judge_points(chart).any.any() or len(set(np.ravel(values))) > 1


def test_a_constant_series_has_lines_and_no_signal() -> None:
    for screened in (False, True):
        chart = xmr_chart([3.0] * 14, screen_ranges=screened)
        assert (chart.low[0, 0], chart.high[0, 0]) == (3.0, 3.0)
        assert read_series(chart, good=Good.UP)[0].finding is Finding.FLAT
        assert variation(judge_points(chart), good=Good.UP) == (Variation.COMMON,)


def test_one_point_has_no_limits() -> None:
    chart = xmr_chart([4.0])
    assert np.isnan(chart.low).all()
    assert chart.is_provisional[0]
    assert variation(judge_points(chart), good=Good.UP) == (Variation.UNKNOWN,)
    assert read_series(chart, good=Good.UP)[0].finding is Finding.TOO_FEW


def test_a_gap_has_no_moving_range() -> None:
    assert xmr_chart([1, 2, NAN, 50, 51]).high[0, 0] == pytest.approx(26 + 3 / 1.128)
    assert np.isnan(xmr_chart([1, NAN, 3]).high).all()


def test_limits_from_fewer_than_twelve_points_are_provisional() -> None:
    assert xmr_chart(CALM).is_provisional.tolist() == [True]
    assert xmr_chart([*CALM, 5, 6]).is_provisional.tolist() == [False]
    assert xmr_chart([*CALM, 5, 6], baseline=11).is_provisional.tolist() == [True]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: run_chart([1.0, float("inf")]),
        lambda: run_chart(np.zeros((2, 2, 2))),
        lambda: run_chart([1, 2], baseline=0),
        lambda: run_chart([1, 2], baseline=[True]),
        lambda: run_chart([1, 2], baseline=[1, 0]),
        lambda: c_chart([-1, 2]),
        lambda: p_chart([3], [2]),
        lambda: p_chart([1, 1], [2]),
        lambda: u_chart([1], [-2]),
        lambda: u_chart([1], [2], per=0),
        lambda: t_chart([-1]),
        lambda: g_chart([-1]),
        lambda: judge_points(run_chart([1, 2])),
        lambda: assurance(run_chart([1, 2]), target=1, good=Good.UP),
        lambda: RuleSet(name="none", shift=1),
        lambda: check_fit(Kind.P, [1, 2], [1]),
    ],
)
def test_what_no_definition_covers_is_refused(ask: object) -> None:
    with pytest.raises(UnusableInput):
        ask()  # type: ignore[operator]


# --- special causes ---------------------------------------------------------------------------------------------------
def test_each_rule_speaks_where_it_should() -> None:
    base = CALM * 2
    rules = {
        "outside": [12.0],
        "near_limit": [8.0, 5, 8],
        "shift": [5.6, 5.4, 5.5, 5.4, 5.6, 5.4, 5.5],
        "trend": [2.4, 3.0, 3.5, 4.1, 4.6, 5.2, 5.9],
    }
    for rule, points in rules.items():
        chart = xmr_chart([*base, *points], baseline=len(base))
        found = {name: getattr(judge_points(chart), name)[0] for name in rules}
        wanted = [place for place in range(len(base), len(chart.value[0])) if rule != "near_limit" or place != 21]
        assert np.flatnonzero(found.pop(rule) == 1).tolist() == wanted, rule
        assert not any(marks[len(base) :].any() for marks in found.values()), rule


def test_six_of_seven_are_no_shift_unless_the_rules_say_six() -> None:
    chart = xmr_chart([*CALM, 5.5, 5.4, 5.5, 5.4, 5.6, 5.4], baseline=10)
    assert not judge_points(chart).shift.any()
    assert judge_points(chart, rules=RuleSet(name="six", shift=6)).shift[0].tolist() == [0] * 10 + [1] * 6


def test_equal_neighbours_end_a_trend_and_a_point_on_the_mean_ends_a_shift() -> None:
    assert not judge_points(xmr_chart([1, 2, 3, 4, 4, 5, 6, 7])).trend.any()
    assert judge_points(xmr_chart([1, 2, 3, NAN, 4, 5, 6, 7])).trend[0].tolist() == [1, 1, 1, 0, 1, 1, 1, 1]
    shift = [6.0, 6, 6, 5, 6, 6, 6, 6]
    assert not judge_points(xmr_chart([4, 6, 5, 4, 6, *shift], baseline=5)).shift.any()


def test_icons_say_what_the_newest_point_says() -> None:
    chart = xmr_chart([*CALM, 12], baseline=10)
    signals = judge_points(chart)
    assert [variation(signals, good=good)[0] for good in Good] == [
        Variation.IMPROVEMENT_HIGH,
        Variation.CONCERN_HIGH,
        Variation.NEITHER_HIGH,
    ]
    assert variation(judge_points(xmr_chart([*CALM, 12, 5], baseline=10)), good=Good.UP) == (Variation.COMMON,)
    low, high = float(chart.low[0, 0]), float(chart.high[0, 0])
    for good, target, wanted in (
        (Good.UP, low - 0.1, Assurance.PASSING),
        (Good.UP, high + 0.1, Assurance.FAILING),
        (Good.UP, 5, Assurance.HIT_OR_MISS),
        (Good.DOWN, high + 0.1, Assurance.PASSING),
        (Good.DOWN, low - 0.1, Assurance.FAILING),
        (Good.DOWN, 5, Assurance.HIT_OR_MISS),
        (Good.NEITHER, 5, Assurance.NO_TARGET),
    ):
        assert assurance(chart, target=target, good=good) == (wanted,)
    assert assurance(chart, target=None, good=Good.UP) == (Assurance.NO_TARGET,)
    assert assurance(xmr_chart([4.0]), target=3, good=Good.UP) == (Assurance.UNKNOWN,)


# --- readings ---------------------------------------------------------------------------------------------------------
def test_a_shift_is_told_with_where_it_is_and_what_it_means() -> None:
    months = [4.0, 6, 5, 7, 4, 6, 5, 6, 9, 9, 8, 9, 10, 9, 8, 9]
    found = read_series(run_chart(months, baseline=8), good=Good.DOWN)[0]
    assert (found.finding, found.judgement, found.is_above) == (Finding.SHIFT, Judgement.WORSE, True)
    assert (found.first, found.last, found.length, found.is_current) == (7, 15, 9, True)
    after = read_series(run_chart([*months, 3, 5], baseline=8), good=Good.UP)[0]
    assert (after.last, after.is_current, after.judgement) == (15, False, Judgement.BETTER)


def test_two_long_runs_are_told_by_the_newer_one() -> None:
    first, second = [9.0] * 10, [9.0] * 9
    found = read_series(
        run_chart([1, 9, *first, 1, *second, 1, 9, 1, 5], baseline=[True] * 2 + [False] * 24), good=Good.UP
    )
    assert (found[0].finding, found[0].first, found[0].length) == (Finding.SHIFT, 13, 9)


def test_other_findings() -> None:
    slow = [1.0, 2, 3, 4, 5, 5.5, 6, 5, 4, 3, 9, 10, 11, 12, 13, 12, 11, 10, 9, 8]
    assert read_series(run_chart(slow), good=Good.UP)[0].finding in {Finding.RARELY_CROSSES, Finding.SHIFT}
    outside = read_series(xmr_chart([*CALM, 12, 5, 4], baseline=10), good=Good.NEITHER)[0]
    assert (outside.finding, outside.first, outside.judgement) == (Finding.OUTSIDE, 10, Judgement.DIFFERENT)
    assert read_series(run_chart(CALM * 2), good=Good.UP)[0].finding is Finding.STEADY
    assert read_series(run_chart([1, 2, 1, 3]), good=Good.UP)[0].finding is Finding.TOO_FEW
    assert read_series(run_chart([NAN]), good=Good.UP)[0].finding is Finding.EMPTY


# --- which chart fits -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "values", "of", "reason", "instead"),
    [
        (Kind.P, [3, 5], None, Unfit.NO_DENOMINATOR, Kind.C),
        (Kind.P, [3.5, 5], None, Unfit.NO_DENOMINATOR, Kind.XMR),
        (Kind.P, [3, 12], [10, 10], Unfit.ABOVE_DENOMINATOR, Kind.U),
        (Kind.P, [3.5, 1], [10, 10], Unfit.NOT_WHOLE, Kind.XMR),
        (Kind.C, [-3, 1], None, Unfit.NEGATIVE, Kind.XMR),
        (Kind.G, [0.5, 1], None, Unfit.NOT_WHOLE, Kind.XMR),
        (Kind.XMR, [3, NAN], None, Unfit.NO_NEIGHBOURS, Kind.RUN),
        (Kind.T, [3], None, Unfit.NO_NEIGHBOURS, Kind.RUN),
        (Kind.C, [0, 0, 0, 1], None, Unfit.MOSTLY_ZERO, Kind.T),
        (Kind.P, [900, 100] * 6, [1000] * 12, Unfit.VARIES_MORE, Kind.P_PRIME),
        (Kind.U, [900, 100] * 6, [1000] * 12, Unfit.VARIES_MORE, Kind.U_PRIME),
        (Kind.C, [90, 10] * 6, None, Unfit.VARIES_MORE, Kind.XMR),
        (Kind.RUN, [NAN], None, Unfit.NO_POINTS, None),
        (Kind.P, [], [], Unfit.NO_POINTS, None),
    ],
)
def test_a_chart_that_does_not_fit_says_why_and_which_one_does(
    kind: Kind, values: list[float], of: list[float] | None, reason: Unfit, instead: Kind | None
) -> None:
    found = check_fit(kind, values, of)
    assert (found.is_fit, found.reasons[0], found.instead) == (False, reason, instead)


def test_a_chart_that_fits_has_nothing_against_it() -> None:
    assert check_fit(Kind.P, [3, 5], [10, 12]).is_fit
    assert check_fit(Kind.RUN, [3]).is_fit
    assert check_fit(Kind.XMR, [3, -4.5]).is_fit
    assert check_fit(Kind.U, [3, NAN, 4], [1.5, 2, NAN]).is_fit


# --- chance -----------------------------------------------------------------------------------------------------------
def test_false_signals_are_as_rare_as_the_method_pages_say() -> None:
    noise = np.random.default_rng(8).normal(size=(4000, 24))
    runs = judge_runs(run_chart(noise))
    assert 0.01 < runs.is_signal.mean() < 0.06
    any_rule = judge_points(xmr_chart(noise)).any.any(axis=1).mean()
    assert 0.12 < any_rule < 0.22
