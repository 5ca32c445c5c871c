"""What breaks when someone leaves, against R, against webs with the people taken out, and at the edges."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.errors import UnusableInput
from collegium.science.networks.cohesion import components
from collegium.science.networks.leaving import (
    COMPARED,
    compare_with_random_leavers,
    loss_when_leaving,
    most_called_on,
)
from collegium.science.networks.mending import mend, substitutes
from collegium.science.networks.network import Network
from collegium.science.networks.weak_points import weak_points
from collegium.science.results import Caution
from tests.science import webs
from tests.science.webs import same


# --- weak points ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", [*webs.DIRECTED, *webs.UNDIRECTED])
def test_articulation_points_are_those_of_r(name: str) -> None:
    web, wanted, _ = webs.case(name)
    assert (np.flatnonzero(weak_points(web).articulation) + 1).tolist() == sorted(wanted["articulation"]["igraph"])


def parts_without(web: Network, person: int) -> list[int]:
    """Return the sizes of what is left of a person's part."""
    parts = components(web)
    others = [other for other in range(web.n) if other != person and parts.weak[other] == parts.weak[person]]
    return components(web.subset(others)).weak_sizes.tolist()


@given(webs.networks(most=8))
def test_weak_points_are_what_taking_people_and_ties_out_shows(web: Network) -> None:
    found = weak_points(web)
    for person in range(web.n):
        left = parts_without(web, person)
        assert found.articulation[person] == (len(left) > 1)
        assert found.cut_off[person] == sum(left[1:])
    whole = len(components(web).weak_sizes)
    bridges = []
    for pair in web.pairs.tolist():
        kept = [tie for tie in web.edges.tolist() if sorted(tie) != pair]
        if len(components(Network.of(web.n, kept)).weak_sizes) > whole:
            bridges.append(pair)
    assert found.bridges.tolist() == bridges
    worst = found.worst
    assert (worst is None) == (not found.articulation.any())
    if worst is not None:
        assert found.cut_off[worst] == found.cut_off.max()


def test_many_weak_points_take_no_time() -> None:
    n = 4000
    path = Network.of(n, [(place, place + 1) for place in range(n - 1)])
    found = weak_points(path)
    assert found.cut_off.max() == n // 2 - 1
    assert len(found.bridges) == n - 1


# --- leaving ----------------------------------------------------------------------------------------------------------
@st.composite
def leaving(draw: st.DrawFn) -> tuple[Network, list[int], list[int]]:
    web = draw(webs.networks())
    leavers = draw(st.lists(st.sampled_from(range(web.n)), unique=True, max_size=web.n)) if web.n else []
    return web, leavers, draw(st.lists(st.integers(-1, 2), min_size=web.n, max_size=web.n))


@given(leaving())
def test_a_loss_is_the_difference_of_two_webs(drawn: tuple[Network, list[int], list[int]]) -> None:
    web, leavers, groups = drawn
    found = loss_when_leaving(web, leavers, groups)
    stay = [person for person in range(web.n) if person not in leavers]
    left = [(i, j) for i, j in web.edges.tolist() if i in stay and j in stay]

    def near(ties: list[Any]) -> set[tuple[int, int]]:
        steps = {(i, j) for i, j in ties} | {(i, k) for i, j in ties for h, k in ties if j == h}
        return {(i, j) for i, j in steps if i != j and i in stay and j in stay}

    def crossing(ties: list[Any]) -> list[Any]:
        return [(i, j) for i, j in ties if groups[i] >= 0 <= groups[j] and groups[i] != groups[j]]

    def touched(ties: list[Any]) -> set[int]:
        return {person for tie in ties for person in tie if person in stay}

    def lost(before: int, after: int) -> float | None:
        return (before - after) / before if before else None

    ties = [tuple(tie) for tie in web.edges.tolist()]
    same(found.reach, lost(len(near(ties)), len(near(left))))
    same(found.ties, lost(len(ties), len(left)))
    same(found.crossing, lost(len(crossing(ties)), len(crossing(left))))
    assert found.isolated == len(touched(ties) - touched(left))
    assert found.without_outside == len(touched(crossing(ties)) - touched(crossing(left)))
    joined = [{frozenset((groups[i], groups[j])) for i, j in crossing(some)} for some in (ties, left)]
    assert found.parted == len(joined[0] - joined[1])
    assert found.leavers == len(leavers)


