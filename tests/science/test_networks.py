"""The shape in which ties are taken: what is refused, and that the order of rows changes nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.errors import UnusableInput
from collegium.science.networks.network import Network
from tests.science import webs


@pytest.mark.parametrize(
    ("n", "edges", "weights", "code", "row"),
    [
        (3, [(0, 1), (1, 1)], None, "self_tie", 1),
        (3, [(0, 1), (1, 2), (0, 1)], None, "duplicate_tie", 2),
        (3, [(0, 1), (0, 3)], None, "unknown_person", 1),
        (3, [(-1, 1)], None, "unknown_person", 0),
        (0, [(0, 1)], None, "unknown_person", 0),
        (3, [(0, 1), (1, 0)], [1.0, 0.0], "weight", 1),
        (3, [(0, 1), (1, 0)], [np.nan, 1.0], "weight", 0),
        (3, [(0, 1), (1, 0)], [1.0], "shape", None),
        (3, [(0, 1, 2)], None, "shape", None),
        (3, [0, 1], None, "shape", None),
        (3, [(0.5, 1.0)], None, "shape", None),
        (-1, [], None, "people", None),
    ],
)
def test_what_is_no_web_is_refused_by_row(
    n: int, edges: list[object], weights: list[float] | None, code: str, row: int | None
) -> None:
    with pytest.raises(UnusableInput) as refused:
        Network.of(n, edges, weights)
    assert refused.value.code == code
    assert refused.value.data.get("row") == row


def test_who_did_not_answer_has_no_ties_of_their_own() -> None:
    with pytest.raises(UnusableInput) as refused:
        Network.of(2, [(0, 1)], answered=[False, True])
    assert refused.value.code == "not_answered"
    with pytest.raises(UnusableInput):
        Network.of(2, [], answered=[True])


@given(webs.networks(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(network: Network, chance: object) -> None:
    order = np.random.default_rng(len(network)).permutation(len(network))
    again = Network.of(network.n, network.edges[order], np.arange(1, len(network) + 1)[order])
    assert again.edges.tolist() == network.edges.tolist()
    assert again.weights is not None
    assert again.weights.tolist() == list(range(1, len(network) + 1))
    assert Network.of(network.n, network.edges[order]).digest == network.digest


@given(webs.networks(silent=True))
def test_what_is_read_from_it_agrees_with_its_table(network: Network) -> None:
    table = np.zeros((network.n, network.n), dtype=bool)
    table[network.sources, network.targets] = True
    assert (network.adjacency.toarray() == table).all()
    assert network.in_degree.tolist() == table.sum(axis=0).tolist()
    assert network.out_degree.tolist() == table.sum(axis=1).tolist()
    assert network.reciprocated.tolist() == [bool(table[target, source]) for source, target in network.edges]
    assert {tuple(pair) for pair in network.pairs.tolist()} == {
        (first, second)
        for first in range(network.n)
        for second in range(first + 1, network.n)
        if table[first, second] or table[second, first]
    }
    assert (network.graph.vcount(), network.graph.ecount()) == (network.n, len(network))
    assert network.pair_graph.ecount() == len(network.pairs)


def test_a_name_is_that_of_the_content() -> None:
    first = Network.of(3, [(0, 1), (1, 2)])
    others = [
        Network.of(4, [(0, 1), (1, 2)]),
        Network.of(3, [(0, 1), (2, 1)]),
        Network.of(3, [(0, 1), (1, 2)], [1.0, 2.0]),
        Network.of(3, [(0, 1), (1, 2)], answered=[True, True, False]),
    ]
    assert len({first.digest, *(other.digest for other in others)}) == 5


def test_a_part_is_numbered_in_the_order_asked_for() -> None:
    web = Network.of(4, [(0, 1), (1, 2), (3, 0)], [1.0, 2.0, 3.0], answered=[True, True, False, True])
    part = web.subset([3, 0, 1])
    assert part.edges.tolist() == [[0, 1], [1, 2]]
    assert part.weights is not None
    assert part.weights.tolist() == [3.0, 1.0]
    assert web.subset(np.array([False, True, True, False])).edges.tolist() == [[0, 1]]
    assert web.at_least(2).edges.tolist() == [[1, 2], [3, 0]]
    assert len(Network.of(2, [(0, 1)]).at_least(2)) == 0
    for people in ([0, 0], [4], [-1]):
        with pytest.raises(UnusableInput):
            web.subset(people)


def test_groups_are_whole_numbers_one_for_each_person() -> None:
    web = Network.of(2, [(0, 1)])
    assert web.codes([-1, 3]).tolist() == [-1, 3]
    for groups in ([0], [0.5, 1.0], [-2, 0]):
        with pytest.raises(UnusableInput):
            web.codes(groups)
    assert webs.EMPTY.codes([]).tolist() == []


def test_nothing_in_it_can_be_changed() -> None:
    web = Network.of(2, [(0, 1)], [1.0])
    for array in (web.edges, web.weights, web.in_degree, web.pairs):
        assert array is not None
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
