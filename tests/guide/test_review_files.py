"""Files of reviews: those that come with Collegium, what is refused and where, and what follows from agreed levels."""

from __future__ import annotations

import pytest

from collegium.base import indicators
from collegium.guide import moves, reviews
from collegium.guide.moves.model import PHASES, STAGES
from collegium.listen.instruments import InstrumentProblems

CONSTRUCTS = {
    "alliance": {"A1", "A3", "A4"},
    "school_stage": {"H14"},
    "learning_community": {"P1", "H11"},
    "support_system": {"L10", "C6", "L1"},
    "change_readiness": {"C4", "L6"},
}


def known() -> set[str]:
    return {each.key for each in indicators.list_indicators()}


def test_five_come_with_the_house_and_every_indicator_they_name_is_known() -> None:
    assert [each.key for each in reviews.list_shipped()] == list(reviews.KEYS)
    for key in reviews.KEYS:
        assert reviews.read(reviews.get_shipped_file(key), known()) == reviews.get_shipped(key)


def test_they_cover_the_constructs_they_are_there_for() -> None:
    for key, wanted in CONSTRUCTS.items():
        found = {part for claim in reviews.get_shipped(key).claims for part in claim.construct.split()}
        assert wanted <= found, key
    alliance = reviews.get_shipped("alliance")
    assert (len(alliance.weighed), len(alliance.claims)) == (8, 11)
    assert [level.key for level in alliance.weighed[0].descriptors] == [
        "beginning",
        "developing",
        "embedding",
        "leading",
    ]
    assert [level.key for level in alliance.claims[-1].descriptors] == ["soft", "agreed", "shared", "hard"]
    assert tuple(each.key for each in alliance.outcomes) == PHASES
    assert tuple(each.key for each in reviews.get_shipped("school_stage").outcomes) == STAGES


def test_every_descriptor_is_a_paragraph_of_its_own() -> None:
    texts = [level.text for each in reviews.list_shipped() for claim in each.claims for level in claim.descriptors]
    assert len(texts) > 150
    assert len(set(texts)) == len(texts)
    assert [text for text in texts if not 5 <= len(text.split()) <= 60 or text[-1] != "."] == []


def test_every_claim_says_what_would_tell_where_nothing_is_known() -> None:
    for definition in reviews.list_shipped():
        for claim in definition.weighed:
            assert claim.indicators, claim.key
            assert claim.would_tell, claim.key
            assert claim.look_at, claim.key


SMALL = """key = "ours"
version = 1
title = "Ours"
purpose = "To see."
kinds = ["school"]
levels = [{ key = "low", title = "Low" }, { key = "high", title = "High" }]

[result]
sets = "phase"
values = [
    { key = "beginning", title = "Beginning" },
    { key = "evolving", title = "Evolving", level = "high", percent = 50 },
]

[[claims]]
key = "one"
title = "One"
claim = "It is so."
would_tell = "A pulse."
indicators = ["listen.trust"]
descriptors.low = "Not so."
descriptors.high = "So."
"""


def problems_of(text: str) -> list[str]:
    with pytest.raises(InstrumentProblems) as caught:
        reviews.read(text, known())
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('"listen.trust"', '"listen.thrust"', "Line 20, claim “one”: “indicators” names “listen.thrust”"),
        ('descriptors.high = "So."\n', "", "Line 21, claim “one”: “high” is missing."),
        ("descriptors.high", "descriptors.higher", "Line 22, claim “one”: “higher” means nothing here."),
        ('kinds = ["school"]', 'kinds = ["planet"]', "Line 5: “kinds” names “planet”"),
        ('sets = "phase"', 'sets = "face"', "Line 9, the result: “sets” names “face”"),
        ('level = "high"', 'level = "higher"', "“level” names “higher”"),
        ("version = 1", "version = 0", "Line 2: “version” must be from 1 to"),
        ("[[claims]]", "[[claims]", "Line 15: This is not written as TOML asks"),
        ('title = "Ours"\n', "", "Line 1: “title” is missing."),
        (
            'key = "high", title = "High" }]',
            'key = "low", title = "High" }]',
            "The key “low” stands here for the second",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(was: str, now: str, said: str) -> None:
    assert was in SMALL
    found = problems_of(SMALL.replace(was, now, 1))
    assert any(said in line for line in found), found


def test_a_claim_that_stands_twice_is_refused_where_it_stands_again() -> None:
    found = problems_of(SMALL + SMALL[SMALL.index("[[claims]]") :])
    assert [line for line in found if line.startswith("Line 24, claim “one”: The key “one” stands here for the second")]


def test_a_phase_follows_from_what_was_agreed_and_from_the_weights() -> None:
    alliance = reviews.get_shipped("alliance")
    keys = [claim.key for claim in alliance.weighed]
    low = dict.fromkeys(keys, "beginning")
    assert reviews.work_out(alliance, low, {}) == "beginning"
    half = low | dict.fromkeys(keys[:4], "developing")
    assert reviews.work_out(alliance, half, {}) == "evolving"
    assert reviews.work_out(alliance, half, {keys[7]: 5}) == "beginning"
    assert reviews.work_out(alliance, dict.fromkeys(keys, "leading") | {keys[0]: "beginning"}, {}) == "mature"
    assert (
        reviews.work_out(alliance, dict.fromkeys(keys, "leading") | {keys[0]: "beginning"}, {keys[0]: 5}) == "evolving"
    )
    assert reviews.work_out(alliance, dict.fromkeys(keys[:3], "leading"), {}) == "", "most of it is not agreed"
    assert reviews.work_out(alliance, dict.fromkeys(keys[:4], "leading") | {keys[4]: ""}, {}) == "mature"
    assert reviews.work_out(alliance, low | {"strategic": "hard"}, {}) == "beginning", "dials never count"
    assert reviews.work_out(reviews.get_shipped("change_readiness"), {"company": "ready"}, {}) == ""


def test_moves_fit_a_phase_by_the_same_words() -> None:
    named = {phase for move in moves.list_shipped() for phase in move.phases}
    assert named
    assert named <= {each.key for each in reviews.get_shipped("alliance").outcomes}