@given(leaving())
def test_those_cut_off_were_in_the_largest_part(drawn: tuple[Network, list[int], list[int]]) -> None:
    web, leavers, groups = drawn
    found, parts = loss_when_leaving(web, leavers, groups), components(web)
    stay = [person for person in range(web.n) if person not in leavers]
    were = [person for person in stay if parts.weak[person] == 0]
    largest = components(web.subset(were)).weak_sizes.max(initial=0)
    if (parts.weak_sizes == parts.weak_sizes.max(initial=0)).sum() == 1:
        assert found.cut_off == len(were) - largest
    assert 0 <= found.cut_off <= max(parts.weak_sizes.max(initial=0) - 2, 0)


def test_one_who_leaves_cuts_off_those_that_hang_on_them() -> None:
    for name in ("coleman_fall", "syn_two_components_isolate"):
        web, _, _ = webs.case(name)
        points = weak_points(web)
        for person in np.flatnonzero(points.articulation & (components(web).weak == 0)):
            loss = loss_when_leaving(web, [int(person)], np.zeros(web.n, dtype=int))
            assert loss.cut_off == points.cut_off[person]


def test_the_most_called_on_cost_more_than_others() -> None:
    web, school = webs.schools()
    leavers = most_called_on(web, 10)
    assert web.in_degree[leavers].min() >= np.delete(web.in_degree, leavers).max()
    found = compare_with_random_leavers(web, leavers, school, draws=60)
    assert found.loss == loss_when_leaving(web, leavers, school)
    for name in ("reach", "ties", "isolated"):
        compared = getattr(found, name)
        assert compared.draws == 60
        assert compared.observed > compared.usual.high
    assert found.crossing.observed is None  # no tie leads from school to school
    assert found.parted.observed == 0
    again = compare_with_random_leavers(web, leavers, school, draws=60)
    assert all(getattr(again, name) == getattr(found, name) for name in COMPARED)


def test_when_nobody_leaves_nothing_is_lost() -> None:
    web, school = webs.schools()
    found = loss_when_leaving(web, [], school)
    assert (found.reach.value, found.ties.value, found.cut_off, found.isolated, found.parted) == (0, 0, 0, 0, 0)
    assert most_called_on(web, 0).tolist() == []


# --- what to do -------------------------------------------------------------------------------------------------------
@given(leaving())
def test_the_suggested_links_keep_the_web_together_and_none_is_spare(
    drawn: tuple[Network, list[int], list[int]],
) -> None:
    web, leavers, _ = drawn
    groups = list(range(web.n))  # everybody is a group of their own, so that a membership is one link
    found, parts = mend(web, leavers, groups), components(web)
    stay = [person for person in range(web.n) if person not in leavers]
    place = {person: number for number, person in enumerate(stay)}
    touched = {int(parts.weak[person]) for person in leavers}
    concerned = [person for person in stay if parts.weak[person] in touched]
    assert sum(found.pieces) == len(concerned)

    def pieces(links: list[tuple[int, int]]) -> int:
        kept = [(place[i], place[j]) for i, j in web.edges.tolist() if i in place and j in place]
        new = [(place[i], place[j]) for i, j in links]
        return len(components(Network.of(len(stay), sorted({*kept, *new}))).weak_sizes)

    links = [(one.person, one.to_group) for one in found.memberships]
    left_of_parts = {int(parts.weak[person]) for person in concerned}
    assert len(found.pieces) - len(links) == len(left_of_parts)
    assert pieces(links) == pieces([]) - len(links)
    for one in found.memberships:
        assert one.from_group == one.person
        assert one.person in concerned


def test_whoever_is_nearest_to_the_break_and_called_on_least_links() -> None:
    # 0, 1, 2 on the left and 4, 5, 6, 7 on the right of 3.
    web = Network.of(8, [(0, 1), (0, 2), (2, 1), (1, 3), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7), (7, 5)])
    found = mend(web, [3], [0, 0, 0, 1, 1, 2, 2, 2])
    assert found.pieces == (4, 3)
    (only,) = found.memberships
    assert (only.person, only.from_group, only.to_group, only.reconnects) == (1, 0, 1, 3)
    assert mend(web, [3], [-1] * 8).memberships[0].to_group == -1
    assert mend(web, [7], [0] * 8).memberships == ()


