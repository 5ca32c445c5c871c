"""Reading a file of moves: every fault is named with its move and its place."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from typing import Any

from collegium.guide.moves.model import ASKED, EFFORTS, PHASES, STAGES, Condition, Move, MoveKind, Test

UNIT_KINDS = ("team", "school", "district", "trust", "alliance", "state")
OPENS = (
    "pulse", "tie_survey", "group", "role", "person", "value", "challenge", "promise", "proposal", "enquiry", "review",
)  # fmt: skip
_TEXTS = ("key", "title", "because", "claim", "first_step", "effort", "asks")
_LISTS = ("constructs", "kinds")
_OTHERS = ("when", "weight", "opens", "trust_first", "needs_trust", "phases", "stages", "kind")


class BadMoves(ValueError):
    """A file of moves that cannot be used, and why."""


def read(text: str) -> tuple[Move, ...]:
    """Read a file of moves. Raises BadMoves."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadMoves(f"This is not TOML: {error}") from None
    if set(found) != {"moves"} or not isinstance(found["moves"], list):
        raise BadMoves("The file holds a list [[moves]] and nothing else.")
    moves = tuple(_read_move(raw) for raw in found["moves"])
    keys = [move.key for move in moves]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise BadMoves(f"Named twice: {', '.join(twice)}.")
    return moves


def _read_move(raw: Mapping[str, Any]) -> Move:
    name = str(raw.get("key", "without a key"))
    if unknown := sorted(set(raw) - {*_TEXTS, *_LISTS, *_OTHERS}):
        raise BadMoves(f"{name}: nothing is called {', '.join(unknown)}.")
    for field in _TEXTS:
        if not isinstance(raw.get(field), str) or not raw[field].strip():
            raise BadMoves(f"{name}: {field} is missing.")
    _check(name, "effort", [raw["effort"]], EFFORTS)
    _check(name, "asks", [raw["asks"]], ASKED)
    _check(name, "kinds", raw.get("kinds") or [""], UNIT_KINDS)
    _check(name, "phases", raw.get("phases", []), PHASES)
    _check(name, "stages", raw.get("stages", []), STAGES)
    _check(name, "kind", [raw.get("kind", "move")], tuple(MoveKind))
    _check(name, "opens", [raw["opens"]] if raw.get("opens") else [], OPENS)
    if not raw.get("constructs"):
        raise BadMoves(f"{name}: constructs are missing.")
    return Move(
        **{field: raw[field].strip() for field in _TEXTS},
        kind=MoveKind(raw.get("kind", "move")),
        when=tuple(_read_condition(name, each) for each in raw.get("when", ())),
        constructs=tuple(raw["constructs"]),
        kinds=tuple(raw["kinds"]),
        weight=int(raw.get("weight", 50)),
        opens=raw.get("opens", ""),
        trust_first=bool(raw.get("trust_first", False)),
        needs_trust=bool(raw.get("needs_trust", False)),
        phases=tuple(raw.get("phases", ())),
        stages=tuple(raw.get("stages", ())),
    )


def _check(name: str, field: str, values: Collection[str], known: Collection[str]) -> None:
    if wrong := [value for value in values if value not in known]:
        raise BadMoves(f"{name}: {field} cannot be {wrong[0]!r}; it is one of {', '.join(known)}.")


def _read_condition(name: str, raw: Mapping[str, Any]) -> Condition:
    tests = [each for each in Test if each in raw]
    if len(tests) != 1 or set(raw) != {"indicator", str(tests[0])}:
        raise BadMoves(f"{name}: a condition has an indicator and one of {', '.join(Test)}.")
    test = tests[0]
    value = raw[test]
    if test is Test.UNKNOWN:
        if value is not True:
            raise BadMoves(f"{name}: unknown is either true or left out.")
        return Condition(str(raw["indicator"]), test)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadMoves(f"{name}: {test} needs a number.")
    return Condition(str(raw["indicator"]), test, float(value))
