"""What people who did not answer leave unknown: which numbers stand, and between what they would lie."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.errors import UnusableInput
from collegium.science.networks._naming import Urns
from collegium.science.networks.missing import (
    NAMED_OR_TOLD,
    Measure,
    Standing,
    range_with_missing,
    response,
    standing_of_measures,
)
from collegium.science.networks.network import Network
from collegium.science.networks.whole import concentration, density, reciprocity
from collegium.science.results import Caution
from tests.science import webs


def silenced(web: Network, share: float, seed: int = 1) -> Network:
    """Let some people not have answered."""
    answered = np.random.default_rng(seed).random(web.n) >= share
    return Network.of(web.n, web.edges[answered[web.sources]], answered=answered)


@given(webs.networks(silent=True))
def test_a_response_counts_people_and_ties(web: Network) -> None:
    found = response(web)
    told = [True] * web.n if web.answered is None else web.answered.tolist()
    to_silent = [target for _, target in web.edges.tolist() if not told[target]]
    webs.same(found.rate, sum(told) / web.n if web.n else None)
    webs.same(found.to_silent, len(to_silent) / len(web) if len(web) else None)
    assert found.silent == web.n - sum(told)
    assert found.silent_named == len(set(to_silent))


@pytest.mark.parametrize(
    ("answered", "of", "paths", "named"),
    [
        (8, 10, Standing.STANDS, Standing.STANDS),
        (79, 100, Standing.WITH_CARE, Standing.WITH_CARE),
        (5, 10, Standing.WITH_CARE, Standing.WITH_CARE),
        (49, 100, Standing.HIDDEN, Standing.WITH_CARE),
        (0, 10, Standing.HIDDEN, Standing.HIDDEN),
        (0, 0, Standing.STANDS, Standing.STANDS),
    ],
)
def test_what_stands_goes_with_how_many_answered(answered: int, of: int, paths: Standing, named: Standing) -> None:
    web = Network.of(of, [], answered=[place < answered for place in range(of)])
    found = standing_of_measures(web)
    assert set(found) == set(Measure)
    assert {found[measure] for measure in Measure if measure not in NAMED_OR_TOLD} == {paths}
    assert {found[measure] for measure in NAMED_OR_TOLD} == {named}


def test_below_half_the_results_say_that_they_do_not_stand() -> None:
    web = silenced(webs.schools()[0], 0.7)
    assert Caution.MOSTLY_UNANSWERED in density(web).cautions
    assert Caution.NOT_ALL_ANSWERED in density(silenced(webs.schools()[0], 0.2)).cautions


def test_the_range_mostly_holds_what_was_there() -> None:
    web, school = webs.schools()
    statistics = {
        "top": lambda one: concentration(one).top_tenth,
        "mutual": lambda one: reciprocity(one).edgewise,
        "density": density,
    }
    found = range_with_missing(silenced(web, 0.15), statistics, groups=school, draws=40)
    for name, statistic in statistics.items():
        observed, interval = statistic(web).value, found[name]
        assert interval is not None
        assert observed is not None
        assert interval.low <= interval.high
        assert interval.low - 0.05 * observed <= observed <= interval.high + 0.05 * observed
    again = range_with_missing(silenced(web, 0.15), statistics, groups=school, draws=40)
    assert again == found


def test_more_silence_widens_the_range() -> None:
    web, school = webs.schools()
    widths = []
    for share in (0.0, 0.1, 0.4):
        found = range_with_missing(silenced(web, share), {"density": density}, groups=school, draws=30)["density"]
        assert found is not None
        widths.append(found.high - found.low)
    assert widths[0] == 0
    assert widths[0] < widths[1] < widths[2]


def test_names_filled_in_stay_in_the_school_as_those_told_do() -> None:
    web, school = webs.schools()
    inside: list[float] = []

    def remember(one: Network) -> float:
        inside.append(float((school[one.sources] == school[one.targets]).mean()))
        assert one.answered is None
        return 0.0

    range_with_missing(silenced(web, 0.3), {"any": remember}, groups=school, draws=5)
    assert inside == [1.0] * 5


@given(st.data())
def test_names_are_as_many_as_asked_for_inside_and_outside(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 8))
    codes = np.array(data.draw(st.lists(st.integers(-1, 2), min_size=n, max_size=n)))
    people = np.flatnonzero(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    sizes = np.array([(codes == code).sum() for code in codes])
    inside = np.array([data.draw(st.integers(0, 4)) for _ in people], dtype=np.int64)
    outside = np.array([data.draw(st.integers(0, 4)) for _ in people], dtype=np.int64)
    urns = Urns(codes, np.ones(n))
    found = urns.names(people, inside, outside, np.zeros((0, 2), dtype=np.int64), np.random.default_rng(0))
    web = Network.of(n, found)  # nobody names themselves or somebody twice
    out = codes[web.sources] != codes[web.targets]
    for person, within, without in zip(people, inside, outside, strict=True):
        assert (~out[web.sources == person]).sum() <= within
        assert out[web.sources == person].sum() <= without
        if 3 * within < sizes[person]:
            assert (~out[web.sources == person]).sum() == within
        if 3 * without < n - sizes[person]:
            assert out[web.sources == person].sum() == without


def test_those_named_name_back_first() -> None:
    first = np.array([[0, 3], [0, 4], [1, 1]])
    found = Urns(np.zeros(5, dtype=int), np.ones(5)).names(
        np.array([0, 1]), np.array([2, 0]), np.array([0, 0]), first, np.random.default_rng(0)
    )
    assert sorted(map(tuple, found.tolist())) == [(0, 3), (0, 4)]


@pytest.mark.parametrize("web", webs.EDGES)
def test_without_ties_there_is_a_defined_result(web: Network) -> None:
    found = response(web)
    assert found.rate.value == (1 if web.n else None)
    assert found.to_silent.value is None
    assert found.to_silent.cautions == (Caution.NO_TIES,)
    assert (found.silent, found.silent_named) == (0, 0)
    ranges = range_with_missing(web, {"mutual": lambda one: reciprocity(one).edgewise}, draws=3)
    assert ranges == {"mutual": None}


def test_where_nobody_answered_nothing_is_filled_in() -> None:
    web = Network.of(3, [], answered=[False] * 3)
    assert range_with_missing(web, {"density": density}) == {"density": None}
    alone = Network.of(1, [], answered=[True])
    assert range_with_missing(alone, {"density": density}) == {"density": None}


def test_what_makes_no_sense_is_refused() -> None:
    web = Network.of(2, [(0, 1)])
    for more in ({"draws": 0}, {"seed": -1}, {"level": 90}, {"groups": [0]}):
        with pytest.raises(UnusableInput):
            range_with_missing(web, {}, **more)  # type: ignore[arg-type]
