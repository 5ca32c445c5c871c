"""Early warnings where nothing has changed: how often chance alone gives one, by the demo's model. No database."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from scipy import stats

from collegium.base.indicators import Reading
from collegium.guide.moves.shipped_files import get_shipped
from collegium.listen.indicators import Z, mean_of, tell_smaller_difference
from collegium.listen.reporting import report_view
from tests.listen.test_false_claims import World

SCHOOLS = [(60, 0.8), (60, 1.0), (30, 0.9), (14, 0.85)]
STATED = 0.02  # docs/explanation/early-warnings.md
SURE = 0.999  # how often chance alone may fail the test: one time in a thousand


def trust_of(world: World, rate: float) -> tuple[float, float] | None:
    """Return the trust that would be published of one more wave, with half its interval."""
    survey = world.wave(rate)
    return mean_of(report_view(survey, "hill", asked=len(world.people["hill"])), "trust")


@pytest.mark.slow
def test_trust_that_did_not_change_is_hardly_ever_said_to_fall() -> None:
    warning = get_shipped("trust_is_falling")
    false, tried = 0, 0
    for size, rate in SCHOOLS:
        for seed in range(60):
            world = World(seed * 1000 + size, {"hill": size})
            means = [mean for _number in range(3) if (mean := trust_of(world, rate)) is not None]
            if len(means) < 3:
                continue
            value, interval = tell_smaller_difference(means)
            tried += 1
            false += warning.holds({"listen.trust_fall": Reading(value=value, interval=interval)})
    assert tried > 200
    assert false <= stats.binom.ppf(SURE, tried, STATED), f"{false} of {tried}"


@pytest.mark.slow
def test_trust_that_fell_as_at_thornmere_is_nearly_always_said_to_fall() -> None:
    warning = get_shipped("trust_is_falling")
    found = 0
    for seed in range(40):
        before, after = World(seed, {"hill": 60}), World(seed, {"hill": 60}, middle=3.0)
        means = [trust_of(world, 0.8) for world in (before, after, after)]
        value, interval = tell_smaller_difference([mean for mean in means if mean is not None])
        found += warning.holds({"listen.trust_fall": Reading(value=value, interval=interval)})
    assert found >= 36


def test_who_answers_as_chance_has_it_is_hardly_ever_said_to_drop() -> None:
    """Schools of the demo's sizes, in which everybody answers with the same chance each time; half of the time a term
    apart in luck: between 72 and 90 in a hundred, as the demo draws it anew for every wave."""
    warning = get_shipped("participation_drops")
    dice = np.random.default_rng(2005)
    rates = {"steady": lambda: 0.8, "as in the demo": lambda: dice.uniform(0.72, 0.90)}
    for name, rate in rates.items():
        false = 0
        for _number in range(2000):
            asked = int(dice.choice([30, 40, 60]))
            now, before = (dice.binomial(asked, rate()) / asked for _wave in range(2))
            half = Z * sqrt(now * (1 - now) / asked + before * (1 - before) / asked)
            change = now - before
            false += warning.holds(
                {"listen.participation_change": Reading(value=change, interval=(change - half, change + half))}
            )
        assert false <= stats.binom.ppf(SURE, 2000, STATED), f"{name}: {false} of 2000"
