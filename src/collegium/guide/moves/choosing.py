"""Choosing among the moves whose conditions hold: few, not competing, trust first, fit to phase and stage."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from collegium.base.indicators import Reading
from collegium.guide.moves.model import Condition, Move, MoveKind, Test

MOST = 3
# Wholly below this, there is no trust to build a strategy on. The scale is the heartbeat's, from 1 to 5.
TRUST = "listen.trust"
TRUST_LOW = Condition(TRUST, Test.CLEARLY_BELOW, 3.4)
TRUST_UNKNOWN = Condition(TRUST, Test.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is known of a unit when moves are chosen.

    `readings` holds what the reader may see and nothing else. `closed` are the moves that were declined, put off until
    later, or are under way; `busy` says whose time those under way take.
    """

    kind: str
    readings: Mapping[str, Reading]
    phase: str = ""
    stage: str = ""
    closed: Collection[str] = frozenset()
    busy: Collection[str] = field(default=frozenset())

    @property
    def trust_is_low(self) -> bool:
        """Whether trust is known and clearly low."""
        return TRUST_LOW.holds(self.readings)

    @property
    def trust_is_unknown(self) -> bool:
        """Whether nobody knows how trust stands, or the reader may not."""
        return TRUST not in self.readings or TRUST_UNKNOWN.holds(self.readings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to show: `moves` at most three; `waiting` wait for trust; `beside` are left out as competing or a fourth."""

    moves: tuple[Move, ...]
    waiting: tuple[Move, ...]
    beside: tuple[Move, ...]
    warnings: tuple[Move, ...]


def choose(moves: Iterable[Move], given: Given) -> Choice:
    """Choose what to suggest. The same readings give the same moves, in the same order."""
    holding = [move for move in moves if fits(move, given) and move.holds(given.readings)]
    warnings = tuple(move for move in holding if move.kind is MoveKind.WARNING)
    open_moves = [move for move in holding if move.kind is MoveKind.MOVE and move.key not in given.closed]
    has_to_wait = given.trust_is_low or given.trust_is_unknown
    waiting = [move for move in open_moves if move.needs_trust and has_to_wait]
    ready = [move for move in open_moves if not (move.needs_trust and has_to_wait)]
    ready.sort(key=lambda move: (not (move.trust_first and given.trust_is_low), -move.weight, move.key))
    shown: list[Move] = []
    beside: list[Move] = []
    for move in ready:
        asked = {*given.busy, *(one.asks for one in shown)}
        competes = any(move.competes_with(asks) for asks in asked)
        (beside if competes or len(shown) == MOST else shown).append(move)
    return Choice(moves=tuple(shown), waiting=tuple(waiting), beside=tuple(beside), warnings=warnings)


def fits(move: Move, given: Given) -> bool:
    """Say whether a move is for units of this kind, phase and stage; what is not known rules nothing out."""
    return (
        given.kind in move.kinds
        and (not move.phases or not given.phase or given.phase in move.phases)
        and (not move.stages or not given.stage or given.stage in move.stages)
    )
