"""What a whole web is like, against R's sna and igraph, against plain definitions, and at the edges."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given

from collegium.science.errors import UnusableInput
from collegium.science.networks.cohesion import components, cores, reach, transitivity
from collegium.science.networks.hierarchy import krackhardt
from collegium.science.networks.network import Network
from collegium.science.networks.whole import concentration, degree_centralisation, density, reciprocity
from collegium.science.results import BoolArray, Caution, Estimate
from tests.science import webs
from tests.science.webs import same


@pytest.mark.parametrize("name", webs.DIRECTED)
def test_a_whole_web_is_as_r_says(name: str) -> None:
    web, wanted, _ = webs.case(name)
    same(density(web), wanted["density"])
    mutual = reciprocity(web)
    same(mutual.dyadic, wanted["reciprocity"]["dyadic_nonnull"])
    same(mutual.edgewise, wanted["reciprocity"]["edgewise"])
    assert [mutual.mutual, mutual.one_way, mutual.without] == list(wanted["dyad_census"].values())
    central = degree_centralisation(web)
    same(central.incoming, wanted["centralization"]["in_degree"])
    same(central.outgoing, wanted["centralization"]["out_degree"])
    unequal = concentration(web)
    same(unequal.gini, wanted["gini_in_degree"])
    same(unequal.gini_corrected, wanted["gini_in_degree_corrected"])
    parts = components(web)
    assert parts.weak_sizes.tolist() == sorted(wanted["components"]["weak_sizes"], reverse=True)
    assert parts.strong_sizes.tolist() == sorted(wanted["components"]["strong_sizes"], reverse=True)
    closed = transitivity(web)
    same(closed.undirected, wanted["transitivity"]["igraph_global_undirected"])
    if closed.directed.value is not None:
        same(closed.directed, wanted["transitivity"]["sna_weak_directed"])
    else:
        assert wanted["transitivity"]["sna_weak_directed"] == 1  # no path of two: sna calls that fully transitive
    assert cores(web).people.value.tolist() == wanted["coreness"]["undirected"]


@pytest.mark.parametrize("name", webs.DIRECTED)
def test_krackhardts_dimensions_are_as_r_says(name: str) -> None:
    web, wanted, _ = webs.case(name)
    found, numbers = krackhardt(web), wanted["krackhardt"]
    same(found.connectedness, numbers["connectedness"])
    same(found.hierarchy, numbers["hierarchy"])
    same(found.efficiency, numbers["efficiency_undirected_1994"])
    same(found.efficiency_of_ties, numbers["efficiency"])
    same(found.lubness, numbers["lubness_documented"])


@pytest.mark.parametrize("name", webs.UNDIRECTED)
def test_ties_without_a_direction_are_as_r_says(name: str) -> None:
    web, wanted, _ = webs.case(name)
    same(density(web), wanted["density"])
    same(transitivity(web).undirected, wanted["transitivity"]["igraph_global"])
    same(krackhardt(web).connectedness, wanted["krackhardt"]["connectedness"])
    same(krackhardt(web).efficiency, wanted["krackhardt"]["efficiency_undirected_1994"])
    same(concentration(web).gini, wanted["gini_degree"])
    assert cores(web).people.value.tolist() == wanted["coreness"]["undirected"]
    assert components(web).weak_sizes.tolist() == wanted["components"]["weak_sizes"]
    assert web.in_degree.tolist() == wanted["degree"]


@pytest.mark.parametrize(("web", "wanted"), webs.real())
def test_real_webs_are_as_r_says(web: Network, wanted: dict[str, str]) -> None:
    assert (web.n, len(web)) == (int(wanted["n"]), int(wanted["ties"]))
    same(density(web), wanted["density"])
    mutual = reciprocity(web)
    same(mutual.edgewise, wanted["reciprocity_edgewise"])
    census = [mutual.mutual, mutual.one_way, mutual.without]
    assert census == [int(wanted[name]) for name in ("mutual", "asym", "null")]
    # Their dyadic form counts pairs without a tie as mutual; ours leaves them out.
    same((mutual.mutual + mutual.without) / sum(census), wanted["reciprocity_dyadic"])
    same(mutual.dyadic, mutual.mutual / (mutual.mutual + mutual.one_way))
    central = degree_centralisation(web)
    same(central.incoming, wanted["centralization_indegree"])
    same(central.outgoing, wanted["centralization_outdegree"])
    same(transitivity(web).directed, wanted["transitivity_weak"])
    parts = components(web)
    assert (len(parts.weak_sizes), len(parts.strong_sizes)) == (
        int(wanted["weak_components"]),
        int(wanted["strong_components"]),
    )
    assert int(parts.isolates.sum()) == int(wanted["isolates"])


@pytest.mark.parametrize(("web", "wanted"), webs.real())
def test_real_webs_have_the_dimensions_that_their_definitions_give(web: Network, wanted: dict[str, str]) -> None:
    found = krackhardt(web)
    same(found.connectedness, wanted["connectedness"])
    same(found.efficiency_of_ties, wanted["efficiency"])
    # The file's "hierarchy" is the share of pairs with a tie one way only, its "lubness" asks the wrong way round.
    same(1 - float(wanted["reciprocity_dyadic"]), wanted["hierarchy_krack"])
    above = above_of(web)
    same(found.hierarchy, hierarchy_by_definition(above))
    same(lubness_by_definition(above, turned_round=True), wanted["lubness"])
    same(found.lubness, lubness_by_definition(above))


def above_of(web: Network) -> BoolArray:
    """Return who comes to whom by following ties; everybody to themselves."""
    above = np.eye(web.n, dtype=bool)
    above[web.sources, web.targets] = True
    for _ in range(max(web.n, 1).bit_length()):
        above = (above.astype(int) @ above.astype(int)) > 0
    return above


def hierarchy_by_definition(above: BoolArray) -> float | None:
    pairs = list(combinations(range(len(above)), 2))
    one_way = sum(bool(above[i, j]) != bool(above[j, i]) for i, j in pairs)
    either = sum(bool(above[i, j] or above[j, i]) for i, j in pairs)
    return one_way / either if either else None


def lubness_by_definition(above: BoolArray, *, turned_round: bool = False) -> float | None:
    """Look at every pair of every part: is one of those above both below (or, turned round, above) all others?"""
    joined = above | above.T
    for _ in range(len(above).bit_length()):
        joined = (joined.astype(int) @ joined.astype(int)) > 0
    asked = [(i, j) for i, j in combinations(range(len(above)), 2) if joined[i, j]]
    sizes = joined.sum(axis=1)
    most = sum((size - 1) * (size - 2) / 2 / size for size in sizes)
    without = 0
    for i, j in asked:
        both = np.flatnonzero(above[:, i] & above[:, j])
        test = above[np.ix_(both, both)]
        without += not (test.all(axis=1) if turned_round else test.all(axis=0)).any()
    return 1 - without / most if round(most) else None


@given(webs.networks())
def test_krackhardts_dimensions_follow_their_definitions(web: Network) -> None:
    above, found = above_of(web), krackhardt(web)
    same(found.hierarchy, hierarchy_by_definition(above))
    same(found.lubness, lubness_by_definition(above))


@given(webs.networks(least=1))
def test_transitivity_follows_its_definition(web: Network) -> None:
    tied = web.adjacency.toarray() > 0
    paths = [(a, v, b) for a, v, b in permutations(range(web.n), 3) if tied[a, v] and tied[v, b]]
    closed = sum(bool(tied[a, b]) for a, _, b in paths)
    same(transitivity(web).directed, closed / len(paths) if paths else None)


@pytest.mark.parametrize("name", webs.DIRECTED)
def test_many_paths_are_counted_as_few_are(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    web = webs.case(name)[0]
    few = transitivity(web)
    monkeypatch.setattr("collegium.science.networks.cohesion.PATHS_AT_ONCE", -1)
    assert transitivity(web) == few


@given(webs.networks(least=1, silent=True))
def test_reach_follows_its_definition(web: Network) -> None:
    tied = web.adjacency.toarray()
    near = (tied + tied @ tied > 0) & ~np.eye(web.n, dtype=bool)
    counts = near.sum(axis=1).astype(float)
    if web.answered is not None:
        counts[~web.answered] = np.nan
    webs.all_same(reach(web).people.value, counts.tolist())


@given(webs.networks(silent=True))
def test_shares_lie_between_0_and_1(web: Network) -> None:
    results = [
        density(web),
        reciprocity(web),
        degree_centralisation(web),
        concentration(web),
        components(web),
        reach(web),
        transitivity(web),
        krackhardt(web),
    ]
    parts = [getattr(result, name) for result in results for name in type(result).__slots__]
    estimates = [part for part in (*results, *parts) if isinstance(part, Estimate)]
    assert len(estimates) == 17
    for estimate in estimates:
        assert estimate.value is None or -1e-12 <= estimate.value <= 1 + 1e-12
        assert (estimate.value is None) <= bool(estimate.cautions)
        assert (estimate.n_used, estimate.n_missing) == (web.n_answered, web.n - web.n_answered)
        if estimate.n_missing:
            assert {Caution.NOT_ALL_ANSWERED, Caution.MOSTLY_UNANSWERED} & set(estimate.cautions)


@given(webs.networks(least=2))
def test_numbering_people_otherwise_changes_nothing(web: Network) -> None:
    order = np.random.default_rng(len(web)).permutation(web.n)
    other = Network.of(web.n, order[web.edges])
    for measure in (density, reciprocity, degree_centralisation, concentration, components, transitivity, krackhardt):
        one, two = webs.numbers_in(measure(web)), webs.numbers_in(measure(other))
        assert one == [None if value is None else pytest.approx(value, abs=1e-12) for value in two]
    assert components(web).strong_sizes.tolist() == components(other).strong_sizes.tolist()
    assert reach(web).people.value.tolist() == reach(other).people.value[order].tolist()
    assert cores(web).people.value.tolist() == cores(other).people.value[order].tolist()


# --- intervals --------------------------------------------------------------------------------------------------------
def test_the_interval_of_density_is_that_of_independent_ties() -> None:
    chance = np.random.default_rng(5)
    n, rate = 60, 0.1
    table = (chance.random((n, n)) < rate) & ~np.eye(n, dtype=bool)
    found = density(Network.of(n, np.argwhere(table)))
    assert found.value is not None
    assert found.interval is not None
    error = (found.interval.high - found.interval.low) / 2 / 1.959964
    assert error == pytest.approx((rate * (1 - rate) / (n * (n - 1))) ** 0.5, rel=0.15)


def test_those_who_did_not_answer_leave_the_density_of_the_others() -> None:
    full = Network.of(4, [(0, 1), (0, 2), (1, 0)])
    web = Network.of(4, full.edges, answered=[True, True, False, False])
    assert density(web).value == pytest.approx(3 / 6)
    assert density(web).cautions == (Caution.NOT_ALL_ANSWERED,)
    assert reciprocity(web).edgewise.value == 1.0  # the tie to 2 could not be answered
    fewer = Network.of(4, [(0, 1)], answered=[True, False, False, False])
    assert Caution.MOSTLY_UNANSWERED in density(fewer).cautions


# --- the edges --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("web", webs.EDGES)
def test_without_ties_there_is_a_defined_result(web: Network) -> None:
    assert reciprocity(web).dyadic.value is None
    assert Caution.NO_TIES in reciprocity(web).edgewise.cautions
    assert concentration(web).gini.value is None
    assert concentration(web).half_rests_on is None
    assert transitivity(web).undirected.value is None
    assert transitivity(web).directed.value is None
    assert krackhardt(web).hierarchy.value is None
    assert krackhardt(web).lubness.value is None
    assert cores(web).highest == 0
    assert components(web).weak_sizes.tolist() == [1] * web.n
    assert components(web).isolates.all()
    if web.n < 2:
        for estimate in (density(web), degree_centralisation(web).incoming, reach(web).mean):
            assert estimate.value is None
            assert estimate.cautions == (Caution.TOO_FEW_PEOPLE,)
    else:
        assert (density(web).value, reach(web).mean.value, degree_centralisation(web).outgoing.value) == (0, 0, 0)


def test_half_of_all_advice_rests_on_few() -> None:
    web = Network.of(6, [(1, 0), (2, 0), (3, 0), (4, 1), (5, 2), (0, 3)])
    assert concentration(web).half_rests_on == 1
    assert concentration(web).top_tenth.value == 0.5


def test_too_many_parts_are_not_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collegium.science.networks._bounds.MOST_PARTS", 3)
    found = krackhardt(Network.of(5, [(0, 1), (1, 2), (2, 3)]))
    assert found.hierarchy.value is None
    assert Caution.TOO_LARGE in found.hierarchy.cautions
    assert Caution.TOO_LARGE in found.lubness.cautions
    monkeypatch.undo()
    monkeypatch.setattr("collegium.science.networks._bounds.MOST_WORDS", 0)
    found = krackhardt(Network.of(5, [(0, 1), (1, 2), (2, 3)]))
    assert found.hierarchy.value == 1.0
    assert Caution.TOO_LARGE in found.lubness.cautions


def test_levels_and_steps_outside_their_range_are_refused() -> None:
    web = Network.of(3, [(0, 1)])
    for refused in (lambda: density(web, level=95), lambda: reciprocity(web, level=0), lambda: reach(web, steps=0)):
        with pytest.raises(UnusableInput):
            refused()
