"""Choosing several projects under a budget in proportion to who wants them: the method of equal shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, unique

import numpy as np

from collegium.science.choices.ballots import Ballots
from collegium.science.choices.outcomes import NO_QUORUM_NEEDED, Outcome, Quorum, Turnout
from collegium.science.errors import UnusableInput
from collegium.science.results import BoolArray, FloatArray, IntArray, Locked

LEVEL = 1e-9  # two prices that differ by less than this share of them are level


@unique
class Completion(StrEnum):
    """What happens with money that equal shares leave over."""

    NONE = "it stays"
    BY_SUPPORT = "projects that fit, those most wanted first"
    BY_RAISING = "shares are raised by a hundredth as long as the budget holds, at most to double; then by support"


@unique
class Worth(StrEnum):
    """What a project is worth to somebody who wants it."""

    COST = "what it costs"
    ONE = "the same as any other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """One project that was chosen: what each who wants it pays at most, how many want it, and how it was chosen.

    `level` are projects that stood level with it at that moment and lost by the order that `equal_shares` states;
    `completed` where completion chose it, and nobody in particular paid.
    """

    project: int
    most_paid: float
    supporters: int
    level: tuple[int, ...]
    completed: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class BudgetChoice(Locked):
    """Projects in the order they were chosen, with what they cost together.

    `share` is what everybody had to spend in the end; `raised` how many hundredths of the first share were added.
    `payments` has a row for each kind of ballot that counted and a column for each project: what one such ballot paid.
    """

    method: str
    outcome: Outcome
    turnout: Turnout
    chosen: tuple[int, ...]
    spent: int
    budget: int
    share: float
    raised: int
    steps: tuple[Bought, ...]
    support: IntArray
    payments: FloatArray


def equal_shares(
    ballots: Ballots,
    costs: Sequence[int],
    budget: int,
    *,
    completion: Completion = Completion.BY_RAISING,
    worth: Worth = Worth.COST,
    quorum: Quorum = NO_QUORUM_NEEDED,
) -> BudgetChoice:
    """Choose projects under a budget by the method of equal shares.

    Parameters
    ----------
    ballots : Ballots
        1 wants a project, 0 or no mark does not; any other mark spoils the ballot.
    costs : sequence of int
        What each project costs, above 0, in the smallest unit of money.
    budget : int
        What there is to spend; nothing is legal, and buys nothing.
    completion : Completion
        What happens with money that is left over.
    worth : Worth
        What a project is worth to who wants it: its cost (a large project is worth more) or the same as any other.
    quorum : Quorum
        How many have to take part.

    Returns
    -------
    BudgetChoice
        What is chosen never costs more than the budget. CHOSEN, also where nothing could be bought; NO_OPTIONS,
        NO_QUORUM and NO_VOTES as everywhere.

    Raises
    ------
    UnusableInput
        If there is not one cost for each project, a cost is not above 0, the budget is below 0, or the quorum is a
        share of an unknown number.

    Notes
    -----
    Everybody whose ballot counts has the same share of the budget. A project can be bought where those who want it can
    pay for it together; each pays the same, or all they have left. Of these the project is bought whose payers pay
    least for what it is worth. Level projects: the one that more want, then the cheaper, then the first on the ballot.

    References
    ----------
    Peters, Pierczynski and Skowron (2021), Proportional participatory budgeting with additive utilities, NeurIPS 34,
    sec. 3 and 4. Peters and Skowron (2020), Proportionality and the limits of welfarism, EC 2020.

    Examples
    --------
    >>> rows = [[1, 1, 0], [1, 1, 0], [1, 0, 0], [0, 0, 1], [0, 0, 1]]
    >>> equal_shares(Ballots.of(["yard", "trip", "books"], rows), [60, 40, 40], 100).chosen
    (0, 2)
    """
    prices = np.asarray(costs)
    UnusableInput.unless(
        prices.shape == (len(ballots.options),) and all(isinstance(cost, int | np.integer) for cost in costs),
        "costs",
        "Each project has one cost, a whole number.",
    )
    UnusableInput.unless(bool((prices > 0).all()), "costs", "A project costs more than nothing.")
    UnusableInput.unless(isinstance(budget, int) and budget >= 0, "budget", "A budget is a whole number from 0.")
    sound, turnout = ballots.sift_marks(1)
    wants, times = _kinds(sound)
    market = _Market(wants, times, prices.astype(np.int64), budget, worth)
    outcome = _outcome(turnout, quorum, len(prices))
    purse = market.buy(0) if outcome is Outcome.CHOSEN else _Purse.empty(market)
    raised = 0
    if outcome is Outcome.CHOSEN and completion is Completion.BY_RAISING:
        purse, raised = _raise(market, purse)
    if outcome is Outcome.CHOSEN and completion is not Completion.NONE:
        market.complete(purse)
    return BudgetChoice(
        method="equal-shares",
        outcome=outcome,
        turnout=turnout,
        chosen=tuple(step.project for step in purse.steps),
        spent=purse.spent,
        budget=budget,
        share=market.share(raised),
        raised=raised,
        steps=tuple(purse.steps),
        support=market.support,
        payments=purse.payments,
    )


@dataclass(kw_only=True)
class _Purse:
    """What was bought so far, and what each kind of ballot paid."""

    steps: list[Bought]
    spent: int
    payments: FloatArray

    @classmethod
    def empty(cls, market: _Market) -> _Purse:
        return cls(steps=[], spent=0, payments=np.zeros(market.wants.shape))


class _Market:
    """Ballots and prices, and what can be bought with shares of a given size."""

    def __init__(self, wants: BoolArray, times: IntArray, prices: IntArray, budget: int, worth: Worth) -> None:
        self.wants, self.times, self.prices, self.budget = wants, times, prices, budget
        self.values = prices.astype(np.float64) if worth is Worth.COST else np.ones(len(prices))
        self.wanting = [np.flatnonzero(wants[:, project]) for project in range(len(prices))]
        self.weights = [times[these].astype(np.float64) for these in self.wanting]
        self.support: IntArray = wants.T.astype(np.int64) @ times

    def share(self, raised: int) -> float:
        """What everybody has to spend, after it was raised so many times."""
        people = int(self.times.sum())
        return self.budget / people * (100 + raised) / 100 if people else 0.0

    def buy(self, raised: int) -> _Purse:
        """Buy as long as anything can be paid for."""
        purse = _Purse.empty(self)
        left = np.full(len(self.times), self.share(raised))
        waiting = {project: 0.0 for project in range(len(self.prices)) if self.support[project]}
        while True:
            best = self._cheapest(left, waiting)
            if not best:
                return purse
            project = min(best, key=self._precedence)
            pays: FloatArray = np.where(
                self.wants[:, project], np.minimum(left, waiting[project] * self.values[project]), 0.0
            )
            left = left - pays
            purse.payments[:, project] = pays
            purse.spent += int(self.prices[project])
            purse.steps.append(self._bought(project, float(pays.max()), best))
            del waiting[project]

    def _cheapest(self, left: FloatArray, waiting: dict[int, float]) -> list[int]:
        """Return the projects with the lowest price for what they are worth; drop those that cannot be paid for.

        A price never falls while money is spent, so one that was higher than the best need not be worked out again.
        """
        best: list[int] = []
        lowest = np.inf
        for project in sorted(waiting, key=lambda project: waiting[project]):
            if waiting[project] > lowest * (1 + LEVEL):
                break
            price = self._price(project, left)
            if price is None:
                del waiting[project]
                continue
            waiting[project] = price
            if price < lowest * (1 - LEVEL):
                lowest, best = price, [project]
            elif price <= lowest * (1 + LEVEL):
                best.append(project)
        return [project for project in best if waiting[project] <= lowest * (1 + LEVEL)]

    def _price(self, project: int, left: FloatArray) -> float | None:
        """Return what each payer pays at most, for what the project is worth; None where they have not enough.

        All pay the same, and those who have less give all they have: the others' part rises until that changes no more.
        """
        money, times = left[self.wanting[project]], self.weights[project]
        cost = float(self.prices[project])
        if _sum(money, times) < cost * (1 - LEVEL):
            return None
        most, poor = 0.0, -1
        while True:
            pays_most = money >= most
            if len(money) - int(np.count_nonzero(pays_most)) == poor:
                return most / float(self.values[project])
            poor = len(money) - int(np.count_nonzero(pays_most))
            payers = _sum(pays_most.astype(np.float64), times)
            if not payers:
                return float(money.max()) / float(self.values[project])
            most += (cost - _sum(np.minimum(money, most), times)) / payers

    def _precedence(self, project: int) -> tuple[int, int, int]:
        return (-int(self.support[project]), int(self.prices[project]), project)

    def _bought(self, project: int, most_paid: float, best: Sequence[int], *, completed: bool = False) -> Bought:
        return Bought(
            project=project,
            most_paid=most_paid,
            supporters=int(self.support[project]),
            level=tuple(sorted(set(best) - {project})),
            completed=completed,
        )

    def is_exhausted(self, purse: _Purse) -> bool:
        """Say whether no other project that somebody wants fits into what is left."""
        taken = {step.project for step in purse.steps}
        rest = self.budget - purse.spent
        return not any(
            project not in taken and self.support[project] and self.prices[project] <= rest
            for project in range(len(self.prices))
        )

    def complete(self, purse: _Purse) -> None:
        """Add projects that fit, those most wanted first."""
        taken = {step.project for step in purse.steps}
        for project in sorted(range(len(self.prices)), key=self._precedence):
            fits = self.prices[project] <= self.budget - purse.spent
            if project not in taken and self.support[project] and fits:
                purse.spent += int(self.prices[project])
                purse.steps.append(self._bought(project, 0.0, [], completed=True))


def _sum(values: FloatArray, times: FloatArray) -> float:
    """Add values up, each so many times. Not `@`, whose threads wait for each other where the machine is busy."""
    return float(np.einsum("i,i", values, times))


def _raise(market: _Market, purse: _Purse) -> tuple[_Purse, int]:
    for raised in range(1, 101):
        if market.is_exhausted(purse):
            return purse, raised - 1
        more = market.buy(raised)
        if more.spent > market.budget:
            return purse, raised - 1
        purse = more
    return purse, 100


def _kinds(ballots: Ballots) -> tuple[BoolArray, IntArray]:
    wants = ballots.marks == 1
    if not len(wants):
        return wants, np.zeros(0, dtype=np.int64)
    kinds, places = np.unique(wants, axis=0, return_inverse=True)
    times = np.zeros(len(kinds), dtype=np.int64)
    np.add.at(times, places.reshape(-1), ballots.counts)
    return kinds, times


def _outcome(turnout: Turnout, quorum: Quorum, projects: int) -> Outcome:
    met = quorum.is_met(turnout)
    if not projects:
        return Outcome.NO_OPTIONS
    if not met:
        return Outcome.NO_QUORUM
    return Outcome.CHOSEN if turnout.counted else Outcome.NO_VOTES
