"""What prescribes means and what says an end, tried on examples both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.intend.means import RULES, find_means

MEANS = {
    "Introduce a phonics scheme in all classes.": "begins_with_doing",
    "Roll out the new marking policy": "begins_with_doing",
    "Every pupil reads well.\nBuy tablets for every class.": "begins_with_doing",
    "- Set up a working group on reading": "begins_with_doing",
    "Train all teachers in questioning": "begins_with_doing",
    "We will implement a coaching programme.": "adults_do",
    "By July all teachers attend three workshops.": "adults_do",
    "Teachers must complete the online course.": "adults_do",
    "The school will appoint a reading lead.": "adults_do",
    "Leaders hold weekly meetings on data.": "adults_do",
    "Pupils read better by introducing a daily lesson.": "names_a_way",
    "Reading improves through weekly staff meetings.": "names_a_way",
    "Attendance rises through a new app": "names_a_way",
    "There is a new whole-school behaviour policy.": "names_a_thing",
    "Every class has a common reading programme": "names_a_thing",
    "All staff have been trained in restorative practice.": "counts_the_doing",
    "Ten lessons a week are observed.": "counts_the_doing",
}
ENDS = (
    "Every pupil of eleven can read a chapter alone and say what it is about.",
    "Pupils create their own stories and read them aloud.",
    "No child is alone at lunch.",
    "Pupils use evidence when they write.",
    "Parents of newcomers know whom to ask.",
    "Teachers trust one another enough to say when a lesson failed.",
    "Colleagues can say why we do this, in their own words.",
    "Nine in ten pupils come to school every day.",
    "Pupils who have been excluded before stay in school all year.",
    "Weak readers understand a text in every subject.",
    "Every teacher has an hour a week to plan with somebody.",
    "Families feel welcome, and come when they are worried.",
    "Boys and girls choose physics equally often.",
    "Everybody who joins us in September wants to stay in July.",
    "The gap in reading between rich and poor is half of what it is.",
    "Pupils run the school council themselves.",
)


@pytest.mark.parametrize(("text", "rule"), MEANS.items())
def test_means_are_found_with_their_rule(text: str, rule: str) -> None:
    assert rule in [finding.rule for finding in find_means(text)]


@pytest.mark.parametrize("text", ENDS)
def test_ends_are_left_alone(text: str) -> None:
    assert find_means(text) == ()


def test_every_rule_has_an_example() -> None:
    assert set(MEANS.values()) == {rule.key for rule in RULES}


def test_a_stretch_of_words_is_found_once_and_in_order() -> None:
    found = find_means("We will introduce a new reading programme. Buy laptops.")
    assert [finding.rule for finding in found] == ["adults_do", "begins_with_doing"]
    assert found[0].words == "We will introduce a new reading programme"


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    for finding in find_means(text):
        assert finding.words
