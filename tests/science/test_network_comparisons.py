"""Posts against who is turned to, one wave against the next, one layer against another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.errors import UnusableInput
from collegium.science.networks.change import change_of_ties
from collegium.science.networks.formal import formal_and_informal
from collegium.science.networks.layers import correlate_layers
from collegium.science.networks.network import Network
from collegium.science.results import Caution
from tests.science import golden, webs
from tests.science.webs import same


# --- posts and people -------------------------------------------------------------------------------------------------
def test_levels_and_being_named_correlate_as_scipy_says() -> None:
    from scipy.stats import spearmanr

    for layer in webs.LAYERS:
        web, level, _ = webs.managers(layer)
        found = formal_and_informal(web, 3 - level, level < 3, permutations=0)
        same(found.correlation, float(spearmanr(3 - level, web.in_degree).statistic))
        parts = (found.upwards, found.sideways, found.downwards)
        assert sum(part.value or 0 for part in parts) == pytest.approx(1)


def test_those_whom_managers_report_to_hold_the_posts() -> None:
    web, level, _ = webs.managers("reports")
    found = formal_and_informal(web, 3 - level, level < 3, permutations=199)
    assert found.upwards.value == 1
    assert found.to_no_post.value == 0
    assert found.top_without_post.value == 0
    assert found.chance.p_high == 1 / 200
    assert found.expected_to_no_post == pytest.approx((16 * 15 + 5 * 16) / (21 * 20))
    assert formal_and_informal(web, 3 - level, level < 3, permutations=199).chance == found.chance


@given(webs.networks(silent=True), st.data())
def test_posts_and_levels_are_plain_counts(web: Network, data: st.DataObject) -> None:
    levels = data.draw(st.lists(st.integers(-1, 2), min_size=web.n, max_size=web.n))
    post = np.array(data.draw(st.lists(st.booleans(), min_size=web.n, max_size=web.n)), dtype=bool)
    found = formal_and_informal(web, levels, post, permutations=3)
    ties = web.edges.tolist()
    same(found.to_no_post, sum(not post[target] for _, target in ties) / len(ties) if ties else None)
    steps = [levels[target] - levels[source] for source, target in ties if min(levels[target], levels[source]) >= 0]
    for estimate, count in (
        (found.upwards, sum(step > 0 for step in steps)),
        (found.sideways, sum(step == 0 for step in steps)),
        (found.downwards, sum(step < 0 for step in steps)),
    ):
        same(estimate, count / len(steps) if steps else None)
    told = range(web.n) if web.answered is None else np.flatnonzero(web.answered).tolist()
    possible = [(i, j) for i in told for j in range(web.n) if i != j]
    same(found.expected_to_no_post, sum(not post[j] for _, j in possible) / len(possible) if possible else None)
    assert (found.chance.draws == 3) == (found.correlation.value is not None)


def test_whoever_is_on_the_edge_of_the_most_named_counts_in_part() -> None:
    # Ten people, one is the most named tenth; two are named most, one of whom holds a post.
    web = Network.of(10, [(2, 0), (3, 0), (4, 1), (5, 1), (6, 2)])
    post = np.zeros(10, dtype=bool)
    post[0] = True
    assert formal_and_informal(web, [1] + [0] * 9, post).top_without_post.value == 0.5


# --- from wave to wave ------------------------------------------------------------------------------------------------
@st.composite
def two_waves(draw: st.DrawFn) -> tuple[Network, Network, list[bool], list[bool]]:
    n = draw(st.integers(0, 7))
    waves: list[Any] = []
    for _ in range(2):
        web = draw(webs.networks(n, n, silent=True))
        there = draw(st.lists(st.booleans(), min_size=n, max_size=n))
        kept = [(i, j) for i, j in web.edges.tolist() if there[i] and there[j]]
        waves.append((Network.of(n, kept, answered=web.answered), there))
    return waves[0][0], waves[1][0], waves[0][1], waves[1][1]


@given(two_waves())
def test_every_tie_is_kept_lost_made_or_unknown(drawn: tuple[Network, Network, list[bool], list[bool]]) -> None:
    before, after, was, there = drawn
    found = change_of_ties(before, after, there_before=was, there_after=there)
    old, new = ({tuple(tie) for tie in web.edges.tolist()} for web in (before, after))
    assert found.kept == len(old & new)
    assert found.kept + found.lost + found.unknown_now == len(old)
    assert found.kept + found.made + found.unknown_before == len(new)
    assert found.lost_by_leaving == sum(not (there[i] and there[j]) for i, j in old - new)
    assert found.made_by_joining == sum(not (was[i] and was[j]) for i, j in new - old)
    silent = after.answered if after.answered is not None else np.ones(after.n, dtype=bool)
    assert found.unknown_now == sum(bool(there[i] and there[j] and not silent[i]) for i, j in old - new)
    seen = found.kept + found.lost_by_change + found.made_by_change
    same(found.stability, found.kept / seen if seen else None)
    assert found.left == sum(one and not other for one, other in zip(was, there, strict=True))
    assert found.joined == sum(other and not one for one, other in zip(was, there, strict=True))
    turned = change_of_ties(after, before, there_before=there, there_after=was)
    assert (turned.made, turned.lost, turned.unknown_now) == (found.lost, found.made, found.unknown_before)


def test_the_waves_of_coleman_overlap_as_r_says() -> None:
    fall, spring = coleman("fall"), coleman("spring")
    everybody = np.ones(73, dtype=bool)
    found = change_of_ties(fall, spring, there_before=everybody, there_after=everybody)
    wanted = golden.case("network", "qap")["outputs"]
    same(found.stability, wanted["jaccard_ties"])
    assert found.lost + found.made == wanted["hamming"]
    assert found.standing.value is not None
    assert 0 < found.standing.value < 1


def test_the_same_wave_twice_is_stable() -> None:
    web, _ = webs.schools()
    everybody = np.ones(web.n, dtype=bool)
    found = change_of_ties(web, web, there_before=everybody, there_after=everybody)
    assert (found.stability.value, found.persistence.value, found.lost, found.made) == (1, 1, 0, 0)
    same(found.standing, 1.0)


# --- from layer to layer ----------------------------------------------------------------------------------------------
def coleman(wave: str) -> Network:
    rows = golden.rows(golden.FOLDER / golden.case("network", "qap")["input"][f"coleman_{wave}_edges"])
    return Network.of(73, [(int(row["source"]) - 1, int(row["target"]) - 1) for row in rows])


def test_layers_correlate_as_r_says() -> None:
    wanted = golden.case("network", "qap")["outputs"]
    fall, spring = coleman("fall"), coleman("spring")
    found = correlate_layers(fall, spring, permutations=1999)
    same(found.correlation, wanted["gcor_coleman_fall_spring"])
    same(found.overlap, wanted["jaccard_ties"])
    assert found.different == wanted["hamming"]
    assert found.chance.mean == pytest.approx(wanted["qap_reference"]["perm_mean"], abs=0.002)
    assert found.chance.deviation == pytest.approx(wanted["qap_reference"]["perm_sd"], rel=0.05)
    assert found.chance.p_high == 1 / 2000
    turned = Network.of(73, fall.edges[:, ::-1])
    same(correlate_layers(fall, turned, permutations=0).correlation, wanted["gcor_coleman_fall_fallT"])


def test_ties_and_a_trait_in_common_correlate_as_r_says() -> None:
    case = golden.case("network", "qap")
    nodes = golden.rows(golden.FOLDER / case["input"]["texas_nodes"])
    rows = golden.rows(golden.FOLDER / case["input"]["texas_edges"])
    web = Network.of(len(nodes), [(int(row["source"]) - 1, int(row["target"]) - 1) for row in rows])
    sponsor = np.array([row["group"] for row in nodes])
    alike = (sponsor[:, None] == sponsor) & ~np.eye(len(nodes), dtype=bool)
    found = correlate_layers(web, Network.of(len(nodes), np.argwhere(alike)), permutations=99)
    same(found.correlation, case["outputs"]["gcor_texas_tie_sameSponsor"])


@given(webs.networks(2), st.data())
def test_layers_correlate_as_their_tables_do(web: Network, data: st.DataObject) -> None:
    other = data.draw(webs.networks(web.n, web.n))
    found = correlate_layers(web, other, permutations=4)
    off = ~np.eye(web.n, dtype=bool)
    first, second = (each.adjacency.toarray()[off] for each in (web, other))
    if first.std() and second.std():
        same(found.correlation, float(np.corrcoef(first, second)[0, 1]))
        assert found.chance.draws == 4
    else:
        assert found.correlation.value is None
        assert Caution.NO_DIFFERENCES in found.correlation.cautions
    same(correlate_layers(other, web, permutations=0).correlation, found.correlation.value)


def test_large_layers_are_compared_without_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    fall, spring = coleman("fall"), coleman("spring")
    small = correlate_layers(fall, spring, permutations=20)
    monkeypatch.setattr("collegium.science.networks.layers.TABLE_UP_TO", 10)
    assert correlate_layers(fall, spring, permutations=20) == small


def test_only_people_who_answered_both_are_compared() -> None:
    web = Network.of(4, [(0, 1), (1, 2)], answered=[True, True, True, False])
    other = Network.of(4, [(0, 1), (3, 0)])
    found = correlate_layers(web, other, permutations=0)
    assert (found.shared, found.different) == (1, 1)
    assert (found.correlation.n_used, found.correlation.n_missing) == (3, 1)
    assert found.correlation.cautions == (Caution.NOT_ALL_ANSWERED,)


# --- the edges --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("web", webs.EDGES)
def test_without_ties_there_is_a_defined_result(web: Network) -> None:
    everybody = np.ones(web.n, dtype=bool)
    formal = formal_and_informal(web, np.zeros(web.n, dtype=int), everybody)
    assert formal.correlation.value is None
    assert Caution.NO_DIFFERENCES in formal.correlation.cautions
    assert formal.to_no_post.value is None
    assert formal.top_without_post.value is None
    changed = change_of_ties(web, web, there_before=everybody, there_after=everybody)
    assert changed.stability.value is None
    assert changed.persistence.cautions == (Caution.NO_TIES,)
    assert changed.standing.cautions == (Caution.NO_DIFFERENCES,)
    layers = correlate_layers(web, web)
    assert layers.correlation.value is None
    assert layers.overlap.value is None


def test_what_does_not_fit_is_refused() -> None:
    web: Any = Network.of(2, [(0, 1)])
    here, other = [True, True], Network.of(3, [])
    for refused in (
        lambda: formal_and_informal(web, [0], here),
        lambda: formal_and_informal(web, [0, 1], [True]),
        lambda: formal_and_informal(web, [0, 1], [0, 1]),
        lambda: formal_and_informal(web, [0, 1], here, permutations=-1),
        lambda: change_of_ties(web, other, there_before=here, there_after=here),
        lambda: change_of_ties(web, web, there_before=[True, False], there_after=here),
        lambda: change_of_ties(web, web, there_before=[True], there_after=here),
        lambda: correlate_layers(web, other),
        lambda: correlate_layers(web, web, level=95),
    ):
        with pytest.raises(UnusableInput):
            refused()
