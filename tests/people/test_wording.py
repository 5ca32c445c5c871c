"""Every error that this room can raise says in words what happened and, where something was tried, what to do."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from collegium import people
from collegium.base import errors, events
from collegium.base.errors import Conflict, Invalid
from collegium.people import phrases, wording

ROOM = Path(people.__file__).parent
RAISED = re.compile(r"\b(?:NotAllowed|Conflict|Invalid)\(\s*\"(\w+)\"")
RECORDED = re.compile(r"record(?:_membership)?\(\s*(?:actor,\s*)?\"([a-z]+\.[a-z_]+)\"")


def source() -> str:
    return "\n".join(path.read_text() for path in ROOM.rglob("*.py"))


def test_every_code_that_is_raised_is_worded() -> None:
    raised = set(RAISED.findall(source()))
    assert len(raised) > 20
    assert raised <= errors.list_worded_codes()


def test_every_verb_that_is_recorded_has_a_phrase() -> None:
    recorded = set(RECORDED.findall(source()))
    assert len(recorded) > 15
    assert {verb for verb in recorded if events.get_phrase(verb) is None} == set()


@pytest.mark.parametrize("code", sorted(wording.WORDINGS))
def test_each_wording_fills_from_the_data_that_is_raised_with_it(code: str) -> None:
    gaps = {"limit": 12, "text": "x", "starts_on": dt.date(2026, 9, 1), "ends_on": dt.date(2026, 9, 1), "upper": "A"}
    gaps |= {"lower": "B", "count": 3, "name": "N", "unit": "U"}
    words = errors.word(Invalid(code, **gaps))
    assert words.happened
    assert "{" not in words.happened + words.kept + words.to_do


def test_a_date_in_a_wording_is_written_for_people() -> None:
    words = errors.sentence(Conflict("already_ended", ends_on=dt.date(2026, 9, 1)))
    assert "2026-09-01" not in words
    assert "2026" in words


def test_an_hour_in_a_wording_is_that_of_the_clock_on_the_wall() -> None:
    words = errors.sentence(Conflict("already_ended", ends_on=dt.datetime(2026, 7, 1, 7, 5, tzinfo=dt.UTC)))
    assert re.search(r"\b2026, 08:05", words)


def test_no_phrase_has_a_gap_that_nothing_fills() -> None:
    known = {"who", "whom", "before", "other", "kind", "name", "was", "title", "ends_on", "governance", "role"}
    for verb, phrase in phrases.PHRASES.items():
        assert set(re.findall(r"{(\w+)}", str(phrase))) <= known, verb
