"""What to do before somebody leaves: links that would keep the web together, and who could carry on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from collegium.science.errors import UnusableInput
from collegium.science.networks._groups import unknown_groups
from collegium.science.networks._leavers import check_leavers
from collegium.science.networks._putting import cautions_of, shares
from collegium.science.networks.cohesion import components
from collegium.science.networks.network import Network
from collegium.science.results import BoolArray, Caution, FloatArray, IntArray, Locked


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossMembership:
    """One person of a piece that would come apart, who could join a group of the largest piece.

    `reconnects` is how many people that keeps in. `from_group` is the person's own group, -1 where not known;
    `to_group` is -1 where nobody in the largest piece has a known group, and then any link there will do.
    """

    person: int
    from_group: int
    to_group: int
    reconnects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """The pieces that are left of a part when some leave, from the largest, and the fewest links that join them."""

    pieces: tuple[int, ...]
    memberships: tuple[CrossMembership, ...]
    n_used: int
    n_missing: int
    method: str
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Substitutes(Locked):
    """Who could carry on what somebody does, from the nearest.

    `covers` is the share of those who turn to that person and turn to the substitute already, `ties` the share of both
    people's ties that they have in common, `roles` the same of their roles (NaN where neither has any, or none are
    given), `score` the mean of these. `tied` says whether the two are tied to each other.
    """

    people: IntArray
    covers: FloatArray
    ties: FloatArray
    roles: FloatArray
    score: FloatArray
    tied: BoolArray
    n_used: int
    n_missing: int
    method: str
    cautions: tuple[Caution, ...]


def mend(network: Network, leavers: Sequence[int] | IntArray, groups: Sequence[int] | npt.NDArray[Any]) -> Mending:
    """Return the fewest cross-memberships that keep together what comes apart when some leave.

    Parameters
    ----------
    network : Network
        Ties of either direction hold people together.
    leavers : sequence of int
        People, once each; such as the worst of `weak_points`.
    groups : array of int, one for each person
        From 0, -1 where not known.

    Returns
    -------
    Mending
        `pieces` are the sizes of what is left of the parts that the leavers are in; one membership for each piece but
        the largest of its part, from the largest piece on. Of the people of a piece the one is named who has most ties
        to the leavers, then fewest to others: who is called on least already. The group to join is that of the largest
        piece in which most people are tied to the leavers, then the largest.

    Raises
    ------
    UnusableInput
        If a leaver is nobody or named twice, or groups are not whole numbers of at least -1, one for each person.

    Notes
    -----
    One link joins two pieces, so p pieces of one part need p - 1 links, and no fewer do.

    References
    ----------
    Eswaran and Tarjan (1976), Augmentation problems, SIAM Journal on Computing 5, 653-665 (for one break, of which this
    is the simple case).

    Examples
    --------
    >>> web = Network.of(5, [(0, 1), (1, 2), (3, 1), (3, 4)])
    >>> found = mend(web, [1], [0, 0, 1, 2, 2])
    >>> found.pieces, [(one.person, one.to_group) for one in found.memberships]
    ((2, 1, 1), [(0, 2), (2, 2)])
    """
    codes, gone = network.codes(groups), np.zeros(network.n, dtype=np.bool_)
    chosen = check_leavers(network, leavers)
    gone[chosen] = True
    to_leavers = np.zeros(network.n, dtype=np.int64)
    touching = gone[network.pairs].any(axis=1)
    np.add.at(to_leavers, network.pairs[touching].ravel(), 1)
    part = components(network).weak
    staying = np.flatnonzero(~gone)
    piece = np.full(network.n, -1, dtype=np.int64)
    piece[staying] = components(network.subset(staying)).weak
    ties = network.in_degree + network.out_degree
    sizes, memberships = [], []
    for broken in np.unique(part[chosen]):
        numbers, counts = np.unique(piece[(part == broken) & ~gone], return_counts=True)
        sizes.extend(counts.tolist())
        if len(numbers) < 2:
            continue
        main = piece == numbers[np.argmax(counts)]
        to_group = _group_to_join(codes, main, to_leavers)
        for number, count in zip(numbers, counts, strict=True):
            if number == numbers[np.argmax(counts)]:
                continue
            people = np.flatnonzero(piece == number)
            person = int(people[np.lexsort((people, ties[people] - to_leavers[people], -to_leavers[people]))[0]])
            memberships.append(
                CrossMembership(person=person, from_group=int(codes[person]), to_group=to_group, reconnects=int(count))
            )
    memberships.sort(key=lambda one: (-one.reconnects, one.person))
    return Mending(
        pieces=tuple(sorted(sizes, reverse=True)),
        memberships=tuple(memberships),
        n_used=network.n_answered,
        n_missing=network.n - network.n_answered,
        method="resilience: cross-memberships",
        cautions=cautions_of(network, [unknown_groups(codes)]),
    )


def _group_to_join(codes: IntArray, main: BoolArray, to_leavers: IntArray) -> int:
    """Return the group of a piece that stands next to the break; -1 where no group is known there."""
    known = codes[main & (codes >= 0)]
    if not len(known):
        return -1
    beside = np.bincount(codes[main & (codes >= 0) & (to_leavers > 0)], minlength=int(known.max()) + 1)
    size = np.bincount(known, minlength=len(beside))
    return int(np.lexsort((np.arange(len(size)), -size, -beside))[0])


def substitutes(
    network: Network,
    person: int,
    *,
    roles: npt.ArrayLike | None = None,
    among: npt.ArrayLike | None = None,
    most: int = 3,
) -> Substitutes:
    """Return who stands nearest to somebody, by ties and by roles.

    Parameters
    ----------
    network : Network
        Of any size.
    person : int
        Who is to be stood in for.
    roles : array of bool, (people, roles), optional
        Who has which role, post or subject.
    among : array of bool, one for each person, optional
        Who may be named; everybody else, where nothing is said.
    most : int
        How many to return, at least 1.

    Returns
    -------
    Substitutes
        Only people with a score above 0: an empty answer says that nobody stands near. Of people with the same score
        the one with fewer people turning to them comes first.

    Raises
    ------
    UnusableInput
        If the person is nobody, `most` is below 1, or roles or among have another shape.

    Notes
    -----
    Ties in common: ``|A and B| / |A or B|`` (Jaccard), with A and B who turns to each and to whom each turns, the two
    themselves left out, counted by direction. Roles in the same way.

    References
    ----------
    Lorrain and White (1971), Structural equivalence, Journal of Mathematical Sociology 1, 49-80. Jaccard (1912), New
    Phytologist 11, 37-50.

    Examples
    --------
    >>> web = Network.of(5, [(0, 3), (1, 3), (0, 4), (1, 4), (2, 3)])
    >>> found = substitutes(web, 3)
    >>> found.people.tolist(), found.covers.round(4).tolist()
    ([4], [0.6667])
    """
    UnusableInput.unless(0 <= person < network.n, "unknown_person", "There is no such person.", person=person)
    UnusableInput.unless(most >= 1, "most", "At least one substitute is asked for.", most=most)
    n = network.n
    allowed = np.ones(n, dtype=np.bool_) if among is None else np.asarray(among, dtype=np.bool_)
    UnusableInput.unless(allowed.shape == (n,), "shape", "Who may be named is said once for each person.")
    named_by, names = _column(network, person), _column(network, person, turned=True)
    shared_in, shared_out = _common(network, named_by), _common(network, names, turned=True)
    beside = named_by | names
    shared = shared_in + shared_out
    # The tie between the two is no tie in common, and is not held against them.
    own = int(named_by.sum() + names.sum())
    either = own + network.in_degree + network.out_degree - shared - 2 * (named_by.astype(np.int64) + names)
    ties = shares(shared, either)
    covers = shares(shared_in, named_by.sum() - named_by)
    common_roles = _common_roles(n, person, roles)
    parts = np.stack((covers, ties, common_roles))
    known = (~np.isnan(parts)).sum(axis=0)
    score = shares(np.nansum(parts, axis=0), known)
    candidates = np.flatnonzero(allowed & (np.arange(n) != person) & (score > 0))
    order = candidates[np.lexsort((candidates, network.in_degree[candidates], -score[candidates]))][:most]
    return Substitutes(
        people=order,
        covers=covers[order],
        ties=ties[order],
        roles=common_roles[order],
        score=score[order],
        tied=beside[order],
        n_used=network.n_answered,
        n_missing=network.n - network.n_answered,
        method="resilience: substitutes",
        cautions=cautions_of(network),
    )


def _column(network: Network, person: int, *, turned: bool = False) -> BoolArray:
    """Mark who turns to somebody, or (turned) to whom they turn."""
    near, far = (network.targets, network.sources) if turned is False else (network.sources, network.targets)
    found = np.zeros(network.n, dtype=np.bool_)
    found[far[near == person]] = True
    return found


def _common(network: Network, marked: BoolArray, *, turned: bool = False) -> IntArray:
    """Count for each person how many of the marked turn to them, or (turned) are turned to by them."""
    near, far = (network.targets, network.sources) if turned is False else (network.sources, network.targets)
    return np.bincount(near[marked[far]], minlength=network.n)


def _common_roles(n: int, person: int, roles: npt.ArrayLike | None) -> FloatArray:
    if roles is None:
        return np.full(n, np.nan)
    held = np.asarray(roles, dtype=np.bool_)
    UnusableInput.unless(held.ndim == 2 and len(held) == n, "shape", "Roles have one row for each person.")
    return shares((held & held[person]).sum(axis=1), (held | held[person]).sum(axis=1))
