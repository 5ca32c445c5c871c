"""Ties within and between groups, against R, against plain counts, and at the edges."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.errors import UnusableInput
from collegium.science.networks.links import bonding_and_bridging, links, proximity
from collegium.science.networks.mixing import ei_index, mixing
from collegium.science.networks.network import Network
from collegium.science.results import Caution
from tests.science import webs
from tests.science.webs import all_same, same


@pytest.mark.parametrize("name", webs.DIRECTED)
def test_tables_of_groups_are_those_of_r(name: str) -> None:
    web, wanted, groups = webs.case(name)
    found = mixing(web, groups)
    for row, numbers in zip(found.density, wanted["group_mixing"]["density"], strict=True):
        all_same(row, numbers)
    same(found.assortativity, wanted["assortativity_nominal"])


@pytest.mark.parametrize("name", webs.DIRECTED)
def test_the_index_is_that_of_the_published_formula(name: str) -> None:
    web, case, groups = webs.case(name)
    wanted, found = case["ei_index"], ei_index(web, groups, permutations=0)
    assert (found.external, found.internal) == (wanted["E"], wanted["I"])
    same(found.index, wanted["EI"])
    same(found.expected, wanted["EI_expected_by_sizes"])
    same(found.rescaled, wanted["EI_density_rescaled"])
    all_same(found.people.value, wanted["EI_node_undirected"])
    by_group = [wanted["by_group"][group] for group in sorted(wanted["by_group"])]
    all_same(found.by_group, [numbers["EI_out"] for numbers in by_group])
    all_same(found.by_group_both, [numbers["EI_both"] for numbers in by_group])
    assert found.chance.draws == 0


@st.composite
def grouped(draw: st.DrawFn) -> tuple[Network, list[int]]:
    web = draw(webs.networks(silent=True))
    return web, draw(st.lists(st.integers(-1, 3), min_size=web.n, max_size=web.n))


@given(grouped())
def test_tables_are_plain_counts(drawn: tuple[Network, list[int]]) -> None:
    web, groups = drawn
    found, size = mixing(web, groups), max(groups, default=-1) + 1
    told = [True] * web.n if web.answered is None else web.answered.tolist()
    ties = [(source, target) for source, target in web.edges.tolist() if groups[source] >= 0 <= groups[target]]
    for a in range(size):
        for b in range(size):
            held = [(source, target) for source, target in ties if (groups[source], groups[target]) == (a, b)]
            assert found.counts[a, b] == len(held)
            assert found.senders[a, b] == len({source for source, _ in held})
            assert found.receivers[a, b] == len({target for _, target in held})
            assert found.possible[a, b] == sum(
                groups[i] == a and groups[j] == b and i != j and told[i] for i in range(web.n) for j in range(web.n)
            )
    assert found.expected.sum() == pytest.approx(len(ties))
    if -1 in groups:
        assert Caution.UNKNOWN_GROUPS in found.assortativity.cautions


@given(grouped())
def test_shares_agree_with_the_index(drawn: tuple[Network, list[int]]) -> None:
    web, groups = drawn
    index, found = ei_index(web, groups, permutations=5), bonding_and_bridging(web, groups)
    if index.index.value is None:
        assert found.bridging.value is None
        assert found.bonding.value is None
        assert Caution.NO_TIES in found.bonding.cautions
    else:
        same(found.bridging, (index.index.value + 1) / 2)
        assert found.bonding.value is not None
        same(found.bonding.value + (found.bridging.value or 0), 1)
        assert index.chance.draws == 5
    out = [(i, j) for i, j in web.edges.tolist() if groups[i] >= 0 <= groups[j] and groups[i] != groups[j]]
    told = [True] * web.n if web.answered is None else web.answered.tolist()
    for person in range(web.n):
        known = groups[person] >= 0
        turns = any(source == person for source, _ in out)
        assert found.turns_inward[person] == (known and told[person] and not turns)
        assert found.without_outside[person] == (known and not any(person in tie for tie in out))


@given(grouped(), st.data())
def test_links_across_schools_and_levels_are_plain_counts(
    drawn: tuple[Network, list[int]], data: st.DataObject
) -> None:
    web, schools = drawn
    levels = data.draw(st.lists(st.integers(-1, 2), min_size=web.n, max_size=web.n))
    found = links(web, schools, levels)
    told = [True] * web.n if web.answered is None else web.answered.tolist()
    counts, possible = np.zeros((2, 2), int), np.zeros((2, 2), int)
    known = [schools[person] >= 0 <= levels[person] for person in range(web.n)]
    for i in range(web.n):
        for j in range(web.n):
            if i != j and known[i] and known[j] and told[i]:
                possible[int(schools[i] != schools[j]), int(levels[i] != levels[j])] += 1
    for i, j in web.edges.tolist():
        if known[i] and known[j]:
            counts[int(schools[i] != schools[j]), int(levels[i] != levels[j])] += 1
    assert found.counts.tolist() == counts.tolist()
    assert found.possible.tolist() == possible.tolist()
    ties, most = counts.sum(), possible.sum()
    same(found.horizontal, counts[1, 0] / ties if ties else None)
    same(found.vertical, counts[:, 1].sum() / ties if ties else None)
    same(found.expected_horizontal, possible[1, 0] / most if most else None)
    same(found.expected_vertical, possible[:, 1].sum() / most if most else None)


# --- chance -----------------------------------------------------------------------------------------------------------
def test_dealing_groups_out_anew_gives_what_sizes_give() -> None:
    web, departments = webs.managers("friends")[0], webs.managers("friends")[2]
    found = ei_index(web, departments, permutations=999)
    assert found.expected is not None
    assert found.chance.mean == pytest.approx(found.expected, abs=0.01)
    assert found.chance.p is not None
    assert found.chance.p <= 0.02  # friends are rather of the same department
    assert found.index.value is not None
    assert found.index.interval is not None
    assert found.index.interval.low < found.index.value < found.index.interval.high
    again = ei_index(web, departments, permutations=999)
    assert again.chance == found.chance
    assert ei_index(web, departments, permutations=999, seed=2).chance != found.chance


def test_real_schools_have_no_ties_between_them() -> None:
    web, school = webs.schools()
    table = mixing(web, school)
    assert table.counts.shape == (15, 15)
    assert np.trace(table.counts) == len(web)
    assert table.assortativity.value == 1
    assert ei_index(web, school, permutations=99).index.value == -1
    assert ei_index(web, school, permutations=99).chance.p_low == 1 / 100


# --- weak and close ---------------------------------------------------------------------------------------------------
def test_ties_fall_into_the_band_that_begins_below_them() -> None:
    web, _, groups = webs.case("emon_mtsi")
    assert web.weights is not None
    found = proximity(web, groups, [1, 2, 4])
    assert found.counts.sum() == len(web)
    assert found.counts[:, 0].sum() == int((web.weights < 2).sum())
    assert found.counts[:, 2].sum() == int((web.weights >= 4).sum())
    assert found.shares.sum(axis=1) == pytest.approx([1, 1])
    plain = proximity(Network.of(3, [(0, 1), (1, 2)]), [0, 0, 1], [1, 4])
    assert plain.counts.tolist() == [[1, 0], [1, 0]]


@pytest.mark.parametrize("bands", [[], [2.0], [1.0, 1.0], [1.0, 0.5], [float("nan")]])
def test_bands_that_leave_ties_out_are_refused(bands: list[float]) -> None:
    with pytest.raises(UnusableInput):
        proximity(Network.of(3, [(0, 1)]), [0, 0, 1], bands)


# --- the edges --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("web", webs.EDGES)
@pytest.mark.parametrize("group", [0, -1])
def test_without_ties_there_is_a_defined_result(web: Network, group: int) -> None:
    groups = np.full(web.n, group)
    assert mixing(web, groups).assortativity.value is None
    assert mixing(web, groups).counts.sum() == 0
    found = ei_index(web, groups)
    assert found.index.value is None
    assert Caution.NO_TIES in found.index.cautions
    assert found.chance.p is None
    assert links(web, groups, groups).horizontal.value is None
    assert np.isnan(proximity(web, groups, [1]).shares).all()
    assert bonding_and_bridging(web, groups).turns_inward.all() == (group == 0 or web.n == 0)


def test_one_group_leaves_nothing_to_mix() -> None:
    web = Network.of(3, [(0, 1), (1, 2)])
    assert mixing(web, [0, 0, 0]).assortativity.value is None
    assert mixing(web, [0, 0, 0]).assortativity.cautions == (Caution.NO_DIFFERENCES,)
    assert ei_index(web, [0, 0, 0], permutations=9).chance.p == 1


def test_groups_and_draws_that_are_none_are_refused() -> None:
    web: Any = Network.of(2, [(0, 1)])
    for refused in (
        lambda: mixing(web, [0]),
        lambda: bonding_and_bridging(web, [0, -2]),
        lambda: links(web, [0, 0], [0.5, 1]),  # type: ignore[list-item]
        lambda: ei_index(web, [0, 1], permutations=-1),
        lambda: ei_index(web, [0, 1], level=95),
    ):
        with pytest.raises(UnusableInput):
            refused()
