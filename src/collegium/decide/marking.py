"""Reading a ballot: what is on it must be one of the choices, and says so in words when it is not. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from collegium.decide.enums import Method
from collegium.decide.errors import Conflict, Invalid
from collegium.decide.methods import NEED_REASON, Shape, way_of

Marks = str | list[int | None]
REASON_LIMIT = 2000
HIGHEST_SCORE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a ballot is read against: the method, which options still stand, and its limits."""

    method: Method
    stands: tuple[bool, ...] = ()
    most: int | None = None
    highest: int | None = None


def read(paper: Paper, marks: Marks, reason: str = "") -> Marks:
    """Return the marks of a ballot as they are kept. A ballot with nothing on it but empty places is an abstention."""
    way = way_of(paper.method)
    if way.shape is Shape.POSITION:
        if not isinstance(marks, str) or marks not in {key for key, _label in way.positions}:
            raise Invalid("ballot_empty" if marks in ("", []) else "ballot_unreadable")
        if marks in NEED_REASON and not reason.strip():
            raise Invalid("objection_reason")
        return marks
    if isinstance(marks, str) or len(marks) != len(paper.stands):
        raise Invalid("ballot_unreadable")
    for mark, stands in zip(marks, paper.stands, strict=True):
        if mark is not None and (isinstance(mark, bool) or not isinstance(mark, int) or mark < 0):
            raise Invalid("ballot_unreadable")
        if mark is not None and not stands:
            raise Conflict("ballot_withdrawn")
    given = [mark for mark in marks if mark is not None]
    _CHECKS[way.shape](paper, given)
    return list(marks)


def _check_choices(paper: Paper, given: Sequence[int]) -> None:
    if any(mark > 1 for mark in given):
        raise Invalid("ballot_unreadable")
    if paper.most is not None and sum(given) > paper.most:
        raise Invalid("ballot_too_many", most=paper.most)


def _check_numbers(paper: Paper, given: Sequence[int]) -> None:
    if paper.method is Method.DOTS:
        dots = paper.most or 0
        if sum(given) > dots:
            raise Invalid("ballot_too_many_dots", dots=dots, given=sum(given))
    elif any(mark > (paper.highest or 0) for mark in given):
        raise Invalid("ballot_too_high", highest=paper.highest)


def _check_ranks(paper: Paper, given: Sequence[int]) -> None:
    if any(not 1 <= mark <= len(paper.stands) for mark in given):
        raise Invalid("ballot_ranks", options=len(paper.stands))


def _check_times(paper: Paper, given: Sequence[int]) -> None:  # noqa: ARG001 all checks are called alike
    if any(mark > 2 for mark in given):
        raise Invalid("ballot_unreadable")


_CHECKS = {
    Shape.CHOICES: _check_choices,
    Shape.NUMBERS: _check_numbers,
    Shape.RANKS: _check_ranks,
    Shape.TIMES: _check_times,
}
