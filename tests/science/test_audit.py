"""The audit against an attacker who tries every combination, and real attacks on what the atoms let through."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.science.disclosure import audit as audit_module
from collegium.science.disclosure.atoms import form_atoms
from collegium.science.disclosure.audit import Finding, audit_figures, cells_across_waves
from collegium.science.errors import UnusableInput

CELLS = "abcdef"
FIGURES = st.lists(st.sets(st.sampled_from(CELLS), min_size=1), min_size=1, max_size=5)
PEOPLE = st.fixed_dictionaries({cell: st.integers(0, 7) for cell in CELLS})


def fewest_concerned(figures: Collection[Collection[str]], people: Mapping[str, int]) -> int | None:
    """Return the fewest people that any combination of figures concerns, by trying every set of cells.

    A combination that concerns only a set S exists where the figures, cut down to the other cells, depend on each other
    more than they do as they are. Numerically, by numpy: another path than the audit's own.
    """
    filled = [cell for cell in CELLS if people[cell] > 0]
    table = np.array([[float(cell in figure) for cell in filled] for figure in figures])
    whole = np.linalg.matrix_rank(table) if table.size else 0
    sizes = []
    for amount in range(1, len(filled) + 1):
        for inside in itertools.combinations(range(len(filled)), amount):
            outside = [place for place in range(len(filled)) if place not in inside]
            rank = np.linalg.matrix_rank(table[:, outside]) if outside else 0
            if rank < whole:
                sizes.append(sum(people[filled[place]] for place in inside))
    return min(sizes, default=None)


@settings(max_examples=150)
@given(FIGURES, PEOPLE, st.integers(2, 8))
def test_the_audit_finds_what_an_attacker_finds_and_nothing_else(
    figures: list[set[str]], people: dict[str, int], k: int
) -> None:
    found = audit_figures(figures, people, k=k)
    fewest = fewest_concerned(figures, people)
    assert found.is_complete
    assert found.is_safe == (fewest is None or fewest >= k)
    assert all(0 < finding.people < k for finding in found.findings)


@settings(max_examples=50)
@given(FIGURES, PEOPLE, st.lists(st.sampled_from([-2, -1, 0, 1, 2]), min_size=5, max_size=5))
def test_no_sum_of_safe_figures_concerns_fewer_than_k(
    figures: list[set[str]], people: dict[str, int], weights: list[int]
) -> None:
    if not audit_figures(figures, people, k=5).is_safe:
        return
    totals = {cell: sum(w for w, figure in zip(weights, figures, strict=False) if cell in figure) for cell in CELLS}
    concerned = sum(people[cell] for cell, weight in totals.items() if weight)
    assert concerned == 0 or concerned >= 5


@given(FIGURES, FIGURES, PEOPLE)
def test_publishing_more_never_makes_it_safer(
    one: list[set[str]], more: list[set[str]], people: dict[str, int]
) -> None:
    if audit_figures(one + more, people).is_safe:
        assert audit_figures(one, people).is_safe


@given(FIGURES, PEOPLE)
def test_publishing_again_tells_nothing_new(figures: list[set[str]], people: dict[str, int]) -> None:
    assert audit_figures(figures, people) == audit_figures(figures + figures[:1] * 3, people)


# --- attacks ----------------------------------------------------------------------------------------------------------
def test_subtraction_of_a_part_from_the_whole_is_found() -> None:
    people = {"teachers": 20, "assistants": 3}
    found = audit_figures([["teachers", "assistants"], ["teachers"]], people)
    assert found.findings == (Finding(cells=("assistants",), people=3),)


def test_overlapping_alliances_that_isolate_a_school_together_are_found() -> None:
    """No two figures differ by a small school; the sum of two, less a third, holds it alone."""
    people = {"a": 9, "b": 9, "c": 3}
    figures = [["a", "c"], ["b", "c"], ["a", "b"]]
    assert not audit_figures(figures, people).is_safe
    assert audit_figures(figures[:2], people).is_safe


def test_a_filter_that_leaves_a_few_out_is_found() -> None:
    people = {("hill", "full time"): 30, ("hill", "part time"): 4, ("valley", "full time"): 25}
    everybody, full_time = list(people), [cell for cell in people if cell[1] == "full time"]
    assert not audit_figures([everybody, full_time], people).is_safe


def test_watching_the_numbers_while_answers_come_in_is_found() -> None:
    """Timing: two exports, one more answer between them."""
    people = {"before noon": 12, "after noon": 1}
    assert not audit_figures([["before noon"], ["before noon", "after noon"]], people).is_safe


def test_somebody_who_joined_between_two_waves_is_found() -> None:
    first = {f"teacher {number}": "hill" for number in range(12)}
    second = first | {"newcomer": "hill"}
    people = cells_across_waves([first, second])
    figures = [[path for path in people if path[wave] == "hill"] for wave in range(2)]
    found = audit_figures(figures, people)
    assert found.findings == (Finding(cells=((None, "hill"),), people=1),)
    assert audit_figures(figures[:1], people).is_safe


def test_many_who_joined_are_a_group_of_their_own() -> None:
    first = {f"teacher {number}": "hill" for number in range(12)}
    second = first | {f"newcomer {number}": "hill" for number in range(5)}
    people = cells_across_waves([first, second])
    assert audit_figures([[path for path in people if path[wave]] for wave in range(2)], people).is_safe


def test_an_attacker_among_five_knows_four_others_and_six_are_needed() -> None:
    five, six = {"team": 5}, {"team": 6}
    assert audit_figures([["team"]], five).is_safe
    assert not audit_figures([["team"]], five, known={"team": 1}).is_safe
    assert audit_figures([["team"]], six, known={"team": 1}).is_safe


def test_school_leaders_who_pool_what_they_know_are_found() -> None:
    """Each leader answered in the cell of leaders; pooling six of eight answers leaves two others."""
    people = {"leaders": 8, "teachers": 90}
    figures = [["leaders"], ["leaders", "teachers"]]
    assert audit_figures(figures, people, known={"leaders": 3}).is_safe
    assert audit_figures(figures, people, known={"leaders": 6}).findings == (Finding(cells=("leaders",), people=2),)
    everybody_knows = audit_figures(figures, people, known={"leaders": 8})
    assert everybody_knows.is_safe  # they know their own eight already, and learn of ninety


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 15), min_size=6, max_size=6),
    st.lists(st.sets(st.sampled_from(CELLS), min_size=1), max_size=6),
    st.sampled_from(CELLS),
)
def test_atoms_of_k_plus_one_withstand_a_respondent(counts: list[int], wanted: list[set[str]], own: str) -> None:
    people = dict(zip(CELLS, counts, strict=True))
    views = {str(number): cells for number, cells in enumerate(wanted)}
    plan = form_atoms(people, [list(itertools.pairwise(CELLS))], views, k=6)
    figures = [[cell for place in places for cell in plan.atoms[place]] for places in plan.views.values()]
    assert audit_figures(figures, people, k=5, known={own: min(1, people[own])}).is_safe


# --- the edges --------------------------------------------------------------------------------------------------------
def test_a_question_too_large_to_decide_is_not_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    people = {"a": 3, "b": 20}
    figures = [["a", "b"]]
    assert audit_figures(figures, people).is_safe
    monkeypatch.setattr(audit_module, "LARGEST_TABLE", 0)
    single = audit_figures([["a"], ["a", "b"]], people)
    assert (single.is_safe, single.is_complete) == (False, False)


def test_too_many_small_cells_are_not_safe() -> None:
    people = dict.fromkeys(range(300), 1)
    found = audit_figures([list(people)[:number] for number in range(1, 300)], people)
    assert (found.is_safe, found.is_complete) == (False, False)


def test_ranks_are_exact_where_floating_point_is_not() -> None:
    columns = [frozenset(range(start, start + 3)) for start in range(40)]
    table = [[Fraction(int(row in column)) for column in columns] for row in range(43)]
    assert len(table) == 43
    assert audit_module._rank(columns) == np.linalg.matrix_rank(np.array(table, dtype=float)) == 40


def test_nothing_published_and_empty_figures_are_safe() -> None:
    assert audit_figures([], {"a": 1}).is_safe
    assert audit_figures([[]], {"a": 1}).is_safe
    assert audit_figures([["a"]], {"a": 0}).is_safe


def test_what_contradicts_itself_is_refused() -> None:
    for refused in (
        lambda: audit_figures([["b"]], {"a": 5}),
        lambda: audit_figures([["a"]], {"a": -5}),
        lambda: audit_figures([["a"]], {"a": 5}, known={"a": 6}),
        lambda: audit_figures([["a"]], {"a": 5}, k=1),
        lambda: cells_across_waves([]),
    ):
        with pytest.raises(UnusableInput):
            refused()
