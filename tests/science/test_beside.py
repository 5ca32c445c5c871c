"""Means beside published ones: a mean of lasting opinions stays inside the stretch, whatever those who moved think."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.disclosure.beside import EarlierMean, Stretch, stretch_beside
from collegium.science.disclosure.release import Shown, release_mean
from collegium.science.errors import UnusableInput

K = 5
answers = st.lists(st.integers(1, 5), min_size=6, max_size=60)


@given(answers, st.lists(st.integers(1, 5), max_size=3), st.integers(0, 3), st.data())
def test_a_mean_that_only_those_who_moved_changed_is_always_inside(
    then: list[int], joined: list[int], left: int, data: st.DataObject
) -> None:
    left = min(left, len(then) - K)
    stayed = data.draw(st.permutations(then))[left:]
    now = stayed + joined
    moved = left + len(joined)
    before = release_mean(sum(then) / len(then), len(then), lowest=1, highest=5, k=K)
    after = release_mean(sum(now) / len(now), len(now), lowest=1, highest=5, k=K)
    assert before.mean is not None
    earlier = EarlierMean(mean=before.mean, n=len(then), moved=moved)
    found = stretch_beside([earlier], n=len(now), lowest=1, highest=5, k=K)
    if not 0 < moved < K:
        assert found is None
        return
    assert found is not None
    assert after.mean is not None
    assert found.holds(after.mean)
    # Words for an end, inside or outside, tell no more than the stretch does.
    if after.mean.band is not None:
        assert found.low <= after.mean.low + 1e-9
        assert after.mean.high <= found.high + 1e-9


def mean(value: float, n: int, moved: int) -> EarlierMean:
    return EarlierMean(mean=Shown(value=value, low=value - 0.05, high=value + 0.05), n=n, moved=moved)


def test_it_is_all_that_those_who_moved_could_do_and_half_a_step() -> None:
    found = stretch_beside([mean(3.0, 40, 2)], n=41, lowest=1, highest=5, k=K)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((2.7, 3.3))
    assert not found.is_hidden


def test_two_earlier_means_make_one_stretch() -> None:
    found = stretch_beside([mean(3.0, 40, 2), mean(3.4, 40, 1)], n=40, lowest=1, highest=5, k=K)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((2.7, 3.6))


def test_too_wide_a_stretch_hides_whatever_the_mean_is() -> None:
    found = stretch_beside([mean(3.0, 12, 3)], n=12, lowest=1, highest=5, k=K)
    assert found is not None
    assert found.is_hidden


def test_it_takes_in_the_words_for_an_end_that_it_touches() -> None:
    found = stretch_beside([mean(4.72, 60, 2)], n=60, lowest=1, highest=5, k=K)
    assert found is not None
    assert found.high == 5
    nearly = release_mean(4.97, 60, lowest=1, highest=5, k=K).mean
    assert nearly is not None
    assert found.holds(nearly)
    assert not Stretch(low=2.0, high=3.0, lowest=1.0, highest=5.0).holds(nearly)


@pytest.mark.parametrize(
    "asked",
    [
        {"earlier": [], "n": 0},
        {"earlier": [], "n": 9, "k": 2},
        {"earlier": [], "n": 9, "highest": 1},
        {"earlier": [mean(3.0, 0, 1)], "n": 9},
        {"earlier": [mean(3.0, 9, -1)], "n": 9},
    ],
)
def test_what_are_no_counts_is_refused(asked: dict[str, object]) -> None:
    with pytest.raises(UnusableInput):
        stretch_beside(**{"lowest": 1, "highest": 5, **asked})
