"""Near-duplicates: what is shown together, what stays apart, and that no order or chain decides it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.intend import alike

WORDS = ["we", "every", "child", "learn", "read", "trust", "listen", "kind", "first", "together"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Every child can learn to read.", "every child can learn to read well"),
        ("We listen before we judge", "We listen before judging"),
        ("Every pupil is known by name", "Each pupil is known by name"),
        ("Trust grows by small promises kept", "Small promises kept grow trust"),
        ("Kindness!", "  KINDNESS "),
        ("ﬁne café", "fine CAFÉ"),
    ],
)
def test_nearly_the_same_words_stand_together(one: str, other: str) -> None:
    assert alike.group_alike([one, other]) == [[0, 1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We share what works", "We share what does not work"),
        ("Children need clear rules", "Children need few rules"),
        ("Feedback should be honest", "Feedback should be kind"),
        ("Mistakes are how we learn", "Every pupil is known by name"),
        ("!!!", "???"),
        ("", "Kindness"),
    ],
)
def test_different_statements_stay_apart(one: str, other: str) -> None:
    assert alike.group_alike([one, other]) == [[0], [1]]


def test_words_alone_are_compared_and_not_what_they_mean() -> None:
    """That is why those alike are shown together and never made one."""
    assert alike.likeness("We trust each other", "We do not trust each other") >= alike.ALIKE
    assert alike.likeness("Pupils come first", "Children before all else") < alike.ALIKE


def test_a_language_without_spaces_is_compared_by_its_letters() -> None:
    assert alike.group_alike(["すべての子どもは学ぶことができる", "すべての子どもは学ぶことができます"]) == [[0, 1]]


def test_small_steps_do_not_join_what_is_far_apart() -> None:
    steps = ["a b c d e f g h", "b c d e f g h i", "c d e f g h i j", "d e f g h i j k"]
    assert alike.likeness(steps[0], steps[1]) >= alike.ALIKE > alike.likeness(steps[0], steps[3])
    for group in alike.group_alike(steps):
        assert all(alike.likeness(steps[one], steps[other]) >= alike.ALIKE for one in group for other in group)


def test_nothing_makes_no_group() -> None:
    assert alike.group_alike([]) == []


@given(texts, texts)
def test_likeness_has_no_direction_and_its_bounds(one: str, other: str) -> None:
    assert alike.likeness(one, other) == alike.likeness(other, one)
    assert 0 <= alike.likeness(one, other) <= 1
    assert alike.likeness(one, one) == 1


@given(st.lists(texts, max_size=12), st.integers())
def test_every_text_is_in_one_group_and_the_order_does_not_matter(given_texts: list[str], seed: int) -> None:
    groups = alike.group_alike(given_texts)
    assert sorted(place for group in groups for place in group) == list(range(len(given_texts)))
    shuffled = given_texts[:]
    random.Random(seed).shuffle(shuffled)
    assert _as_sets(given_texts) == _as_sets(shuffled)


def _as_sets(texts_: list[str]) -> set[frozenset[str]]:
    return {frozenset(texts_[place] for place in group) for group in alike.group_alike(texts_)}
