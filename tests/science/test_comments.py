"""Comments: no reader learns from which few people a text came, or whose name was in it."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.science.disclosure.comments import Comment, release_comments
from collegium.science.errors import UnusableInput

ATOMS = [f"atom {place}" for place in range(5)]


def comments_of(texts: list[str], atom: str = "hill") -> list[Comment]:
    return [Comment(key=f"{atom} {place:04}", atom=atom, text=text) for place, text in enumerate(texts)]


def masked(text: str, *names: str) -> str:
    found = release_comments(comments_of([text]), {"hill": 10}, {"hill": ["hill"]}, names=names, seed=1)
    return found.views["hill"].comments[0].text


@given(
    st.lists(st.integers(0, 14), min_size=5, max_size=5),
    st.lists(st.sets(st.sampled_from(ATOMS), min_size=1), min_size=1, max_size=6),
)
def test_no_text_can_be_put_down_to_fewer_than_ten_answers(sizes: list[int], asked: list[set[str]]) -> None:
    """An attacker intersects and subtracts the texts of all views to find in which atoms each was written."""
    answers = dict(zip(ATOMS, sizes, strict=True))
    texts = [each for atom in ATOMS if answers[atom] for each in comments_of(["One.", "Two."], atom)]
    views = {f"view {place}": sorted(atoms) for place, atoms in enumerate(asked)}
    found = release_comments(texts, answers, views, seed=7)
    assert sorted([*found.views, *found.lost]) == sorted(views)
    where = {name: {comment.key for comment in of_view.comments} for name, of_view in found.views.items()}
    for text in texts:
        signature = {name for name, keys in where.items() if text.key in keys}
        fits = [atom for atom in ATOMS if {name for name in where if atom in views[name]} == signature]
        assert not signature or sum(answers[atom] for atom in fits) >= 10


@given(st.lists(st.text(min_size=1, max_size=20), max_size=12), st.integers(0, 1000), st.randoms())
def test_the_order_of_the_input_does_not_matter(texts: list[str], seed: int, chance: random.Random) -> None:
    given_in_order = comments_of(texts)
    shuffled = chance.sample(given_in_order, len(given_in_order))
    one, other = (
        release_comments(each, {"hill": 20}, {"hill": ["hill"]}, seed=seed) for each in (given_in_order, shuffled)
    )
    assert one == other
    assert len(one.views["hill"].comments) == sum(bool(text.strip()) for text in texts)


def test_orders_are_as_many_as_there_can_be_and_differ_between_views() -> None:
    texts = comments_of(["a", "b", "c"])
    orders = Counter(
        "".join(
            each.text for each in release_comments(texts, {"hill": 10}, {"v": ["hill"]}, seed=seed).views["v"].comments
        )
        for seed in range(300)
    )
    assert len(orders) == 6
    assert min(orders.values()) > 25
    both = release_comments(comments_of(list("abcdefgh")), {"hill": 10}, {"v": ["hill"], "w": ["hill"]}, seed=1)
    assert both.views["v"].comments != both.views["w"].comments


def test_what_is_held_back_is_counted_and_gone() -> None:
    texts = comments_of(["Keep.", "Hide.", "  "])
    found = release_comments(texts, {"hill": 10}, {"hill": ["hill"]}, withheld=[texts[1].key], seed=1).views["hill"]
    assert [comment.text for comment in found.comments] == ["Keep."]
    assert found.withheld == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Lind said so.", "[name] said so."),
        ("ANNA's door, lind’s plan", "[name]'s door, [name]’s plan"),
        ("anna-lena und Lena", "[name]-[name] und [name]"),
        ("O'Brien and obrien and Brien", "[name] and [name] and [name]"),
        ("zoe or Zoë or ZOË", "[name] or [name] or [name]"),
        ("van der Berg is in the van", "van der [name] is in the van"),
        ("Annals of hopeless Lindens", "Annals of hopeless Lindens"),
        ("mail a.lind@hill.example or @alind or +44 (0)20 7946-0000", "mail [address] or [address] or [address]"),
        ("in 2024 we had 1200 pupils", "in 2024 we had 1200 pupils"),
        ("\uff21nna and A\u0301nna", "[name] and [name]"),
        ("谢谢王芳老师", "谢谢[name]老师"),
    ],
)
def test_names_are_masked(text: str, expected: str) -> None:
    people = ("Anna Lind", "Lena Park", "Sean O'Brien", "Zoë Hart", "Jan van der Berg", "王芳")
    assert masked(text, *people) == expected


@given(
    st.lists(st.text("abcdeé -'", min_size=3, max_size=12), min_size=1, max_size=4), st.text("abcdeé -'.", max_size=60)
)
def test_no_part_of_a_name_is_left_as_a_word(names: list[str], text: str) -> None:
    left = masked(f"x {text}", *names).replace("[name]", " ")
    folded = left.replace("é", "e").replace("-", " ").replace("'", " ").replace(".", " ").split()
    parts = {part for name in names for part in name.replace("é", "e").replace("-", " ").replace("'", " ").split()}
    assert not {part for part in parts if len(part) > 1 and part not in {"da", "de", "ad"}} & set(folded)


def test_views_that_differ_by_few_are_not_both_shown() -> None:
    answers = {"a": 20, "b": 6, "c": 12}
    views = {
        name: list(chosen) for size in (3, 2, 1) for chosen in combinations("abc", size) for name in ["".join(chosen)]
    }
    found = release_comments([], answers, views, seed=1)
    assert set(found.views) == {"abc", "ab", "c"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"comments": comments_of(["x"], "nowhere")},
        {"comments": comments_of(["x"]) * 2},
        {"views": {"v": ["nowhere"]}},
        {"withheld": ["unknown"]},
        {"answers": {"hill": -1}},
        {"seed": -1},
        {"fewest": 4},
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    usual = {"comments": comments_of(["x"]), "answers": {"hill": 10}, "views": {"hill": ["hill"]}, "seed": 1}
    with pytest.raises(UnusableInput):
        release_comments(**{**usual, **wrong})  # type: ignore[arg-type]
