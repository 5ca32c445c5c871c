"""Intervals and favourable shares beside what else is shown: no attacker who knows the rules learns more from them."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.disclosure.favourable import release_favourable
from collegium.science.disclosure.release import release_mean, release_shares
from collegium.science.disclosure.spread import release_interval, release_spread
from collegium.science.errors import UnusableInput
from tests.science.test_release import answers


@pytest.mark.parametrize(("options", "largest", "places"), [(3, 22, {2}), (4, 15, {2, 3}), (5, 12, {3, 4})])
@pytest.mark.parametrize("k", [3, 5])
def test_shares_and_favourable_together_leave_open_what_must_be(
    options: int, largest: int, places: set[int], k: int
) -> None:
    for n in range(2 * k, largest + 1):
        alone, beside = defaultdict(list), defaultdict(list)
        for each in answers(n, options):
            shares = release_shares(each, k=k)
            alone[shares].append(each)
            beside[shares, release_favourable(each, places, k=k)].append(each)
        for (shares, favourable), possible in beside.items():
            for option in range(options):
                assert stays_open([each[option] for each in possible], n, k), (shares, favourable)
            good = [sum(each[place] for place in places) for each in possible]
            # What the options tell of the favourable ones together, they tell without the new figure.
            before = [sum(each[place] for place in places) for each in alone[shares]]
            assert stays_open(good, n, k) or not stays_open(before, n, k), (shares, favourable)


def stays_open(counts: list[int], n: int, k: int) -> bool:
    return (
        set(counts) != {n}
        and any(not 0 < count < k for count in counts)
        and any(not 0 < n - count < k for count in counts)
    )


@given(st.lists(st.integers(0, 300), min_size=3, max_size=6), st.integers(3, 8))
def test_the_favourable_share_holds_the_truth(counts: list[int], k: int) -> None:
    places = {len(counts) - 1, len(counts) - 2}
    found = release_favourable(counts, places, k=k)
    if found is not None:
        truth = sum(counts[place] for place in places) / sum(counts)
        assert found.low - 1e-9 <= truth <= found.high + 1e-9
        assert 0 <= found.low <= found.value <= found.high <= 1 or found.band is not None


def test_favourable_places_must_be_some_of_the_options() -> None:
    for places in (set(), {0, 1, 2}, {3}):
        with pytest.raises(UnusableInput):
            release_favourable([10, 10, 10], places)


# --- spread -----------------------------------------------------------------------------------------------------------
@given(st.integers(2, 60), st.integers(3, 8))
def test_all_alike_and_a_few_apart_have_the_same_spread(n: int, k: int) -> None:
    for few in range(min(k - 1, n // 2) + 1):
        assert release_spread(few * (n - few) / n, n, k=k) == release_spread(0.0, n, k=k)


def test_a_single_item_of_few_people_has_a_spread_that_hangs_on_nothing() -> None:
    found = {release_spread(within, 9, options=5) for within in (0.0, 3.5, 36.0)}
    assert found == {16.0}
    assert release_spread(30.0, 20, options=5) == 30.0


def test_mean_and_interval_of_few_people_tell_no_more_than_the_mean() -> None:
    """All ways in which eight people answer a single item: who sees the interval knows what the mean told already."""
    told = defaultdict(set)
    for each in product(range(1, 6), repeat=4):
        values = [*each, *each[::-1]]
        mean = sum(values) / 8
        within = sum((value - mean) ** 2 for value in values)
        shown = release_mean(mean, 8, lowest=1, highest=5).mean
        half = (release_spread(within, 8, options=5) / 7 / 8) ** 0.5
        told[shown].add(release_interval(shown, half, lowest=1, highest=5))
    assert all(len(intervals) == 1 for intervals in told.values())


@given(st.floats(1, 5), st.integers(6, 400), st.floats(0, 3))
def test_the_interval_holds_the_mean_as_shown(mean: float, n: int, half: float) -> None:
    shown = release_mean(mean, n, lowest=1, highest=5).mean
    assert shown is not None
    found = release_interval(shown, half, lowest=1, highest=5)
    assert (found is None) == (shown.band is not None)
    if found is not None:
        assert 1 <= found.low <= shown.value <= found.high <= 5
        assert found.high - found.low >= min(2 * half, found.high - 1, 5 - found.low) - 1e-6


def test_nothing_shown_has_no_interval() -> None:
    assert release_interval(None, 0.3, lowest=1, highest=5) is None
    assert release_interval(release_mean(3.0, 20, lowest=1, highest=5).mean, None, lowest=1, highest=5) is None


@pytest.mark.parametrize(
    ("within", "n", "options", "k"), [(-1.0, 5, None, 5), (float("nan"), 5, None, 5), (1.0, 5, 1, 5), (1.0, 5, None, 2)]
)
def test_what_is_no_spread_is_refused(within: float, n: int, options: int | None, k: int) -> None:
    with pytest.raises(UnusableInput):
        release_spread(within, n, options=options, k=k)


def test_half_a_width_below_zero_is_refused() -> None:
    with pytest.raises(UnusableInput):
        release_interval(release_mean(3.0, 20, lowest=1, highest=5).mean, -0.1, lowest=1, highest=5)
