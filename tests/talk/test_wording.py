"""Every error that conversations can raise says in words what happened, and every event reads as a sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from collegium import talk
from collegium.base import errors, events
from collegium.base.errors import Invalid
from collegium.talk import errors as room_errors

ROOM = Path(talk.__file__).parent


def source() -> str:
    return "\n".join(path.read_text() for path in ROOM.rglob("*.py"))


def test_every_code_and_verb_is_worded() -> None:
    raised = set(re.findall(r"\b(?:NotAllowed|Conflict|Invalid)\(\s*\"(\w+)\"", source()))
    recorded = set(re.findall(r"\"(comment\.[a-z_]+)\"", source()))
    assert len(raised) > 10
    assert raised <= errors.list_worded_codes()
    assert {verb for verb in recorded if events.get_phrase(verb) is None} == set()


@pytest.mark.parametrize("code", sorted(room_errors.WORDINGS))
def test_each_wording_fills_from_its_data(code: str) -> None:
    words = errors.word(Invalid(code, limit=3, length=4, name="plan.txt", limit_mb=5))
    assert words.happened
    assert "{" not in words.happened + words.kept + words.to_do
