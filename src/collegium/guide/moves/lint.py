"""Whether rules can do their work: every indicator is known, and for every rule there is a unit in which it fires."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from collegium.base.indicators import Reading
from collegium.guide.moves.choosing import TRUST, Given, choose
from collegium.guide.moves.model import Condition, Move, MoveKind, Test

STEP = 0.01  # further than a limit
HIGH_TRUST = Reading(value=4.5, n=40, interval=(4.4, 4.6))


def list_faults(moves: Iterable[Move], known: Collection[str]) -> list[str]:
    """Return what is wrong with some rules, in sentences; nothing when all is well."""
    faults = []
    for move in moves:
        faults += [f"{move.key} asks for the unknown indicator {key}." for key in move.indicators if key not in known]
        readings = satisfy(move)
        if not move.holds(readings):
            faults.append(f"{move.key} can never hold: its conditions contradict each other.")
        elif not _is_chosen(move, readings):
            faults.append(f"{move.key} can never be shown.")
    return faults


def satisfy(move: Move) -> dict[str, Reading]:
    """Return readings for which the conditions of a move hold, if there are any."""
    found: dict[str, Reading] = {}
    for key in move.indicators:
        conditions = [condition for condition in move.when if condition.indicator == key]
        found[key] = _meet(conditions)
    return found


def _meet(conditions: list[Condition]) -> Reading:
    if any(condition.test is Test.UNKNOWN for condition in conditions):
        return Reading(value=None)
    above = [each.limit for each in conditions if each.test in (Test.ABOVE, Test.CLEARLY_ABOVE)]
    below = [each.limit for each in conditions if each.test in (Test.BELOW, Test.CLEARLY_BELOW)]
    if above and below:
        return Reading(value=(max(above) + min(below)) / 2, n=40)
    return Reading(value=max(above) + STEP if above else min(below) - STEP, n=40)


def _is_chosen(move: Move, readings: dict[str, Reading]) -> bool:
    usual = {} if TRUST in readings else {TRUST: HIGH_TRUST}
    given = Given(
        kind=move.kinds[0], readings={**usual, **readings}, phase=_first(move.phases), stage=_first(move.stages)
    )
    choice = choose([move], given)
    return move in (choice.warnings if move.kind is MoveKind.WARNING else choice.moves)


def _first(values: tuple[str, ...]) -> str:
    return values[0] if values else ""
