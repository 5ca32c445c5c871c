"""The method of equal shares: what every group of a size is owed, and money that is never overspent."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.choices.ballots import Ballots
from collegium.science.choices.budget import BudgetChoice, Completion, Worth, equal_shares
from collegium.science.choices.outcomes import Outcome, Quorum
from collegium.science.errors import UnusableInput

Case = tuple[Ballots, list[int], int]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    size, people = draw(st.integers(1, 5)), draw(st.integers(1, 8))
    rows = draw(st.lists(st.lists(st.integers(0, 1), min_size=size, max_size=size), min_size=people, max_size=people))
    costs = draw(st.lists(st.integers(1, 60), min_size=size, max_size=size))
    return Ballots.of("ABCDE"[:size], rows), costs, draw(st.integers(0, 150))


@given(cases(), st.sampled_from(list(Completion)), st.sampled_from(list(Worth)))
def test_the_budget_is_never_exceeded_and_nobody_pays_for_what_they_do_not_want(
    case: Case, completion: Completion, worth: Worth
) -> None:
    ballots, costs, budget = case
    found = equal_shares(ballots, costs, budget, completion=completion, worth=worth)
    assert found.spent == sum(costs[project] for project in found.chosen) <= budget
    assert len(set(found.chosen)) == len(found.chosen)
    assert all(found.support[project] for project in found.chosen)
    assert found.payments.sum(axis=1).max(initial=0.0) <= found.share * (1 + 1e-9)
    kinds, times = np.unique(ballots.marks, axis=0, return_counts=True)
    assert not found.payments[kinds == 0].any()
    for step in found.steps:
        paid = float(found.payments[:, step.project] @ times)
        assert paid == pytest.approx(0 if step.completed else costs[step.project])


@given(cases())
def test_what_was_not_bought_could_not_be_paid_for(case: Case) -> None:
    """Priceability: payments explain the choice, and nobody's money that is left would buy more together."""
    ballots, costs, budget = case
    found = equal_shares(ballots, costs, budget, completion=Completion.NONE)
    kinds, times = np.unique(ballots.marks, axis=0, return_counts=True)
    left = found.share - found.payments.sum(axis=1)
    for project, cost in enumerate(costs):
        if project not in found.chosen:
            assert float((left * times)[kinds[:, project] == 1].sum()) < cost * (1 + 1e-6)


@given(cases())
def test_a_group_with_enough_money_is_not_left_without_anything(case: Case) -> None:
    """Justified representation: where all of a group want what their shares pay for, one of them got something."""
    ballots, costs, budget = case
    found = equal_shares(ballots, costs, budget, completion=Completion.NONE)
    people = ballots.n
    for size in range(1, people + 1):
        for group in combinations(range(people), size):
            rows = ballots.marks[list(group)]
            for project, cost in enumerate(costs):
                if rows[:, project].all() and Fraction(cost) <= Fraction(budget * size, people):
                    assert any(rows[:, chosen].any() for chosen in found.chosen)


@given(cases(), st.randoms())
def test_the_order_of_ballots_does_not_matter(case: Case, chance: object) -> None:
    ballots, costs, budget = case
    order = np.random.default_rng(chance.randint(0, 10**6)).permutation(ballots.n)  # type: ignore[attr-defined]
    moved = Ballots.of(ballots.options, ballots.marks[order])
    assert equal_shares(moved, costs, budget).chosen == equal_shares(ballots, costs, budget).chosen


def test_a_minority_gets_its_part_where_a_majority_would_take_all() -> None:
    # Six of ten want A and B, four want C: counting hands would spend everything on A and B.
    ballots = Ballots.of("ABC", [[1, 1, 0]] * 6 + [[0, 0, 1]] * 4)
    found = equal_shares(ballots, [60, 40, 40], 100)
    assert set(found.chosen) == {1, 2}


def test_completion_spends_what_is_left_as_it_says() -> None:
    ballots = Ballots.of("ABC", [[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]])
    costs = [40, 30, 30]

    def chosen(completion: Completion) -> BudgetChoice:
        return equal_shares(ballots, costs, 100, completion=completion)

    assert chosen(Completion.NONE).chosen == (0,)
    assert chosen(Completion.BY_SUPPORT).chosen == (0, 1, 2)
    raised = chosen(Completion.BY_RAISING)
    assert (raised.chosen, raised.raised, raised.spent) == ((0, 1, 2), 20, 100)
    # Raised until all is bought that fits; 25 was the first share, 30 the last.
    assert raised.share == pytest.approx(30)


def test_level_projects_are_told_apart_as_it_says_and_that_is_seen() -> None:
    ballots = Ballots.of("AB", [[1, 1], [1, 1]])
    found = equal_shares(ballots, [10, 10], 10)
    assert (found.chosen, found.steps[0].level) == ((0,), (1,))


@pytest.mark.parametrize("completion", list(Completion))
def test_without_money_votes_or_projects_nothing_is_bought(completion: Completion) -> None:
    ballots = Ballots.of("AB", [[1, 0], [0, 1]])
    nothing = equal_shares(ballots, [1, 1], 0, completion=completion)
    assert (nothing.outcome, nothing.chosen, nothing.spent) == (Outcome.CHOSEN, (), 0)
    blank = equal_shares(Ballots.of("AB", [[None, None]]), [1, 1], 9, completion=completion)
    assert (blank.outcome, blank.chosen) == (Outcome.NO_VOTES, ())
    assert equal_shares(Ballots.of("", []), [], 9, completion=completion).outcome is Outcome.NO_OPTIONS
    few = equal_shares(ballots, [1, 1], 9, completion=completion, quorum=Quorum(people=3))
    assert (few.outcome, few.chosen) == (Outcome.NO_QUORUM, ())
    unwanted = equal_shares(Ballots.of("AB", [[1, 0], [0, 0]]), [1, 1], 9, completion=completion)
    assert (unwanted.chosen, unwanted.turnout.counted) == ((0,), 2)


@pytest.mark.parametrize(("costs", "budget"), [([1], 5), ([0, 1], 5), ([1, -1], 5), ([1, 1.5], 5), ([1, 1], -1)])
def test_money_that_is_none_is_refused(costs: list[int], budget: int) -> None:
    with pytest.raises(UnusableInput):
        equal_shares(Ballots.of("AB", [[1, 0]]), costs, budget)
