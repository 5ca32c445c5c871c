"""How places go to the best options, the same for every method."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TypedDict

from collegium.science.choices.outcomes import NO_QUORUM_NEEDED, Levels, Outcome, Quorum, Turnout
from collegium.science.errors import UnusableInput

Score = int | Fraction | tuple[int, ...]


class Placed(TypedDict):
    """What every `Choice` begins with."""

    outcome: Outcome
    turnout: Turnout
    places: int
    levels: Levels
    chosen: tuple[int, ...]
    tied: tuple[int, ...]


def levels_of(scores: Sequence[Score]) -> Levels:
    """Put options in order by their score, highest first and equal ones together."""
    found: dict[Score, list[int]] = {}
    for option in sorted(range(len(scores)), key=lambda option: scores[option], reverse=True):
        found.setdefault(scores[option], []).append(option)
    return tuple(tuple(sorted(level)) for level in found.values())


def place(
    levels: Iterable[Iterable[int]], turnout: Turnout, *, places: int = 1, quorum: Quorum = NO_QUORUM_NEEDED
) -> Placed:
    """Give the places to the best levels, and stop at one that has more options than places are left."""
    UnusableInput.unless(places >= 1, "places", "At least one place is to be filled.", places=places)
    order = tuple(tuple(sorted(level)) for level in levels)
    refused = _refused(order, turnout, quorum)
    chosen: list[int] = []
    tied: tuple[int, ...] = ()
    for level in () if refused else order:
        if len(chosen) + len(level) > places:
            tied = level if len(chosen) < places else ()
            break
        chosen += level
    return Placed(
        outcome=refused or (Outcome.TIED if tied else Outcome.CHOSEN),
        turnout=turnout,
        places=places,
        levels=order,
        chosen=tuple(chosen),
        tied=tied,
    )


def _refused(levels: Levels, turnout: Turnout, quorum: Quorum) -> Outcome | None:
    met = quorum.is_met(turnout)
    if not levels:
        return Outcome.NO_OPTIONS
    if not met:
        return Outcome.NO_QUORUM
    return None if turnout.counted else Outcome.NO_VOTES