@given(webs.networks(least=1), st.data())
def test_substitutes_are_nearest_by_the_ties_they_share(web: Network, data: st.DataObject) -> None:
    person = data.draw(st.integers(0, web.n - 1))
    roles = data.draw(st.lists(st.lists(st.booleans(), min_size=2, max_size=2), min_size=web.n, max_size=web.n))
    found = substitutes(web, person, roles=roles, most=web.n)
    tied = {tuple(tie) for tie in web.edges.tolist()}

    def around(one: int, without: int) -> tuple[set[int], set[int]]:
        others = set(range(web.n)) - {one, without}
        return {x for x in others if (x, one) in tied}, {x for x in others if (one, x) in tied}

    for place, other in enumerate(found.people.tolist()):
        assert other != person
        mine, theirs = around(person, other), around(other, person)
        shared = sum(len(a & b) for a, b in zip(mine, theirs, strict=True))
        either = sum(len(a | b) for a, b in zip(mine, theirs, strict=True))
        webs.all_same([found.ties[place]], [shared / either if either else None])
        webs.all_same([found.covers[place]], [len(mine[0] & theirs[0]) / len(mine[0]) if mine[0] else None])
        held = [{role for role in range(2) if roles[one][role]} for one in (person, other)]
        both, any_of = held[0] & held[1], held[0] | held[1]
        webs.all_same([found.roles[place]], [len(both) / len(any_of) if any_of else None])
        assert found.tied[place] == ((person, other) in tied or (other, person) in tied)
    assert found.score.tolist() == sorted(found.score.tolist(), reverse=True)
    assert (found.score > 0).all()


def test_only_those_allowed_stand_in() -> None:
    web = Network.of(5, [(0, 3), (1, 3), (0, 4), (1, 4), (0, 2)])
    assert substitutes(web, 3).people.tolist() == [4, 2]
    assert substitutes(web, 3, among=[True, True, True, True, False]).people.tolist() == [2]
    assert substitutes(web, 3, most=1).people.tolist() == [4]
    assert substitutes(Network.of(3, [(0, 1)]), 2).people.tolist() == []


# --- the edges --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("web", webs.EDGES)
def test_without_ties_nothing_breaks(web: Network) -> None:
    groups = np.zeros(web.n, dtype=int)
    found = weak_points(web)
    assert not found.articulation.any()
    assert (found.worst, found.bridges.tolist()) == (None, [])
    loss = loss_when_leaving(web, list(range(web.n)), groups)
    assert (loss.reach.value, loss.ties.value, loss.crossing.value) == (None, None, None)
    assert loss.reach.cautions == (Caution.NO_TIES,)
    assert (loss.isolated, loss.without_outside, loss.parted) == (0, 0, 0)
    assert mend(web, list(range(web.n)), groups).memberships == ()
    assert compare_with_random_leavers(web, [], groups, draws=3).ties.observed is None


def test_what_silence_leaves_open_is_said() -> None:
    web = Network.of(3, [(0, 1), (1, 2)], answered=[True, True, False])
    for found in (weak_points(web), mend(web, [1], [0, 0, -1]), substitutes(web, 1)):
        assert (found.n_used, found.n_missing) == (2, 1)
        assert Caution.NOT_ALL_ANSWERED in found.cautions
        assert found.method.startswith("resilience: ")
    assert Caution.UNKNOWN_GROUPS in mend(web, [1], [0, 0, -1]).cautions


def test_people_that_are_nobody_are_refused() -> None:
    web: Any = Network.of(3, [(0, 1)])
    groups = [0, 0, 0]
    for refused in (
        lambda: most_called_on(web, 4),
        lambda: loss_when_leaving(web, [3], groups),
        lambda: loss_when_leaving(web, [0, 0], groups),
        lambda: mend(web, [-1], groups),
        lambda: compare_with_random_leavers(web, [0], groups, draws=0),
        lambda: substitutes(web, 3),
        lambda: substitutes(web, 0, most=0),
        lambda: substitutes(web, 0, roles=[[True]]),
        lambda: substitutes(web, 0, among=[True]),
    ):
        with pytest.raises(UnusableInput):
            refused()
