"""Every error that this room can raise says in words what happened, and every event reads as a sentence."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from collegium import listen
from collegium.base import errors, events
from collegium.base.errors import Invalid
from collegium.listen import errors as room_errors
from collegium.listen import phrases

ROOM = Path(listen.__file__).parent
RAISED = re.compile(r"\b(?:NotAllowed|NotFound|Conflict|Invalid)\(\s*\"(\w+)\"")
RECORDED = re.compile(r"\brecord\(\s*(?:actor,\s*)?\"([a-z]+\.[a-z_]+)\"")
MOMENT = dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)
GAPS = {
    **dict.fromkeys(["results_at", "opens_at"], MOMENT),
    **dict.fromkeys(["minutes", "days", "smallest", "asked", "needed", "limit", "line", "version"], 7),
    **dict.fromkeys(["item", "title", "key", "reason"], "words"),
}


def source() -> str:
    return "\n".join(path.read_text() for path in ROOM.rglob("*.py"))


def test_every_code_that_is_raised_is_worded() -> None:
    raised = set(RAISED.findall(source()))
    assert len(raised) > 20
    assert raised <= errors.list_worded_codes()


def test_every_verb_that_is_recorded_has_a_phrase() -> None:
    recorded = set(RECORDED.findall(source()))
    assert len(recorded) > 8
    assert {verb for verb in recorded if events.get_phrase(verb) is None} == set()


@pytest.mark.parametrize("code", sorted(room_errors.WORDINGS))
def test_each_wording_fills_from_the_data_that_is_raised_with_it(code: str) -> None:
    words = errors.word(Invalid(code, **GAPS))
    assert words.happened
    assert "{" not in words.happened + words.kept + words.to_do


def test_no_phrase_has_a_gap_that_nothing_fills() -> None:
    known = {"who", "title", "asked", "weeks", "version"}
    for verb, phrase in phrases.PHRASES.items():
        assert set(re.findall(r"{(\w+)}", str(phrase))) <= known, verb
