"""Random webs keep what they promise, reach every web equally often, and are the same for the same seed."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.errors import UnusableInput
from collegium.science.networks.chance import Chance, compare_with_chance, random_networks
from collegium.science.networks.cohesion import transitivity
from collegium.science.networks.network import Network
from collegium.science.networks.values import ChanceComparison
from collegium.science.networks.whole import degree_centralisation, density, reciprocity
from tests.science import webs


@given(webs.networks(silent=True), st.sampled_from(Chance), st.integers(0, 100))
def test_random_webs_keep_what_they_promise(web: Network, chance: Chance, seed: int) -> None:
    drawn = list(random_networks(web, chance=chance, draws=3, seed=seed))
    again = list(random_networks(web, chance=chance, draws=3, seed=seed))
    assert [one.digest for one in drawn] == [one.digest for one in again]
    for one in drawn:
        assert (one.n, len(one), one.n_answered) == (web.n, len(web), web.n_answered)
        if chance != Chance.SAME_DENSITY:
            assert one.out_degree.tolist() == web.out_degree.tolist()
        if chance == Chance.SAME_DEGREES:
            assert one.in_degree.tolist() == web.in_degree.tolist()


@pytest.mark.parametrize(
    ("edges", "chance", "webs_there_are"),
    [
        # Each of four names one and is named once: 9 of 24 permutations leave nobody to themselves.
        ([(0, 1), (1, 0), (2, 3), (3, 2)], Chance.SAME_DEGREES, 9),
        # Each of three names one of two others.
        ([(0, 1), (1, 0), (2, 1)], Chance.SAME_CHOICES, 8),
        ([(0, 1), (1, 0)], Chance.SAME_DENSITY, 15),
    ],
)
def test_all_webs_are_equally_likely(edges: list[tuple[int, int]], chance: Chance, webs_there_are: int) -> None:
    web = Network.of(4 if chance == Chance.SAME_DEGREES else 3, edges)
    each = 80
    drawn = random_networks(web, chance=chance, draws=each * webs_there_are, seed=3)
    found = Counter(one.digest for one in drawn)
    assert len(found) == webs_there_are
    squares = sum((count - each) ** 2 / each for count in found.values())
    assert squares < 1.6 * webs_there_are + 12  # beyond the 99.9 % quantile of chi-squared


def test_most_names_are_drawn_as_well_as_few() -> None:
    web = Network.of(5, [(0, other) for other in (1, 2, 3)] + [(1, 0)])
    found = Counter(
        tuple(one.targets[:3].tolist()) for one in random_networks(web, chance=Chance.SAME_CHOICES, draws=400)
    )
    assert len(found) == 4
    dense = Network.of(3, [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0)])
    assert all(len(one) == 5 for one in random_networks(dense, chance=Chance.SAME_DENSITY, draws=5))


def test_closure_and_answers_beyond_chance_are_found() -> None:
    web, _ = webs.schools()
    found = compare_with_chance(
        web,
        {"mutual": lambda one: reciprocity(one).edgewise, "closed": lambda one: transitivity(one).undirected},
        draws=39,
    )
    for each in found.values():
        assert each.observed is not None
        assert each.usual is not None
        assert each.observed > each.usual.high
        assert (each.p_high, each.p, each.draws) == (1 / 40, 2 / 40, 39)
        assert each.z is not None
        assert each.z > 5


def test_names_at_random_give_less_to_a_few() -> None:
    web, school = webs.schools()
    one = web.subset(school == 0)
    found = compare_with_chance(
        one, {"in": lambda drawn: degree_centralisation(drawn).incoming}, chance=Chance.SAME_CHOICES, draws=99
    )["in"]
    assert found.mean is not None
    assert found.observed is not None
    assert found.observed > found.mean


def test_what_chance_cannot_change_has_no_deviation() -> None:
    web = Network.of(4, [(0, 1), (1, 2)])
    found = compare_with_chance(web, {"density": density}, draws=9)["density"]
    assert (found.observed, found.mean, found.z, found.p) == (1 / 6, pytest.approx(1 / 6), None, 1.0)


@pytest.mark.parametrize("web", webs.EDGES)
@pytest.mark.parametrize("chance", Chance)
def test_a_web_without_ties_has_no_other(web: Network, chance: Chance) -> None:
    found = compare_with_chance(web, {"mutual": lambda one: reciprocity(one).edgewise}, chance=chance, draws=4)
    assert found == {"mutual": ChanceComparison(observed=None, draws=0)}


@given(st.lists(st.floats(-9, 9), min_size=2, max_size=30), st.floats(-9, 9))
def test_a_comparison_counts_the_observed_web_among_the_drawn(drawn: list[float], observed: float) -> None:
    found = ChanceComparison.of(observed, [*drawn, np.nan])
    assert found.draws == len(drawn)
    assert found.p_low is not None
    assert found.p_high is not None
    assert found.p is not None
    assert 1 / (len(drawn) + 1) <= min(found.p_low, found.p_high)
    assert found.p_low + found.p_high >= 1
    assert found.p <= 1


def test_no_draws_and_no_level_are_refused() -> None:
    web = Network.of(2, [(0, 1)])
    for refused in (
        lambda: random_networks(web, draws=0),
        lambda: random_networks(web, seed=-1),
        lambda: compare_with_chance(web, {}, level=95),
    ):
        with pytest.raises(UnusableInput):
            refused()
