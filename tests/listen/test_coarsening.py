"""A mean beside earlier pages, as it is drawn: the whole of its stretch, with an interval that stays on the scale."""

from __future__ import annotations

import pytest

from collegium.listen.publishing.coarsening import interval_on, is_coarse, mean_on
from collegium.science.disclosure.beside import Stretch
from collegium.science.disclosure.release import ReleasedMean, Shown
from collegium.science.results import Interval

MEAN = ReleasedMean(n=40, mean=Shown(value=1.6, low=1.55, high=1.65))
AROUND = Interval(low=1.3, high=1.9, level=0.95)


def stretch(low: float, high: float) -> Stretch:
    return Stretch(low=low, high=high, lowest=1.0, highest=5.0)


def test_inside_a_stretch_a_mean_is_the_whole_of_it_and_its_interval_as_wide_around_that() -> None:
    found = mean_on(MEAN, stretch(1.4, 2.2))
    assert found.mean == Shown(value=1.8, low=1.4, high=2.2)
    assert is_coarse(found)
    around = interval_on(AROUND, MEAN, stretch(1.4, 2.2))
    assert around is not None
    assert (around.low, around.high) == pytest.approx((1.1, 2.5))


def test_the_interval_does_not_leave_the_scale() -> None:
    around = interval_on(AROUND, MEAN, stretch(1.0, 2.0))
    assert around is not None
    assert (around.low, around.high) == pytest.approx((1.0, 2.3))


def test_outside_of_it_nothing_changes_and_one_too_wide_hides_both() -> None:
    assert mean_on(MEAN, stretch(2.0, 3.0)) == MEAN
    assert interval_on(AROUND, MEAN, stretch(2.0, 3.0)) == AROUND
    assert not is_coarse(MEAN)
    assert mean_on(MEAN, stretch(1.0, 3.0)).mean is None
    assert interval_on(AROUND, MEAN, stretch(1.0, 3.0)) is None
