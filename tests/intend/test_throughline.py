"""The throughline as a graph: what may serve what, what is missing, who has a line, and where everything stands."""

from __future__ import annotations

import itertools
import re
import time
from collections import Counter
from collections.abc import Iterable
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.intend.enums import NodeKind
from collegium.intend.throughline import gaps, graph, sight
from collegium.intend.throughline.gaps import Gap, find_gaps
from collegium.intend.throughline.graph import KINDS, ORDER, Graph, Node, build, find_circle, may_serve
from collegium.intend.throughline.layout import lay_out
from collegium.intend.throughline.svg import Words, draw

WORDS = Words(
    title="Line",
    about="From left to right",
    columns={kind: kind for kind in KINDS},
    states={},
    open_text=lambda n: f"open {n}",
    fold_text="fold",
)


def node(key: str, kind: str, *, carriers: str = "", **more: object) -> Node:
    """Make a node; `carriers` are letters, the first of them the owner."""
    facts = {"is_act": kind == graph.COMMITMENT, **more}
    return Node(
        id=key,
        kind=kind,
        title=key,
        owners=tuple(carriers[:1]),
        seconds=tuple(carriers[1:]),
        **facts,  # type: ignore[arg-type]
    )


def whole(**of_commitment: object) -> tuple[list[Node], list[tuple[str, str]]]:
    """Return a line without a gap, from a vision to a pathway."""
    facts = {"carriers": "ab", **of_commitment}
    nodes = [
        node("V", graph.VISION),
        node("I", graph.INTENT, is_believed=True),
        node("C", graph.CHALLENGE, carriers="ab"),
        node("P", graph.COMMITMENT, **facts),  # type: ignore[arg-type]
        node("W", graph.PATHWAY),
    ]
    return nodes, [("V", "I"), ("I", "C"), ("C", "P"), ("P", "W")]


def kinds_of(found: Iterable[Gap]) -> list[tuple[str, str]]:
    return [(gap.kind, gap.of) for gap in found]


def test_the_words_of_the_enum_are_those_of_the_graph() -> None:
    assert tuple(NodeKind.values) == KINDS


def test_what_stands_later_serves_what_stands_before() -> None:
    assert may_serve(graph.GOAL, graph.VISION)
    assert may_serve(graph.INTENT, graph.INTENT)
    for lower, upper in ((graph.VISION, graph.GOAL), (graph.GOAL, graph.GOAL), (graph.COMMITMENT, graph.OBLIGATION)):
        assert not may_serve(lower, upper)
    made = build([node("G", graph.GOAL), node("V", graph.VISION)], [("G", "V"), ("V", "G"), ("V", "X"), ("V", "V")])
    assert (made.below, made.above) == ({"V": ("G",)}, {"G": ("V",)})


def test_a_whole_line_has_no_gap() -> None:
    assert find_gaps(build(*whole())) == ()


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        (("I", "C"), {(gaps.VISION_WITHOUT_CHALLENGE, "V"), (gaps.WISH, "I"), (gaps.COMMITMENT_SERVES_NOTHING, "P")}),
        (
            ("C", "P"),
            {(gaps.CHALLENGE_WITHOUT_COMMITMENT, "C"), (gaps.WISH, "I"), (gaps.COMMITMENT_SERVES_NOTHING, "P")},
        ),
        (("P", "W"), {(gaps.WISH, "I")}),
        (("V", "I"), {(gaps.VISION_WITHOUT_CHALLENGE, "V")}),
    ],
)
def test_each_missing_link_is_a_gap_of_its_own(without: tuple[str, str], expected: set[tuple[str, str]]) -> None:
    nodes, edges = whole()
    found = find_gaps(build(nodes, [edge for edge in edges if edge != without]))
    assert set(kinds_of(found)) == expected


def test_a_wish_says_which_of_the_three_is_missing() -> None:
    nodes, edges = whole(is_act=False)
    nodes[1] = node("I", graph.INTENT)
    (wish,) = (gap for gap in find_gaps(build(nodes[:4], edges[:3])) if gap.kind == gaps.WISH)
    assert wish.missing == ("belief", "pathway", "action")


def test_one_person_nobody_and_a_role_without_obligations_are_named() -> None:
    for carriers, kind in (("a", gaps.ONLY_ONE_PERSON), ("", gaps.ASKS_FOR_OWNER)):
        assert kinds_of(find_gaps(build(*whole(carriers=carriers)))) == [(kind, "P")]
    role = node("R", graph.ROLE)
    assert kinds_of(find_gaps(build([role], []))) == [(gaps.ROLE_WITHOUT_OBLIGATIONS, "R")]
    assert find_gaps(build([role, node("O", graph.OBLIGATION)], [("R", "O")])) == ()


def test_what_is_over_is_no_gap_and_kept_promises_still_count() -> None:
    nodes, edges = whole(is_living=False)
    assert find_gaps(build(nodes, edges)) == ()
    over = [Node(id=each.id, kind=each.kind, title="", is_living=False) for each in nodes]
    assert find_gaps(build(over, [])) == ()


def test_circles_are_found() -> None:
    assert find_circle({"a": ["b"], "b": ["c"], "c": []}) == ()
    assert set(find_circle({"a": ["b"], "b": ["c"], "c": ["b"]})) == {"b", "c"}
    assert find_circle({"a": ["a"]}) == ("a",)


# --- line of sight ----------------------------------------------------------------------------------------------------
def test_only_a_living_line_to_a_living_intent_counts() -> None:
    nodes, edges = whole()
    made = build([*nodes, node("X", graph.COMMITMENT, carriers="z")], edges)
    assert sight.people_with_line(made) == {"a", "b"}
    dead = [Node(id="I", kind=graph.INTENT, title="", is_living=False) if each.id == "I" else each for each in nodes]
    assert sight.people_with_line(build(dead, edges)) == frozenset()


