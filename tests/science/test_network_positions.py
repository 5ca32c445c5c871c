"""Who stands between people and who links groups, against R, against plain definitions, and at the edges."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.errors import UnusableInput
from collegium.science.networks import positions
from collegium.science.networks.brokerage import ROLES, Role, RoleCounts, brokerage
from collegium.science.networks.network import Network
from collegium.science.networks.positions import betweenness, constraint
from collegium.science.results import Caution
from tests.science import golden, webs
from tests.science.webs import all_same, same


@pytest.mark.parametrize("name", webs.DIRECTED)
def test_paths_through_people_are_those_of_r(name: str) -> None:
    web, wanted, _ = webs.case(name)
    found = betweenness(web)
    all_same(found.people.value, wanted["betweenness"])
    same(found.centralisation, wanted["centralization"]["betweenness"])
    all_same(betweenness(web, cutoff=3).people.value, wanted["betweenness_cutoff3"])
    all_same(constraint(web).value, wanted["constraint_igraph"])


@pytest.mark.parametrize("name", webs.UNDIRECTED)
def test_paths_without_a_direction_count_both_ways(name: str) -> None:
    web, wanted, _ = webs.case(name)
    all_same(betweenness(web).people.value / 2, wanted["betweenness"])
    same(betweenness(web).centralisation, wanted["centralization"]["betweenness"])
    all_same(constraint(web).value, wanted["constraint_igraph"])


REAL_PEOPLE = [
    *(("net_pitts_spillane", f"school{number}", f"nodes_school{number:02}.csv") for number in range(1, 16)),
    *(("net_krackhardt_hightech", f"ht_{layer}", f"ht_{layer}_node_measures.csv") for layer in webs.LAYERS),
]


@pytest.mark.parametrize(("folder", "name", "file"), REAL_PEOPLE)
def test_people_of_real_webs_are_as_r_says(folder: str, name: str, file: str) -> None:
    school = name.removeprefix("school")
    if school.isdigit():
        whole, schools = webs.schools()
        web = whole.subset(schools == int(school) - 1)
    else:
        web = webs.managers(name.removeprefix("ht_"))[0]
    table = golden.rows(webs.SHARED / "data" / folder / "expected" / file)
    assert web.in_degree.tolist() == [int(row["indegree"]) for row in table]
    assert web.out_degree.tolist() == [int(row["outdegree"]) for row in table]
    found = betweenness(web)
    all_same(found.people.value, golden.numbers(table, "betweenness").tolist())
    same(found.centralisation, webs.expected(folder, name)["centralization_betweenness"])
    all_same(constraint(web).value, golden.numbers(table, "constraint_igraph").tolist())


# --- roles between groups ---------------------------------------------------------------------------------------------
NAMES = {
    Role.COORDINATOR: "coordinator_wI",
    Role.CONSULTANT: "consultant_wO",
    Role.REPRESENTATIVE: "representative_bIO",
    Role.GATEKEEPER: "gatekeeper_bOI",
    Role.LIAISON: "liaison_bO",
    Role.TOTAL: "total",
}


@pytest.mark.parametrize("name", webs.DIRECTED)
def test_roles_are_those_of_r(name: str) -> None:
    web, case, groups = webs.case(name)
    wanted, found = case["brokerage"], brokerage(web, groups)
    assert [NAMES[role] for role in ROLES][: len(wanted["columns"])] == wanted["columns"]
    for part, key in (("observed", "raw"), ("expected", "expected"), ("deviation", "sd"), ("z", "z")):
        people, whole = getattr(found.people, part), getattr(found.whole, part)
        for row, numbers in zip(people, wanted[key], strict=True):
            all_same(row, numbers)
        all_same(whole, [wanted[f"{key}_total"][NAMES[role]] for role in ROLES])


def by_definition(web: Network, groups: list[int]) -> np.ndarray[Any, Any]:
    """Look at every three people."""
    tied = web.adjacency.toarray() > 0
    counts = np.zeros((web.n, len(ROLES)))
    for a, v, b in permutations(range(web.n), 3):
        if tied[a, v] and tied[v, b] and not tied[a, b]:
            first, middle, last = groups[a], groups[v], groups[b]
            if first == middle == last:
                role = Role.COORDINATOR
            elif first == last:
                role = Role.CONSULTANT
            elif first == middle:
                role = Role.REPRESENTATIVE
            elif middle == last:
                role = Role.GATEKEEPER
            else:
                role = Role.LIAISON
            counts[v, ROLES.index(role)] += 1
            counts[v, -1] += 1
    return counts


@given(webs.networks(), st.data())
def test_roles_follow_their_definition(web: Network, data: st.DataObject) -> None:
    groups = data.draw(st.lists(st.integers(0, 3), min_size=web.n, max_size=web.n))
    assert brokerage(web, groups).people.observed.tolist() == by_definition(web, groups).tolist()


def test_expectations_are_what_random_webs_give() -> None:
    groups = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2])
    chance = np.random.default_rng(8)
    n, ties, draws = len(groups), 22, 250
    density = ties / (n * (n - 1))
    counts = []
    for _ in range(draws):
        table = (chance.random((n, n)) < density) & ~np.eye(n, dtype=bool)
        counts.extend(brokerage(Network.of(n, np.argwhere(table)), groups).people.observed[:4])
    found = brokerage(Network.of(n, np.argwhere(~np.eye(n, dtype=bool))[:ties]), groups).people
    assert isinstance(found, RoleCounts)
    np.testing.assert_allclose(np.mean(counts, axis=0), found.expected[0], rtol=0.15)
    np.testing.assert_allclose(np.std(counts, axis=0), found.deviation[0], rtol=0.15)


def test_people_without_a_known_group_are_left_out() -> None:
    web = Network.of(5, [(0, 1), (1, 2), (3, 1), (4, 1)])
    found = brokerage(web, [0, 0, 1, 1, -1])
    assert found.people.observed[1].tolist() == [0, 1, 1, 0, 0, 2]
    assert np.isnan(found.people.observed[4]).all()
    assert found.cautions == (Caution.UNKNOWN_GROUPS,)
    assert (found.n_used, found.n_missing) == (4, 1)


def test_somebody_whom_all_name_costs_no_more_than_others() -> None:
    n = 3000
    star = Network.of(n, [(person, 0) for person in range(1, n)] + [(0, person) for person in range(1, n)])
    found = brokerage(star, np.zeros(n, dtype=int))
    assert found.people.observed[0, 0] == (n - 1) * (n - 2)


# --- the edges --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("web", webs.EDGES)
def test_without_ties_nobody_is_between(web: Network) -> None:
    found = betweenness(web)
    assert found.people.value.tolist() == [0] * web.n
    assert found.centralisation.value == (0 if web.n > 2 else None)
    assert np.isnan(constraint(web).value).all()
    assert Caution.NO_TIES in constraint(web).cautions
    roles = brokerage(web, np.zeros(web.n, dtype=int))
    assert roles.people.observed.tolist() == [[0] * 6] * web.n
    assert np.isnan(roles.whole.z).all()


def test_many_people_are_followed_for_few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(positions, "ALL_PATHS_UP_TO", 4)
    web = Network.of(6, [(place, place + 1) for place in range(5)])
    found = betweenness(web)
    assert found.cutoff == 3
    assert found.people.value.tolist() == betweenness(web, cutoff=3).people.value.tolist()
    assert Caution.SHORT_PATHS in found.people.cautions
    assert "3 steps" in found.centralisation.method


def test_what_makes_no_sense_is_refused() -> None:
    web = Network.of(2, [(0, 1)])
    for refused in (lambda: betweenness(web, cutoff=0), lambda: brokerage(web, [0])):
        with pytest.raises(UnusableInput):
            refused()
