"""What stands beside a mark never singles out fewer than k, whatever is kept back of the others."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from collegium.connect.reporting.grouping import merge_small
from collegium.connect.reporting.marks import Said, say_of_marks
from collegium.science.networks.network import NO_GROUP

PEOPLE = st.lists(
    st.tuples(st.integers(-1, 4), st.integers(-1, 3), st.booleans()),
    max_size=60,
)


def say(people: list[tuple[int, int, bool]], k: int) -> Said:
    team, level, named = (np.array(column) for column in zip(*people, strict=True)) if people else ([], [], [])
    return say_of_marks(
        np.array(team, dtype=np.int64), np.array(level, dtype=np.int64), k=k, named=np.array(named, dtype=np.bool_)
    )


@given(PEOPLE, st.integers(2, 6))
def test_every_nameless_mark_is_one_of_k_or_is_not_drawn(people: list[tuple[int, int, bool]], k: int) -> None:
    said = say(people, k)
    nameless = [place for place, (_team, _level, named) in enumerate(people) if not named and said.drawn[place]]
    alike = Counter((int(said.team[place]), int(said.level[place])) for place in nameless)
    assert all(count >= k for count in alike.values()), alike


@given(PEOPLE, st.integers(2, 6))
def test_what_is_said_is_true(people: list[tuple[int, int, bool]], k: int) -> None:
    said = say(people, k)
    for place, (team, level, named) in enumerate(people):
        assert said.team[place] in ({team} if named else {team, NO_GROUP})
        assert said.level[place] in ({level} if named else {level, NO_GROUP})
        assert said.drawn[place] or not named


def test_team_and_level_are_said_where_enough_share_them() -> None:
    said = say([(0, 0, False)] * 6 + [(0, 1, False)] * 5 + [(1, 0, False)] * 5, k=5)
    assert said.level.tolist() == [0] * 6 + [1] * 5 + [0] * 5
    assert said.team.tolist() == [0] * 11 + [1] * 5


def test_the_level_of_many_is_kept_back_where_it_would_tell_who_the_others_are() -> None:
    """Six classroom teachers and one leader: with "classroom" said of six, the seventh would be the leader."""
    said = say([(0, 0, False)] * 6 + [(0, 1, False)], k=5)
    assert said.team.tolist() == [0] * 7
    assert said.level.tolist() == [NO_GROUP] * 7


def test_a_small_team_takes_the_next_smallest_with_it() -> None:
    said = say([(0, 0, False)] * 9 + [(1, 0, False)] * 6 + [(2, 0, False)] * 2, k=5)
    assert said.team.tolist() == [0] * 9 + [NO_GROUP] * 8


def test_fewer_than_k_are_not_drawn_and_named_ones_are() -> None:
    said = say([(0, 0, False)] * 3 + [(0, 0, True)], k=5)
    assert said.drawn.tolist() == [False] * 3 + [True]


def test_a_name_is_not_given_at_the_cost_of_others() -> None:
    """Of five, one lets their name be seen: the other four are no longer five."""
    said = say([(0, 0, False)] * 4 + [(0, 0, True)] + [(1, 0, False)] * 8, k=5)
    assert said.team.tolist()[:4] == [NO_GROUP] * 4
    assert said.team.tolist()[4] == 0


@given(st.lists(st.integers(-1, 5), max_size=50), st.integers(1, 6), st.booleans())
def test_groups_that_are_told_apart_have_k_each(codes: list[int], k: int, in_order: bool) -> None:
    array = np.array(codes, dtype=np.int64)
    counted = np.ones(len(codes), dtype=np.bool_)
    groups = merge_small(array, [f"group {number}" for number in range(6)], counted=counted, k=k, in_order=in_order)
    assert len(groups) == 0 or groups.sizes.min() >= k
    assert groups.sizes.sum() in (0, len(codes))
    for kind in set(codes):
        assert len(set(groups.codes[array == kind].tolist())) == 1, "a group is not torn apart"


def test_small_groups_join_each_other_before_a_large_one() -> None:
    codes = np.array([0] * 8 + [1] * 3 + [2] * 2 + [3] * 6)
    everybody = np.ones(len(codes), dtype=np.bool_)
    groups = merge_small(codes, ["English", "Office", "Site", "Science"], counted=everybody, k=5)
    assert groups.parts == (("English",), ("Science",), ("Office", "Site"))
    groups = merge_small(codes[:11], ["English", "Office"], counted=everybody[:11], k=5)
    assert groups.parts == (("English", "Office"),)
    assert not groups.can_be_compared


def test_levels_join_their_neighbours() -> None:
    codes = np.array([0] * 9 + [1] * 6 + [2] * 3 + [3])
    everybody = np.ones(len(codes), dtype=np.bool_)
    groups = merge_small(codes, ["support", "classroom", "middle", "senior"], counted=everybody, k=4, in_order=True)
    assert groups.parts == (("support",), ("classroom",), ("middle", "senior"))


def test_those_who_are_not_counted_make_no_group_larger() -> None:
    codes = np.array([0] * 6 + [1] * 6)
    counted = np.array([True] * 8 + [False] * 4)
    groups = merge_small(codes, ["English", "Science"], counted=counted, k=5)
    assert groups.parts == (("English", "Science"),)
