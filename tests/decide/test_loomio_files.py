"""A group that was exported from Loomio: older and newer forms, what is left out, what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collegium.decide import file_words
from collegium.decide.files import LoomioExport, UnreadableBallots, ballots_of, read_loomio
from collegium.science.choices.marks import plurality, score
from collegium.science.choices.ranked import ranked_choice

Line = tuple[str, dict[str, Any]]

# As Loomio's export service writes them: one record a line, with more keys than are read.
GROUP: list[Line] = [
    ("groups", {"id": 1, "name": "Staff of Hill", "parent_id": None, "handle": "hill"}),
    ("users", {"id": 11, "name": "Ada", "email": "ada@hill.example", "email_verified": True}),
    ("users", {"id": 12, "name": "Ben", "email": "ben@hill.example"}),
    ("users", {"id": 13, "name": "Cleo", "email": "cleo@hill.example"}),
    (
        "discussions",
        {"id": 5, "title": "The yard", "description": "What to do", "author_id": 11, "created_at": "2025-01-01"},
    ),
    ("comments", {"id": 7, "body": "Trees!", "user_id": 12, "discussion_id": 5, "created_at": "2025-01-02"}),
    (
        "comments",
        {"id": 8, "body": "Yes", "user_id": 13, "parent_id": 7, "parent_type": "Comment", "created_at": "2025-01-03"},
    ),
    ("comments", {"id": 9, "body": "gone", "user_id": 13, "discussion_id": 5, "discarded_at": "2025-01-04"}),
    ("events", {"id": 1, "kind": "new_comment"}),
    (
        "polls",
        {"id": 20, "title": "Which?", "poll_type": "ranked_choice", "discussion_id": 5, "closed_at": "2025-02-01"},
    ),
    ("poll_options", {"id": 31, "name": "Trees", "poll_id": 20, "priority": 1}),
    ("poll_options", {"id": 32, "name": "Benches", "poll_id": 20, "priority": 0}),
    ("poll_options", {"id": 33, "name": "Pond", "poll_id": 20, "priority": 2}),
    ("stances", {"id": 41, "poll_id": 20, "participant_id": 11, "latest": False, "cast_at": "2025-01-30"}),
    (
        "stances",
        {"id": 42, "poll_id": 20, "participant_id": 11, "latest": True, "cast_at": "2025-01-31", "reason": "shade"},
    ),
    ("stances", {"id": 43, "poll_id": 20, "participant_id": 12, "latest": True, "cast_at": "2025-01-31"}),
    ("stances", {"id": 44, "poll_id": 20, "participant_id": 13, "latest": True, "cast_at": None}),
    (
        "stances",
        {"id": 45, "poll_id": 20, "participant_id": 14, "latest": True, "cast_at": "x", "revoked_at": "2025-01-31"},
    ),
    ("stance_choices", {"id": 1, "stance_id": 41, "poll_option_id": 33, "score": 3}),
    ("stance_choices", {"id": 2, "stance_id": 42, "poll_option_id": 31, "score": 3}),
    ("stance_choices", {"id": 3, "stance_id": 42, "poll_option_id": 32, "score": 2}),
    ("stance_choices", {"id": 4, "stance_id": 43, "poll_option_id": 31, "score": 2}),
    ("stance_choices", {"id": 5, "stance_id": 43, "poll_option_id": 33, "score": 3}),
    ("outcomes", {"id": 51, "poll_id": 20, "statement": "We plant trees", "author_id": 11, "latest": True}),
]
NEWER: list[Line] = [
    ("groups", {"id": 2, "name": "Subgroup", "parent_id": 1}),
    ("topics", {"id": 60, "topicable_type": "Discussion", "topicable_id": 5, "group_id": 1}),
    ("polls", {"id": 21, "title": "Lunch", "poll_type": "score", "topic_id": 60, "anonymous": True, "max_score": 5}),
    ("poll_options", {"id": 34, "name": "Early", "poll_id": 21, "priority": 0}),
    ("poll_options", {"id": 35, "name": "Late", "poll_id": 21, "priority": 1}),
    ("anonymous_ballots", {"id": "0a-11", "poll_id": 21}),
    ("anonymous_ballots", {"id": "0a-12", "poll_id": 21}),
    ("anonymous_ballot_choices", {"anonymous_ballot_id": "0a-11", "poll_option_id": 34, "score": 5}),
    ("anonymous_ballot_choices", {"anonymous_ballot_id": "0a-12", "poll_option_id": 35, "score": -2}),
    ("polls", {"id": 22, "title": "Deleted", "poll_type": "poll", "discarded_at": "2025-01-01"}),
]


def export(folder: Path, lines: list[Line]) -> LoomioExport:
    path = folder / "group.json"
    path.write_text("\n".join(json.dumps({"table": table, "record": record}) for table, record in lines) + "\n")
    return read_loomio(path)


def test_a_group_comes_with_its_people_talk_and_polls(tmp_path: Path) -> None:
    found = export(tmp_path, GROUP)
    assert (found.name, dict(found.people)) == ("Staff of Hill", {11: "Ada", 12: "Ben", 13: "Cleo"})
    (discussion,) = found.discussions
    assert [(comment.author, comment.body) for comment in discussion.comments] == [(12, "Trees!"), (13, "Yes")]
    (poll,) = found.polls
    assert (poll.title, poll.discussion, poll.options) == ("Which?", 5, ("Benches", "Trees", "Pond"))
    assert poll.outcomes == ("We plant trees",)
    assert [(each.voter, each.is_cast, each.reason) for each in poll.stances] == [
        (11, True, "shade"),
        (12, True, ""),
        (13, False, ""),
    ]
    assert dict(found.left_out) == {"comments": 1, "events": 1}


def test_no_address_is_read(tmp_path: Path) -> None:
    assert "@" not in repr(export(tmp_path, GROUP))


def test_rankings_of_loomio_become_ranks(tmp_path: Path) -> None:
    ballots = ballots_of(export(tmp_path, GROUP).polls[0])
    assert (ballots.options, ballots.asked) == (("Benches", "Trees", "Pond"), 3)
    assert ballots.marks.tolist() == [[2, 1, -1], [-1, 2, 1]]
    assert ranked_choice(ballots).schulze.levels == ((1, 2), (0,))


def test_newer_exports_keep_anonymous_ballots_apart(tmp_path: Path) -> None:
    found = export(tmp_path, GROUP + NEWER)
    poll = found.polls[1]
    assert (found.name, poll.discussion, poll.is_anonymous, len(found.polls)) == ("Staff of Hill", 5, True, 2)
    assert [each.voter for each in poll.stances] == [None, None]
    ballots = ballots_of(poll)
    assert ballots.marks.tolist() == [[7, -1], [-1, 0]]  # moved up so that the lowest is 0
    assert score(ballots, highest=7).chosen == (0,)


def test_options_of_the_same_name_stay_two(tmp_path: Path) -> None:
    lines: list[Line] = [
        ("groups", {"id": 1, "name": "G", "parent_id": None}),
        ("polls", {"id": 1, "title": "P", "poll_type": "proposal"}),
        ("poll_options", {"id": 1, "name": "Yes", "poll_id": 1}),
        ("poll_options", {"id": 2, "name": "Yes", "poll_id": 1}),
        ("stances", {"id": 1, "poll_id": 1, "participant_id": 1, "cast_at": "x"}),
        ("stance_choices", {"id": 1, "stance_id": 1, "poll_option_id": 2, "score": 1}),
        ("stance_choices", {"id": 2, "stance_id": 1, "poll_option_id": 99, "score": 1}),
    ]
    ballots = ballots_of(export(tmp_path, lines).polls[0])
    assert ballots.options == ("Yes (#1)", "Yes (#2)")
    assert plurality(ballots).chosen == (1,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n1,2\n",
        "[1]\n",
        '{"table": "groups"}\n',
        '{"table": "groups", "record": {"id": "one"}}\n',
        '{"table": "reactions", "record": {"id": 1}}\n',
        '{"table": "groups", "record": {"id": 1}}\n{"table": "polls", "rec',
        "[" * 100_000,
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "group.json"
    path.write_text(text)
    with pytest.raises(UnreadableBallots) as caught:
        read_loomio(path)
    assert "group.json" in file_words.unreadable(caught.value)


def test_comments_that_answer_each_other_in_a_circle_end(tmp_path: Path) -> None:
    circle: list[Line] = [
        ("groups", {"id": 1, "name": "G", "parent_id": None}),
        ("comments", {"id": 1, "body": "a", "parent_id": 2, "parent_type": "Comment"}),
        ("comments", {"id": 2, "body": "b", "parent_id": 1, "parent_type": "Comment"}),
    ]
    assert export(tmp_path, circle).discussions == ()
