"""Who links people of the same and of different groups: the roles of Gould and Fernandez."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from collegium.science.networks._putting import cautions_of, share, shares
from collegium.science.networks._triads import closed_paths
from collegium.science.networks.network import Network
from collegium.science.results import Caution, FloatArray, IntArray, Locked


class Role(StrEnum):
    """Who is linked: A and B are groups, the broker in the middle."""

    COORDINATOR = "coordinator"  # A - A - A
    CONSULTANT = "consultant"  # A - B - A, itinerant broker
    REPRESENTATIVE = "representative"  # A - A - B
    GATEKEEPER = "gatekeeper"  # A - B - B
    LIAISON = "liaison"  # A - B - C
    TOTAL = "total"


ROLES = tuple(Role)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoleCounts(Locked):
    """How many paths of each role there are, and what chance gives. The last axis runs over `ROLES`.

    `expected` and `deviation` are those of a random web of the same density; `z` is NaN where it leaves no choice.
    """

    observed: FloatArray
    expected: FloatArray
    deviation: FloatArray

    @property
    def z(self) -> FloatArray:
        """How many deviations there are more than chance gives."""
        return shares(self.observed - self.expected, self.deviation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brokerage:
    """The roles of each person (rows; NaN for whom no group is known) and those of all."""

    people: RoleCounts
    whole: RoleCounts
    n_used: int
    n_missing: int
    method: str
    cautions: tuple[Caution, ...]


def brokerage(network: Network, groups: Sequence[int] | npt.NDArray[Any]) -> Brokerage:
    """Return how often each person links two who have no tie of their own, by the groups of the three.

    Parameters
    ----------
    network : Network
        Somebody is a broker where a tie leads to them from one person, one from them to another, and none from the one
        to the other.
    groups : array of int, one for each person
        From 0; people with -1 (not known) are left out, and so are their ties.

    Returns
    -------
    Brokerage
        Counts, and what a random web among the same groups would give: each tie is there with the density of the web.

    Raises
    ------
    UnusableInput
        If groups are not whole numbers of at least -1, one for each person.

    Notes
    -----
    With density d, T possible pairs of a role and S ordered pairs of them that share a person, a broker's expectation
    is ``T d^2 (1 - d)``, the variance ``T p (1 - p) + S d^3 (1 - d)^3`` with ``p = d^2 (1 - d)``. For all people
    together paths of different brokers share ties as well; see docs/methods/brokerage.md.

    References
    ----------
    Gould and Fernandez (1989), Structures of mediation, Sociological Methodology 19, 89-126.

    Examples
    --------
    >>> found = brokerage(Network.of(4, [(0, 1), (1, 2), (3, 1)]), [0, 0, 1, 1])
    >>> [int(count) for count in found.people.observed[1]]
    [0, 1, 1, 0, 0, 2]
    """
    codes = network.codes(groups)
    known = codes >= 0
    kept, codes = network.subset(known), codes[known]
    _, codes = np.unique(codes, return_inverse=True)
    sizes = np.bincount(codes)
    observed = _observed(kept, codes)
    density = share(len(kept), kept.n * (kept.n - 1)) or 0.0
    expected, deviation = _of_one(sizes.astype(np.float64), density)
    rows = np.full((3, network.n, len(ROLES)), np.nan)
    rows[:, known] = observed, expected[codes], deviation[codes]
    whole_expected, whole_deviation = _of_all(sizes.astype(np.float64), density)
    return Brokerage(
        people=RoleCounts(observed=rows[0], expected=rows[1], deviation=rows[2]),
        whole=RoleCounts(observed=observed.sum(axis=0), expected=whole_expected, deviation=whole_deviation),
        n_used=kept.n_answered,
        n_missing=network.n - kept.n_answered,
        method="brokerage: Gould and Fernandez",
        cautions=cautions_of(network, [None if known.all() else Caution.UNKNOWN_GROUPS]),
    )


def _observed(network: Network, codes: IntArray) -> FloatArray:
    """Count the roles of each person: paths by degrees within groups, less those whose ends are tied or one person."""
    from scipy.sparse import csr_array

    n, groups = network.n, int(codes.max(initial=-1)) + 1
    sources, targets = network.sources, network.targets
    ones = np.ones(len(network))
    named_by = csr_array((ones, (targets, codes[sources])), shape=(n, groups))
    names = csr_array((ones, (sources, codes[targets])), shape=(n, groups))
    same = codes[sources] == codes[targets]
    own_in = np.bincount(targets[same], minlength=n)
    own_out = np.bincount(sources[same], minlength=n)
    other_in, other_out = network.in_degree - own_in, network.out_degree - own_out
    alike = np.asarray(named_by.multiply(names).sum(axis=1)).ravel() if n else np.zeros(0)
    back = network.reciprocated
    own_back = np.bincount(sources[back & same], minlength=n)
    other_back = np.bincount(sources[back & ~same], minlength=n)
    found = np.zeros((n, len(ROLES)))
    found[:, 0] = own_in * own_out - own_back
    found[:, 1] = alike - own_in * own_out - other_back
    found[:, 2] = own_in * other_out
    found[:, 3] = other_in * own_out
    found[:, 4] = other_in * other_out - (alike - own_in * own_out)
    for paths in closed_paths(network):
        start, middle, end = codes[paths].T
        role = np.select(
            [
                (start == middle) & (middle == end),
                start == end,
                start == middle,
                middle == end,
            ],
            [0, 1, 2, 3],
            4,
        )
        np.subtract.at(found, (paths[:, 1], role), 1)
    found[:, 5] = found[:, :5].sum(axis=1)
    return found


def _of_one(sizes: FloatArray, density: float) -> tuple[FloatArray, FloatArray]:
    """Return expectation and deviation of a broker of each group, (groups, roles)."""
    n = sizes.sum()
    own, others = sizes, n - sizes
    squares, cubes = (sizes**2).sum() - sizes**2, (sizes**3).sum() - sizes**3
    # Pairs of people whom a broker could link, and ordered pairs of pairs that share who is first or who is last.
    alike = squares - others
    possible = np.stack(
        (
            (own - 1) * (own - 2),
            alike,
            (own - 1) * others,
            (own - 1) * others,
            others**2 - squares,
            np.full(len(sizes), (n - 1) * (n - 2)),
        ),
        axis=1,
    )
    sharing = np.stack(
        (
            2 * (own - 1) * (own - 2) * (own - 3),
            2 * (cubes - 3 * squares + 2 * others),
            (own - 1) * others * (n - 3),
            (own - 1) * others * (n - 3),
            2 * (others * (others**2 - squares) - (others * squares - cubes) - (others**2 - squares)),
            np.full(len(sizes), 2 * (n - 1) * (n - 2) * (n - 3)),
        ),
        axis=1,
    )
    path = density**2 * (1 - density)
    variance = possible * path * (1 - path) + sharing * (density * (1 - density)) ** 3
    return possible * path, np.sqrt(np.maximum(variance, 0))


def _of_all(sizes: FloatArray, density: float) -> tuple[FloatArray, FloatArray]:
    """Return expectation and deviation of all brokers together, (roles,), as Gould and Fernandez give them."""
    n, square, cube, fourth = (float((sizes**power).sum()) for power in (1, 2, 3, 4))
    others = n - sizes
    # Three different groups: people of each, and the same times the people of the first once more.
    three = n**3 - 3 * n * square + 2 * cube
    again = square * n**2 - square**2 - 2 * cube * n + 2 * fourth
    inside, across = sizes * (sizes - 1) * (sizes - 2), sizes * (sizes - 1) * others
    possible = np.array([inside.sum(), across.sum(), across.sum(), across.sum(), three, n * (n - 1) * (n - 2)])
    # Two paths share a tie that both need (rows: roles), one needs and one lacks, both lack.
    liaisons = (4 * n - 2) * three - 8 * again
    consultants = sizes * (sizes - 1)
    shared = np.array(
        [
            [(inside * (4 * sizes - 10)).sum(), (inside * 4 * (sizes - 3)).sum(), (inside * (sizes - 3)).sum()],
            [
                (consultants * ((2 * sizes - 6) * others + 2 * (square - sizes**2))).sum(),
                0.0,
                (consultants * others * (others - 1)).sum(),
            ],
            [(across * (n - 3)).sum(), 0.0, (across * (sizes - 2)).sum()],
            [(across * (n - 3)).sum(), 0.0, (across * (sizes - 2)).sum()],
            [liaisons, liaisons, (n - 1) * three - 2 * again],
            [possible[5] * (4 * n - 10), possible[5] * 4 * (n - 3), possible[5] * (n - 3)],
        ]
    )
    free = 1 - density
    path = density**2 * free
    covariances = np.array([(density * free) ** 3, -(density**4) * free**2, density**5 * free])
    variance = possible * path * (1 - path) + shared @ covariances
    return possible * path, np.sqrt(np.maximum(variance, 0))
