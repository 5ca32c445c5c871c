"""Atoms: at least k answers in each, as many views as possible, the same for any order."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.science.disclosure import atoms as atoms_module
from collegium.science.disclosure.atoms import AtomPlan, form_atoms
from collegium.science.disclosure.audit import audit_figures
from collegium.science.errors import UnusableInput

LEVELS = ("classroom", "middle", "senior")
TWO_SCHOOLS = [f"{school}-{level}" for school in range(2) for level in LEVELS]
Request = tuple[dict[str, int], list[list[tuple[str, str]]], dict[str, list[str]]]


def hierarchy(counts: list[list[int]], alliances: list[set[int]]) -> Request:
    """Schools by levels; neighbours are the levels of a school, then equal levels of all; views at every layer."""
    schools = range(len(counts))
    answers = {f"{school}-{level}": counts[school][place] for school in schools for place, level in enumerate(LEVELS)}
    inside = [(f"{school}-{one}", f"{school}-{other}") for school in schools for one, other in pairwise(LEVELS)]
    across = [(f"{school}-{level}", f"{school + 1}-{level}") for school in schools[:-1] for level in LEVELS]
    views = {f"school {school}": [f"{school}-{level}" for level in LEVELS] for school in schools}
    views |= {f"level {level}": [f"{school}-{level}" for school in schools] for level in LEVELS}
    views |= {f"cell {cell}": [cell] for cell in answers}
    for number, members in enumerate(alliances):
        chosen = [f"{school}-{level}" for school in sorted(members) for level in LEVELS if school in schools]
        if chosen:
            views[f"alliance {number}"] = chosen
    return answers, [inside, across], views | {"all": list(answers)}


REQUESTS = st.builds(
    hierarchy,
    st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1, max_size=4),
    st.lists(st.sets(st.integers(0, 3), min_size=1), max_size=3),
)


@given(REQUESTS, st.integers(3, 8))
def test_every_atom_holds_k_and_every_view_is_made_of_atoms(asked: Request, k: int) -> None:
    answers, neighbours, views = asked
    plan = form_atoms(answers, neighbours, views, k=k)
    cells = [cell for atom in plan.atoms for cell in atom]
    assert sorted([*cells, *plan.withheld]) == sorted(answers)
    assert all(sum(answers[cell] for cell in atom) >= k for atom in plan.atoms)
    for name, places in plan.views.items():
        made = {cell for place in places for cell in plan.atoms[place]}
        assert made == set(views[name]) - set(plan.withheld)
    assert sorted([*plan.views, *plan.lost]) == sorted(views)


@given(REQUESTS, st.integers(3, 8))
def test_nothing_that_is_shown_lets_fewer_than_k_be_worked_out(asked: Request, k: int) -> None:
    answers, neighbours, views = asked
    plan = form_atoms(answers, neighbours, views, k=k)
    figures = [[cell for place in places for cell in plan.atoms[place]] for places in plan.views.values()]
    assert audit_figures(figures, answers, k=k).is_safe


@given(REQUESTS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(asked: Request, order: random.Random) -> None:
    answers, neighbours, views = asked

    def shuffled(things: Any) -> list[Any]:
        mixed = list(things)
        order.shuffle(mixed)
        return mixed

    again = form_atoms(
        dict(shuffled(answers.items())),
        [[(b, a) if order.random() < 0.5 else (a, b) for a, b in shuffled(pairs)] for pairs in neighbours],
        {name: shuffled(cells) for name, cells in shuffled(views.items())},
    )
    assert again == form_atoms(answers, neighbours, views)


# --- the second path: every partition there is ------------------------------------------------------------------------
def partitions(cells: list[str]) -> Iterator[list[set[str]]]:
    if not cells:
        yield []
        return
    for rest in partitions(cells[1:]):
        yield [{cells[0]}, *rest]
        for place in range(len(rest)):
            yield [*rest[:place], rest[place] | {cells[0]}, *rest[place + 1 :]]


def joined(atom: set[str], pairs: set[frozenset[str]]) -> bool:
    reached = {min(atom)}
    while new := {cell for cell in atom - reached if any(frozenset((cell, other)) in pairs for other in reached)}:
        reached |= new
    return reached == atom


def kept(partition: list[set[str]], views: Mapping[str, list[str]]) -> int:
    return sum(all(atom <= set(view) or not atom & set(view) for atom in partition) for view in views.values())


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=2),
    st.sets(st.frozensets(st.sampled_from(TWO_SCHOOLS), min_size=1), max_size=6),
)
def test_no_other_partition_keeps_more_views(counts: list[list[int]], extra: set[frozenset[str]]) -> None:
    answers, neighbours, views = hierarchy(counts, [])
    views |= {f"extra {number}": sorted(cells) for number, cells in enumerate(sorted(extra, key=sorted))}
    if sum(answers.values()) < 5:
        return
    plan = form_atoms(answers, neighbours, views, k=5)
    assert plan.is_best
    pairs = {frozenset(pair) for tier in neighbours for pair in tier}
    best = max(
        kept(partition, views)
        for partition in partitions(sorted(answers))
        if all(sum(answers[cell] for cell in atom) >= 5 and joined(atom, pairs) for atom in partition)
    )
    assert len(plan.views) == best


def test_the_greedy_way_holds_k_too(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, neighbours, views = hierarchy([[2, 3, 1], [9, 4, 0], [1, 1, 20], [6, 6, 2]], [{0, 1}, {2, 3}])
    best = form_atoms(answers, neighbours, views)
    monkeypatch.setattr(atoms_module, "MOST_SMALL_CELLS", 0)
    greedy = form_atoms(answers, neighbours, views)
    assert best.is_best
    assert not greedy.is_best
    assert all(sum(answers[cell] for cell in atom) >= 5 for atom in greedy.atoms)
    assert len(greedy.views) <= len(best.views)


def test_a_nation_is_partitioned_in_time() -> None:
    generator = random.Random(1)
    counts = [[generator.randint(15, 40), generator.randint(0, 12), generator.randint(0, 6)] for _ in range(1000)]
    answers, (inside, _), views = hierarchy(counts, [])
    assert len(form_atoms(answers, [inside], views).views) > 1000


# --- what it prefers --------------------------------------------------------------------------------------------------
def test_earlier_neighbours_are_preferred() -> None:
    answers = {"a": 2, "b": 9, "c": 9}
    plan = form_atoms(answers, [[("a", "c")], [("a", "b")]], {"all": ["a", "b", "c"]})
    assert plan.atoms == (frozenset("ac"), frozenset("b"))


def test_views_decide_before_preferences() -> None:
    answers = {"a": 2, "b": 9, "c": 9}
    plan = form_atoms(answers, [[("a", "c")], [("a", "b")]], {"a and b": ["a", "b"], "c": ["c"]})
    assert plan.atoms == (frozenset("ab"), frozenset("c"))
    assert plan.lost == ()


def test_what_reaches_k_with_no_neighbour_is_withheld_from_everything() -> None:
    plan = form_atoms({"a": 3, "b": 9}, [], {"all": ["a", "b"], "a": ["a"]})
    assert plan == AtomPlan(atoms=(frozenset("b"),), views={"all": (0,)}, lost=("a",), withheld=("a",), is_best=True)


def test_cells_in_which_nobody_answered_are_merged_like_any_other() -> None:
    plan = form_atoms({"a": 0, "b": 9, "c": 9}, [[("a", "b")]], {"b": ["b"], "a and b": ["a", "b"]})
    assert plan.lost == ("b",)  # beside "a and b" it would say that nobody of a answered


# --- the edges --------------------------------------------------------------------------------------------------------
def test_nothing_asked_gives_nothing() -> None:
    assert form_atoms({}, [], {"none": []}).lost == ("none",)


@pytest.mark.parametrize(
    ("answers", "neighbours", "views", "k"),
    [
        ({"a": 9}, [], {}, 2),
        ({"a": -1}, [], {}, 5),
        ({"a": 1.5}, [], {}, 5),
        ({"a": 9}, [[("a", "b")]], {}, 5),
        ({"a": 9}, [], {"v": ["b"]}, 5),
    ],
)
def test_what_contradicts_itself_is_refused(answers: Any, neighbours: Any, views: Any, k: int) -> None:
    with pytest.raises(UnusableInput):
        form_atoms(answers, neighbours, views, k=k)
