"""The ballots of a closed vote as a file that anybody can count again."""

from __future__ import annotations

from typing import Any

from collegium.decide import tallying
from collegium.decide.ballots import published
from collegium.decide.enums import PollState
from collegium.decide.errors import NotFound
from collegium.decide.files import writing
from collegium.decide.methods import Shape, way_of
from collegium.decide.queries import polls
from collegium.decide.queries.polls import FoundPoll
from collegium.decide.services import closing


def write_ballots(found: FoundPoll) -> str:
    """Return the ballots of a closed vote as CSV, without names; NotFound where none are published."""
    poll = found.poll
    if poll.state != PollState.CLOSED or "outcome" not in poll.result:
        raise NotFound
    codes, cast = _read(found)
    if way_of(poll.method).shape is Shape.POSITION:
        return writing.write_positions(dict(zip(codes, cast, strict=True)) if codes else cast)
    rules = closing.rules_of(poll)
    ballots = tallying.ballots_of(rules, cast, titled=True)
    return writing.write(ballots, codes)


def _read(found: FoundPoll) -> tuple[list[str], list[Any]]:
    if found.poll.is_secret:
        rows = list(published.list_ballots(found.poll).values_list("code", "marks"))
        return [code for code, _marks in rows], [marks for _code, marks in rows]
    # In an order that says nothing of who cast which.
    return [], sorted(polls.list_open_ballots(found.poll).values_list("marks", flat=True), key=str)