def test_no_share_is_said_of_fewer_than_five() -> None:
    homes = (
        {f"a{n}": "small" for n in range(4)}
        | {f"b{n}": "middle" for n in range(6)}
        | {f"c{n}": "large" for n in range(9)}
    )
    found = {each.unit: each.with_line for each in sight.cover(homes, frozenset({"a0", "b0", "c0", "c1"}))}
    assert found == {"small": None, "middle": None, "large": 2}, "the four follow from the whole and the two others"
    assert sight.cover_whole(homes, frozenset(), unit="whole").share == 0
    assert sight.cover_whole({"a": "x"}, frozenset("a"), unit="whole").share is None


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12)), st.integers(2, 6))
def test_what_is_left_out_cannot_be_worked_out_for_fewer_than_k(sizes: dict[str, int], k: int) -> None:
    hidden = sight.hide(sizes, k=k)
    assert all(sizes[unit] >= k or not sizes[unit] for unit in sizes if unit not in hidden)
    left_out = sum(sizes[unit] for unit in hidden)
    everything = sum(sizes.values())
    assert not left_out or left_out >= k or left_out == everything


# --- layout and drawing -----------------------------------------------------------------------------------------------
@st.composite
def graphs(draw_from: st.DrawFn) -> Graph:
    kinds = draw_from(st.lists(st.sampled_from(KINDS), max_size=25))
    nodes = [Node(id=str(place), kind=kind, title=kind) for place, kind in enumerate(kinds)]
    ends = st.integers(0, max(len(nodes) - 1, 0)).map(str)
    edges = draw_from(st.lists(st.tuples(ends, ends), max_size=40)) if nodes else []
    # Intents serve one another without circles, as the service sees to.
    return build(nodes, [(a, b) for a, b in edges if int(a) < int(b) or nodes[int(a)].kind != nodes[int(b)].kind])


@given(graphs())
def test_every_node_stands_once_and_no_two_in_one_place(made: Graph) -> None:
    layout = lay_out(made)
    assert sorted(spot.id for spot in layout.spots) == sorted(made.nodes)
    by_column: dict[int, list[float]] = {}
    for spot in layout.spots:
        by_column.setdefault(spot.column, []).append(spot.row)
    for rows in by_column.values():
        assert all(later - earlier >= 1 for earlier, later in itertools.pairwise(sorted(rows)))
    spots = {spot.id: spot for spot in layout.spots}
    assert all(spots[upper].column < spots[lower].column for upper, lower in layout.edges)
    assert len(layout.edges) == sum(map(len, made.below.values()))


@given(graphs(), st.data())
def test_folding_hides_what_is_only_behind_it(made: Graph, data: st.DataObject) -> None:
    folded = data.draw(st.sets(st.sampled_from(sorted(made.nodes)))) if made.nodes else set()
    layout = lay_out(made, folded=folded)
    shown = {spot.id for spot in layout.spots}
    for each in shown:
        assert not made.above.get(each) or any(upper in shown - folded for upper in made.above[each])
    for spot in layout.spots:
        assert spot.folded == (len(made.down_from([spot.id]) - shown) if spot.id in folded else 0)


def test_a_drawing_is_well_formed_escaped_and_says_where_gaps_are() -> None:
    nodes = [
        Node(
            id="v",
            kind=graph.VISION,
            title='Everybody <reads> & "writes" far more than there is room for',
            url="/v?a=1&b=2",
        ),
        Node(id="i", kind=graph.INTENT, title="Read", words="no action yet"),
    ]
    made = build(nodes, [("v", "i")])
    drawn = draw(made, lay_out(made), WORDS, gaps=["i"], fold_url=lambda key: f"?fold={key}&x=1")
    root = ET.fromstring(drawn)
    texts = ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}a")]
    assert any(text.startswith('vision: Everybody <reads> & "writes"') for text in texts)
    assert drawn.count("line-gap") == 1
    assert not re.search(r"\son\w+=|style=|<script", drawn)


def many(number: int) -> Graph:
    """Return a line of so many nodes: visions, and below them ever more."""
    nodes, edges = [], []
    spread = [("vision", 1), ("intent", 3), ("challenge", 3), ("goal", 2), ("commitment", 4), ("strategy", 1)]
    spread += [("action", 2), ("pathway", 1), ("standard", 1)]
    row: list[str] = []
    while len(nodes) < number:
        for kind, times in spread:
            row = [""] if kind == "vision" else row
            new = []
            for upper, _each in itertools.product(row, range(times)):
                key = f"{kind}-{len(nodes)}"
                nodes.append(
                    Node(id=key, kind=kind, title=f"A {kind} that says something", owners=("a",), url=f"/{key}/")
                )
                edges += [(upper, key)] if upper else []
                new.append(key)
            row = new
    return build(nodes[:number], edges)


def test_five_thousand_nodes_are_looked_at_and_drawn_in_less_than_two_seconds() -> None:
    made = many(5000)
    assert len(made.nodes) == 5000
    assert Counter(each.kind for each in made.nodes.values()).keys() >= {"vision", "action"}
    began = time.process_time()
    found = find_gaps(made)
    drawn = draw(made, lay_out(made), WORDS, gaps=[gap.of for gap in found], fold_url=lambda key: f"?fold={key}")
    assert time.process_time() - began < 2
    assert drawn.count("<rect") >= 5000
    assert ORDER["vision"] == 0
