"""Every error that this room can raise says in words what happened, and every event reads as a sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from collegium import decide
from collegium.base import errors, events
from collegium.base.errors import Invalid
from collegium.decide import errors as room_errors
from collegium.decide import phrases

ROOM = Path(decide.__file__).parent


def source() -> str:
    return "\n".join(path.read_text() for path in ROOM.rglob("*.py"))


def test_every_code_and_verb_is_worded() -> None:
    raised = set(re.findall(r"\b(?:NotAllowed|Conflict|Invalid)\(\s*\"(\w+)\"", source()))
    recorded = set(re.findall(r"record\(\s*(?:actor,\s*)?\"([a-z]+\.[a-z_]+)\"", source()))
    assert len(raised) > 20
    assert raised <= errors.list_worded_codes()
    assert len(recorded) > 8
    assert {verb for verb in recorded if events.get_phrase(verb) is None} == set()


@pytest.mark.parametrize("code", sorted(room_errors.WORDINGS))
def test_each_wording_fills_from_its_data(code: str) -> None:
    numbers = (
        "count",
        "most",
        "highest",
        "dots",
        "given",
        "options",
        "days",
        "asked",
        "needed",
        "people",
        "places",
        "line",
        "limit",
        "size",
    )
    words = errors.word(Invalid(code, title="Friday", **dict.fromkeys(numbers, 7)))
    assert words.happened
    assert "{" not in words.happened + words.kept + words.to_do


def test_no_phrase_has_a_gap_that_nothing_fills() -> None:
    for verb, phrase in phrases.PHRASES.items():
        assert set(re.findall(r"{(\w+)}", str(phrase))) <= {"who", "title"}, verb
